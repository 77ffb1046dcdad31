package oversell.explorer.schedule;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Counts the schedules that one execution stands for: those that differ from it only in the order
 * of steps that do not conflict. They are the linear extensions of the partial order that conflicts
 * and causes make. They are counted over its downward-closed sets of steps, of which there are few
 * where threads wait for one another. One object is reused from one execution to the next.
 */
public final class Linearizations {
  private static final int MOST_THREADS = 9;
  private static final int BITS = 7;
  private static final int MOST_STEPS = (1 << (BITS - 1)) - 1;
  private static final int FEW = 1024;
  // To count more takes longer than it is worth.
  private static final int MOST_SETS = 1 << 18;
  // Beyond that most sets cannot occur, and a table would not stay in the cache.
  private static final int MOST_IN_TABLE = 1 << 13;

  // The key of a set of first steps: how many steps of each thread are in it.
  private long high;
  private int threads;
  private final int[] lengths = new int[MOST_THREADS];
  // By thread and step: how many steps of each thread must come before it.
  private final long[][] before = new long[MOST_THREADS][MOST_STEPS];
  private final int[] numbers = new int[Long.SIZE];
  private int[] index = new int[FEW];
  private long[] clocks = new long[FEW];
  // Of so few sets that each has a number: by thread what one more step of it adds to that; by
  // number in how many orders its steps can come, and itself; and the numbers that were found.
  private final int[] strides = new int[MOST_THREADS];
  private long[] orders = new long[FEW];
  private long[] packed = new long[FEW];
  private int[] found = new int[FEW];
  private int sizeFound;
  private Layer layer = new Layer();
  private Layer nextLayer = new Layer();

  /** Sets of equally many first steps, each with the number of orders in which they can come. */
  private static final class Layer {
    long[] sets = new long[FEW];
    long[] orders = new long[FEW];
    int[] used = new int[FEW];
    int size;

    void clear() {
      for (int i = 0; i < size; i++) {
        orders[used[i]] = 0;
      }
      size = 0;
    }

    void add(long set, long count) {
      if (4 * size > 3 * sets.length) {
        grow();
      }
      int slot = slot(set);
      if (orders[slot] == 0) {
        sets[slot] = set;
        used[size++] = slot;
      }
      orders[slot] = Math.addExact(orders[slot], count);
    }

    private int slot(long set) {
      int mask = sets.length - 1;
      int slot = (int) ((set * 0x9E3779B97F4A7C15L) >>> 40) & mask;
      while (orders[slot] != 0 && sets[slot] != set) {
        slot = (slot + 1) & mask;
      }
      return slot;
    }

    private void grow() {
      if (sets.length >= MOST_SETS) {
        throw new ArithmeticException("too many sets of first steps");
      }
      Layer larger = new Layer();
      larger.sets = new long[2 * sets.length];
      larger.orders = new long[2 * sets.length];
      larger.used = new int[2 * sets.length];
      for (int i = 0; i < size; i++) {
        larger.add(sets[used[i]], orders[used[i]]);
      }
      sets = larger.sets;
      orders = larger.orders;
      used = larger.used;
    }
  }

  /** Counts them; empty if the execution is too long or has too many threads to be counted. */
  public OptionalLong of(Trace trace) {
    if (!order(trace)) {
      return OptionalLong.empty();
    }
    try {
      int sets = sets();
      return OptionalLong.of(sets <= MOST_IN_TABLE ? countInTable(sets) : count(trace.length()));
    } catch (ArithmeticException tooMany) {
      return OptionalLong.empty();
    }
  }

  /** Finds which steps must come before which; false if there are too many. */
  private boolean order(Trace trace) {
    Arrays.fill(numbers, -1);
    Arrays.fill(lengths, 0);
    threads = 0;
    if (trace.length() > index.length) {
      index = new int[2 * trace.length()];
      clocks = new long[2 * trace.length()];
    }
    for (int step = 0; step < trace.length(); step++) {
      int thread = trace.thread(step);
      if (numbers[thread] < 0) {
        numbers[thread] = threads++;
      }
      int number = numbers[thread];
      if (threads > MOST_THREADS || lengths[number] == MOST_STEPS) {
        return false;
      }
      index[step] = number;
      long clock = trace.cause(step) < 0 ? 0 : clocks[trace.cause(step)];
      // From the latest step on: what comes before a predecessor of this step is known already.
      for (int earlier = step - 1; earlier >= 0; earlier--) {
        if (!includes(clock, clocks[earlier])
            && (index[earlier] == number || trace.conflict(step, earlier))) {
          clock = join(clock, clocks[earlier]);
        }
      }
      before[number][lengths[number]++] = clock;
      clocks[step] = clock + (1L << (BITS * number));
    }
    high = 0;
    for (int i = 0; i < threads; i++) {
      high |= 1L << (BITS * i + BITS - 1);
    }
    return true;
  }

  private static final long ALL_HIGH = allHigh();

  private static long allHigh() {
    long bits = 0;
    for (int i = 0; i < MOST_THREADS; i++) {
      bits |= 1L << (BITS * i + BITS - 1);
    }
    return bits;
  }

  /** Whether each part of one clock is at least that of the other; all parts at once. */
  private static boolean includes(long clock, long other) {
    return (((clock | ALL_HIGH) - other) & ALL_HIGH) == ALL_HIGH;
  }

  private static long join(long clock, long other) {
    long joined = 0;
    for (int shift = 0; shift < BITS * MOST_THREADS; shift += BITS) {
      long mask = ((1L << BITS) - 1) << shift;
      joined |= Math.max(clock & mask, other & mask);
    }
    return joined;
  }

  /** How many sets of first steps there can be; more than fit into the table if there are. */
  private int sets() {
    int sets = 1;
    for (int thread = 0; thread < threads && sets <= MOST_IN_TABLE; thread++) {
      strides[thread] = sets;
      sets *= lengths[thread] + 1;
    }
    return sets;
  }

  /**
   * Does the same as {@link #count}, but finds a set by its number instead of by hashing: that
   * saves a sixth of the time of an exploration of many short executions. Sets are visited in the
   * order in which they are found, so none comes before those that lead to it.
   */
  private long countInTable(int sets) {
    if (sets > orders.length) {
      int larger = Math.max(sets, 2 * orders.length);
      orders = new long[larger];
      packed = new long[larger];
      found = new int[larger];
    }
    sizeFound = 1;
    orders[0] = 1;
    packed[0] = 0;
    found[0] = 0;
    try {
      for (int i = 0; i < sizeFound; i++) {
        extendInTable(found[i]);
      }
      // The set that was found last is the set of all steps.
      return orders[found[sizeFound - 1]];
    } finally {
      for (int i = 0; i < sizeFound; i++) {
        orders[found[i]] = 0;
      }
    }
  }

  // This is a method of its own so that the JIT compiles it after a few traces.
  private void extendInTable(int number) {
    long set = packed[number];
    for (int thread = 0; thread < threads; thread++) {
      int taken = (int) (set >>> (BITS * thread)) & ((1 << BITS) - 1);
      if (taken < lengths[thread] && (((set | high) - before[thread][taken]) & high) == high) {
        int next = number + strides[thread];
        if (orders[next] == 0) {
          packed[next] = set + (1L << (BITS * thread));
          found[sizeFound++] = next;
        }
        orders[next] = Math.addExact(orders[next], orders[number]);
      }
    }
  }

  private long count(int steps) {
    layer.clear();
    layer.add(0, 1);
    for (int done = 0; done < steps; done++) {
      nextLayer.clear();
      for (int i = 0; i < layer.size; i++) {
        long set = layer.sets[layer.used[i]];
        extend(set, layer.orders[layer.used[i]]);
      }
      Layer former = layer;
      layer = nextLayer;
      nextLayer = former;
    }
    return layer.orders[layer.used[0]];
  }

  private void extend(long set, long orders) {
    for (int thread = 0; thread < threads; thread++) {
      int taken = (int) (set >>> (BITS * thread)) & ((1 << BITS) - 1);
      if (taken < lengths[thread] && (((set | high) - before[thread][taken]) & high) == high) {
        nextLayer.add(set + (1L << (BITS * thread)), orders);
      }
    }
  }
}
