package oversell.explorer.schedule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts what {@link Linearizations} counts, of executions with any number of threads, steps and
 * schedules. It is slower by an order of magnitude.
 */
public final class LargeLinearizations {
  // By thread and step of that thread: how many steps of each thread must come before it.
  private final List<List<int[]>> before = new ArrayList<>();
  private final int threads;

  /** A set of first steps: how many of each thread are in it. */
  private static final class First {
    private final int[] taken;

    First(int[] taken) {
      this.taken = taken;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof First first && Arrays.equals(taken, first.taken);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(taken);
    }
  }

  private LargeLinearizations(Trace trace) {
    int[] numbers = new int[Long.SIZE];
    Arrays.fill(numbers, -1);
    int count = 0;
    for (int step = 0; step < trace.length(); step++) {
      if (numbers[trace.thread(step)] < 0) {
        numbers[trace.thread(step)] = count++;
        before.add(new ArrayList<>());
      }
    }
    threads = count;
    List<int[]> clocks = new ArrayList<>();
    for (int step = 0; step < trace.length(); step++) {
      int[] clock = clock(trace, step, clocks, numbers);
      int thread = numbers[trace.thread(step)];
      before.get(thread).add(clock);
      int[] with = clock.clone();
      with[thread]++;
      clocks.add(with);
    }
  }

  private int[] clock(Trace trace, int step, List<int[]> clocks, int[] numbers) {
    int[] clock = new int[threads];
    int cause = trace.cause(step);
    if (cause >= 0) {
      join(clock, clocks.get(cause));
    }
    for (int earlier = step - 1; earlier >= 0; earlier--) {
      int of = numbers[trace.thread(earlier)];
      boolean isKnown = clock[of] >= clocks.get(earlier)[of];
      if (!isKnown
          && (trace.thread(earlier) == trace.thread(step) || trace.conflict(earlier, step))) {
        join(clock, clocks.get(earlier));
      }
    }
    return clock;
  }

  private static void join(int[] clock, int[] other) {
    for (int i = 0; i < clock.length; i++) {
      clock[i] = Math.max(clock[i], other[i]);
    }
  }

  /**
   * The result of a count.
   *
   * @param schedules how many there are; empty if that would take too long
   * @param sets how many sets of first steps were looked at, each in about a microsecond
   */
  public record Counted(Optional<BigInteger> schedules, int sets) {}

  /**
   * Counts the schedules of a trace.
   *
   * @param mostSets how many sets of first steps may be looked at
   */
  public static Counted of(Trace trace, int mostSets) {
    if (trace.length() > mostSets) {
      return new Counted(Optional.empty(), 0);
    }
    return new LargeLinearizations(trace).count(trace.length(), mostSets);
  }

  private Counted count(int steps, int mostSets) {
    Map<First, BigInteger> orders = Map.of(new First(new int[threads]), BigInteger.ONE);
    int sets = 0;
    for (int done = 0; done < steps; done++) {
      Map<First, BigInteger> next = new HashMap<>();
      for (Map.Entry<First, BigInteger> entry : orders.entrySet()) {
        extend(entry.getKey().taken, entry.getValue(), next);
      }
      orders = next;
      sets += orders.size();
      if (sets > mostSets) {
        return new Counted(Optional.empty(), sets);
      }
    }
    return new Counted(orders.values().stream().findFirst(), sets);
  }

  private void extend(int[] taken, BigInteger orders, Map<First, BigInteger> next) {
    for (int thread = 0; thread < threads; thread++) {
      List<int[]> own = before.get(thread);
      if (taken[thread] < own.size() && includes(taken, own.get(taken[thread]))) {
        int[] longer = taken.clone();
        longer[thread]++;
        next.merge(new First(longer), orders, BigInteger::add);
      }
    }
  }

  private static boolean includes(int[] taken, int[] needed) {
    for (int i = 0; i < taken.length; i++) {
      if (taken[i] < needed[i]) {
        return false;
      }
    }
    return true;
  }
}
