package oversell.explorer.schedule;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import oversell.explorer.schedule.Strategy.WaitEnd;
import oversell.explorer.schedule.WakeupTree.Branch;

/**
 * A choice of a depth-first search, with threads as bits: those that are enabled there, those that
 * are asleep, those to be tried, those that were tried, and the one that is being tried.
 */
final class Node {
  private static final int UNKNOWN = Integer.MIN_VALUE;
  private static final int FEW = 8;
  private static final WakeupTree NOTHING = new WakeupTree();

  long enabled;
  long asleep;
  // Those asleep that may stay so to the end.
  private long doubtful;
  long wanted;
  long tried;
  int chosen;
  // What is to be tried here, and after the step that is being tried.
  private final WakeupTree tree = new WakeupTree();
  private WakeupTree ahead = NOTHING;
  // Of a wait that the step begins that is being tried, if it may end for nothing.
  private @Nullable WaitEnd waitEnd;
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
    doubtful = 0;
    wanted = 0;
    tried = 0;
    tree.clear();
  }

  /**
   * Threads that are asleep at the node before stay asleep, unless the step taken there conflicts
   * with theirs; and what is to be tried after that step is to be tried here.
   */
  void inheritFrom(Node parent) {
    long left = (parent.asleep | parent.tried) & ~(1L << parent.chosen);
    for (; left != 0; left &= left - 1) {
      int thread = Long.numberOfTrailingZeros(left);
      if (!parent.conflict(parent.chosen, thread)) {
        asleep |= 1L << thread;
        doubtful |= parent.doubtful & (1L << thread);
        note(
            thread,
            parent.reads[thread],
            parent.writes[thread],
            parent.farReads[thread],
            parent.farWrites[thread]);
      }
    }
    tree.takeOver(parent.ahead, enabled & ~asleep);
  }

  /** Whether the order of the steps of two threads matters. */
  private boolean conflict(int one, int other) {
    return Trace.conflict(
        reads[one],
        writes[one],
        farReads[one],
        farWrites[one],
        reads[other],
        writes[other],
        farReads[other],
        farWrites[other]);
  }

  /** Whether the order of the step of a thread and of one of an execution matters. */
  boolean conflicts(int thread, Trace trace, int step) {
    return trace.conflict(step, reads[thread], writes[thread], farReads[thread], farWrites[thread]);
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

  /** How a wait ends that may end for nothing and that the step begins that is being tried. */
  WaitEnd endOfWait() {
    if (waitEnd == null) {
      waitEnd = WaitEnd.SIGNALLED;
    }
    return waitEnd;
  }

  /** Has the same step tried with the other end of its wait; false if that is done, or no wait. */
  boolean triesOtherEnd() {
    if (waitEnd != WaitEnd.SIGNALLED) {
      return false;
    }
    waitEnd = WaitEnd.SPURIOUS;
    ahead = NOTHING;
    return true;
  }

  /** Whether a step could be tried first that is not to be yet. */
  boolean hasOthers() {
    long covered = asleep | tried | (1L << chosen);
    for (Branch branch : tree.branches()) {
      covered |= branch.isEmpty() ? 1L << branch.thread : 0;
    }
    return (enabled & ~covered) != 0;
  }

  /**
   * Has these steps tried from here, unless what they lead to is tried anyway.
   *
   * @param count how many of them are kept: after those everything is tried
   * @return how many steps this adds to what is to be tried
   */
  int insert(Reversal reversal, int count) {
    if (reversal.endsBlocked(enabled)) {
      return 0;
    }
    for (long left = asleep | tried; left != 0; left &= left - 1) {
      if (reversal.canBeginWith(Long.numberOfTrailingZeros(left), this)) {
        return 0;
      }
    }
    if ((enabled & (1L << reversal.firstThread())) != 0) {
      return reversal.insertInto(tree, count);
    }
    wanted |= enabled & ~asleep;
    return 0;
  }

  /** Has everything tried after the first of each of the steps that are to be tried here. */
  void keepFirstSteps() {
    tree.keepFirstSteps();
  }

  /** How many steps are to be tried from here. */
  int pending() {
    return tree.size();
  }

  /**
   * Whether what is not known of another step can matter to none of a thread that is asleep or was
   * tried here. It may always matter to one that may stay asleep to the end.
   */
  boolean isExcludedBy(int thread, Foresight foresight) {
    return (doubtful & (1L << thread)) == 0 && foresight.excludes(reads[thread], writes[thread]);
  }

  /** Chooses what is to be tried next, if there is anything. */
  boolean chooseNext() {
    if (!tree.isEmpty()) {
      Branch next = tree.removeFirst();
      choose(next.thread);
      ahead = next;
      return true;
    }
    long left = wanted & ~tried;
    if (left != 0) {
      choose(Long.numberOfTrailingZeros(left));
    }
    return left != 0;
  }

  /** Chooses a thread after whose step everything is to be tried. */
  void choose(int thread) {
    chosen = thread;
    ahead = NOTHING;
    waitEnd = null;
    site = UNKNOWN;
  }

  /** Chooses a thread although none was to be tried. */
  void chooseFreely(int thread) {
    choose(thread);
    // If they stay asleep to the end, the execution is cut short, and shows no further races.
    doubtful = asleep;
  }

  /** How many threads have been tried here, are being or are to be. */
  int toBeTried() {
    return wanted != 0 ? Long.bitCount(wanted) : Long.bitCount(tried) + 1 + tree.branches().size();
  }
}
