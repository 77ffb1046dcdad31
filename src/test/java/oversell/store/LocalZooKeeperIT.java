package oversell.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
      assertThat(zooKeeper.address()).startsWith("127.0.0.1:");
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
