package oversell.explorer;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scenario as what is explored: an execution makes it anew and runs it. */
final class ScenarioSubject<R> implements Subject<ScenarioResult<R>> {
  private final Class<? extends Scenario<R>> scenario;
  private final PlainOutcome plain;
  private @Nullable ClassLoader madeBy;
  private @Nullable MethodHandle maker;

  /**
   * Of a class.
   *
   * @throws IllegalArgumentException if no scenario can be made of it
   */
  ScenarioSubject(Class<? extends Scenario<R>> scenario) {
    this.scenario = scenario;
    check();
    plain = new PlainOutcome(classes());
  }

  private void check() {
    String name = scenario.getName();
    if (scenario.isInterface() || Modifier.isAbstract(scenario.getModifiers())) {
      throw refused("is abstract; name a class that extends it");
    }
    if (scenario.isHidden() || scenario.isSynthetic()) {
      throw refused("is a lambda, which cannot be made afresh for each execution; write a class");
    }
    if (scenario.getClassLoader() == null) {
      throw refused("is of the JDK, whose classes cannot be woven; call it from one of your own");
    }
    boolean isInner =
        scenario.getEnclosingClass() != null && !Modifier.isStatic(scenario.getModifiers());
    if (isInner && !scenario.isRecord() && !scenario.isEnum()) {
      throw refused("is an inner class, which needs another object; make it static");
    }
    try {
      var unused = scenario.getDeclaredConstructor();
    } catch (NoSuchMethodException hasNone) {
      throw refused("has no constructor without parameters; add one");
    }
    String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
    if (scenario.getResource(file) == null) {
      throw refused(
          "has no class file that %s can read, so it cannot be woven; put it on the class path"
              .formatted(scenario.getClassLoader()));
    }
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(
        "%s cannot be explored: it %s".formatted(scenario.getName(), why));
  }

  @Override
  public ClassLoader classes() {
    return scenario.getClassLoader();
  }

  // A loader is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  @Override
  public Execution<ScenarioResult<R>> execution(ClassLoader woven, Control control) {
    MethodHandle known = maker;
    if (known == null || madeBy != woven) {
      known = maker(woven);
      maker = known;
      madeBy = woven;
    }
    return new OneRun(known, control);
  }

  // A loader is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  private MethodHandle maker(ClassLoader woven) {
    try {
      Class<?> type = woven.loadClass(scenario.getName());
      if (type.getClassLoader() != woven) {
        throw refused(
            "is loaded by %s, past the explorer, and announces nothing; move it to a package of"
                    .formatted(type.getClassLoader())
                + " its own");
      }
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
          .findConstructor(type, MethodType.methodType(void.class))
          .asType(MethodType.methodType(Scenario.class));
    } catch (ReflectiveOperationException unusable) {
      throw new IllegalArgumentException(
          "%s cannot be explored: %s".formatted(scenario.getName(), unusable), unusable);
    }
  }

  /** One execution. */
  private final class OneRun implements Execution<ScenarioResult<R>> {
    private final MethodHandle maker;
    private final Control control;
    private @Nullable Scenario<R> made;
    private @Nullable ScenarioResult<R> result;

    OneRun(MethodHandle maker, Control control) {
      this.maker = maker;
      this.control = control;
    }

    // What is returned is of the class that the caller knows.
    @SuppressWarnings("unchecked")
    @Override
    public void run() {
      @Nullable R returned;
      try {
        Scenario<R> fresh = (Scenario<R>) (Scenario<?>) maker.invokeExact();
        made = fresh;
        control.created(fresh);
        returned = fresh.run();
      } catch (Throwable thrown) {
        if (Control.isEnd(thrown)) {
          throw (Error) thrown;
        }
        // Whatever the scenario throws is a failure.
        result = ScenarioResult.Threw.of(thrown);
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
          yield known instanceof ScenarioResult.Returned<R> && uncaught != null
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

  /** What a scenario shows of itself, as far as it can be asked. */
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
