package oversell.explorer.schedule;

import java.util.Arrays;

/**
 * The steps of one execution: who took each, what it read and wrote as bits for locations, and
 * which earlier step let its thread go on; and who has been left waiting. Reused from one execution
 * to the next.
 */
public final class Trace {
  /** Of a thread that nobody had to let go on. */
  public static final int NO_CAUSE = -1;

  private static final int FEW = 64;

  private int length;
  private int[] threads = new int[FEW];
  private int[] causes = new int[FEW];
  private int[] sites = new int[FEW];
  private long[] reads = new long[FEW];
  private long[] writes = new long[FEW];
  private boolean[] conditional = new boolean[FEW];
  // Beyond the steps: those that were not taken.
  private int waiting;

  /** Forgets all steps. */
  public void clear() {
    length = 0;
    waiting = 0;
  }

  /**
   * A step begins.
   *
   * @param thread whose it is
   * @param cause the step that let the thread go on, or {@link #NO_CAUSE}
   * @param site the place in the code where it begins
   */
  public void begin(int thread, int cause, int site) {
    begin(thread, cause, site, false);
  }

  /**
   * A step begins.
   *
   * @param conditional whether others could keep the thread from taking it, as those do who are in
   *     the monitor that it enters
   */
  public void begin(int thread, int cause, int site, boolean conditional) {
    put(length, thread, cause, conditional);
    sites[length] = site;
    reads[length] = 0;
    writes[length] = 0;
    length++;
  }

  private void put(int step, int thread, int cause, boolean isConditional) {
    if (step == threads.length) {
      grow();
    }
    threads[step] = thread;
    causes[step] = cause;
    conditional[step] = isConditional;
  }

  private void grow() {
    int larger = 2 * threads.length;
    threads = Arrays.copyOf(threads, larger);
    causes = Arrays.copyOf(causes, larger);
    sites = Arrays.copyOf(sites, larger);
    reads = Arrays.copyOf(reads, larger);
    writes = Arrays.copyOf(writes, larger);
    conditional = Arrays.copyOf(conditional, larger);
  }

  /** The last step has ended; nothing happens before the first. */
  public void end(long read, long written) {
    if (length > 0) {
      reads[length - 1] = read;
      writes[length - 1] = written;
    }
  }

  /**
   * The execution is over, and a thread has not taken this step, since others keep it from that.
   */
  public void leaveWaiting(int thread, long read, long written) {
    int step = lengthWithWaiting();
    waiting++;
    put(step, thread, NO_CAUSE, true);
    reads[step] = read;
    writes[step] = written;
  }

  /** One of the same steps, which stays as it is when this is used again. */
  public Trace copy() {
    Trace copy = new Trace();
    copy.length = length;
    copy.threads = Arrays.copyOf(threads, length);
    copy.causes = Arrays.copyOf(causes, length);
    copy.sites = Arrays.copyOf(sites, length);
    copy.reads = Arrays.copyOf(reads, length);
    copy.writes = Arrays.copyOf(writes, length);
    copy.conditional = Arrays.copyOf(conditional, length);
    return copy;
  }

  /** The first step that another execution did not take in the same way; -1 if it took all. */
  public int firstDifference(Trace other) {
    int both = Math.min(length, other.length);
    for (int step = 0; step < both; step++) {
      if (threads[step] != other.threads[step]
          || sites[step] != other.sites[step]
          || reads[step] != other.reads[step]
          || writes[step] != other.writes[step]
          || causes[step] != other.causes[step]
          || conditional[step] != other.conditional[step]) {
        return step;
      }
    }
    return length == other.length ? -1 : Math.max(0, both - 1);
  }

  /** How many steps there are, with those that were not taken: they come last. */
  int lengthWithWaiting() {
    return length + waiting;
  }

  /** How many steps there are. */
  public int length() {
    return length;
  }

  /** Whose a step is. */
  public int thread(int step) {
    return threads[step];
  }

  /** Which step let its thread go on. */
  public int cause(int step) {
    return causes[step];
  }

  /** Whether others could keep its thread from taking it. */
  boolean isConditional(int step) {
    return conditional[step];
  }

  /** Where it begins. */
  public int site(int step) {
    return sites[step];
  }

  /** What it read. */
  public long reads(int step) {
    return reads[step];
  }

  /** What it wrote. */
  public long writes(int step) {
    return writes[step];
  }

  /** Whether the order of two steps matters. */
  boolean conflict(int step, int other) {
    return conflict(reads[step], writes[step], reads[other], writes[other]);
  }

  /** Whether what two steps touch makes their order matter. */
  static boolean conflict(long reads, long writes, long otherReads, long otherWrites) {
    return (writes & (otherReads | otherWrites)) != 0 || (reads & otherWrites) != 0;
  }
}
