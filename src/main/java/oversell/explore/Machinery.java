package oversell.explore;

import oversell.control.Engine;
import oversell.inventory.InventoryProvider;
import oversell.schedule.FewestSwitches;
import oversell.schedule.Strategy;
import oversell.weave.WeavingLoader;

/**
 * What runs the executions of a subject: its classes, as one loader wove them, and an engine that
 * hears them.
 *
 * @param subject what is explored
 * @param variant makes its inventories
 * @param engine runs its threads
 */
record Machinery(Subject subject, InventoryProvider variant, Engine engine) {
  /** Sets it up, to be heard instead of whichever was set up before. */
  static Machinery of(Subject subject, WeavingLoader loader, Strategy strategy) {
    Engine engine =
        new Engine(
            subject.threads(), subject.exploration().granularity(), loader.sites(), strategy);
    Machinery machinery = new Machinery(subject, subject.woven(loader), engine);
    engine.hear();
    machinery.warmUp(strategy);
    return machinery;
  }

  /** Runs one execution that nobody counts: the first use of a class initialises it. */
  private void warmUp(Strategy strategy) {
    engine.follow(new FewestSwitches());
    var unused = execution().run();
    engine.follow(strategy);
  }

  /** A fresh execution. */
  Execution execution() {
    return Execution.prepare(this);
  }
}
