package oversell.explorer;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A class of scenarios, each made by its constructor without parameters. */
final class ScenarioClass<R> implements ScenarioFactory<R> {
  private final Class<? extends Scenario<R>> scenario;
  private final Options options;
  private @Nullable ClassLoader madeBy;
  private @Nullable MethodHandle maker;

  /** Thrown if no scenario can be made of a class; the message says why and what to do. */
  static final class Refused extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    Refused(Class<?> scenario, String why) {
      super("%s cannot be explored: it %s".formatted(scenario.getName(), why));
    }
  }

  /**
   * Makes a factory of the scenarios of a class.
   *
   * @param options those with which they are explored
   * @throws IllegalArgumentException if there can be none
   */
  ScenarioClass(Class<? extends Scenario<R>> scenario, Options options) {
    this.scenario = scenario;
    this.options = options;
    check(scenario);
  }

  /**
   * Rejects a class of which no scenario can be made.
   *
   * @throws IllegalArgumentException if it is one
   */
  static void check(Class<?> scenario) {
    if (!Scenario.class.isAssignableFrom(scenario)) {
      throw new Refused(
          scenario, "does not implement %s; make it do so".formatted(Scenario.class.getName()));
    }
    if (scenario.isHidden() || scenario.isSynthetic()) {
      throw new Refused(
          scenario, "is a lambda, which cannot be made afresh for each execution; write a class");
    }
    if (scenario.isInterface() || Modifier.isAbstract(scenario.getModifiers())) {
      throw new Refused(scenario, "is abstract; name a class that extends it");
    }
    if (scenario.getClassLoader() == null) {
      throw new Refused(
          scenario, "is of the JDK, whose classes cannot be woven; call it from one of your own");
    }
    boolean isInner =
        scenario.getEnclosingClass() != null && !Modifier.isStatic(scenario.getModifiers());
    if (isInner && !scenario.isRecord() && !scenario.isEnum()) {
      throw new Refused(scenario, "is an inner class, which needs another object; make it static");
    }
    try {
      var unused = scenario.getDeclaredConstructor();
    } catch (NoClassDefFoundError missing) {
      throw new Refused(
          scenario,
          "needs %s, which cannot be found; put it on the class path"
              .formatted(String.valueOf(missing.getMessage()).replace('/', '.')));
    } catch (NoSuchMethodException hasNone) {
      throw new Refused(scenario, "has no constructor without parameters; add one");
    }
    String file = scenario.getName().replace('.', '/') + ".class";
    if (scenario.getClassLoader().getResource(file) == null) {
      throw new Refused(
          scenario,
          "has no class file that %s can read, so it cannot be woven; put it on the class path"
              .formatted(scenario.getClassLoader()));
    }
  }

  private Refused refused(String why) {
    return new Refused(scenario, why);
  }

  @Override
  public String name() {
    return scenario.getSimpleName();
  }

  @Override
  public String replayedBy(String schedule) {
    String with = options.granularity() == Granularity.ACCESS ? "" : granularity();
    with += options.wakesSpuriously() ? ".spuriousWakeups()" : "";
    with += options.classes();
    return "Explorer.replay(%s.class, \"%s\"%s)"
        .formatted(name(), schedule, with.isEmpty() ? "" : ", Options.exhaustive()" + with);
  }

  private String granularity() {
    return ".granularity(Granularity." + options.granularity().name() + ")";
  }

  @Override
  public ClassLoader classes() {
    return scenario.getClassLoader();
  }

  // Loaders are compared by identity.
  @SuppressWarnings({"ReferenceEquality", "unchecked"})
  @Override
  public Scenario<R> make(ClassLoader woven, Consumer<Object> created) throws Exception {
    MethodHandle known = maker;
    if (known == null || madeBy != woven) {
      known = maker(woven);
      maker = known;
      madeBy = woven;
    }
    Scenario<?> made;
    try {
      made = (Scenario<?>) known.invokeExact();
    } catch (Exception | Error thrown) {
      throw thrown;
    } catch (Throwable thrown) {
      throw new IllegalStateException(thrown);
    }
    created.accept(made);
    return (Scenario<R>) made;
  }

  // Loaders are compared by identity.
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
      throw refused("cannot be made: " + unusable);
    }
  }
}
