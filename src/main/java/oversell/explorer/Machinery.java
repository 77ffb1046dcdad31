package oversell.explorer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import oversell.explorer.control.Engine;
import oversell.explorer.control.Matters;
import oversell.explorer.schedule.FewestSwitches;
import oversell.explorer.schedule.Strategy;
import oversell.explorer.weave.ClassOptions;
import oversell.explorer.weave.JdkCalls;
import oversell.explorer.weave.WeavingLoader;

/**
 * Runs the executions of a subject: with its classes, as one loader wove them, and an engine that
 * is installed for them.
 */
final class Machinery<R> {
  /**
   * What is the same in all executions of an exploration.
   *
   * @param calls what calls into classes that are not woven mean
   * @param matters which kinds of steps executions have shown to matter
   */
  record Setting<R>(Subject<R> subject, Options options, JdkCalls calls, Matters matters) {
    /** A loader that weaves the subject's classes. */
    WeavingLoader loader(boolean telling) {
      return new WeavingLoader(subject.classes(), calls, classes(), telling, matters.ofRounds());
    }

    /** A loader whose classes report values, and whether a thread repeats its steps. */
    WeavingLoader watchingLoader() {
      return new WeavingLoader(subject.classes(), calls, classes(), true, true);
    }

    private ClassOptions classes() {
      ClassOptions all = options.classes();
      for (String type : matters.inside()) {
        all = all.andInside(type);
      }
      return all;
    }
  }

  private final Setting<R> setting;
  private final WeavingLoader loader;
  private final Engine engine;
  private final Control control;

  private Machinery(Setting<R> setting, WeavingLoader loader, Engine engine) {
    this.setting = setting;
    this.loader = loader;
    this.engine = engine;
    control = new Control(engine);
  }

  /** Makes one, and installs its engine in the place of the one before. */
  static <R> Machinery<R> of(Setting<R> setting, WeavingLoader loader, Strategy strategy) {
    return of(setting, loader, strategy, setting.matters().ofRounds());
  }

  /**
   * Makes one, and installs its engine in the place of the one before.
   *
   * @param watching whether to find out of each execution whether it never ends
   */
  static <R> Machinery<R> of(
      Setting<R> setting, WeavingLoader loader, Strategy strategy, boolean watching) {
    Engine engine =
        new Engine(
            setting.options().granularity()::stopsAt, loader.sites(), strategy, setting.matters());
    if (watching) {
      engine.watchForRepetition();
    }
    if (!setting.options().classes().unwoven().isEmpty()) {
      // To ask takes some microseconds a thread.
      engine.askForStarters();
    }
    Machinery<R> machinery = new Machinery<>(setting, loader, engine);
    engine.loadBy(loader);
    engine.install();
    machinery.warmUp(strategy);
    return machinery;
  }

  /** Runs one execution that does not count: the first use of a class loads it. */
  private void warmUp(Strategy strategy) {
    engine.follow(new FewestSwitches());
    var unused = run();
    engine.follow(strategy);
  }

  /**
   * One execution that was run.
   *
   * @param how how it ended, for the engine
   * @param engine the engine that ran it
   */
  record Ran<R>(Execution<R> execution, Engine.Ending how, Engine engine) {
    /** Whether it was run to an end. */
    boolean hasEnded() {
      return switch (how) {
        case DONE, STUCK, ENDLESS -> true;
        case BOUNDED, CUT, ESCAPED -> false;
      };
    }

    /** Its ending, if it was run to an end. */
    Ending ending() {
      return switch (how) {
        case DONE -> Ending.DONE;
        case STUCK -> Ending.DEADLOCK;
        case ENDLESS -> Ending.ENDLESS;
        case BOUNDED, CUT, ESCAPED -> throw new IllegalStateException("it has no end: " + how);
      };
    }

    R outcome() {
      R outcome = execution.outcome(ending());
      // The next execution, or the caller, finds what there was before this one.
      engine.setBackJvmState();
      return outcome;
    }
  }

  /** Forgets the last execution, and runs a fresh one. */
  Ran<R> run() {
    return run(prepare());
  }

  /** Forgets the last execution, and what its classes kept of it, and makes a fresh one. */
  Execution<R> prepare() {
    loader.setBack();
    Execution<R> execution = setting.subject().execution(loader, control);
    engine.clear(execution.isAnnounced());
    return execution;
  }

  /** Runs an execution that was prepared. */
  Ran<R> run(Execution<R> execution) {
    Body body = new Body(execution);
    Engine.Ending how = engine.run(body);
    switch (body.failure) {
      case null -> {}
      case RuntimeException thrown -> throw thrown;
      case Error thrown -> throw thrown;
      default -> throw new IllegalStateException(body.failure);
    }
    return new Ran<>(execution, how, engine);
  }

  /** The code that the main thread runs. */
  private static final class Body implements Runnable {
    private final Execution<?> execution;
    private @Nullable Throwable failure;

    Body(Execution<?> execution) {
      this.execution = execution;
    }

    @Override
    public void run() {
      try {
        execution.run();
      } catch (Engine.Dropped dropped) {
        throw dropped;
      } catch (Throwable thrown) {
        failure = thrown;
      }
    }
  }

  /** The classes that were used and are not woven, but for those of the JDK and of the lab. */
  List<String> notWoven() {
    return List.copyOf(loader.unwoven());
  }

  Setting<R> setting() {
    return setting;
  }

  Engine engine() {
    return engine;
  }

  WeavingLoader loader() {
    return loader;
  }
}
