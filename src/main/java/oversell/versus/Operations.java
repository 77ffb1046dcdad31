package oversell.versus;

import oversell.explorer.Scenario;

/**
 * A program that is stated as operations on one object: each of a few threads makes one call, all
 * at the same time, and one more follows when they have ended. It is right if all of them are
 * answered as in some order of the calls, one after the other. So it needs no check of its own, and
 * a tool that checks whether an object is linearizable looks for the same.
 */
public abstract class Operations implements Scenario<String> {
  private static final int MOST = 9;

  private final int threads;

  /**
   * A program.
   *
   * @param threads how many threads make a call, 1 to {@value #MOST}
   */
  protected Operations(int threads) {
    if (threads < 1 || threads > MOST) {
      throw new IllegalArgumentException("threads must be 1 to %d: %d".formatted(MOST, threads));
    }
    this.threads = threads;
  }

  /** How many threads make a call. */
  public final int threads() {
    return threads;
  }

  /**
   * The call of one thread.
   *
   * @param thread its number, from 0
   * @return what it is answered, whose text counts
   * @throws InterruptedException never, since nobody interrupts it
   */
  public abstract Object call(int thread) throws InterruptedException;

  /** The call that follows; its answer shows what is left. */
  public abstract Object afterwards();

  /** The same object before any call. */
  protected abstract Operations fresh();

  /**
   * Makes the calls on virtual threads.
   *
   * @return the answers
   * @throws AssertionError if no order of the calls leads to these
   */
  @Override
  public final String run() throws InterruptedException {
    String[] answers = new String[threads];
    Thread[] started = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      int thread = i;
      started[i] = Thread.startVirtualThread(() -> answers[thread] = answer(thread));
    }
    for (Thread thread : started) {
      thread.join();
    }
    String seen = "";
    for (String answer : answers) {
      seen += answer + ", ";
    }
    seen += "then " + afterwards();
    if (!isOfSomeOrder(seen, "")) {
      throw new AssertionError("in no order are the calls answered " + seen);
    }
    return seen;
  }

  private String answer(int thread) {
    try {
      return String.valueOf(call(thread));
    } catch (RuntimeException thrown) {
      // Whether that is wrong is a question of order, as of any other answer.
      return thrown.getClass().getSimpleName();
    } catch (InterruptedException never) {
      throw new IllegalStateException(never);
    }
  }

  /**
   * Whether answers are those of the calls one after the other.
   *
   * @param begun the numbers of the threads whose calls come first, in this order; a text, as a
   *     list would be shared memory, and each call of it a step
   */
  private boolean isOfSomeOrder(String seen, String begun) {
    if (begun.length() == threads) {
      return fresh().inOrder(begun).equals(seen);
    }
    for (int thread = 0; thread < threads; thread++) {
      if (!begun.contains("" + thread) && isOfSomeOrder(seen, begun + thread)) {
        return true;
      }
    }
    return false;
  }

  private String inOrder(String order) {
    String[] answers = new String[threads];
    for (int i = 0; i < threads; i++) {
      int thread = order.charAt(i) - '0';
      answers[thread] = answer(thread);
    }
    String seen = "";
    for (String answer : answers) {
      seen += answer + ", ";
    }
    return seen + "then " + afterwards();
  }
}
