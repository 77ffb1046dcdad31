package oversell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

@Timeout(120)
class GuardsIT {
  private static final int SALES = 20;
  private static final Pause HOLD = () -> Thread.sleep(5);

  private static LocalServer server;
  private static LocalZooKeeper zooKeeper;
  private static Optional<LocalRedis> redis;

  private final AtomicInteger schemas = new AtomicInteger();

  @BeforeAll
  static void startServer() throws IOException {
    server = LocalServer.start(Path.of("target", "postgresql"), true);
    zooKeeper = LocalZooKeeper.start();
    redis = Installed.redis();
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
    zooKeeper.close();
    if (redis.isPresent()) {
      redis.get().close();
    }
  }

  /** A guard in a product. */
  record Case(Product product, String guard) {
    @Override
    public String toString() {
      return guard + " on " + product;
    }
  }

  static Stream<Case> everyGuard() {
    return Stream.of(Product.POSTGRESQL, Product.H2)
        .flatMap(product -> Guards.names().stream().map(name -> new Case(product, name)))
        .filter(one -> Guards.of(one.guard()).lacking(one.product()).isEmpty());
  }

  static Stream<Case> safe() {
    return everyGuard().filter(one -> Guards.of(one.guard()).isSafe(one.product(), 1));
  }

  static Stream<Case> unsafe() {
    return everyGuard().filter(one -> !isSafeOrALock(one));
  }

  /** Those that are no guard only when their holder stands still are in LeaseIT. */
  private static boolean isSafeOrALock(Case one) {
    Guard guard = Guards.of(one.guard());
    return guard.isSafe(one.product(), 1) || guard.isExclusive(1);
  }

  private Store open(Case one, int buyers) {
    StoreAccess access =
        one.product() == Product.H2
            ? StoreAccess.inProcess()
            : server.access("guards_it_" + schemas.incrementAndGet());
    Guard guard = Guards.of(one.guard());
    if (guard.lockService().equals(Optional.of(LockService.REDIS))) {
      assumeThat(redis).as(Installed.WHY_NO_REDIS).isPresent();
    }
    LockServers locks =
        new LockServers(Optional.of(zooKeeper.address()), redis.map(LocalRedis::access));
    return Store.create(access.beside(locks), guard, Pool.of(buyers * guard.connections()));
  }

  @ParameterizedTest
  @MethodSource("safe")
  void aGuardSellsNoUnitTwiceAndEveryAcknowledgedPurchaseIsInTheLedger(Case one)
      throws InterruptedException {
    try (Store store = open(one, 5)) {
      GuardedStore stock = new GuardedStore(store, one.guard());
      for (int sale = 0; sale < SALES; sale++) {
        Sale sold = Sale.ofFive(stock, HOLD);

        assertThat(sold.failures()).isEmpty();
        assertThat(sold.sold()).isEqualTo(9);
        assertThat(sold.left()).isEqualTo(1);
        assertThat(sold.audit().isBroken()).as("%s", sold.audit()).isFalse();
        assertThat(sold.audit().acked()).isEqualTo(3);
      }
    }
  }

  /**
   * The broken twin: the same sale and the same sums. All buyers check before one of them acts, so
   * that it does not depend on luck.
   */
  @ParameterizedTest
  @MethodSource("unsafe")
  void whatPromisesNothingIsCaughtByTheSameSums(Case one) throws InterruptedException {
    try (Store store = open(one, 5)) {
      GuardedStore stock = new GuardedStore(store, one.guard());
      CyclicBarrier allHaveChecked = new CyclicBarrier(5);

      Sale sold = Sale.ofFive(stock, () -> await(allHaveChecked));

      assertThat(sold.failures()).isEmpty();
      assertThat(sold.sold()).isEqualTo(15);
      assertThat(sold.audit().isBroken()).isTrue();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      var unused = barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** The reason why conservation is two sums and not one. */
  @Test
  void anAbsoluteWriteLeavesAStockThatLooksFine() throws InterruptedException {
    try (Store store = open(new Case(Product.POSTGRESQL, "select-then-write"), 5)) {
      GuardedStore stock = new GuardedStore(store, "select-then-write");
      CyclicBarrier allHaveChecked = new CyclicBarrier(5);

      Sale sold = Sale.ofFive(stock, () -> await(allHaveChecked));

      assertThat(sold.left()).isEqualTo(7);
      assertThat(sold.audit().addsUp()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("everyGuard")
  void aBuyerThatThrowsWhileItHoldsTheGuardLeavesEverythingAsItWas(Case one)
      throws InterruptedException {
    try (Store store = open(one, 1)) {
      GuardedStore stock = new GuardedStore(store, one.guard());

      Sale declined =
          Sale.of(
              stock,
              10,
              2,
              3,
              () -> {
                throw new IllegalStateException("declined");
              });

      assertThat(declined.failures()).hasSize(2);
      assertThat(declined.left()).isEqualTo(10);
      assertThat(declined.audit())
          .isEqualTo(
              new Audit(10, 10, 0, 0, 0, 0, 0, 0, 0, 0, declined.audit().retries(), Map.of()));
      assertThat(Sale.of(stock, 3, 1, 3, () -> {}).sold()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @MethodSource("everyGuard")
  void aBuyerWhoWantsMoreThanThereIsIsRefusedWithoutAPause(Case one) throws InterruptedException {
    try (Store store = open(one, 1)) {
      Inventory inventory = new GuardedStore(store, one.guard()).create(2);
      List<String> pauses = new ArrayList<>();

      var answer = inventory.purchase(3, () -> pauses.add("paused"));

      assertThat(answer.isRefusal()).isTrue();
      assertThat(pauses).isEmpty();
      assertThat(inventory.stock()).isEqualTo(2);
    }
  }

  /** Attempts that lose are counted, and the whole of each is run again. */
  @ParameterizedTest
  @MethodSource("optimistic")
  void whoLosesTheRaceTriesAgain(Case one) throws InterruptedException {
    try (Store store = open(one, 5)) {
      GuardedStore stock = new GuardedStore(store, one.guard());
      CyclicBarrier allHaveChecked = new CyclicBarrier(5);
      AtomicInteger pauses = new AtomicInteger();

      Sale sold =
          Sale.ofFive(
              stock,
              () -> {
                if (pauses.incrementAndGet() <= 5) {
                  await(allHaveChecked);
                }
              });

      assertThat(sold.sold()).isEqualTo(9);
      assertThat(sold.audit().retries()).isGreaterThanOrEqualTo(4);
    }
  }

  static Stream<Case> optimistic() {
    return everyGuard()
        .filter(
            one ->
                List.of("optimistic-version", "repeatable-read", "serializable")
                    .contains(one.guard()));
  }
}
