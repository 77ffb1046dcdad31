package oversell.explorer.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * Every execution there is, depth first: repeats the choices of the last one up to the deepest that
 * has an alternative, takes that, and goes on as it comes. Keeps one node for each step of one
 * execution, however many there are.
 *
 * <p>With reduction exactly one is run to its end of all executions that differ only in the order
 * of steps that do not conflict. An alternative is tried only where {@link Races} shows that it
 * would lead to another order of steps that do. And a thread whose step was tried sleeps: it need
 * not be tried below its siblings until somebody takes a step that conflicts with it. Source of
 * sleep sets: Patrice Godefroid, <a href="https://doi.org/10.1007/3-540-60761-7">Partial-Order
 * Methods for the Verification of Concurrent Systems</a>, 1996.
 */
public final class DepthFirst implements Strategy {
  private final boolean reduces;
  private final Races races = new Races(new Alternatives());
  private final List<Node> nodes = new ArrayList<>();
  private int size;
  // The first choice that the last execution did not make.
  private int changed;
  private boolean begun;

  /**
   * A search.
   *
   * @param reduces whether it leaves out executions that differ from another in nothing that
   *     matters
   */
  public DepthFirst(boolean reduces) {
    this.reduces = reduces;
  }

  @Override
  public boolean begin() {
    if (!begun) {
      begun = true;
      return true;
    }
    while (size > 0) {
      Node node = nodes.get(size - 1);
      node.tried |= 1L << node.chosen;
      if (node.candidates() != 0) {
        node.choose(Long.numberOfTrailingZeros(node.candidates()));
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
    // Who runs goes on: to switch costs more than to choose.
    boolean goesOn = running >= 0 && (awake & (1L << running)) != 0;
    node.choose(goesOn ? running : Long.numberOfTrailingZeros(awake));
    return node.chosen;
  }

  /** Where there is a race, somebody is to be tried who can have it the other way. */
  private final class Alternatives implements Races.Listener {
    @Override
    public boolean asksFor(int step) {
      return nodes.get(step).hasOthers();
    }

    @Override
    public void found(int step, int thread, long initials) {
      nodes.get(step).want(thread, initials);
    }
  }

  @Override
  public boolean end(Trace trace) {
    if (trace.length() > 0 && trace.length() <= size) {
      nodes.get(trace.length() - 1).note(trace, trace.length() - 1);
    }
    if (reduces) {
      races.find(trace, changed);
    }
    return true;
  }

  @Override
  public double share() {
    double share = 0;
    double weight = 1;
    for (int i = 0; i < size; i++) {
      Node node = nodes.get(i);
      double all = Math.max(1, Long.bitCount(node.wanted & ~node.asleep));
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
