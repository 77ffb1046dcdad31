package oversell.explorer.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * The steps that are to be tried somewhere, the first of them first, each with those that are to be
 * tried after it. Where there are none everything that can come is tried. Source: Parosh Aziz
 * Abdulla, Stavros Aronis, Bengt Jonsson and Konstantinos Sagonas, <a
 * href="https://doi.org/10.1145/3073408">Source Sets: A Foundation for Optimal Dynamic Partial
 * Order Reduction</a>, 2017.
 */
class WakeupTree {
  private List<Branch> branches = List.of();

  /** A step that is to be tried. */
  static final class Branch extends WakeupTree {
    final int thread;
    // What the step read and wrote where it was seen, and what is known of it here.
    private final long reads;
    private final long writes;
    private final int[] farReads;
    private final int[] farWrites;
    private final Foresight foresight;

    /** Makes one of a step that an execution has taken. */
    Branch(Trace trace, int step, Foresight foresight) {
      thread = trace.thread(step);
      reads = trace.reads(step);
      writes = trace.writes(step);
      farReads = trace.farReads(step);
      farWrites = trace.farWrites(step);
      this.foresight = foresight;
    }

    /**
     * Whether it is known that its order to a step of an execution does not matter.
     *
     * @param other what is known of that step
     */
    boolean commutesWith(Trace trace, int step, Foresight other) {
      return !trace.conflict(step, reads, writes, farReads, farWrites)
          && foresight.excludes(trace.reads(step), trace.writes(step))
          && other.excludes(reads, writes);
    }
  }

  List<Branch> branches() {
    return branches;
  }

  boolean isEmpty() {
    return branches.isEmpty();
  }

  /** Adds a step, which is tried after the others, and returns it. */
  Branch add(Branch branch) {
    if (branches.isEmpty()) {
      branches = new ArrayList<>(1);
    }
    branches.add(branch);
    return branch;
  }

  /** Takes the step away that is to be tried first. */
  Branch removeFirst() {
    return branches.removeFirst();
  }

  void clear() {
    branches = List.of();
  }

  /** Forgets what is to be tried after the first steps: everything is. */
  void keepFirstSteps() {
    branches.forEach(WakeupTree::clear);
  }

  /** How many steps are to be tried. */
  int size() {
    int size = branches.size();
    for (Branch branch : branches) {
      size += branch.size();
    }
    return size;
  }

  /**
   * Takes over the steps of another tree.
   *
   * @param threads those whose steps are taken, as bits; others are left out
   */
  void takeOver(WakeupTree other, long threads) {
    branches = other.branches;
    if (!branches.isEmpty()) {
      branches.removeIf(branch -> (threads & (1L << branch.thread)) == 0);
    }
  }
}
