package oversell.explorer.schedule;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * One order of steps: which thread takes each. It is written as hexadecimal digits, which mean the
 * same on every machine: for each run of steps of one thread, the number of the thread and the
 * number of steps; then a checksum.
 *
 * @param threads the thread of each step
 */
public record Schedule(List<Integer> threads) {
  /** Orders schedules by their context switches, and those with equally many by their steps. */
  public static final Comparator<Schedule> SHORTEST_FIRST = Schedule::compareLengths;

  private static final int SEVEN = 7;
  private static final int LOW = 0x7F;
  private static final int MORE = 0x80;
  private static final int BYTE = 0xFF;
  private static final int LONGEST = 1_000_000;

  /** Copies its list. */
  public Schedule {
    threads = List.copyOf(threads);
  }

  private static int compareLengths(Schedule one, Schedule other) {
    int bySwitches = Integer.compare(one.switches(), other.switches());
    return bySwitches != 0 ? bySwitches : Integer.compare(one.threads.size(), other.threads.size());
  }

  /** The schedule of an execution. */
  public static Schedule of(Trace trace) {
    List<Integer> threads = new ArrayList<>();
    for (int step = 0; step < trace.length(); step++) {
      threads.add(trace.thread(step));
    }
    return new Schedule(threads);
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if it wrote no such text; the message says why, as a clause
   */
  public static Schedule parse(String text) {
    byte[] bytes;
    try {
      bytes = HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException noHex) {
      throw new IllegalArgumentException("which is not made of pairs of hexadecimal digits", noHex);
    }
    if (bytes.length < 1 || (bytes[bytes.length - 1] & BYTE) != check(bytes, bytes.length - 1)) {
      throw new IllegalArgumentException("whose last two digits do not fit the others");
    }
    List<Integer> threads = new ArrayList<>();
    int[] at = {0};
    while (at[0] < bytes.length - 1) {
      int thread = number(bytes, at);
      int steps = number(bytes, at);
      if (thread >= Long.SIZE || steps == 0 || steps > LONGEST - threads.size()) {
        throw new IllegalArgumentException("of which no execution can be");
      }
      for (int i = 0; i < steps; i++) {
        threads.add(thread);
      }
    }
    return new Schedule(threads);
  }

  private static int number(byte[] bytes, int[] at) {
    int number = 0;
    for (int shift = 0; at[0] < bytes.length - 1; shift += SEVEN) {
      if (shift >= 4 * SEVEN) {
        throw new IllegalArgumentException("of which no execution can be");
      }
      int next = bytes[at[0]++];
      number |= (next & LOW) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("which breaks off");
  }

  private static int check(byte[] bytes, int length) {
    int check = length;
    for (int i = 0; i < length; i++) {
      check = 31 * check + bytes[i];
    }
    return (check ^ (check >>> 8) ^ (check >>> 16)) & BYTE;
  }

  /**
   * How many context switches it has: how often another thread takes a step than the one before.
   */
  public int switches() {
    int switches = 0;
    for (int step = 1; step < threads.size(); step++) {
      switches += threads.get(step).equals(threads.get(step - 1)) ? 0 : 1;
    }
    return switches;
  }

  /** Its steps, split into runs of one thread. */
  private List<List<Integer>> runs() {
    List<List<Integer>> runs = new ArrayList<>();
    int begin = 0;
    for (int step = 1; step <= threads.size(); step++) {
      if (step == threads.size() || !threads.get(step).equals(threads.get(begin))) {
        runs.add(threads.subList(begin, step));
        begin = step;
      }
    }
    return runs;
  }

  /**
   * Schedules without one of its context switches: the thread that was stopped there either
   * continues at once, or begins only when it continued. Whether they can be followed is not known.
   *
   * @param at the number of the switch, from 0 on
   */
  public List<Schedule> withoutSwitch(int at) {
    List<List<Integer>> runs = runs();
    int thread = runs.get(at).getFirst();
    for (int later = at + 1; later < runs.size(); later++) {
      if (runs.get(later).getFirst() == thread) {
        return List.of(moved(later, at + 1), moved(at, later - 1));
      }
    }
    return List.of();
  }

  private Schedule moved(int from, int to) {
    List<List<Integer>> runs = runs();
    runs.add(to, runs.remove(from));
    return new Schedule(runs.stream().flatMap(List::stream).toList());
  }

  @Override
  public String toString() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (List<Integer> run : runs()) {
      write(bytes, run.getFirst());
      write(bytes, run.size());
    }
    bytes.write(check(bytes.toByteArray(), bytes.size()));
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static void write(ByteArrayOutputStream bytes, int number) {
    int left = number;
    while (left > LOW) {
      bytes.write((left & LOW) | MORE);
      left >>>= SEVEN;
    }
    bytes.write(left);
  }
}
