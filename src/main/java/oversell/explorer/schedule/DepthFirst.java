package oversell.explorer.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs every execution, depth first: it repeats the choices of the last execution up to the deepest
 * one that has an alternative, takes that alternative, and lets the rest follow. It keeps one node
 * for each step of one execution, and the steps that are still to be tried there.
 *
 * <p>With reduction, of all executions that differ only in the order of steps that do not conflict,
 * exactly one is run to its end. Steps are tried instead of another one only where {@link Races}
 * shows that they lead to another order of steps that do conflict; they are kept in a {@link
 * WakeupTree}. A thread whose step was tried is put into the sleep set: below its siblings it need
 * not be tried again until another thread takes a step that conflicts with it. An execution in
 * which only such threads are left is cut short. None is where each step touches the same in
 * whichever order the steps come, and threads wait only for locks and for the ends of others.
 * Source of sleep sets: Patrice Godefroid, <a
 * href="https://doi.org/10.1007/3-540-60761-7">Partial-Order Methods for the Verification of
 * Concurrent Systems</a>, 1996.
 */
public final class DepthFirst implements Strategy {
  // Of thousands of steps that race there may be as many reversals, each of as many steps.
  private static final int LONG = 1_000;
  private static final int MANY = 100_000;

  private final boolean reduces;
  private final int longer;
  private final int most;
  private final Races races = new Races(new Alternatives());
  private final List<Node> nodes = new ArrayList<>();
  private int size;
  // The first choice that the last execution did not make.
  private int changed;
  private boolean begun;
  // How many steps have been added to what is to be tried since they were counted.
  private int added;

  /**
   * Makes a search.
   *
   * @param reduces whether it leaves out executions that differ from another one only in the order
   *     of steps that do not conflict
   */
  public DepthFirst(boolean reduces) {
    this(reduces, LONG, MANY);
  }

  /**
   * Makes a search.
   *
   * @param longer of executions with more steps than this, one step is kept that reverses a race
   * @param most if more steps than this are to be tried, one is kept of those that reverse a race
   */
  DepthFirst(boolean reduces, int longer, int most) {
    this.reduces = reduces;
    this.longer = longer;
    this.most = most;
  }

  @Override
  public boolean begin() {
    if (!begun) {
      begun = true;
      return true;
    }
    while (size > 0) {
      Node node = nodes.get(size - 1);
      if (node.triesOtherEnd()) {
        changed = size - 1;
        return true;
      }
      node.tried |= 1L << node.chosen;
      if (node.chooseNext()) {
        changed = size - 1;
        return true;
      }
      size--;
    }
    return false;
  }

  @Override
  public int choose(Trace trace, long enabled, int running) {
    int depth = trace.length();
    if (depth > 0 && !nodes.get(depth - 1).note(trace, depth - 1)) {
      return DIVERGED;
    }
    if (depth < size) {
      Node node = nodes.get(depth);
      return node.enabled == enabled ? node.chosen : DIVERGED;
    }
    if (size == nodes.size()) {
      nodes.add(new Node());
    }
    Node node = nodes.get(size);
    node.reach(enabled);
    if (reduces && depth > 0) {
      node.inheritFrom(nodes.get(depth - 1));
    }
    long awake = enabled & ~node.asleep;
    if (awake == 0) {
      return CUT;
    }
    size++;
    node.wanted = reduces ? 0 : enabled;
    // The running thread continues: a switch costs more than the choice.
    if (!reduces || !node.chooseNext()) {
      boolean goesOn = running >= 0 && (awake & (1L << running)) != 0;
      node.chooseFreely(goesOn ? running : Long.numberOfTrailingZeros(awake));
    }
    return node.chosen;
  }

  /** Both ends are tried, one after the other: no order of steps decides between them. */
  @Override
  public WaitEnd endOfWait(Trace trace) {
    return trace.length() > size ? WaitEnd.SIGNALLED : nodes.get(trace.length() - 1).endOfWait();
  }

  /** Where there is a race, has the steps tried that reverse it. */
  private final class Alternatives implements Races.Listener {
    @Override
    public boolean asksFor(int step) {
      return reduces && nodes.get(step).hasOthers();
    }

    @Override
    public void found(int step, int length, Reversal reversal) {
      added += nodes.get(step).insert(reversal, length > longer ? 1 : length);
      if (added > most) {
        keepNoMoreThanMost();
      }
    }
  }

  /**
   * What is to be tried would grow with the number of executions. Where the steps after a first one
   * are forgotten, everything is tried after that, and some executions are cut short.
   */
  private void keepNoMoreThanMost() {
    added = 0;
    if (pending() > most) {
      for (Node node : nodes.subList(0, size)) {
        node.keepFirstSteps();
      }
    }
  }

  /** How many steps are to be tried. */
  int pending() {
    return nodes.subList(0, size).stream().mapToInt(Node::pending).sum();
  }

  @Override
  public boolean end(Trace trace) {
    if (trace.length() > 0 && trace.length() <= size) {
      nodes.get(trace.length() - 1).note(trace, trace.length() - 1);
    }
    races.find(trace, changed);
    return true;
  }

  @Override
  public double share() {
    double share = 0;
    double weight = 1;
    for (int i = 0; i < size; i++) {
      Node node = nodes.get(i);
      double all = node.toBeTried();
      share += weight * Long.bitCount(node.tried) / all;
      weight /= all;
    }
    return size == 0 && begun ? 1 : share;
  }

  @Override
  public boolean isExhaustive() {
    return true;
  }
}
