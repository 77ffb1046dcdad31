package oversell.explorer.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Programs without code.
 *
 * @param threads by thread: its steps
 */
record Trees(List<List<Step>> threads) {
  private static final int LOCKS = 2;
  private static final List<String> GUARDS = List.of("none", "first", "second");
  private static final long FIRST_SIGNAL = 1L << 40;
  private static final long FIRST_LOCK = 1L << 50;
  private static final long ENDS = 1L << 30;
  private static final int REGISTERS = 2;
  private static final long FIRST_REGISTER = 1L << 55;

  /**
   * A step.
   *
   * @param reads the locations that it reads
   * @param writes those that it writes
   * @param awaits how many steps of thread 0 must have been taken before
   * @param lock the number of the lock that it takes as soon as nobody has it, the same below zero
   *     where it gives it back, or 0
   * @param swap what it compares and sets; null if nothing
   * @param joins the threads, as bits, that must have ended before, unless that was cancelled
   * @param cancels whether it lets all go on that wait for ends
   */
  record Step(
      long reads,
      long writes,
      int awaits,
      int lock,
      @Nullable Swap swap,
      long joins,
      boolean cancels) {
    Step(long reads, long writes, int awaits, int lock, @Nullable Swap swap) {
      this(reads, writes, awaits, lock, swap, 0, false);
    }

    static Step ofJoin(long threads) {
      return new Step(0, ENDS, 0, 0, null, threads, false);
    }

    /** The same, as the last one of its thread. */
    Step ending() {
      return new Step(reads | ENDS, writes, awaits, lock, swap, joins, cancels);
    }

    Step cancelling() {
      return new Step(reads, writes | ENDS, awaits, lock, swap, joins, true);
    }

    static Step random(SplittableRandom random, int locations) {
      return new Step(
          random.nextInt(locations) & random.nextInt(locations),
          random.nextInt(locations) & random.nextInt(locations),
          0,
          0,
          null);
    }

    static Step ofLock(int lock) {
      return new Step(0, FIRST_LOCK << Math.abs(lock), 0, lock, null);
    }

    static Step ofSwap(Swap swap) {
      return new Step(swap.location(), 0, 0, 0, swap);
    }

    /** The lock that it takes or gives back; null if none. */
    @Nullable Object guard() {
      return lock == 0 ? null : GUARDS.get(Math.abs(lock));
    }

    /** The same, but it waits for the step of thread 0 with this number. */
    Step awaiting(int count) {
      return new Step(reads | FIRST_SIGNAL << count, writes, count, lock, swap);
    }

    Step withoutSignal() {
      long others = ~(FIRST_LOCK - FIRST_SIGNAL);
      return new Step(reads & others, writes & others, 0, lock, swap);
    }

    /** The same, as the step of thread 0 with this number. */
    Step signalling(int count) {
      return new Step(reads, writes | FIRST_SIGNAL << count, awaits, lock, swap);
    }
  }

  /**
   * A comparison that sets a register: it writes only where the register has the value, and so what
   * it touches depends on who came before.
   *
   * @param register the number of the register, which is 0 at first
   * @param value the value that it may have
   * @param then the value that it has after that
   * @param more the locations that it writes then, too
   */
  record Swap(int register, int value, int then, long more) {
    static Swap random(SplittableRandom random) {
      return new Swap(
          random.nextInt(REGISTERS),
          random.nextInt(3),
          random.nextInt(3),
          random.nextInt(3) == 0 ? 1L << random.nextInt(4) : 0);
    }

    long location() {
      return FIRST_REGISTER << register;
    }
  }

  /** Threads that touch nothing. */
  static Trees idle(int threads, int steps) {
    return new Trees(
        Collections.nCopies(threads, Collections.nCopies(steps, new Step(0, 0, 0, 0, null))));
  }

  /** Threads that compare and set, take locks and touch the same locations. */
  static Trees randomWithSwaps(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Step>> threads = new ArrayList<>();
    int count = random.nextInt(2, 5);
    boolean lock = random.nextInt(3) == 0;
    for (int thread = 0; thread < count; thread++) {
      int most = random.nextInt(1, List.of(7, 4, 3).get(count - 2));
      List<Step> steps = lock ? withLocks(random, most / 2) : new ArrayList<>();
      while (steps.size() < most) {
        boolean swaps = random.nextInt(4) > 0;
        Step step = swaps ? Step.ofSwap(Swap.random(random)) : Step.random(random, 4);
        steps.add(random.nextInt(steps.size() + 1), step);
      }
      threads.add(steps);
    }
    return new Trees(threads);
  }

  /** Threads that touch the same locations, and wait for each other. */
  static Trees random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Step>> threads = new ArrayList<>();
    int count = random.nextInt(2, 4);
    for (int thread = 0; thread < count; thread++) {
      List<Step> steps = new ArrayList<>();
      for (int left = random.nextInt(1, 4); left > 0; left--) {
        steps.add(Step.random(random, 8));
      }
      threads.add(steps);
    }
    return new Trees(threads).withSignals(random);
  }

  /** The same where they also take up to two locks, in whichever order, and may keep them. */
  static Trees randomWithLocks(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Step>> threads = new ArrayList<>();
    int count = random.nextInt(2, 4);
    for (int thread = 0; thread < count; thread++) {
      threads.add(withLocks(random, random.nextInt(2, count == 2 ? 7 : 5)));
    }
    return new Trees(threads).withSignals(random);
  }

  /** Threads one of which waits for the ends of others, which one of those may cancel. */
  static Trees randomWithJoins(long seed) {
    return randomWithJoins(seed, false);
  }

  /** The same, but none of them cancels that, or takes a lock. */
  static Trees randomWithPlainJoins(long seed) {
    return randomWithJoins(seed, true);
  }

  private static Trees randomWithJoins(long seed, boolean isPlain) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Step>> threads = new ArrayList<>();
    int count = random.nextInt(2, 5);
    int joiner = random.nextInt(count);
    boolean lock = random.nextInt(3) == 0 && !isPlain;
    for (int thread = 0; thread < count; thread++) {
      int most = count == 4 ? 2 : random.nextInt(1, 4);
      List<Step> steps = lock ? withLocks(random, most) : new ArrayList<>();
      while (steps.size() < most) {
        steps.add(Step.random(random, 8));
      }
      if (thread == joiner) {
        long others = random.nextLong(1, 1L << count) & ~(1L << joiner);
        steps.add(random.nextInt(steps.size() + 1), Step.ofJoin(others));
      } else if (random.nextInt(4) == 0 && !isPlain) {
        int at = random.nextInt(steps.size());
        steps.set(at, steps.get(at).cancelling());
      }
      steps.add(steps.removeLast().ending());
      threads.add(steps);
    }
    return new Trees(threads);
  }

  private static List<Step> withLocks(SplittableRandom random, int count) {
    List<Step> steps = new ArrayList<>();
    Set<Integer> held = new HashSet<>();
    for (int left = count; left > 0; left--) {
      int lock = random.nextInt(1, LOCKS + 1);
      if (random.nextInt(3) == 0) {
        steps.add(Step.random(random, 4));
      } else if (held.remove(lock)) {
        steps.add(Step.ofLock(-lock));
      } else {
        held.add(lock);
        steps.add(Step.ofLock(lock));
      }
    }
    return steps;
  }

  /** The same threads, but none waits for another one's step. */
  Trees withoutSignals() {
    return new Trees(
        threads.stream().map(steps -> steps.stream().map(Step::withoutSignal).toList()).toList());
  }

  private Trees withSignals(SplittableRandom random) {
    List<List<Step>> all = new ArrayList<>();
    for (List<Step> steps : threads) {
      List<Step> changed = new ArrayList<>();
      for (Step step : steps) {
        if (all.isEmpty()) {
          changed.add(step.signalling(changed.size() + 1));
        } else {
          int count = random.nextInt(4) == 0 ? random.nextInt(threads.getFirst().size() + 1) : 0;
          changed.add(count > 0 ? step.awaiting(count) : step);
        }
      }
      all.add(changed);
    }
    return new Trees(all);
  }

  /** Where one execution is. */
  private final class State {
    final int[] taken = new int[threads.size()];
    final int[] holders = new int[LOCKS + 1];
    final int[] registers = new int[REGISTERS];
    boolean isCancelled;

    boolean hasNext(int thread) {
      return taken[thread] < threads.get(thread).size();
    }

    Step next(int thread) {
      return threads.get(thread).get(taken[thread]);
    }

    boolean canGoOn(int thread) {
      Step next = next(thread);
      return next.awaits <= taken[0]
          && (next.lock <= 0 || holders[next.lock] == 0)
          && (isCancelled || haveEnded(next.joins));
    }

    private boolean haveEnded(long joined) {
      boolean haveEnded = true;
      for (int thread = 0; thread < taken.length; thread++) {
        haveEnded &= (joined & 1L << thread) == 0 || !hasNext(thread);
      }
      return haveEnded;
    }

    /** The threads, as bits, that had to end before the next step of one could be taken. */
    long awaited(int thread) {
      return isCancelled ? 0 : next(thread).joins;
    }

    long enabled() {
      long enabled = 0;
      for (int thread = 0; thread < taken.length; thread++) {
        enabled |= hasNext(thread) && canGoOn(thread) ? 1L << thread : 0;
      }
      return enabled;
    }

    boolean swaps(int thread) {
      Swap swap = next(thread).swap;
      return swap != null && registers[swap.register] == swap.value;
    }

    long writes(int thread) {
      Swap swap = next(thread).swap;
      return next(thread).writes
          | (swap != null && swaps(thread) ? swap.location() | swap.more() : 0);
    }

    void take(int thread) {
      Step next = next(thread);
      holders[Math.abs(next.lock)] += Integer.signum(next.lock);
      if (next.swap != null && swaps(thread)) {
        registers[next.swap.register] = next.swap.then;
      }
      isCancelled |= next.cancels;
      taken[thread]++;
    }
  }

  /** Runs what a strategy chooses, and returns the executions that it counts. */
  List<List<Integer>> run(Strategy strategy) {
    List<List<Integer>> all = new ArrayList<>();
    Trace trace = new Trace();
    while (strategy.begin()) {
      trace.clear();
      State state = new State();
      boolean cut = false;
      for (long enabled = state.enabled(); enabled != 0 && !cut; enabled = state.enabled()) {
        int last = trace.length() == 0 ? -1 : trace.thread(trace.length() - 1);
        boolean goesOn = last >= 0 && (enabled & 1L << last) != 0;
        int thread = strategy.choose(trace, enabled, goesOn ? last : -1);
        cut = thread < 0;
        if (!cut) {
          record(trace, thread, state);
        }
      }
      tellKeptBack(trace, state);
      if (strategy.end(trace) && !cut) {
        all.add(Schedule.of(trace).threads());
      }
    }
    return all;
  }

  /** The steps of an execution. */
  Trace traceOf(List<Integer> execution) {
    Trace trace = new Trace();
    State state = new State();
    execution.forEach(thread -> record(trace, thread, state));
    return trace;
  }

  private static void record(Trace trace, int thread, State state) {
    Step step = state.next(thread);
    int site = 100 * thread + state.taken[thread];
    trace.begin(thread, Trace.NO_CAUSE, site, step.lock > 0, step.guard());
    trace.await(state.awaited(thread));
    if (step.swap == null) {
      trace.setCertain();
    }
    trace.end(step.reads, state.writes(thread));
    state.take(thread);
  }

  private static void tellKeptBack(Trace trace, State state) {
    for (int thread = 0; thread < state.taken.length; thread++) {
      if (state.hasNext(thread) && !state.canGoOn(thread)) {
        Step next = state.next(thread);
        if (next.joins == 0) {
          trace.leaveWaiting(thread, next.guard(), next.swap == null, next.reads, next.writes);
        }
      }
    }
  }

  /** Every execution, by plain recursion. */
  List<List<Integer>> all() {
    List<List<Integer>> all = new ArrayList<>();
    collect(List.of(), all);
    return all;
  }

  private void collect(List<Integer> sofar, List<List<Integer>> all) {
    State state = new State();
    sofar.forEach(state::take);
    long enabled = state.enabled();
    if (enabled == 0) {
      all.add(sofar);
    }
    for (int thread = 0; thread < threads.size(); thread++) {
      if ((enabled & 1L << thread) != 0) {
        List<Integer> next = new ArrayList<>(sofar);
        next.add(thread);
        collect(next, all);
      }
    }
  }

  /** What makes executions the same: their steps and, of two that conflict, which came first. */
  Set<String> kindOf(List<Integer> execution) {
    Set<String> kind = new HashSet<>();
    Trace trace = traceOf(execution);
    for (int step = 0; step < trace.length(); step++) {
      kind.add("" + trace.site(step));
      for (int earlier = 0; earlier < step; earlier++) {
        if (trace.thread(earlier) == trace.thread(step) || trace.conflict(earlier, step)) {
          kind.add(trace.site(earlier) + "<" + trace.site(step));
        }
      }
    }
    return kind;
  }
}
