package oversell.lab.trial;

import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;

/** Where buyers wait for one another before a sale opens, and when it did. */
abstract sealed class Gate permits Gate.Shut, Gate.None, OneByOne, StandstillGate {
  final LongSupplier nanoTime;
  private long openedNanos;

  Gate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    openedNanos = nanoTime.getAsLong();
  }

  /**
   * A gate that is shut until every buyer has arrived.
   *
   * @param buyers how many will arrive
   */
  static Gate shut(int buyers, LongSupplier nanoTime) {
    return new Shut(buyers, nanoTime);
  }

  /**
   * No gate: the sale is open from now on, and early buyers may have ended before late ones exist.
   */
  static Gate none(LongSupplier nanoTime) {
    return new None(nanoTime);
  }

  /** Called by the owner before it forks a buyer. */
  void beforeFork(Buyer buyer) throws InterruptedException {}

  /** Called each time a buyer is between check and act, by the thread that makes its purchase. */
  void inside(Buyer buyer) throws InterruptedException {}

  /** Called by each buyer before its first purchase. */
  abstract void pass() throws InterruptedException;

  /** Called by the owner once all buyers are forked. */
  abstract void open() throws InterruptedException;

  final void openNow() {
    openedNanos = nanoTime.getAsLong();
  }

  /** When it opened, on the trial's clock. To be read after the buyers have ended. */
  long openedNanos() {
    return openedNanos;
  }

  /**
   * Since when a buyer wanted to be served: behind a gate from its opening on, without one from its
   * own arrival, which is when it was forked. Never from when it called the inventory: a buyer that
   * gets no carrier, because others are pinned to theirs, cannot even call, and a wait that began
   * there would hide just what pinning costs.
   */
  long wantedSinceNanos(long arrivedNanos) {
    return openedNanos;
  }

  static final class Shut extends Gate {
    private final CountDownLatch arrivals;
    private final CountDownLatch opening = new CountDownLatch(1);

    Shut(int buyers, LongSupplier nanoTime) {
      super(nanoTime);
      arrivals = new CountDownLatch(buyers);
    }

    // Every buyer parks here first: without the gate the early ones are done before the late ones
    // exist, and the guard is never contended.
    @Override
    void pass() throws InterruptedException {
      arrivals.countDown();
      opening.await();
    }

    @Override
    void open() throws InterruptedException {
      arrivals.await();
      openNow();
      opening.countDown();
    }
  }

  static final class None extends Gate {
    None(LongSupplier nanoTime) {
      super(nanoTime);
    }

    @Override
    void pass() {}

    @Override
    void open() {}

    @Override
    long wantedSinceNanos(long arrivedNanos) {
      return arrivedNanos;
    }
  }
}
