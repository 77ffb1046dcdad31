package oversell.lab.experiment;

import oversell.explorer.Granularity;
import oversell.explorer.Reduction;
import oversell.explorer.Strategy;

/**
 * How the interleavings of a sale are explored, instead of being left to chance.
 *
 * @param strategy which executions are run, and in which order
 * @param granularity where a thread may be stopped
 * @param reduction which executions are left out because they would show nothing new
 * @param schedules the most executions that are run, 1 or more
 */
public record Exploration(
    Strategy strategy, Granularity granularity, Reduction reduction, long schedules) {
  /** Rejects an exploration of nothing. */
  public Exploration {
    if (schedules < 1) {
      throw new IllegalArgumentException("schedules must be 1 or more: " + schedules);
    }
  }

  /** Whether each execution stands for others: only an exhaustive search leaves any out. */
  public boolean isReduced() {
    return strategy == Strategy.EXHAUSTIVE && reduction == Reduction.SOURCE_DPOR;
  }
}
