package oversell.explore;

import oversell.experiment.Conduct.Fault;
import oversell.experiment.Workload;
import oversell.inventory.InventoryProvider;
import oversell.trial.BuyerScope;

/**
 * What is explored.
 *
 * @param workload what is sold
 * @param variant makes the inventory of each article, of a woven class
 * @param scope runs the buyers
 */
record SaleToExplore(Workload workload, InventoryProvider variant, BuyerScope scope) {
  /** What befalls a buyer. */
  Fault faultOf(int buyer) {
    // As in trials: the last of each group, so that some are served before a fault befalls one.
    return (buyer + 1) % workload.conduct().faultEvery() == 0
        ? workload.conduct().fault()
        : Fault.NONE;
  }

  /** Whether somebody cancels the scope, who is a thread of its own beside the buyers. */
  boolean hasDeadline() {
    return workload.conduct().fault() == Fault.TIMEOUT;
  }

  /** Whether the fault of the sale befalls a buyer with this fault of its own. */
  boolean befalls(Fault own) {
    return switch (workload.conduct().fault()) {
      // Whoever is cancelled takes all others along.
      case CANCEL, TIMEOUT -> true;
      case NONE, THROW, INTERRUPT, SLOW -> own != Fault.NONE;
    };
  }

  /** How many threads the owner of the scope starts. */
  int threads() {
    return workload.buyers() + (hasDeadline() ? 1 : 0);
  }
}
