package oversell.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oversell.inventory.Pause;

/**
 * Five buyers who take a second connection while they hold one. All have their first when the first
 * of them asks for its second, so that it does not depend on luck.
 */
@Timeout(120)
class PoolIT {
  private static final int BUYERS = 5;
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static LocalServer server;

  private final AtomicInteger schemas = new AtomicInteger();

  @BeforeAll
  static void startServer() throws IOException {
    server = LocalServer.start(Path.of("target", "postgresql"), true);
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  private Sale sell(Product product, String guard, int connections) throws InterruptedException {
    StoreAccess access =
        product == Product.H2
            ? StoreAccess.inProcess()
            : server.access("pool_it_" + schemas.incrementAndGet());
    Pool pool = new Pool(connections, PATIENCE, Optional.empty());
    try (Store store = Store.create(access, Guards.of(guard), pool)) {
      return Sale.of(new GuardedStore(store, guard), BUYERS, BUYERS, 1, onceAllHaveOne());
    }
  }

  private static Pause onceAllHaveOne() {
    CyclicBarrier allHaveOne = new CyclicBarrier(BUYERS);
    return () -> {
      try {
        var unused = allHaveOne.await(30, TimeUnit.SECONDS);
      } catch (Exception broken) {
        throw new IllegalStateException(broken);
      }
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "H2"})
  void aConnectionMoreThanThereAreBuyersServesThemAll(Product product) throws InterruptedException {
    Sale sold = sell(product, "log-on-the-side", BUYERS + 1);

    assertThat(sold.failures()).isEmpty();
    assertThat(sold.sold()).isEqualTo(BUYERS);
    assertThat(sold.audit().withoutConnection()).isZero();
  }

  /** The broken twin: one connection less. */
  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "H2"})
  void aConnectionForEachBuyerLeavesThemWaitingForOneAnother(Product product)
      throws InterruptedException {
    Sale sold = sell(product, "log-on-the-side", BUYERS);

    // Whoever gives up first lets another one go on.
    assertThat(sold.failures())
        .isNotEmpty()
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("no connection was free in time"));
    assertThat(sold.audit().withoutConnection()).isEqualTo(sold.failures().size());
    assertThat(sold.audit().isBroken()).isFalse();
  }

  /** The same pool is enough for those who need one connection each. */
  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "H2"})
  void aConnectionForEachBuyerIsEnoughForThoseWhoTakeOne(Product product)
      throws InterruptedException {
    Sale sold = sell(product, "conditional-update", BUYERS);

    assertThat(sold.failures()).isEmpty();
    assertThat(sold.sold()).isEqualTo(BUYERS);
  }
}
