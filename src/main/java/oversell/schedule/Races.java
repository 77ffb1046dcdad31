package oversell.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The races of an execution: two steps that conflict, where another execution could have taken the
 * later one first. Tells for each which threads could begin such an execution.
 *
 * <p>What happens before a step: what its thread did, the step that let it go on, those that it
 * conflicts with, and all that happens before one of these. Two steps that conflict do not race if
 * another comes between them. But where others can keep a thread from its step, as those do who are
 * in the monitor that it enters, it races with each of them; and so does a step that they kept it
 * from to the end. Source: Parosh Aziz Abdulla, Stavros Aronis, Bengt Jonsson and Konstantinos
 * Sagonas, <a href="https://doi.org/10.1145/3073408">Source Sets: A Foundation for Optimal Dynamic
 * Partial Order Reduction</a>, 2017.
 */
final class Races {
  /** Hears of them. */
  interface Listener {
    /** Whether it matters who else could have gone on than who took that step. */
    boolean asksFor(int step);

    /**
     * There is a race.
     *
     * @param step the earlier one
     * @param thread whose the later one is
     * @param initials who could go on instead of the earlier one, so that the later one can come
     *     before it
     */
    void found(int step, int thread, long initials);
  }

  private final Listener listener;
  // By step: what happens before it, with itself.
  private final List<BitSet> clocks = new ArrayList<>();
  // What happens before the later step of races whatever others do.
  private final BitSet prior = new BitSet();
  // What can come between, although the earlier one does not.
  private final BitSet between = new BitSet();

  Races(Listener listener) {
    this.listener = listener;
  }

  /** Finds those of an execution whose later step is none of the first so many. */
  void find(Trace trace, int first) {
    while (clocks.size() < trace.lengthWithWaiting()) {
      clocks.add(new BitSet());
    }
    for (int later = first; later < trace.lengthWithWaiting(); later++) {
      findWith(trace, later, Math.min(later, trace.lengthWithLast()));
    }
  }

  /** Finds those of a later step with earlier ones, up to an end. */
  private void findWith(Trace trace, int later, int end) {
    boolean conditional = trace.isConditional(later);
    setPrior(trace, later, end, conditional);
    BitSet clock = clocks.get(later);
    clock.clear();
    clock.or(prior);
    for (int earlier = end - 1; earlier >= 0; earlier--) {
      boolean hidden = clock.get(earlier);
      if (!trace.conflict(earlier, later) || (hidden && (!conditional || prior.get(earlier)))) {
        continue;
      }
      if (listener.asksFor(earlier)) {
        listener.found(earlier, trace.thread(later), initials(trace, earlier, later, end));
      }
      if (!hidden) {
        clock.or(clocks.get(earlier));
      }
    }
    clock.set(later);
  }

  private void setPrior(Trace trace, int later, int end, boolean conditional) {
    prior.clear();
    int last = end - 1;
    while (last >= 0 && trace.thread(last) != trace.thread(later)) {
      last--;
    }
    if (last >= 0) {
      prior.or(clocks.get(last));
    }
    if (trace.cause(later) >= 0 && !conditional) {
      prior.or(clocks.get(trace.cause(later)));
    }
  }

  private long initials(Trace trace, int earlier, int later, int end) {
    long initials = 0;
    long seen = 0;
    boolean comesAfter = false;
    between.clear();
    for (int step = earlier + 1; step < end; step++) {
      BitSet clock = clocks.get(step);
      if (clock.get(earlier)) {
        continue;
      }
      long thread = 1L << trace.thread(step);
      if ((seen & thread) == 0 && !clock.intersects(between)) {
        initials |= thread;
      }
      seen |= thread;
      comesAfter |= trace.conflict(step, later);
      between.set(step);
    }
    comesAfter |= prior.intersects(between);
    return comesAfter ? initials : initials | 1L << trace.thread(later);
  }
}
