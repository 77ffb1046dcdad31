package oversell.explore;

import java.util.Optional;

/**
 * Asks inventories for their stock in the middle of a sale, without waiting: somebody's inventory
 * may want a guard for that, which a buyer that is stopped has.
 *
 * @param execution whose inventories
 */
record StockTaking(Execution execution) {
  /** The units left; empty if they cannot be told now. */
  Optional<Long> stock() {
    return Engine.asked(execution::stock);
  }
}
