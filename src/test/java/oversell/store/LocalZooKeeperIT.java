package oversell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ZooKeeper in this JVM, and the leases that it grants. */
@Timeout(120)
class LocalZooKeeperIT {
  @TempDir private Path temporary;

  private static Lease.Service service() {
    return LockService.ZOOKEEPER.leases();
  }

  @Test
  void itListensOnTheLoopbackAddressAndLeavesNothingBehind() throws Exception {
    try (LocalZooKeeper zooKeeper = LocalZooKeeper.start(temporary)) {
      assertThat(zooKeeper.address()).matches("127.0.0.1:\\d+(,127.0.0.1:\\d+){2}");
      assertThat(temporary).isNotEmptyDirectory();
    }

    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aLeaseIsOfOneHolderUntilThatGivesItBack() throws Exception {
    try (LocalZooKeeper zooKeeper = LocalZooKeeper.start(temporary);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      StoreAccess access = StoreAccess.inProcess().beside(LockServers.of(zooKeeper));
      CountDownLatch begun = new CountDownLatch(1);
      Lease first = kept(access);
      Future<Lease> second =
          threads.submit(
              () -> {
                begun.countDown();
                return service().acquire(access, 1);
              });
      begun.await();
      assertThat(second.isDone() && first.isMine()).isFalse();

      first.close();

      second.get().close();
      assertThat(first.isMine()).isFalse();
    }
  }

  /** Two are a majority. One of the three that are killed in turn leads the others. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aLeaseIsOfOneHolderAlthoughAMemberIsKilled(int member) throws Exception {
    try (LocalZooKeeper zooKeeper = LocalZooKeeper.start(temporary);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      StoreAccess access = StoreAccess.inProcess().beside(LockServers.of(zooKeeper));
      kept(access).close();

      ((ZooKeeperCluster) zooKeeper).members().get(member).close();

      AtomicInteger inside = new AtomicInteger();
      List<Future<Integer>> most = new ArrayList<>();
      for (int holder = 0; holder < 4; holder++) {
        most.add(
            threads.submit(
                () -> {
                  Lease lease = kept(access);
                  int now = inside.incrementAndGet();
                  Thread.sleep(20);
                  inside.decrementAndGet();
                  lease.close();
                  return now;
                }));
      }
      for (Future<Integer> one : most) {
        assertThat(one.get()).isEqualTo(1);
      }
    }
  }

  /** The broken twin: what is left of the three is no majority. */
  @Tag("long")
  @Test
  void withTwoMembersKilledNobodyIsGrantedALease() throws Exception {
    try (LocalZooKeeper zooKeeper = LocalZooKeeper.start(temporary);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      StoreAccess access = StoreAccess.inProcess().beside(LockServers.of(zooKeeper));
      kept(access).close();
      ((ZooKeeperCluster) zooKeeper).members().get(0).close();
      ((ZooKeeperCluster) zooKeeper).members().get(1).close();

      Future<Lease> lease = threads.submit(() -> service().acquire(access, 1));

      assertThatThrownBy(lease::get).hasMessageContaining("ZooKeeper");
    }
  }

  /** On a busy machine one may be lost before it is used, as is the way of leases. */
  private static Lease kept(StoreAccess access) throws Exception {
    Lease lease = service().acquire(access, 1);
    for (int attempt = 0; !lease.isMine() && attempt < 20; attempt++) {
      lease.close();
      lease = service().acquire(access, 1);
    }
    assertThat(lease.isMine()).isTrue();
    return lease;
  }
}
