package oversell.lab.trial;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Builds the situation in which services have stood still: every buyer waits, inside the guard of
 * its article, for one more lock, which the owner holds. First in the queue of that lock is a
 * virtual thread that holds no guard. When the owner unlocks, that thread needs a carrier to go on:
 * if the buyers behind it pin all carriers there is none, so it never takes the lock, and no other
 * thread ever gets it.
 */
final class StandstillGate extends Gate {
  private static final Duration QUIET = Duration.ofMillis(200);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  private final ReentrantLock common = new ReentrantLock();
  private final int buyers;

  // Held from here on, until the owner opens the sale.
  @SuppressWarnings("LockNotBeforeTry")
  StandstillGate(int buyers, LongSupplier nanoTime) {
    super(nanoTime);
    this.buyers = buyers;
    common.lock();
    Thread.ofVirtual().name("first-in-queue").start(this::passCommonLock);
    while (!common.hasQueuedThreads()) {
      Thread.onSpinWait();
    }
  }

  // Nothing is done under it.
  @SuppressWarnings("LockNotBeforeTry")
  private void passCommonLock() {
    common.lock();
    common.unlock();
  }

  @Override
  void pass() {}

  @Override
  void inside(Buyer buyer) {
    passCommonLock();
  }

  /**
   * Unlocks once all buyers wait for the lock, or no more of them arrive: where some are pinned,
   * the others get no carrier to arrive on.
   */
  @Override
  void open() throws InterruptedException {
    int waiting = common.getQueueLength();
    long sinceNanos = nanoTime.getAsLong();
    while (waiting <= buyers && nanoTime.getAsLong() - sinceNanos < QUIET.toNanos()) {
      Thread.sleep(LOOK_AGAIN);
      if (common.getQueueLength() != waiting) {
        waiting = common.getQueueLength();
        sinceNanos = nanoTime.getAsLong();
      }
    }
    openNow();
    common.unlock();
  }
}
