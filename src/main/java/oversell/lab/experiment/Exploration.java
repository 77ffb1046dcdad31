package oversell.lab.experiment;

import java.util.Locale;
import oversell.explorer.Granularity;
import oversell.explorer.Reduction;
import oversell.explorer.Strategy;

/**
 * How the interleavings of a sale or a scenario are explored, instead of being left to chance.
 *
 * @param strategy which executions are run, and in which order
 * @param granularity where a thread may be stopped
 * @param reduction which executions are left out because they would show nothing new
 * @param schedules the most executions that are run, 1 or more
 * @param subject what is explored
 * @param until when it ends
 * @param tool who explores
 */
public record Exploration(
    Strategy strategy,
    Granularity granularity,
    Reduction reduction,
    long schedules,
    Subject subject,
    Until until,
    Tool tool) {
  /** What is explored. */
  public enum Subject {
    /** A sale to buyers, by the inventory that the variant names. */
    SALE,
    /** A program of the user's: the class of {@link oversell.explorer.Scenario} so named. */
    SCENARIO;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** When an exploration ends. */
  public enum Until {
    /** When it has run all that it was to run. */
    END,
    /** At the first execution that fails, or else at its end. */
    FIRST_FAILURE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Who explores. */
  public enum Tool {
    /** The explorer of this project. */
    OVERSELL,
    /** Lincheck, a tool of others, which takes {@link oversell.versus.Operations} alone. */
    LINCHECK;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Rejects an exploration of nothing. */
  public Exploration {
    if (schedules < 1) {
      throw new IllegalArgumentException("schedules must be 1 or more: " + schedules);
    }
  }

  /** An exploration of a sale. */
  public Exploration(
      Strategy strategy, Granularity granularity, Reduction reduction, long schedules) {
    this(strategy, granularity, reduction, schedules, Subject.SALE, Until.END, Tool.OVERSELL);
  }

  /**
   * Lincheck's: it chooses its switch points and its order itself, and ends at its first failure.
   *
   * @param schedules the most executions that are run, 1 or more
   */
  static Exploration byLincheck(long schedules) {
    return new Exploration(
        Strategy.EXHAUSTIVE,
        Granularity.ACCESS,
        Reduction.NONE,
        schedules,
        Subject.SCENARIO,
        Until.FIRST_FAILURE,
        Tool.LINCHECK);
  }

  /** The same in words. */
  public String shown() {
    return tool == Tool.OVERSELL ? strategy + " at " + granularity : "by " + tool;
  }

  /** Whether each execution stands for others: only an exhaustive search leaves any out. */
  public boolean isReduced() {
    return strategy == Strategy.EXHAUSTIVE && reduction == Reduction.SOURCE_DPOR;
  }
}
