package oversell.explorer.schedule;

import java.util.SplittableRandom;

/**
 * Chooses each enabled thread with the same probability, for a number of executions. The same seed
 * leads to the same executions.
 */
public final class RandomOrder implements Strategy {
  private final SplittableRandom random;
  private final long schedules;
  private long begun;

  /**
   * Makes a search of a number of executions.
   *
   * @param schedules how many
   */
  public RandomOrder(long seed, long schedules) {
    random = new SplittableRandom(seed);
    this.schedules = schedules;
  }

  @Override
  public boolean begin() {
    return begun++ < schedules;
  }

  @Override
  public int choose(Trace trace, long enabled, int running) {
    long left = enabled;
    for (int skipped = random.nextInt(Long.bitCount(enabled)); skipped > 0; skipped--) {
      left &= left - 1;
    }
    return Long.numberOfTrailingZeros(left);
  }

  @Override
  public boolean end(Trace trace) {
    return true;
  }

  @Override
  public double share() {
    return Math.min(1, (double) (begun - 1) / schedules);
  }

  @Override
  public boolean isExhaustive() {
    return false;
  }
}
