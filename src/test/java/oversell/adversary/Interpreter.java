package oversell.adversary;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds every outcome of a program by trying each thread that can take a step, in every state that
 * can be reached, each state once. It shares nothing with the explorer.
 */
final class Interpreter {
  private final Code.Layout layout;
  private final int mostStates;

  Interpreter(Program program, int mostStates) {
    layout = new Code.Layout(program);
    this.mostStates = mostStates;
  }

  /** Every outcome; empty if there are too many states. */
  Optional<Set<String>> outcomes() {
    Set<String> outcomes = new TreeSet<>();
    Set<State> reached = new HashSet<>();
    Deque<State> open = new ArrayDeque<>();
    State start = layout.start();
    for (int i = 0; i < layout.program.buyers().size(); i++) {
      takeLocalSteps(start, i);
    }
    reached.add(start);
    open.push(start);
    while (!open.isEmpty()) {
      State state = open.pop();
      boolean ended = true;
      for (int me = 0; me < layout.codes.size(); me++) {
        State after = step(state, me);
        if (after != null) {
          ended = false;
          if (reached.add(after)) {
            open.push(after);
          }
        }
      }
      if (ended) {
        outcomes.add(outcome(state));
      }
      if (reached.size() > mostStates) {
        return Optional.empty();
      }
    }
    return Optional.of(outcomes);
  }

  /** The state after one step of a thread; null if that thread cannot take one. */
  private State step(State state, int me) {
    int at = state.next[me];
    if (at == State.NOT_STARTED || at == layout.codes.get(me).instructions.size()) {
      return null;
    }
    State after = new State(state);
    after.next[me]++;
    if (!layout.codes.get(me).instructions.get(at).step().take(after, me)) {
      return null;
    }
    takeLocalSteps(after, me);
    for (int i = 0; i < after.next.length; i++) {
      if (state.next[i] == State.NOT_STARTED && after.next[i] == 0) {
        takeLocalSteps(after, i);
      }
    }
    return after;
  }

  private void takeLocalSteps(State state, int me) {
    Code code = layout.codes.get(me);
    while (state.next[me] < code.instructions.size()
        && code.instructions.get(state.next[me]).local()) {
      Code.Instruction local = code.instructions.get(state.next[me]++);
      local.step().take(state, me);
    }
  }

  private String outcome(State state) {
    boolean stuck = false;
    long sold = 0;
    int buyers = layout.program.buyers().size();
    for (int i = 0; i < buyers; i++) {
      boolean ended = state.next[i] == layout.codes.get(i).instructions.size();
      stuck |= !ended;
      sold += ended ? Source.sold(i, state.seen[i]) : 0;
    }
    return outcome(stuck, stock(state), sold);
  }

  private int stock(State state) {
    int stock = 0;
    var memory = layout.reader(state);
    for (Thing thing : layout.program.things()) {
      stock = thing.isTold() ? stock * Code.MIX + thing.stock.applyAsInt(memory) : stock;
    }
    for (int i = 0; i < layout.outs; i++) {
      stock = stock * Code.MIX + (int) memory.apply("out" + i);
    }
    return stock;
  }

  static String outcome(boolean stuck, long stock, long sold) {
    return (stuck ? "stuck " : "ended ") + stock + " " + sold;
  }
}
