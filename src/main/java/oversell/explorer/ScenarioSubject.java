package oversell.explorer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Explores scenarios: an execution makes one and runs it. */
final class ScenarioSubject<R> implements Subject<ScenarioResult<R>> {
  private final ScenarioFactory<R> factory;
  private final PlainOutcome plain;

  ScenarioSubject(ScenarioFactory<R> factory) {
    this.factory = factory;
    plain = new PlainOutcome(factory.classes());
  }

  @Override
  public ClassLoader classes() {
    return factory.classes();
  }

  @Override
  public Execution<ScenarioResult<R>> execution(ClassLoader woven, Control control) {
    return new OneRun(woven, control);
  }

  /** One execution. */
  private final class OneRun implements Execution<ScenarioResult<R>> {
    private final ClassLoader woven;
    private final Control control;
    private @Nullable Scenario<R> made;
    private @Nullable ScenarioResult<R> result;

    OneRun(ClassLoader woven, Control control) {
      this.woven = woven;
      this.control = control;
    }

    // The translated outcome is of the class that the caller knows.
    @SuppressWarnings("unchecked")
    @Override
    public void run() {
      @Nullable R returned;
      try {
        Scenario<R> fresh = factory.make(woven, control::created);
        made = fresh;
        returned = fresh.run();
        if (!PlainOutcome.isFixed(returned)) {
          control.readOutcome();
        }
      } catch (ScenarioClass.Refused refused) {
        throw refused;
      } catch (Throwable thrown) {
        if (Control.isEnd(thrown)) {
          throw (Error) thrown;
        }
        // Whatever else the scenario throws is a failure.
        result =
            factory.isAbort(thrown)
                ? ScenarioResult.Aborted.of(thrown)
                : ScenarioResult.Threw.of(thrown);
        return;
      }
      result = new ScenarioResult.Returned<>((R) plain.of(returned));
    }

    @Override
    public boolean isAnnounced() {
      return true;
    }

    @Override
    public ScenarioResult<R> outcome(Ending ending) {
      @Nullable Throwable uncaught = control.uncaught().orElse(null);
      return switch (ending) {
        case DEADLOCK -> new ScenarioResult.Deadlocked<>(new ScenarioResult.Thrown(uncaught));
        case ENDLESS -> new ScenarioResult.Endless<>();
        case DONE -> {
          ScenarioResult<R> known = result;
          if (known == null) {
            throw new IllegalStateException("it ended without a result");
          }
          yield known.failure().isEmpty() && uncaught != null
              ? ScenarioResult.Threw.of(uncaught)
              : known;
        }
      };
    }

    @Override
    public boolean isFailure(ScenarioResult<R> outcome) {
      return outcome.failure().isPresent();
    }

    @Override
    public Watched watched() {
      return new Asked(made, control);
    }
  }

  /** The values that a scenario names, as far as it can be asked for them. */
  private record Asked(@Nullable Scenario<?> scenario, Control control) implements Watched {
    @Override
    public Map<String, ?> watched() {
      Map<String, Object> texts = new LinkedHashMap<>();
      if (scenario instanceof Watched named) {
        control.ask(named::watched).ifPresent(all -> all.forEach(texts::put));
      }
      return texts;
    }

    @Override
    public boolean holds() {
      return !(scenario instanceof Watched named) || control.ask(named::holds).orElse(true);
    }
  }
}
