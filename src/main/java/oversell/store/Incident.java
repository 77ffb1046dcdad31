package oversell.store;

/**
 * What happens to a process in the middle of a sale, once, and what buyers do who get no answer
 * because of it. It happens in the thread of a buyer, so at the place in its purchase where it is
 * said to, and not at some time.
 *
 * @param moment where in a purchase
 * @param nth in the how many-th purchase of an article that comes there, from 1; 0 for never
 * @param strike what happens
 * @param unanswered what buyers do
 */
public record Incident(Moment moment, int nth, Strike strike, Unanswered unanswered) {
  /** A place in a purchase. */
  public enum Moment {
    /** The buyer has checked, and will act. */
    CHECKED,
    /** The store has answered the commit, and the buyer was not told yet. */
    COMMITTED
  }

  /** What a buyer does that got no answer. */
  public enum Unanswered {
    /** It does not try again: whether it has bought is found out by others. */
    GIVES_UP,
    /** It tries again, and says which purchase it is that it tries again. */
    SAME_KEY,
    /** It tries again as if it had never been there. */
    NEW_KEY;

    /** Whether a buyer tries again, and then with which key. */
    public static Unanswered triesAgain(boolean idempotencyKey) {
      return idempotencyKey ? SAME_KEY : NEW_KEY;
    }

    Purchase again(Purchase purchase) {
      return this == NEW_KEY ? purchase.unrecognisable() : purchase;
    }
  }

  /** Something that happens. */
  @FunctionalInterface
  public interface Strike {
    /** Lets it happen. */
    void strike() throws InterruptedException;
  }

  /** None at all. */
  public static Incident none() {
    return over(Unanswered.GIVES_UP);
  }

  /** None any more. */
  static Incident over(Unanswered unanswered) {
    return new Incident(Moment.CHECKED, 0, () -> {}, unanswered);
  }

  void reached(Moment here, int times) throws InterruptedException {
    if (here == moment && times == nth) {
      strike.strike();
    }
  }
}
