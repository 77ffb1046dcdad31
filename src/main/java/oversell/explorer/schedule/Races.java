package oversell.explorer.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the races of an execution: two steps that conflict, where another execution could have
 * taken the later one first. For each race it reports which threads could begin such an execution.
 *
 * <p>These steps happen before a step: the earlier ones of its thread, the step that enabled it,
 * those that it conflicts with, and all that happens before one of these. Two steps that conflict
 * do not race if another comes between them. But where other threads can block a step, as the owner
 * of the monitor does that it enters, it races with each of their steps; and so does a step that
 * was blocked until the end. It does not race with a step whose thread has the lock or the monitor
 * that it takes: however the others run, it stays blocked before that. Source: Parosh Aziz Abdulla,
 * Stavros Aronis, Bengt Jonsson and Konstantinos Sagonas, <a
 * href="https://doi.org/10.1145/3073408">Source Sets: A Foundation for Optimal Dynamic Partial
 * Order Reduction</a>, 2017.
 */
final class Races {
  /** Receives the races. */
  interface Listener {
    /** Whether the races of this step are wanted. */
    boolean asksFor(int step);

    /**
     * Reports a race.
     *
     * @param step the earlier one
     * @param thread the thread of the later one
     * @param initials the threads that could run instead of the earlier step, so that the later one
     *     can come before it
     */
    void found(int step, int thread, long initials);
  }

  private final Listener listener;
  // By step: how many steps of each thread happen before it, itself included. What happens before
  // one step of a thread happens before its next one, so a number per thread is enough, which takes
  // far less room than a bit per step.
  private final List<int[]> clocks = new ArrayList<>();
  // By step: its number among the steps of its thread, from 1.
  private int[] numbers = new int[Long.SIZE];
  private final int[] taken = new int[Long.SIZE];
  // By thread: how many of its steps come before the one that is looked at.
  private final int[] before = new int[Long.SIZE];
  private int threads;
  // What happens before the later step of a race, whatever other threads do.
  private int[] prior = new int[0];
  // By thread: the first of its steps that can come between the two, although the earlier one does
  // not happen before it.
  private final int[] between = new int[Long.SIZE];

  Races(Listener listener) {
    this.listener = listener;
  }

  /** Finds the races of an execution whose later step comes after the first so many. */
  void find(Trace trace, int first) {
    int length = trace.lengthWithWaiting();
    prepare(trace, length);
    Arrays.fill(taken, 0);
    for (int step = 0; step < Math.min(first, trace.length()); step++) {
      taken[trace.thread(step)]++;
    }
    for (int later = first; later < length; later++) {
      findWith(trace, later, Math.min(later, trace.length()));
      // Those that were blocked until the end come after all that were taken.
      taken[trace.thread(later)] += later < trace.length() ? 1 : 0;
    }
  }

  private void prepare(Trace trace, int length) {
    if (length > numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * length);
    }
    Arrays.fill(taken, 0);
    threads = 0;
    for (int step = 0; step < length; step++) {
      numbers[step] = ++taken[trace.thread(step)];
      threads = Math.max(threads, trace.thread(step) + 1);
    }
    while (clocks.size() < length) {
      clocks.add(new int[threads]);
    }
    if (prior.length < threads) {
      prior = new int[threads];
    }
  }

  /** Finds the races of a later step with earlier ones, up to an end. */
  private void findWith(Trace trace, int later, int end) {
    boolean conditional = trace.isConditional(later);
    setPrior(trace, later, end, conditional);
    int[] clock = clocks.get(later);
    if (clock.length < threads) {
      clock = new int[threads];
      clocks.set(later, clock);
    }
    Arrays.fill(clock, 0);
    join(clock, prior);
    System.arraycopy(taken, 0, before, 0, threads);
    int concurrent = concurrent(clock);
    for (int earlier = end - 1; earlier >= 0 && (concurrent > 0 || conditional); earlier--) {
      int thread = trace.thread(earlier);
      before[thread]--;
      boolean hidden = clock[thread] >= numbers[earlier];
      concurrent -= hidden ? 0 : 1;
      if (hidden && (!conditional || includes(prior, trace, earlier))) {
        continue;
      }
      if (!trace.conflict(earlier, later)) {
        continue;
      }
      if (listener.asksFor(earlier) && !trace.isKeptBackBefore(earlier, later)) {
        listener.found(earlier, trace.thread(later), initials(trace, earlier, later, end));
      }
      if (!hidden) {
        join(clock, clocks.get(earlier));
        concurrent = concurrent(clock);
      }
    }
    clock[trace.thread(later)] = numbers[later];
  }

  /** How many of the steps before do not happen before the step with this clock. */
  private int concurrent(int[] clock) {
    int concurrent = 0;
    for (int thread = 0; thread < threads; thread++) {
      concurrent += Math.max(0, before[thread] - clock[thread]);
    }
    return concurrent;
  }

  private boolean includes(int[] clock, Trace trace, int step) {
    int thread = trace.thread(step);
    return thread < clock.length && clock[thread] >= numbers[step];
  }

  /** What is left of an execution with fewer threads is 0. */
  private static void join(int[] clock, int[] other) {
    for (int i = 0; i < Math.min(clock.length, other.length); i++) {
      clock[i] = Math.max(clock[i], other[i]);
    }
  }

  private void setPrior(Trace trace, int later, int end, boolean conditional) {
    Arrays.fill(prior, 0);
    int last = end - 1;
    while (last >= 0 && trace.thread(last) != trace.thread(later)) {
      last--;
    }
    if (last >= 0) {
      join(prior, clocks.get(last));
    }
    if (trace.cause(later) >= 0 && !conditional) {
      join(prior, clocks.get(trace.cause(later)));
    }
  }

  private long initials(Trace trace, int earlier, int later, int end) {
    long initials = 0;
    long seen = 0;
    boolean comesAfter = false;
    for (int step = earlier + 1; step < end; step++) {
      int[] clock = clocks.get(step);
      if (includes(clock, trace, earlier)) {
        continue;
      }
      int number = trace.thread(step);
      long thread = 1L << number;
      if ((seen & thread) == 0) {
        if (!reaches(clock, seen)) {
          initials |= thread;
        }
        between[number] = numbers[step];
      }
      seen |= thread;
      comesAfter |= trace.conflict(step, later);
    }
    comesAfter |= reaches(prior, seen);
    return comesAfter ? initials : initials | 1L << trace.thread(later);
  }

  /** Whether a step that can come between happens before the step with this clock. */
  private boolean reaches(int[] clock, long seen) {
    for (long left = seen; left != 0; left &= left - 1) {
      int thread = Long.numberOfTrailingZeros(left);
      if (thread < clock.length && clock[thread] >= between[thread]) {
        return true;
      }
    }
    return false;
  }
}
