package oversell.explorer.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs every execution, in the order of the number of preemptions: first those in which each thread
 * runs until it blocks or ends, then those with one preemption, then those with two, and so on.
 * Most races need very few. Source: Madanlal Musuvathi and Shaz Qadeer, <a
 * href="https://doi.org/10.1145/1250734.1250785">Iterative Context Bounding for Systematic Testing
 * of Multithreaded Programs</a>, PLDI 2007.
 */
public final class FewestSwitches implements Strategy {
  private final List<Node> nodes = new ArrayList<>();
  private int size;
  private int bound;
  private boolean begun;
  private boolean bounded;
  private int preemptions;

  /** A choice: the threads that are left to try, and the preemptions before it. */
  private static final class Node {
    long enabled;
    long left;
    int chosen;
    int running;

    int cost() {
      return running >= 0 && chosen != running ? 1 : 0;
    }
  }

  /** The most preemptions of the executions that run now. */
  public int bound() {
    return bound;
  }

  @Override
  public boolean begin() {
    if (!begun) {
      begun = true;
      return true;
    }
    while (size > 0) {
      Node node = nodes.get(size - 1);
      if (node.left != 0) {
        take(node, Long.numberOfTrailingZeros(node.left));
        return true;
      }
      size--;
    }
    if (!bounded) {
      return false;
    }
    bounded = false;
    bound++;
    return true;
  }

  private static void take(Node node, int thread) {
    node.chosen = thread;
    node.left &= ~(1L << thread);
  }

  @Override
  public int choose(Trace trace, long enabled, int running) {
    int depth = trace.length();
    if (depth == 0) {
      preemptions = 0;
    }
    if (depth == size) {
      push(enabled, running);
    }
    Node node = nodes.get(depth);
    if (node.enabled != enabled) {
      return DIVERGED;
    }
    preemptions += node.cost();
    return node.chosen;
  }

  private void push(long enabled, int running) {
    if (size == nodes.size()) {
      nodes.add(new Node());
    }
    Node node = nodes.get(size++);
    node.enabled = enabled;
    node.running = running;
    boolean spent = running >= 0 && preemptions >= bound;
    bounded |= spent && Long.bitCount(enabled) > 1;
    node.left = spent ? 1L << running : enabled;
    take(node, running >= 0 ? running : Long.numberOfTrailingZeros(enabled));
  }

  @Override
  public boolean end(Trace trace) {
    // Executions with fewer preemptions were run under a lower bound.
    return preemptions == bound;
  }

  @Override
  public double share() {
    return 0;
  }

  @Override
  public boolean isExhaustive() {
    return true;
  }
}
