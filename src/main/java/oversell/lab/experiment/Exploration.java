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
 */
public record Exploration(
    Strategy strategy,
    Granularity granularity,
    Reduction reduction,
    long schedules,
    Subject subject) {
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

  /** Rejects an exploration of nothing. */
  public Exploration {
    if (schedules < 1) {
      throw new IllegalArgumentException("schedules must be 1 or more: " + schedules);
    }
  }

  /** An exploration of a sale. */
  public Exploration(
      Strategy strategy, Granularity granularity, Reduction reduction, long schedules) {
    this(strategy, granularity, reduction, schedules, Subject.SALE);
  }

  /** Whether each execution stands for others: only an exhaustive search leaves any out. */
  public boolean isReduced() {
    return strategy == Strategy.EXHAUSTIVE && reduction == Reduction.SOURCE_DPOR;
  }
}
