package oversell.schedule;

import java.util.Arrays;

/**
 * The steps of one execution: who took each, what it read and wrote as bits for locations, and
 * which earlier step let its thread go on. Reused from one execution to the next.
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

  /** Forgets all steps. */
  public void clear() {
    length = 0;
  }

  /**
   * A step begins.
   *
   * @param thread whose it is
   * @param cause the step that let the thread go on, or {@link #NO_CAUSE}
   * @param site the place in the code where it begins
   */
  public void begin(int thread, int cause, int site) {
    if (length == threads.length) {
      grow();
    }
    threads[length] = thread;
    causes[length] = cause;
    sites[length] = site;
    reads[length] = 0;
    writes[length] = 0;
    length++;
  }

  private void grow() {
    int larger = 2 * length;
    threads = Arrays.copyOf(threads, larger);
    causes = Arrays.copyOf(causes, larger);
    sites = Arrays.copyOf(sites, larger);
    reads = Arrays.copyOf(reads, larger);
    writes = Arrays.copyOf(writes, larger);
  }

  /** The last step has ended; nothing happens before the first. */
  public void end(long read, long written) {
    if (length > 0) {
      reads[length - 1] = read;
      writes[length - 1] = written;
    }
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

  /** Whether what two steps touch makes their order matter. */
  static boolean conflict(long reads, long writes, long otherReads, long otherWrites) {
    return (writes & (otherReads | otherWrites)) != 0 || (reads & otherWrites) != 0;
  }

  /** How often another thread than before took a step. */
  public int switches() {
    int switches = 0;
    for (int step = 1; step < length; step++) {
      switches += threads[step] != threads[step - 1] ? 1 : 0;
    }
    return switches;
  }
}
