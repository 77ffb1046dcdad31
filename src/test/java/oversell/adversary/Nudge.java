package oversell.adversary;

import java.util.concurrent.ThreadLocalRandom;

/** Sends real threads out of step. Called by drawn programs that are not explored. */
public final class Nudge {
  private Nudge() {}

  /** Goes on at once, or later. */
  public static void now() {
    int chance = ThreadLocalRandom.current().nextInt(8);
    if (chance == 0) {
      Thread.yield();
    } else if (chance < 3) {
      for (int i = ThreadLocalRandom.current().nextInt(200); i > 0; i--) {
        Thread.onSpinWait();
      }
    }
  }
}
