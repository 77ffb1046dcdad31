package oversell.corpus;

import java.util.concurrent.Semaphore;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/** Inventories that do not bear a fault. */
public final class Faulty {
  private Faulty() {}

  /** Whoever is interrupted interrupts who waits next. */
  public static final class PassesItOn extends Door {
    public PassesItOn() {
      super(
          stock ->
              new Shop(stock) {
                private final Semaphore permit = new Semaphore(1);
                private Thread next;

                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  next = Thread.currentThread();
                  permit.acquire();
                  try {
                    return sell(units, pause);
                  } catch (InterruptedException interrupted) {
                    if (next != Thread.currentThread()) {
                      next.interrupt();
                    }
                    throw interrupted;
                  } finally {
                    permit.release();
                  }
                }
              });
    }
  }
}
