package oversell.corpus;

import java.util.concurrent.Semaphore;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/** Inventories that do not handle a fault. */
public final class Faulty {
  private Faulty() {}

  /** A buyer that is interrupted interrupts the one that waits next. */
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

  /** It pauses in a thread of its own, which no fault of a buyer may hit. */
  public static final class PausesInAHelper extends Door {
    public PausesInAHelper() {
      super(
          stock ->
              new Shop(stock) {
                private boolean helperIsHit;

                @Override
                public synchronized Answer purchase(int units, Pause pause)
                    throws InterruptedException {
                  Thread helper = Thread.startVirtualThread(() -> pauseIn(pause));
                  helper.join();
                  return helperIsHit ? new Answer(stock + 1, 0) : Answer.refused(stock);
                }

                private void pauseIn(Pause pause) {
                  try {
                    pause.pause();
                  } catch (InterruptedException hit) {
                    helperIsHit = true;
                  } catch (RuntimeException declined) {
                    // The buyer is refused.
                  }
                }
              });
    }
  }

  /** A thread of its own, which nobody waits for, comes with it. */
  public static final class ComesWithAThread extends Door {
    public ComesWithAThread() {
      super(
          stock -> {
            Thread.startVirtualThread(Thread::yield);
            return new Shop(stock) {
              @Override
              public synchronized Answer purchase(int units, Pause pause)
                  throws InterruptedException {
                return sell(units, pause);
              }
            };
          });
    }
  }

  /** Throws an error at the first buyer, and sells to the others. */
  public static final class ThrowsAnError extends Door {
    public ThrowsAnError() {
      super(
          stock ->
              new Shop(stock) {
                private boolean hasThrown;

                @Override
                public synchronized Answer purchase(int units, Pause pause)
                    throws InterruptedException {
                  if (!hasThrown) {
                    hasThrown = true;
                    throw new AssertionError("the shelf is broken");
                  }
                  return sell(units, pause);
                }
              });
    }
  }

  /** Throws an InterruptedException at every buyer, although no buyer was interrupted. */
  public static final class SaysItWasInterrupted extends Door {
    public SaysItWasInterrupted() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public synchronized Answer purchase(int units, Pause pause)
                    throws InterruptedException {
                  pause.pause();
                  throw new InterruptedException("the shop is closed");
                }
              });
    }
  }
}
