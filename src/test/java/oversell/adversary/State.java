package oversell.adversary;

import java.util.Arrays;

/** Where an interpreted program is: what its threads share, and where each of them is. */
final class State {
  static final int NOT_STARTED = -1;
  static final int NOTHING = -1;

  final Object[] memory;
  final int[] next;
  final int[] seen;
  final Object[] held;
  final Object[] aside;
  // In which monitor or condition a thread waits for a signal.
  final int[] waitsIn;

  State(Object[] memory, int threads) {
    this.memory = memory;
    next = new int[threads];
    seen = new int[threads];
    held = new Object[threads];
    aside = new Object[threads];
    waitsIn = new int[threads];
    Arrays.fill(seen, 1);
    Arrays.fill(waitsIn, NOTHING);
  }

  State(State other) {
    memory = other.memory.clone();
    next = other.next.clone();
    seen = other.seen.clone();
    held = other.held.clone();
    aside = other.aside.clone();
    waitsIn = other.waitsIn.clone();
  }

  int number(int slot) {
    return (int) memory[slot];
  }

  int held(int me) {
    return (int) held[me];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof State state
        && Arrays.equals(memory, state.memory)
        && Arrays.equals(next, state.next)
        && Arrays.equals(seen, state.seen)
        && Arrays.equals(held, state.held)
        && Arrays.equals(aside, state.aside)
        && Arrays.equals(waitsIn, state.waitsIn);
  }

  @Override
  public int hashCode() {
    int hash = Arrays.hashCode(memory);
    hash = 31 * hash + Arrays.hashCode(next);
    hash = 31 * hash + Arrays.hashCode(seen);
    hash = 31 * hash + Arrays.hashCode(held);
    hash = 31 * hash + Arrays.hashCode(aside);
    return 31 * hash + Arrays.hashCode(waitsIn);
  }
}
