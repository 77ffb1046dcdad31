package oversell.inventory;

import java.time.Duration;

/**
 * What happens inside the critical section, between check and act: where a virtual thread may be
 * unmounted.
 */
@FunctionalInterface
public interface Pause {
  /** Pauses the buyer whose purchase it is, in whichever thread the purchase is made. */
  void pause() throws InterruptedException;

  /**
   * A pause that sleeps. One of no length returns at once and gives no other thread its carrier.
   */
  static Pause sleeping(Duration hold) {
    if (hold.isNegative()) {
      throw new IllegalArgumentException("hold must not be negative: " + hold);
    }
    return hold.isZero() ? () -> {} : () -> Thread.sleep(hold);
  }
}
