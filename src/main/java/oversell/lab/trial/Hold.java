package oversell.lab.trial;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import oversell.inventory.Pause;
import oversell.lab.experiment.Conduct.Fault;

/**
 * What a buyer does between check and act, where a fault may hit it. Unlike a {@link Pause} it is
 * given the buyer's thread: an inventory may pause in another one.
 */
final class Hold {
  /** Longer than an interrupt takes to reach the thread that pauses, also on a busy machine. */
  private static final Duration UNTIL_INTERRUPTED = Duration.ofDays(2);

  private static final int SLOW_HOLDS = 3;

  private final Fault fault;
  private final ThreadControl threads;

  /**
   * The hold of buyers.
   *
   * @param fault that hits each of them
   */
  Hold(Fault fault, ThreadControl threads) {
    this.fault = fault;
    this.threads = threads;
  }

  /** What a fault throws. It has no stack trace: that would say nothing, and cost time. */
  static final class Declined extends RuntimeException {
    private static final long serialVersionUID = 2;

    Declined() {
      super("the payment was declined", null, false, false);
    }
  }

  /** Holds, and returns when the hold is over. */
  void of(Thread buyer) throws InterruptedException {
    switch (fault) {
      case NONE, KILL_DATABASE, LOSE_ANSWER, KILL_JVM, STOP_JVM -> threads.pause();
      case THROW, CANCEL -> {
        threads.pause();
        throw new Declined();
      }
      case INTERRUPT -> {
        threads.interrupt(buyer);
        threads.sleep(UNTIL_INTERRUPTED);
      }
      case TIMEOUT -> threads.waitUntilInterrupted();
      case SLOW -> {
        for (int i = 0; i < SLOW_HOLDS; i++) {
          threads.pause();
        }
      }
    }
  }

  /** Throws what cancels the scope, if the fault is to do that and hit the buyer. */
  void cancel(@Nullable Throwable failure) {
    if (fault == Fault.CANCEL && failure instanceof Declined declined) {
      threads.beforeCancel();
      throw declined;
    }
  }

  /** Whether the buyer must not catch this. */
  boolean isEnd(Throwable thrown) {
    return threads.isEnd(thrown);
  }

  /** Whether a fault hits the buyer. */
  boolean isFaulty() {
    return fault != Fault.NONE;
  }
}
