package oversell.junit.legacy;

/** Hands out numbers, and loses some if two threads ask at once. */
public final class Tickets {
  private int last;

  /** Hands out one. */
  public int next() {
    int next = last + 1;
    last = next;
    return next;
  }

  /** Hands one out later, and nobody sees to whom. */
  public Thread nextLater() {
    return Thread.startVirtualThread(this::next);
  }
}
