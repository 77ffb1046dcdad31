package oversell.explorer;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import oversell.explorer.weave.ClassOptions;

/**
 * How a scenario is explored: which schedules are run, in which order, and when to stop. Options
 * are immutable: each method returns new ones.
 *
 * @param strategy which schedules are run
 * @param seed the seed of the strategies that draw
 * @param depth the number of ordering constraints that a bug may need for the bound of pct to hold
 * @param granularity where a thread may be stopped
 * @param reduction what an exhaustive search leaves out
 * @param schedules the most executions that are run, 1 or more
 * @param within how long it may take; no execution is begun after that
 * @param stopsAtFirstFailure whether the first failure is enough
 * @param wakesSpuriously whether a wait may end without a signal
 * @param classes which classes are treated otherwise than all the others
 */
public record Options(
    Strategy strategy,
    long seed,
    int depth,
    Granularity granularity,
    Reduction reduction,
    long schedules,
    Duration within,
    boolean stopsAtFirstFailure,
    boolean wakesSpuriously,
    ClassOptions classes) {
  private static final int BUG_DEPTH = 3;
  private static final Duration FOR_EVER = Duration.ofDays(365);

  /**
   * Rejects what cannot be explored.
   *
   * @throws IllegalArgumentException if a number or the time is less than 1
   */
  public Options {
    if (schedules < 1) {
      throw new IllegalArgumentException("schedules must be 1 or more: " + schedules);
    }
    if (depth < 1) {
      throw new IllegalArgumentException("depth must be 1 or more: " + depth);
    }
    if (within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException("within must be longer than nothing: " + within);
    }
  }

  /** What new options are made of: those that there were, and what differs. */
  private static final class Draft {
    private Strategy strategy;
    private long seed;
    private int depth = BUG_DEPTH;
    private Granularity granularity = Granularity.ACCESS;
    private Reduction reduction = Reduction.SOURCE_DPOR;
    private long schedules = Long.MAX_VALUE;
    private Duration within = FOR_EVER;
    private boolean stopsAtFirstFailure;
    private boolean wakesSpuriously;
    private ClassOptions classes = ClassOptions.NONE;

    Draft(Strategy strategy) {
      this.strategy = strategy;
    }

    Draft(Options options) {
      strategy = options.strategy;
      seed = options.seed;
      depth = options.depth;
      granularity = options.granularity;
      reduction = options.reduction;
      schedules = options.schedules;
      within = options.within;
      stopsAtFirstFailure = options.stopsAtFirstFailure;
      wakesSpuriously = options.wakesSpuriously;
      classes = options.classes;
    }

    Options with(Consumer<Draft> difference) {
      difference.accept(this);
      return new Options(
          strategy,
          seed,
          depth,
          granularity,
          reduction,
          schedules,
          within,
          stopsAtFirstFailure,
          wakesSpuriously,
          classes);
    }
  }

  private static Options of(Strategy strategy, Consumer<Draft> difference) {
    return new Draft(strategy).with(difference);
  }

  private Options with(Consumer<Draft> difference) {
    return new Draft(this).with(difference);
  }

  /** Every schedule, with source-DPOR, at {@code access}; it goes on after a failure. */
  public static Options exhaustive() {
    return of(Strategy.EXHAUSTIVE, draft -> {});
  }

  /**
   * A number of schedules, each choice of which is drawn.
   *
   * @param seed the same seed draws the same schedules
   */
  public static Options random(long schedules, long seed) {
    return of(
        Strategy.RANDOM,
        draft -> {
          draft.schedules = schedules;
          draft.seed = seed;
        });
  }

  /**
   * A number of schedules, by random priorities. Source: Sebastian Burckhardt, Pravesh Kothari,
   * Madanlal Musuvathi and Santosh Nagarakatte, <a href="https://doi.org/10.1145/1736020.1736040">A
   * Randomized Scheduler with Probabilistic Guarantees of Finding Bugs</a>, ASPLOS 2010.
   *
   * @param depth how many ordering constraints a bug may need, 1 or more
   * @param seed the same seed draws the same schedules
   */
  public static Options pct(int depth, long schedules, long seed) {
    return of(
        Strategy.PCT,
        draft -> {
          draft.depth = depth;
          draft.schedules = schedules;
          draft.seed = seed;
        });
  }

  /** Every schedule, those with the fewest preemptions first, none left out. */
  public static Options fewestSwitches() {
    return of(Strategy.FEWEST_SWITCHES, draft -> {});
  }

  /** The same, with threads stopped at these steps and at no others. */
  public Options granularity(Granularity other) {
    return with(draft -> draft.granularity = other);
  }

  /** The same, leaving out these executions. */
  public Options reduction(Reduction other) {
    return with(draft -> draft.reduction = other);
  }

  /**
   * The same, with at most this number of executions: if there are more, the exploration is not
   * complete.
   */
  public Options schedules(long most) {
    return with(draft -> draft.schedules = most);
  }

  /**
   * The same, without an execution that begins after that time: if any is left, the exploration is
   * not complete.
   */
  public Options within(Duration most) {
    return with(draft -> draft.within = most);
  }

  /** The same, stopping at the first failure, which is then shrunk. */
  public Options stopAtFirstFailure() {
    return with(draft -> draft.stopsAtFirstFailure = true);
  }

  /**
   * Lets {@code Object.wait} and the conditions of locks end without a signal, as the JLS allows:
   * each thread once in an execution. So what is found is an {@code if} where a {@code while} has
   * to be. A wait with a limit ends by a signal, or when its limit has passed, which that may do at
   * any moment; that it ends for nothing before is not covered. Nor are those of {@code
   * LockSupport.park}, and those of conditions of fair locks and of locks for reading and writing.
   */
  public Options spuriousWakeups() {
    return with(draft -> draft.wakesSpuriously = true);
  }

  /**
   * Does not weave these classes, as it does not weave loggers and libraries for tests: a call of
   * one is a step that conflicts with any other, what it does inside is not explored, and the
   * certificate names it. For what cannot be woven, or what nobody wants to prove anything about.
   * They have to do without classes that are woven, must start no threads, and what they keep in
   * static fields they keep from one execution to the next.
   *
   * @param rules {@code com.acme.legacy.*} for a package and all that is in it, {@code
   *     com.acme.Legacy} for a class and those nested in it; with an exclamation mark before it
   *     what is woven after all, as {@code !org.assertj.*}; of rules that fit a class the last
   *     counts
   * @throws IllegalArgumentException if one names no classes
   */
  public Options unwoven(List<String> rules) {
    return with(draft -> draft.classes = classes.withUnwoven(rules));
  }

  /**
   * Treats each call of a method of a class as one step, which no other thread comes between. What
   * such a call reads and writes is known as ever, so it conflicts with just that. It may neither
   * wait nor start a thread: where it does, that is not under control. Constructors, and methods
   * that the class inherits, are as those of any other class.
   *
   * <p>That the class is right under concurrent use is then taken for granted, and the certificate
   * names it as not covered.
   *
   * @param name of the class, as {@link Class#getName()} has it; each call adds one
   * @throws IllegalArgumentException if that is no name of a class
   */
  public Options atomic(String name) {
    return with(draft -> draft.classes = classes.andAtomic(name));
  }

  /**
   * Explores a class of {@code java.util}, or of a package below, from the inside: a copy of it is
   * woven under another name, with what it needs of its package, and stands for it wherever woven
   * classes name it. Otherwise each call of the JDK is one step. What the JDK itself makes, an
   * executor's queue for one, is of the JDK's own class as ever; what a copy cannot do is not under
   * control. Random numbers are the same in every execution.
   *
   * @param name of the class, as {@link Class#getName()} has it; each call adds one
   * @throws IllegalArgumentException if that is no name of a class
   */
  public Options inside(String name) {
    return with(draft -> draft.classes = classes.andInside(name));
  }

  /** Whether one execution may stand for others: only an exhaustive search leaves any out. */
  boolean isReduced() {
    return strategy == Strategy.EXHAUSTIVE && reduction == Reduction.SOURCE_DPOR;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s at %s%s%s",
        strategy,
        granularity,
        isReduced() ? " with " + reduction : "",
        wakesSpuriously ? ", with spurious wake-ups" : "");
  }
}
