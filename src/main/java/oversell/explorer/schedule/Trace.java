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
  // Those without a bit of their own, of steps that touch any.
  private int[][] farReads = new int[FEW][];
  private int[][] farWrites = new int[FEW][];
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
    farReads = Arrays.copyOf(farReads, larger);
    farWrites = Arrays.copyOf(farWrites, larger);
    conditional = Arrays.copyOf(conditional, larger);
  }

  /** The last step has ended; nothing happens before the first. */
  public void end(LocationSet read, LocationSet written) {
    if (length > 0) {
      touch(length - 1, read, written);
    }
  }

  /** The same of what has bits. */
  public void end(long read, long written) {
    if (length > 0) {
      touch(length - 1, read, written);
    }
  }

  private void touch(int step, LocationSet read, LocationSet written) {
    reads[step] = read.bits();
    writes[step] = written.bits();
    // Nobody looks at the numbers of a step that has none.
    if (((reads[step] | writes[step]) & Locations.FAR) != 0) {
      farReads[step] = read.far();
      farWrites[step] = written.far();
    }
  }

  private void touch(int step, long read, long written) {
    reads[step] = read;
    writes[step] = written;
    farReads[step] = LocationSet.far(read);
    farWrites[step] = LocationSet.far(written);
  }

  /**
   * The execution is over, and a thread has not taken this step, since others keep it from that.
   */
  public void leaveWaiting(int thread, LocationSet read, LocationSet written) {
    touch(leaveWaiting(thread), read, written);
  }

  /** The same of what has bits. */
  public void leaveWaiting(int thread, long read, long written) {
    touch(leaveWaiting(thread), read, written);
  }

  private int leaveWaiting(int thread) {
    int step = lengthWithWaiting();
    waiting++;
    put(step, thread, NO_CAUSE, true);
    return step;
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
    copy.farReads = Arrays.copyOf(farReads, length);
    copy.farWrites = Arrays.copyOf(farWrites, length);
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
          || differFar(step, other.farReads[step], other.farWrites[step])
          || causes[step] != other.causes[step]
          || conditional[step] != other.conditional[step]) {
        return step;
      }
    }
    return length == other.length ? -1 : Math.max(0, both - 1);
  }

  /** Whether a step has other numbers than these, where it has the same bits. */
  boolean differFar(int step, int[] otherReads, int[] otherWrites) {
    return ((reads[step] | writes[step]) & Locations.FAR) != 0
        && !(Arrays.equals(farReads[step], otherReads)
            && Arrays.equals(farWrites[step], otherWrites));
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

  /** What it read, as bits. */
  long reads(int step) {
    return reads[step];
  }

  /** What it wrote, as bits. */
  long writes(int step) {
    return writes[step];
  }

  /** What it read that has no bit. */
  int[] farReads(int step) {
    return farReads[step];
  }

  /** What it wrote that has no bit. */
  int[] farWrites(int step) {
    return farWrites[step];
  }

  /** Whether the order of two steps matters. */
  boolean conflict(int step, int other) {
    long common = common(reads[step], writes[step], reads[other], writes[other]);
    return common != 0
        && (common != Locations.FAR
            || conflictFar(
                common(reads[step], 0, 0, writes[other]),
                farReads[step],
                farWrites[other],
                common(0, writes[step], reads[other], 0),
                farReads[other],
                farWrites[step],
                common(0, writes[step], 0, writes[other])));
  }

  /** What makes the order of two steps matter, as far as it has bits. */
  static long common(long reads, long writes, long otherReads, long otherWrites) {
    return (writes & (otherReads | otherWrites)) | (reads & otherWrites);
  }

  /**
   * Whether two steps have anything without a bit in common that makes their order matter.
   *
   * @param read whether the first reads such, and the second writes such; 0 if not
   * @param written the same the other way round
   * @param both whether both write such
   */
  static boolean conflictFar(
      long read,
      int[] reads,
      int[] otherWrites,
      long written,
      int[] otherReads,
      int[] writes,
      long both) {
    return (read != 0 && LocationSet.haveCommon(reads, otherWrites))
        || (written != 0 && LocationSet.haveCommon(otherReads, writes))
        || (both != 0 && LocationSet.haveCommon(writes, otherWrites));
  }
}
