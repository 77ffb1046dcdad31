package oversell.lab.trial;

import oversell.explorer.ExplorationListener;
import oversell.explorer.Findings;
import oversell.explorer.Options;
import oversell.explorer.Subject;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Workload;

/** What tests of the explorer need of sales, to explore them in other ways than the lab does. */
public final class Sales {
  private Sales() {}

  /** A sale as what is explored. */
  public static Subject<Outcome> subject(
      Workload workload, Class<? extends InventoryProvider> provider, BuyerScope scope) {
    return new SaleSubject(workload, provider, scope);
  }

  /** How it is explored. */
  public static Options options(Workload workload, long seed) {
    return SaleExplorer.options(workload, seed);
  }

  /** What came of that, as the lab has it. */
  public static Explored explored(Findings<Outcome> findings) {
    return SaleExplorer.explored(findings);
  }

  /** Hears of it as the lab does. */
  public static ExplorationListener<Outcome> heardBy(SaleListener listener) {
    return SaleExplorer.heardBy(listener);
  }
}
