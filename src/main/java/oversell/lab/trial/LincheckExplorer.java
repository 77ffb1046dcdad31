package oversell.lab.trial;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.Outcome.Grade;
import oversell.versus.Operations;

/**
 * Has Lincheck, a tool of others, explore a program that both can be told of. Lincheck is not on
 * every class path, so what names its classes is a class of its own, which is looked for by name.
 */
public final class LincheckExplorer implements TrialExplorer {
  private static final String NEEDED = "org.jetbrains.lincheck.datastructures.ModelCheckingOptions";

  private final Class<? extends Operations> program;
  private final int mostInvocations;
  private final Driver driver;
  private final LongSupplier nanoTime;

  /** Tells Lincheck of a program. */
  @FunctionalInterface
  interface Driver {
    /**
     * Checks a program.
     *
     * @param mostInvocations how often Lincheck runs it at most
     */
    Checked check(Class<? extends Operations> program, int mostInvocations);
  }

  /** How Lincheck ended. */
  enum How {
    /** It found nothing. */
    PASSED,
    /** It found answers of no order. */
    WRONG,
    /** It found an execution in which no thread can go on. */
    HUNG,
    /** It threw something that is no verdict. */
    BROKE
  }

  /**
   * What Lincheck did.
   *
   * @param invocations how often it has run the program until then, the failing one included
   * @param message what it said of that; empty if it found nothing
   */
  record Checked(How how, long invocations, String message) {}

  /**
   * An explorer of one program.
   *
   * @param workload names its class, with an exploration
   * @param classes the loader of that class
   * @param nanoTime the clock, as {@link System#nanoTime()}
   * @throws IllegalArgumentException if there is no such class, or Lincheck cannot be told of it
   * @throws IllegalStateException if Lincheck is not on the class path
   */
  public LincheckExplorer(Workload workload, ClassLoader classes, LongSupplier nanoTime) {
    this(workload, classes, driver(), nanoTime);
  }

  LincheckExplorer(Workload workload, ClassLoader classes, Driver driver, LongSupplier nanoTime) {
    program =
        ScenarioNames.find(workload.variant(), classes)
            .filter(LincheckExplorer::takes)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s is no class that extends %s"
                            .formatted(workload.variant(), Operations.class.getName())))
            .asSubclass(Operations.class);
    Exploration how = workload.conduct().exploration().orElseThrow();
    mostInvocations = (int) Math.min(how.schedules(), Integer.MAX_VALUE);
    this.driver = driver;
    this.nanoTime = nanoTime;
  }

  /** Whether Lincheck can be told of a scenario. */
  public static boolean takes(Class<?> scenario) {
    return Operations.class.isAssignableFrom(scenario);
  }

  /** Whether a loader finds Lincheck. */
  public static boolean isSeenBy(ClassLoader classes) {
    return classes.getResource(NEEDED.replace('.', '/') + ".class") != null;
  }

  private static Driver driver() {
    try {
      Constructor<?> made =
          Class.forName(LincheckExplorer.class.getPackageName() + ".LincheckDriver")
              .getDeclaredConstructor();
      return (Driver) made.newInstance();
    } catch (ReflectiveOperationException | LinkageError lacking) {
      throw new IllegalStateException("Lincheck is not on the class path", lacking);
    }
  }

  @Override
  public Explored explore(SaleListener listener) {
    long begunNanos = nanoTime.getAsLong();
    Checked checked = driver.check(program, mostInvocations);
    return explored(checked, nanoTime.getAsLong() - begunNanos);
  }

  /** Lincheck says neither whether it has run all that there is, nor how many steps it took. */
  private static Explored explored(Checked checked, long wallNanos) {
    boolean isFailure = checked.how() == How.WRONG || checked.how() == How.HUNG;
    List<Explored.Share> shares = new ArrayList<>();
    switch (checked.how()) {
      case WRONG -> shares.add(share(Grade.THREW, checked.message(), 1));
      case HUNG -> shares.add(share(Grade.DEADLOCK, "", 1));
      case PASSED, BROKE -> {}
    }
    long passed = checked.invocations() - shares.size();
    if (passed > 0) {
      shares.add(share(Grade.SAFE, "", passed));
    }
    return new Explored(
        checked.invocations(),
        0,
        Optional.empty(),
        0,
        false,
        isFailure ? 1 : 0,
        List.of(),
        checked.how() == How.BROKE ? "Lincheck ended with " + checked.message() : "",
        List.of(),
        List.of(),
        0,
        wallNanos,
        shares,
        OptionalDouble.empty());
  }

  private static Explored.Share share(Grade grade, String failure, long invocations) {
    return new Explored.Share(
        new ScenarioOutcome(grade, grade.isViolation() ? "" : "verified", failure),
        invocations,
        Optional.empty());
  }

  @Override
  public Replayed replay(String schedule) {
    throw new IllegalArgumentException("Lincheck replays no schedule: replay it by oversell");
  }
}
