package oversell.explorer.schedule;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import oversell.explorer.schedule.WakeupTree.Branch;

/**
 * Steps that reverse a race, in an order in which they can be taken instead of its earlier step:
 * all those of the execution that do not happen after that one, whether they came before or after
 * the later step of the race, and at last that.
 *
 * <p>What the later step touches there need not be what it touched in the execution, where it came
 * after the earlier one: a compare-and-set that failed may succeed. Where that is not known it
 * counts as if it could touch anything.
 */
final class Reversal {
  private static final int FEW = 16;

  private final Races races;
  private Trace trace = new Trace();
  private int last;
  private Foresight foresight = Foresight.NONE;
  private int[] steps = new int[FEW];
  private int size;

  /** Makes one that is reused from one race to the next. */
  Reversal(Races races) {
    this.races = races;
  }

  /**
   * Makes it the reversal of a race.
   *
   * @param known what is known of what the later step touches
   */
  void set(Trace of, int earlier, int later, Foresight known) {
    trace = of;
    last = later;
    foresight = known;
    size = 0;
    for (int step = earlier + 1; step < of.length(); step++) {
      if (step != later && !races.happensBefore(of, earlier, step)) {
        add(step);
      }
    }
    add(later);
  }

  private void add(int step) {
    if (size == steps.length) {
      steps = Arrays.copyOf(steps, 2 * size);
    }
    steps[size++] = step;
  }

  /** The last step of the execution that is one of these. */
  int lastOfAll() {
    return size < 2 ? last : Math.max(last, steps[size - 2]);
  }

  /** The thread of its first step. */
  int firstThread() {
    return trace.thread(steps[0]);
  }

  /**
   * Whether its last step would be blocked, since none of the others could enable its thread.
   *
   * @param enabled the threads that are enabled before them
   */
  boolean endsBlocked(long enabled) {
    if ((enabled & (1L << trace.thread(last))) != 0) {
      return false;
    }
    for (int i = 0; i < size - 1; i++) {
      if (races.leadsToLater(trace, steps[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the step of a thread can come first: whether it is one of these steps and none of the
   * others leads to it, or whether its order to each of them does not matter.
   *
   * @param node where it has been tried, or is asleep
   */
  boolean canBeginWith(int thread, Node node) {
    int at = firstOf(thread);
    if (at >= 0 && at < size - 1) {
      return canComeFirst(at);
    }
    // What the last one touches if it comes first has been seen at the node.
    for (int i = 0; i < size; i++) {
      if (i != at
          && (node.conflicts(thread, trace, steps[i])
              || (at >= 0 && races.isPrior(trace, steps[i])))) {
        return false;
      }
    }
    return at >= 0 || node.isExcludedBy(thread, foresight);
  }

  private int firstOf(int thread) {
    for (int at = 0; at < size; at++) {
      if (trace.thread(steps[at]) == thread) {
        return at;
      }
    }
    return -1;
  }

  /** Whether none of the steps before leads to this one. */
  private boolean canComeFirst(int at) {
    for (int i = 0; i < at; i++) {
      if (leadsTo(steps[i], steps[at])) {
        return false;
      }
    }
    return true;
  }

  private boolean leadsTo(int step, int other) {
    return other == last
        ? foresight == Foresight.NONE || races.leadsToLater(trace, step)
        : races.happensBefore(trace, step, other);
  }

  private boolean commutesWith(Branch branch) {
    for (int i = 0; i < size; i++) {
      if (!branch.commutesWith(trace, steps[i], foresight(steps[i]))) {
        return false;
      }
    }
    return true;
  }

  /** All that leads to the others comes before them as it did in the execution. */
  private Foresight foresight(int step) {
    return step == last ? foresight : Foresight.ALL;
  }

  /**
   * Adds it to a wakeup tree, unless what it leads to is tried there anyway; it is used up.
   *
   * @param count how many of its steps are kept: after those everything is tried
   * @return how many steps were added
   */
  int insertInto(WakeupTree root, int count) {
    WakeupTree tree = root;
    while (size > 0) {
      Branch first = takeFirst(tree);
      if (first == null) {
        return append(tree, count);
      }
      if (first.isEmpty()) {
        return 0;
      }
      tree = first;
    }
    return 0;
  }

  /** The first branch that it can begin with; if that is one of its steps, it is taken away. */
  private @Nullable Branch takeFirst(WakeupTree tree) {
    for (Branch branch : tree.branches()) {
      int at = firstOf(branch.thread);
      if (at < 0 ? commutesWith(branch) : canComeFirst(at)) {
        if (at >= 0) {
          size--;
          System.arraycopy(steps, at + 1, steps, at, size - at);
        }
        return branch;
      }
    }
    return null;
  }

  private int append(WakeupTree tree, int count) {
    int kept = Math.min(count, size);
    WakeupTree end = tree;
    for (int i = 0; i < kept; i++) {
      end = end.add(new Branch(trace, steps[i], foresight(steps[i])));
    }
    return kept;
  }
}
