package oversell.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every execution there is, depth first: repeats the choices of the last one up to the deepest that
 * has an alternative, takes that, and goes on as it comes. Keeps one node for each step of one
 * execution, however many there are.
 *
 * <p>With reduction it keeps sleep sets: a thread whose step was tried at a node need not be tried
 * below its siblings until somebody takes a step that conflicts with it. So of all executions that
 * differ only in the order of steps that do not conflict, exactly one is run to its end. Source:
 * Patrice Godefroid, <a href="https://doi.org/10.1007/3-540-60761-7">Partial-Order Methods for the
 * Verification of Concurrent Systems</a>, 1996.
 */
public final class DepthFirst implements Strategy {
  private static final int UNKNOWN = Integer.MIN_VALUE;
  private static final int FEW = 8;

  private final boolean reduces;
  private final List<Node> nodes = new ArrayList<>();
  private int size;
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

  /** A choice: what there was, what is being tried, what was. */
  private static final class Node {
    long enabled;
    long asleep;
    long tried;
    int chosen;
    int site;
    // What the step of each thread that was tried, or sleeps, reads and writes.
    long[] reads = new long[FEW];
    long[] writes = new long[FEW];

    void note(int thread, long read, long written) {
      if (thread >= reads.length) {
        reads = Arrays.copyOf(reads, Long.SIZE);
        writes = Arrays.copyOf(writes, Long.SIZE);
      }
      reads[thread] = read;
      writes[thread] = written;
    }

    long candidates() {
      return enabled & ~asleep & ~tried;
    }

    void choose(int thread) {
      chosen = thread;
      site = UNKNOWN;
    }
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
        return true;
      }
      size--;
    }
    return false;
  }

  @Override
  public int choose(Trace trace, long enabled, int running) {
    int depth = trace.length();
    if (depth > 0 && !note(trace, depth - 1)) {
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
    node.enabled = enabled;
    node.tried = 0;
    node.asleep = reduces && depth > 0 ? inherit(nodes.get(depth - 1), node) : 0;
    long candidates = node.candidates();
    if (candidates == 0) {
      return CUT;
    }
    size++;
    // Who runs goes on: to switch costs more than to choose.
    boolean goesOn = running >= 0 && (candidates & (1L << running)) != 0;
    node.choose(goesOn ? running : Long.numberOfTrailingZeros(candidates));
    return node.chosen;
  }

  /** Notes what the step did that was chosen there; false if it was another before. */
  private boolean note(Trace trace, int depth) {
    Node node = nodes.get(depth);
    boolean same =
        node.site == UNKNOWN
            || (node.site == trace.site(depth)
                && node.reads[node.chosen] == trace.reads(depth)
                && node.writes[node.chosen] == trace.writes(depth));
    node.note(node.chosen, trace.reads(depth), trace.writes(depth));
    node.site = trace.site(depth);
    return same;
  }

  /** Who still sleeps after the step that was chosen at a node. */
  private static long inherit(Node parent, Node child) {
    long reads = parent.reads[parent.chosen];
    long writes = parent.writes[parent.chosen];
    long asleep = 0;
    long left = (parent.asleep | parent.tried) & ~(1L << parent.chosen);
    while (left != 0) {
      int thread = Long.numberOfTrailingZeros(left);
      left &= left - 1;
      if (!Trace.conflict(reads, writes, parent.reads[thread], parent.writes[thread])) {
        asleep |= 1L << thread;
        child.note(thread, parent.reads[thread], parent.writes[thread]);
      }
    }
    return asleep;
  }

  @Override
  public boolean end(Trace trace) {
    if (trace.length() > 0 && trace.length() <= size) {
      note(trace, trace.length() - 1);
    }
    return true;
  }

  @Override
  public double share() {
    double share = 0;
    double weight = 1;
    for (int i = 0; i < size; i++) {
      Node node = nodes.get(i);
      double all = Math.max(1, Long.bitCount(node.enabled & ~node.asleep));
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
