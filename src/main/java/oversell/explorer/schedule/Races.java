package oversell.explorer.schedule;

import java.util.Arrays;

/**
 * Finds the races of an execution: two steps that conflict, where another execution could have
 * taken the later one first. For each race it reports the steps of such an execution.
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
     * @param length how many steps the execution has
     * @param reversal the steps that could be taken instead
     */
    void found(int step, int length, Reversal reversal);
  }

  // What is kept of a race.
  private static final int EARLIER = 0;
  private static final int LATER = 1;
  private static final int LAST = 2;
  private static final int FIELDS = 3;
  private static final int NEVER = Integer.MAX_VALUE;

  private final Listener listener;
  private final Reversal reversal = new Reversal(this);
  // By step: how many steps of each thread happen before it, itself included. What happens before
  // one step of a thread happens before its next one, so a number per thread is enough, which takes
  // far less room than a bit per step.
  private int[][] clocks = new int[Long.SIZE][];
  // By step: its number among the steps of its thread, from 1.
  private int[] numbers = new int[Long.SIZE];
  private final int[] taken = new int[Long.SIZE];
  // By thread: how many of its steps come before the one that is looked at.
  private final int[] before = new int[Long.SIZE];
  private int threads;
  // What happens before the later step of a race, whatever other threads do.
  private int[] prior = new int[0];
  // Of each race: its earlier and its later step, and the last of the steps that were reported to
  // reverse it.
  private int[] races = new int[FIELDS * Long.SIZE];
  private int size;
  // By thread: how many of its steps happen before each of the steps that are new.
  private int[] beforeAll = new int[0];
  // The later step of the race that is reported.
  private int reported;

  Races(Listener listener) {
    this.listener = listener;
  }

  /**
   * Finds the races of an execution. Those of its first steps have been found before, but what
   * reverses them depends on the steps that follow.
   *
   * @param first how many steps it has in common with the execution before
   */
  void find(Trace trace, int first) {
    keepFirst(first);
    int length = trace.lengthWithWaiting();
    makeRoom(trace, length);
    Arrays.fill(taken, 0);
    for (int step = 0; step < Math.min(first, trace.length()); step++) {
      taken[trace.thread(step)]++;
    }
    for (int later = first; later < length; later++) {
      int thread = trace.thread(later);
      numbers[later] = taken[thread] + 1;
      findWith(trace, later, Math.min(later, trace.length()));
      // Those that were blocked until the end come after all that were taken.
      taken[thread] += later < trace.length() ? 1 : 0;
    }
    setBeforeAll(trace, first);
    report(trace);
  }

  private void makeRoom(Trace trace, int length) {
    if (length > numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * length);
      clocks = Arrays.copyOf(clocks, 2 * length);
    }
    for (int step = 0; step < length; step++) {
      threads = Math.max(threads, trace.thread(step) + 1);
    }
    if (prior.length < threads) {
      prior = new int[threads];
      beforeAll = new int[threads];
    }
  }

  /** Finds the races of a later step with earlier ones, up to an end. */
  private void findWith(Trace trace, int later, int end) {
    boolean conditional = trace.isConditional(later);
    setPrior(trace, later, end, conditional);
    int[] clock = clocks[later];
    if (clock == null || clock.length < threads) {
      clock = new int[threads];
      clocks[later] = clock;
    }
    System.arraycopy(prior, 0, clock, 0, threads);
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
      if (!trace.isKeptBackBefore(earlier, later)) {
        if (!hidden) {
          trace.race(earlier, later);
        }
        if (listener.asksFor(earlier)) {
          add(earlier, later);
        }
      }
      if (!hidden) {
        join(clock, clocks[earlier]);
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

  /** The other one may be shorter: it was made when fewer threads were known. */
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
      join(prior, clocks[last]);
    }
    if (trace.cause(later) >= 0 && !conditional) {
      join(prior, clocks[trace.cause(later)]);
    }
    long awaited = trace.awaited(later);
    for (int step = end - 1; awaited != 0 && step >= 0; step--) {
      long thread = 1L << trace.thread(step);
      if ((awaited & thread) != 0) {
        join(prior, clocks[step]);
        awaited &= ~thread;
      }
    }
  }

  private void add(int earlier, int later) {
    if (size + FIELDS > races.length) {
      races = Arrays.copyOf(races, 2 * races.length);
    }
    races[size + EARLIER] = earlier;
    races[size + LATER] = later;
    races[size + LAST] = NEVER;
    size += FIELDS;
  }

  /** Keeps the races of so many first steps. */
  private void keepFirst(int first) {
    int kept = 0;
    for (int race = 0; race < size; race += FIELDS) {
      if (races[race + LATER] < first) {
        System.arraycopy(races, race, races, kept, FIELDS);
        if (races[kept + LAST] >= first) {
          races[kept + LAST] = NEVER;
        }
        kept += FIELDS;
      }
    }
    size = kept;
  }

  private void setBeforeAll(Trace trace, int first) {
    Arrays.fill(beforeAll, Integer.MAX_VALUE);
    for (int step = first; step < trace.length(); step++) {
      int[] clock = clocks[step];
      for (int thread = 0; thread < threads; thread++) {
        beforeAll[thread] = Math.min(beforeAll[thread], clock[thread]);
      }
    }
  }

  /**
   * Reports the races, apart from those that the same steps would reverse as in an execution
   * before: all its new steps happen after the earlier one.
   */
  private void report(Trace trace) {
    for (int race = 0; race < size; race += FIELDS) {
      int earlier = races[race + EARLIER];
      boolean isReported =
          races[race + LAST] != NEVER && beforeAll[trace.thread(earlier)] >= numbers[earlier];
      if (!isReported && listener.asksFor(earlier)) {
        reported = races[race + LATER];
        Foresight foresight = foresight(trace, earlier, reported);
        int end = Math.min(reported, trace.length());
        setPrior(trace, reported, end, trace.isConditional(reported));
        reversal.set(trace, earlier, reported, foresight);
        races[race + LAST] = reversal.lastOfAll();
        listener.found(earlier, trace.length(), reversal);
      }
    }
  }

  /** What is known of what the later step of a race touches if it comes before the earlier one. */
  private Foresight foresight(Trace trace, int earlier, int later) {
    if (trace.isCertain(later)) {
      return Foresight.ANNOUNCED;
    }
    for (int step = earlier; step < Math.min(later, trace.length()); step++) {
      boolean isLeftOut = step == earlier || happensBefore(trace, earlier, step);
      if (isLeftOut && trace.changes(step, later)) {
        return Foresight.NONE;
      }
    }
    return Foresight.ALL;
  }

  /** Whether a step happens before another one that was taken. */
  boolean happensBefore(Trace trace, int step, int other) {
    return includes(clocks[other], trace, step);
  }

  /**
   * Whether a step comes before the later one of the race that is reported, whatever is left out.
   */
  boolean leadsToLater(Trace trace, int step) {
    return isPrior(trace, step) || trace.conflict(step, reported);
  }

  /** Whether the thread of that one, or who enabled it, comes after a step. */
  boolean isPrior(Trace trace, int step) {
    return includes(prior, trace, step);
  }
}
