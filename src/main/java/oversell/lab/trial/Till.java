package oversell.lab.trial;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A gate where services have stood still: every buyer waits, inside the guard of its article, for
 * one lock, the till. Next in line for it is a virtual thread that holds no guard. When the owner
 * leaves the till, that one needs a carrier to go on: if the buyers in front of it pin theirs there
 * is none, it never takes the till, and nobody ever will.
 */
final class Till extends Gate {
  private static final Duration QUIET = Duration.ofMillis(200);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  private final ReentrantLock till = new ReentrantLock();
  private final int buyers;

  // Held from here on, until the owner opens the sale.
  @SuppressWarnings("LockNotBeforeTry")
  Till(int buyers, LongSupplier nanoTime) {
    super(nanoTime);
    this.buyers = buyers;
    till.lock();
    Thread.ofVirtual().name("next-in-line").start(this::useTill);
    while (!till.hasQueuedThreads()) {
      Thread.onSpinWait();
    }
  }

  // There is nothing to do at it.
  @SuppressWarnings("LockNotBeforeTry")
  private void useTill() {
    till.lock();
    till.unlock();
  }

  @Override
  void pass() {}

  @Override
  void inside(Buyer buyer) {
    useTill();
  }

  /**
   * Leaves the till once all buyers wait for it, or no more of them come: pinned ones keep the
   * others from coming.
   */
  @Override
  void open() throws InterruptedException {
    int waiting = till.getQueueLength();
    long sinceNanos = nanoTime.getAsLong();
    while (waiting <= buyers && nanoTime.getAsLong() - sinceNanos < QUIET.toNanos()) {
      Thread.sleep(LOOK_AGAIN);
      if (till.getQueueLength() != waiting) {
        waiting = till.getQueueLength();
        sinceNanos = nanoTime.getAsLong();
      }
    }
    openNow();
    till.unlock();
  }
}
