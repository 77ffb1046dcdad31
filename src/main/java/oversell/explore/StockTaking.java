package oversell.explore;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks inventories for their stock in the middle of a sale, from a thread of its own: somebody's
 * inventory may want a guard for that, which a buyer that is stopped has.
 *
 * @param execution whose inventories
 */
record StockTaking(Execution execution) {
  private static final long PATIENCE_MILLIS = 200;

  /** The units left; empty if they cannot be told now. */
  Optional<Long> stock() {
    AtomicReference<@Nullable Long> stock = new AtomicReference<>();
    Thread asking =
        Thread.ofPlatform()
            .daemon()
            .name("stock-taking")
            .start(
                () -> {
                  try {
                    stock.set(execution.stock());
                  } catch (RuntimeException cannotBeTold) {
                    // Then it stays unknown.
                  }
                });
    try {
      asking.join(PATIENCE_MILLIS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    asking.interrupt();
    return Optional.ofNullable(stock.get());
  }
}
