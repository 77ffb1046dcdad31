package oversell.explorer.schedule;

import java.util.Arrays;

/**
 * A choice of a depth-first search, with threads as bits: those that are enabled there, those that
 * are asleep, those to be tried, those that were tried, and the one that is being tried.
 */
final class Node {
  private static final int UNKNOWN = Integer.MIN_VALUE;
  private static final int FEW = 8;

  long enabled;
  long asleep;
  long wanted;
  long tried;
  int chosen;
  private int site;
  // By thread that was tried or is asleep: what its step reads and writes.
  private long[] reads = new long[FEW];
  private long[] writes = new long[FEW];
  private int[][] farReads = new int[FEW][];
  private int[][] farWrites = new int[FEW][];

  /** Makes it a new choice, where these threads are enabled and none is asleep. */
  void reach(long threads) {
    enabled = threads;
    asleep = 0;
    wanted = 0;
    tried = 0;
  }

  /**
   * Threads that are asleep at the node before stay asleep, unless the step taken there conflicts
   * with theirs.
   */
  void inheritFrom(Node parent) {
    long left = (parent.asleep | parent.tried) & ~(1L << parent.chosen);
    for (; left != 0; left &= left - 1) {
      int thread = Long.numberOfTrailingZeros(left);
      if (!parent.conflict(parent.chosen, thread)) {
        asleep |= 1L << thread;
        note(
            thread,
            parent.reads[thread],
            parent.writes[thread],
            parent.farReads[thread],
            parent.farWrites[thread]);
      }
    }
  }

  /** Whether the order of the steps of two threads matters. */
  private boolean conflict(int one, int other) {
    long common = Trace.common(reads[one], writes[one], reads[other], writes[other]);
    return common != 0
        && (common != Locations.FAR
            || Trace.conflictFar(
                Trace.common(reads[one], 0, 0, writes[other]),
                farReads[one],
                farWrites[other],
                Trace.common(0, writes[one], reads[other], 0),
                farReads[other],
                farWrites[one],
                Trace.common(0, writes[one], 0, writes[other])));
  }

  void choose(int thread) {
    chosen = thread;
    wanted |= 1L << thread;
    site = UNKNOWN;
  }

  /**
   * Records what the step read and wrote that was taken there; false if that differs from before.
   */
  boolean note(Trace trace, int step) {
    boolean same =
        site == UNKNOWN
            || (site == trace.site(step)
                && reads[chosen] == trace.reads(step)
                && writes[chosen] == trace.writes(step)
                && !trace.differFar(step, farReads[chosen], farWrites[chosen]));
    note(
        chosen, trace.reads(step), trace.writes(step), trace.farReads(step), trace.farWrites(step));
    site = trace.site(step);
    return same;
  }

  private void note(int thread, long read, long written, int[] farRead, int[] farWritten) {
    if (thread >= reads.length) {
      reads = Arrays.copyOf(reads, Long.SIZE);
      writes = Arrays.copyOf(writes, Long.SIZE);
      farReads = Arrays.copyOf(farReads, Long.SIZE);
      farWrites = Arrays.copyOf(farWrites, Long.SIZE);
    }
    reads[thread] = read;
    writes[thread] = written;
    if (((read | written) & Locations.FAR) != 0) {
      farReads[thread] = farRead;
      farWrites[thread] = farWritten;
    }
  }

  /** Whether there is an enabled thread that is not to be tried yet. */
  boolean hasOthers() {
    return (enabled & ~(asleep | wanted)) != 0;
  }

  /** Marks one of the initials to be tried, so that a later step of a thread comes first. */
  void want(int thread, long initials) {
    long later = 1L << thread;
    // Nothing that could enable it comes before it.
    boolean neverComes = (initials & later) != 0 && (enabled & later) == 0;
    if (neverComes || (initials & (asleep | wanted)) != 0) {
      return;
    }
    long able = initials & enabled;
    wanted |= (able & later) != 0 ? later : able == 0 ? enabled : Long.lowestOneBit(able);
  }

  /** The threads that are left to be tried. */
  long candidates() {
    return wanted & ~asleep & ~tried;
  }
}
