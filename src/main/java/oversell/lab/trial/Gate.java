package oversell.lab.trial;

import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;

/** Where buyers wait for one another before a sale opens, and when it did. */
abstract sealed class Gate permits Gate.Shut, Gate.None, OneByOne, Till {
  final LongSupplier nanoTime;
  private long openedNanos;

  Gate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    openedNanos = nanoTime.getAsLong();
  }

  /**
   * A gate that is shut until every buyer has come.
   *
   * @param buyers how many will come
   */
  static Gate shut(int buyers, LongSupplier nanoTime) {
    return new Shut(buyers, nanoTime);
  }

  /** No gate, open from now on: the early buyers may be done before the late ones exist. */
  static Gate none(LongSupplier nanoTime) {
    return new None(nanoTime);
  }

  /** Called by the owner before it forks a buyer. */
  void beforeFork(Buyer buyer) throws InterruptedException {}

  /** Called by a buyer, or by who acts for it, each time it is between check and act. */
  void inside(Buyer buyer) throws InterruptedException {}

  /** Called by each buyer before its first purchase. */
  abstract void pass() throws InterruptedException;

  /** Called by the owner once all buyers are forked. */
  abstract void open() throws InterruptedException;

  final void openNow() {
    openedNanos = nanoTime.getAsLong();
  }

  /** When it opened, on the trial's clock. To be asked after the buyers have ended. */
  long openedNanos() {
    return openedNanos;
  }

  /**
   * Since when a buyer wanted to be served: behind a gate from its opening on, without one from its
   * own arrival, which is when it was forked. Never from when it asked: a buyer that gets no
   * carrier thread because others keep theirs cannot even ask, and to begin its wait only then
   * would hide just what pinning costs.
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
