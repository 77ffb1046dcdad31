package oversell.lab.trial;

import java.time.Duration;
import oversell.inventory.Pause;
import oversell.lab.experiment.Conduct;

/**
 * What a buyer does between check and act, where a fault hits it. Unlike a {@link Pause} it is
 * given the buyer's thread: an inventory may pause in another one.
 */
@FunctionalInterface
interface Hold {
  /** Longer than any sale: only an interrupt ends a sleep of this length. */
  Duration FOR_EVER = Duration.ofDays(2);

  int SLOW_HOLDS = 3;

  /** Does it, and returns when the hold is over. */
  void of(Thread buyer) throws InterruptedException;

  /** What a fault throws. */
  final class Declined extends RuntimeException {
    private static final long serialVersionUID = 1;

    Declined() {
      super("the payment was declined");
    }
  }

  /** The hold of a buyer that no fault hits. */
  static Hold plain(Pause pause) {
    return buyer -> pause.pause();
  }

  /** The hold of a buyer that a fault hits. */
  static Hold faulty(Conduct.Fault fault, Pause pause) {
    return switch (fault) {
      case NONE -> plain(pause);
      case THROW, CANCEL ->
          buyer -> {
            pause.pause();
            throw new Declined();
          };
      case INTERRUPT ->
          buyer -> {
            buyer.interrupt();
            Thread.sleep(FOR_EVER);
          };
      case TIMEOUT -> buyer -> Thread.sleep(FOR_EVER);
      case SLOW ->
          buyer -> {
            for (int i = 0; i < SLOW_HOLDS; i++) {
              pause.pause();
            }
          };
    };
  }
}
