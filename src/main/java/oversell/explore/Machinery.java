package oversell.explore;

import oversell.experiment.Workload;
import oversell.inventory.InventoryProvider;
import oversell.schedule.Strategy;
import oversell.trial.BuyerScope;
import oversell.weave.Hooks;
import oversell.weave.Sites;
import oversell.weave.WeavingLoader;

/**
 * What runs and hears the executions of one sale: made of classes that one loader wove.
 *
 * @param sale what is explored
 * @param engine runs its threads
 * @param announcements hears its classes
 * @param sites where these announce themselves
 */
record Machinery(SaleToExplore sale, Engine engine, Announcements announcements, Sites sites) {
  private static final int MOST_STEPS = 10_000;

  /**
   * What one sale is explored with.
   *
   * @param workload what is sold, in the mode that explores
   * @param provider the class that makes its inventories
   * @param scope runs the buyers
   */
  record Subject(Workload workload, Class<? extends InventoryProvider> provider, BuyerScope scope) {
    /** A loader of its classes. */
    WeavingLoader loader(boolean telling) {
      return new WeavingLoader(provider.getClassLoader(), telling);
    }

    /**
     * Sets up its executions, and is heard instead of whoever was set up before.
     *
     * @throws IllegalArgumentException if its inventories cannot be made
     */
    Machinery machinery(WeavingLoader loader, Strategy strategy) {
      InventoryProvider woven;
      try {
        woven =
            (InventoryProvider) loader.loadClass(provider.getName()).getConstructor().newInstance();
      } catch (ReflectiveOperationException unusable) {
        throw new IllegalArgumentException(
            "no inventory can be made by " + provider.getName(), unusable);
      }
      SaleToExplore sale = new SaleToExplore(workload, woven, scope);
      Engine engine = new Engine(sale.threads(), MOST_STEPS, strategy);
      Announcements announcements =
          new Announcements(
              engine, loader.sites(), workload.conduct().exploration().orElseThrow().granularity());
      Hooks.hearing(announcements);
      return new Machinery(sale, engine, announcements, loader.sites());
    }
  }
}
