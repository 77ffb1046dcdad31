package oversell.explorer.schedule;

import java.util.SplittableRandom;

/**
 * Always chooses the enabled thread of the highest priority. Priorities are drawn at random for
 * each execution; at a few steps, which are drawn as well, the priority of the running thread falls
 * below all others. With n threads and k steps, an execution finds a bug that needs d orderings
 * with a probability of at least 1 / (n × k^(d-1)). Source: Sebastian Burckhardt and others, <a
 * href="https://doi.org/10.1145/1736020.1736040">A Randomized Scheduler with Probabilistic
 * Guarantees of Finding Bugs</a>, ASPLOS 2010.
 */
public final class Priorities implements Strategy {
  private final SplittableRandom random;
  private final long schedules;
  private final int changes;
  private final int[] priorities = new int[Long.SIZE];
  private final int[] changeAt;
  private long begun;
  private int steps = 1;
  private int threads = 1;

  /**
   * Makes a search of a number of executions.
   *
   * @param depth the orderings that a bug needs, d; 1 or more
   */
  public Priorities(long seed, long schedules, int depth) {
    random = new SplittableRandom(seed);
    this.schedules = schedules;
    changes = depth - 1;
    changeAt = new int[changes];
  }

  @Override
  public boolean begin() {
    for (int i = 0; i < priorities.length; i++) {
      priorities[i] = changes + 1 + i;
    }
    for (int i = priorities.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = priorities[i];
      priorities[i] = priorities[other];
      priorities[other] = swapped;
    }
    for (int i = 0; i < changes; i++) {
      changeAt[i] = random.nextInt(steps);
    }
    return begun++ <= schedules;
  }

  @Override
  public int choose(Trace trace, long enabled, int running) {
    for (int i = 0; i < changes; i++) {
      if (changeAt[i] == trace.length() && trace.length() > 0) {
        priorities[trace.thread(trace.length() - 1)] = i;
      }
    }
    int best = Long.numberOfTrailingZeros(enabled);
    for (long left = enabled; left != 0; left &= left - 1) {
      int thread = Long.numberOfTrailingZeros(left);
      best = priorities[thread] > priorities[best] ? thread : best;
    }
    threads = Math.max(threads, Long.SIZE - Long.numberOfLeadingZeros(enabled));
    return best;
  }

  @Override
  public boolean end(Trace trace) {
    steps = Math.max(steps, trace.length());
    // The first execution only shows how many steps there are to draw from.
    return begun > 1;
  }

  /** The least probability with which one execution finds a bug of that depth, as published. */
  public double leastProbability() {
    return 1 / (threads * Math.pow(steps, changes));
  }

  @Override
  public double share() {
    return Math.min(1, (double) Math.max(0, begun - 2) / schedules);
  }

  @Override
  public boolean isExhaustive() {
    return false;
  }
}
