package oversell.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.inventory.Pause;

/**
 * Each technique at each level: what a level forbids at one and allows at the one below it. All
 * buyers check before one of them acts, so that neither depends on luck.
 */
@Timeout(120)
class IsolationIT {
  private static final int BUYERS = 5;
  private static final int ALL = 15;
  private static final int RIGHT = 9;

  private static LocalServer server;

  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  @BeforeAll
  static void startServer() throws IOException {
    server = LocalServer.start(Path.of("target", "postgresql"), true);
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  /** A technique at a level of a product. */
  record Case(Product product, Isolation level, String guard) {
    boolean isAllowed() {
      return Guards.of(guard).anomaly().orElseThrow().isAllowed(product, level);
    }

    @Override
    public String toString() {
      return "%s at %s on %s".formatted(guard, level, product);
    }
  }

  private static Stream<Case> all() {
    return Stream.of(Product.POSTGRESQL, Product.H2)
        .flatMap(
            product ->
                Arrays.stream(Isolation.values())
                    .flatMap(
                        level ->
                            Stream.of("select-then-update", "select-then-write", "sum-then-insert")
                                .map(guard -> new Case(product, level, guard))));
  }

  static Stream<Case> allowed() {
    return all().filter(Case::isAllowed);
  }

  static Stream<Case> forbidden() {
    return all().filter(one -> !one.isAllowed());
  }

  private static Sale sell(Case one) throws InterruptedException {
    StoreAccess access =
        one.product() == Product.H2
            ? StoreAccess.inProcess()
            : server.access("isolation_it_" + SCHEMAS.incrementAndGet());
    Pool pool = new Pool(BUYERS, Duration.ofSeconds(60), Optional.of(one.level()));
    try (Store store = Store.create(access, Guards.of(one.guard()), pool)) {
      return Sale.ofFive(new GuardedStore(store, one.guard()), onceAllHaveChecked());
    }
  }

  /** Whoever is rolled back checks alone. */
  private static Pause onceAllHaveChecked() {
    CyclicBarrier allHaveChecked = new CyclicBarrier(BUYERS);
    AtomicInteger checks = new AtomicInteger();
    return () -> {
      if (checks.incrementAndGet() <= BUYERS) {
        try {
          var unused = allHaveChecked.await(30, TimeUnit.SECONDS);
        } catch (Exception broken) {
          throw new IllegalStateException(broken);
        }
      }
    };
  }

  @ParameterizedTest
  @MethodSource("forbidden")
  void whatALevelForbidsOversellsNothing(Case one) throws InterruptedException {
    Sale sold = sell(one);

    assertThat(sold.failures()).isEmpty();
    assertThat(sold.sold()).isEqualTo(RIGHT);
    assertThat(sold.audit().isBroken()).as("%s", sold.audit()).isFalse();
    assertThat(sold.audit().errors().keySet()).isSubsetOf(List.of("40001", "40P01", "90131"));
    assertThat(sold.audit().errors().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(sold.audit().retries())
        .isGreaterThanOrEqualTo(2);
  }

  /** The broken twin: the same statements and the same sums, at a level that is too low. */
  @ParameterizedTest
  @MethodSource("allowed")
  void whatALevelAllowsSellsToAllWhoHaveChecked(Case one) throws InterruptedException {
    Sale sold = sell(one);

    assertThat(sold.failures()).isEmpty();
    assertThat(sold.sold()).isEqualTo(ALL);
    assertThat(sold.audit().isBroken()).isTrue();
    assertThat(sold.audit().errors()).isEmpty();
  }
}
