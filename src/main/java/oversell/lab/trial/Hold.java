package oversell.lab.trial;

import java.time.Duration;
import oversell.inventory.Pause;
import oversell.lab.experiment.Conduct;

/**
 * What a buyer does between check and act, where faults befall it. Unlike a {@link Pause} it knows
 * whose it is: an inventory may run it in another thread than the buyer's.
 */
@FunctionalInterface
interface Hold {
  /** Longer than any sale: only an interrupt ends it. */
  Duration FOR_EVER = Duration.ofDays(2);

  int SLOW_HOLDS = 3;

  /** Holds. */
  void of(Thread buyer) throws InterruptedException;

  /** What a fault throws. */
  final class Declined extends RuntimeException {
    private static final long serialVersionUID = 1;

    Declined() {
      super("the payment was declined");
    }
  }

  /** The hold of a buyer whom nothing befalls. */
  static Hold plain(Pause pause) {
    return buyer -> pause.pause();
  }

  /** The hold of a buyer whom a fault befalls. */
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
