package oversell.explorer;

import java.lang.invoke.MethodHandle;
import java.util.List;
import oversell.explorer.control.Engine;
import oversell.explorer.schedule.FewestSwitches;
import oversell.explorer.schedule.Strategy;
import oversell.explorer.weave.WeavingLoader;
import oversell.inventory.InventoryProvider;

/**
 * What runs the executions of a subject: its classes, as one loader wove them, and an engine that
 * hears them.
 */
final class Machinery {
  private final Subject subject;
  private final WeavingLoader loader;
  private final MethodHandle maker;
  private final Engine engine;

  private Machinery(Subject subject, WeavingLoader loader, Engine engine) {
    this.subject = subject;
    this.loader = loader;
    this.engine = engine;
    maker = subject.maker(loader);
  }

  /** Sets it up, to be heard instead of whichever was set up before. */
  static Machinery of(Subject subject, WeavingLoader loader, Strategy strategy) {
    return of(subject, loader, strategy, false);
  }

  /**
   * The same.
   *
   * @param watching whether to find out of each execution whether it never ends
   */
  static Machinery of(Subject subject, WeavingLoader loader, Strategy strategy, boolean watching) {
    Engine engine =
        new Engine(
            subject.threads(),
            subject.exploration().granularity(),
            loader.sites(),
            strategy,
            subject.matters());
    if (watching) {
      engine.watchForRepetition();
    }
    Machinery machinery = new Machinery(subject, loader, engine);
    engine.loadBy(loader);
    engine.hear();
    machinery.warmUp(strategy);
    return machinery;
  }

  /** Runs one execution that nobody counts: the first use of a class loads it. */
  private void warmUp(Strategy strategy) {
    engine.follow(new FewestSwitches());
    var unused = execution().run();
    engine.follow(strategy);
  }

  /** A fresh execution. */
  Execution execution() {
    return Execution.prepare(this);
  }

  /** Forgets the last execution, and what its classes kept of it. */
  void setBack() {
    loader.setBack();
    engine.clear();
  }

  /** The classes that were used and are not woven, but for those of the JDK and of the lab. */
  List<String> notWoven() {
    return List.copyOf(loader.unwoven());
  }

  Subject subject() {
    return subject;
  }

  Engine engine() {
    return engine;
  }

  /** What makes inventories, made afresh. */
  InventoryProvider variant() {
    try {
      return (InventoryProvider) maker.invokeExact();
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable thrown) {
      throw new IllegalStateException(thrown);
    }
  }
}
