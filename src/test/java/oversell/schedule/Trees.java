package oversell.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Programs without code: each thread takes a fixed number of steps, each of which reads and writes
 * given locations. A thread may have to wait until another has taken so many steps.
 *
 * @param reads by thread and step
 * @param writes by thread and step
 * @param awaits by thread and step: how many steps of thread 0 must have been taken
 */
record Trees(long[][] reads, long[][] writes, int[][] awaits) {
  static Trees random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int threads = random.nextInt(2, 4);
    long[][] reads = new long[threads][];
    long[][] writes = new long[threads][];
    int[][] awaits = new int[threads][];
    int first = random.nextInt(1, 4);
    for (int thread = 0; thread < threads; thread++) {
      int steps = thread == 0 ? first : random.nextInt(1, 4);
      reads[thread] = new long[steps];
      writes[thread] = new long[steps];
      awaits[thread] = new int[steps];
      for (int step = 0; step < steps; step++) {
        reads[thread][step] = random.nextInt(8) & random.nextInt(8);
        writes[thread][step] = random.nextInt(8) & random.nextInt(8);
        boolean waits = thread > 0 && random.nextInt(4) == 0;
        awaits[thread][step] = waits ? random.nextInt(first + 1) : 0;
        if (awaits[thread][step] > 0) {
          // That it can go on is something that it sees.
          reads[thread][step] |= 1L << 40;
        }
      }
    }
    for (int step = 0; step < first; step++) {
      writes[0][step] |= 1L << 40;
    }
    return new Trees(reads, writes, awaits);
  }

  private long enabled(int[] taken) {
    long enabled = 0;
    for (int thread = 0; thread < taken.length; thread++) {
      if (taken[thread] < reads[thread].length && awaits[thread][taken[thread]] <= taken[0]) {
        enabled |= 1L << thread;
      }
    }
    return enabled;
  }

  /** Runs what a strategy chooses, and returns the executions that it counts. */
  List<List<Integer>> run(Strategy strategy) {
    List<List<Integer>> all = new ArrayList<>();
    Trace trace = new Trace();
    while (strategy.begin()) {
      trace.clear();
      int[] taken = new int[reads.length];
      boolean cut = false;
      for (long enabled = enabled(taken); enabled != 0; enabled = enabled(taken)) {
        int last = trace.length() == 0 ? -1 : trace.thread(trace.length() - 1);
        boolean goesOn = last >= 0 && (enabled & 1L << last) != 0;
        int thread = strategy.choose(trace, enabled, goesOn ? last : -1);
        if (thread < 0) {
          cut = true;
          break;
        }
        trace.begin(thread, Trace.NO_CAUSE, 100 * thread + taken[thread]);
        trace.end(reads[thread][taken[thread]], writes[thread][taken[thread]]);
        taken[thread]++;
      }
      if (strategy.end(trace) && !cut) {
        all.add(Schedule.of(trace).threads());
      }
    }
    return all;
  }

  /** Every execution, by plain recursion. */
  List<List<Integer>> all() {
    List<List<Integer>> all = new ArrayList<>();
    collect(new int[reads.length], new ArrayList<>(), all);
    return all;
  }

  private void collect(int[] taken, List<Integer> sofar, List<List<Integer>> all) {
    long enabled = enabled(taken);
    if (enabled == 0) {
      all.add(List.copyOf(sofar));
    }
    for (int thread = 0; thread < taken.length; thread++) {
      if ((enabled & 1L << thread) != 0) {
        taken[thread]++;
        sofar.add(thread);
        collect(taken, sofar, all);
        sofar.removeLast();
        taken[thread]--;
      }
    }
  }

  /** What makes executions the same: for each two steps that conflict, which came first. */
  Set<String> orderOf(List<Integer> threads) {
    Set<String> order = new HashSet<>();
    Map<Integer, Integer> taken = new HashMap<>();
    List<int[]> steps = new ArrayList<>();
    for (int thread : threads) {
      int step = taken.merge(thread, 1, Integer::sum) - 1;
      for (int[] earlier : steps) {
        if (earlier[0] == thread || conflict(earlier[0], earlier[1], thread, step)) {
          order.add(earlier[0] + "." + earlier[1] + "<" + thread + "." + step);
        }
      }
      steps.add(new int[] {thread, step});
    }
    return order;
  }

  private boolean conflict(int thread, int step, int other, int otherStep) {
    long written = writes[thread][step];
    long otherWritten = writes[other][otherStep];
    return (written & otherWritten) != 0
        || (written & reads[other][otherStep]) != 0
        || (reads[thread][step] & otherWritten) != 0;
  }
}
