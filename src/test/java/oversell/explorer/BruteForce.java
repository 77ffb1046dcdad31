package oversell.explorer;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the schedules of a sale by plain recursion over abstract states. It runs no inventory and
 * none of the explorer: what a purchase does is written here a second time, as a list of
 * operations.
 *
 * @param program what each buyer does, in this order
 */
record BruteForce(List<Operation> program, Granularity granularity, int stock, int units) {
  enum Operation {
    START,
    ENTER,
    EXIT,
    LOCK,
    LOCK_FAIRLY,
    UNLOCK,
    CHECK,
    PAUSE,
    READ,
    WRITE,
    COMPARE_AND_SET;

    /** Whether a thread can be stopped before it. */
    boolean isPoint(Granularity granularity) {
      return switch (this) {
        case START, PAUSE -> true;
        case ENTER, EXIT, LOCK, LOCK_FAIRLY, UNLOCK -> granularity != Granularity.PAUSE;
        case CHECK, READ, WRITE, COMPARE_AND_SET -> granularity == Granularity.ACCESS;
      };
    }
  }

  private static final int NOBODY = -1;

  static List<Operation> programOf(String variant) {
    return switch (variant) {
      case "unlocked" ->
          List.of(
              Operation.START, Operation.CHECK, Operation.PAUSE, Operation.READ, Operation.WRITE);
      case "synchronized" ->
          List.of(
              Operation.START,
              Operation.ENTER,
              Operation.CHECK,
              Operation.PAUSE,
              Operation.READ,
              Operation.WRITE,
              Operation.EXIT);
      case "reentrant-lock", "fair-reentrant-lock" ->
          List.of(
              Operation.START,
              variant.startsWith("fair") ? Operation.LOCK_FAIRLY : Operation.LOCK,
              Operation.CHECK,
              Operation.PAUSE,
              Operation.READ,
              Operation.WRITE,
              Operation.UNLOCK);
      case "compare-and-set" ->
          List.of(Operation.START, Operation.CHECK, Operation.PAUSE, Operation.COMPARE_AND_SET);
      default -> throw new IllegalArgumentException(variant);
    };
  }

  /** Every outcome, with the number of schedules that lead to it. */
  Map<String, BigInteger> outcomes(int buyers) {
    return from(new State(buyers, stock), new HashMap<>());
  }

  private Map<String, BigInteger> from(
      State state, Map<List<Integer>, Map<String, BigInteger>> known) {
    List<Integer> key = state.key();
    Map<String, BigInteger> outcomes = known.get(key);
    if (outcomes != null) {
      return outcomes;
    }
    outcomes = new TreeMap<>();
    boolean ended = true;
    for (int buyer = 0; buyer < state.next.length; buyer++) {
      if (isEnabled(state, buyer)) {
        ended = false;
        State after = new State(state);
        step(after, buyer);
        for (var more : from(after, known).entrySet()) {
          outcomes.merge(more.getKey(), more.getValue(), BigInteger::add);
        }
      }
    }
    if (ended) {
      outcomes.put(judged(state), BigInteger.ONE);
    }
    known.put(key, outcomes);
    return outcomes;
  }

  private boolean isEnabled(State state, int buyer) {
    int at = state.next[buyer];
    return at < program.size()
        && !state.parked[buyer]
        && (state.holder == NOBODY || !isNotAskedForWhenTaken(program.get(at)));
  }

  private boolean isNotAskedForWhenTaken(Operation operation) {
    return operation == Operation.ENTER
        || (operation == Operation.LOCK && operation.isPoint(granularity));
  }

  /** From one point to the next. */
  private void step(State state, int buyer) {
    do {
      take(state, buyer);
    } while (isEnabled(state, buyer) && !program.get(state.next[buyer]).isPoint(granularity));
  }

  private void take(State state, int buyer) {
    Operation operation = program.get(state.next[buyer]++);
    switch (operation) {
      case START, PAUSE -> {}
      case ENTER -> state.holder = buyer;
      case EXIT -> state.holder = NOBODY;
      case LOCK -> lock(state, buyer, state.holder == NOBODY);
      case LOCK_FAIRLY ->
          lock(
              state,
              buyer,
              state.holder == NOBODY && (state.queue.isEmpty() || state.queue.getFirst() == buyer));
      case UNLOCK -> {
        state.holder = NOBODY;
        if (!state.queue.isEmpty()) {
          state.parked[state.queue.getFirst()] = false;
        }
      }
      case CHECK -> {
        state.seen[buyer] = state.stock;
        if (state.stock < units) {
          state.lowest = Math.min(state.lowest, state.stock);
          Operation last = program.getLast();
          boolean guarded = last == Operation.EXIT || last == Operation.UNLOCK;
          state.next[buyer] = program.size() - (guarded ? 1 : 0);
        }
      }
      case READ -> state.seen[buyer] = state.stock;
      case WRITE -> sell(state, state.seen[buyer] - units);
      case COMPARE_AND_SET -> {
        if (state.stock == state.seen[buyer]) {
          sell(state, state.stock - units);
        } else {
          state.next[buyer] = program.indexOf(Operation.CHECK);
        }
      }
    }
  }

  private static void lock(State state, int buyer, boolean free) {
    if (free) {
      state.holder = buyer;
      state.queue.remove((Integer) buyer);
    } else {
      if (!state.queue.contains(buyer)) {
        state.queue.add(buyer);
      }
      state.parked[buyer] = true;
      state.next[buyer]--;
    }
  }

  private void sell(State state, int left) {
    state.stock = left;
    state.sold += units;
    state.lowest = Math.min(state.lowest, left);
  }

  private String judged(State state) {
    int accounted = state.sold + state.stock;
    String grade =
        state.lowest < 0
            ? "negative"
            : state.sold > stock
                ? "oversold"
                : accounted > stock ? "lost update" : accounted < stock ? "vanished" : "safe";
    return "%s: %d left, %d sold, 0 unanswered".formatted(grade, state.stock, state.sold);
  }

  private static final class State {
    int stock;
    int sold;
    int lowest;
    int holder = NOBODY;
    final int[] next;
    final int[] seen;
    final boolean[] parked;
    final List<Integer> queue;

    State(int buyers, int stock) {
      this.stock = stock;
      lowest = stock;
      next = new int[buyers];
      seen = new int[buyers];
      parked = new boolean[buyers];
      queue = new ArrayList<>();
    }

    State(State other) {
      stock = other.stock;
      sold = other.sold;
      lowest = other.lowest;
      holder = other.holder;
      next = other.next.clone();
      seen = other.seen.clone();
      parked = other.parked.clone();
      queue = new ArrayList<>(other.queue);
    }

    List<Integer> key() {
      List<Integer> key = new ArrayList<>(List.of(stock, sold, lowest, holder));
      Arrays.stream(next).forEach(key::add);
      Arrays.stream(seen).forEach(key::add);
      for (boolean waits : parked) {
        key.add(waits ? 1 : 0);
      }
      key.addAll(queue);
      return key;
    }
  }
}
