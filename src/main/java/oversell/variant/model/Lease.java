package oversell.variant.model;

import java.util.function.LongSupplier;

/**
 * A model of a lock with a lease, as ZooKeeper, etcd and Redis give one: whoever takes it has it
 * until it is given back or its time is over, whichever is first, and need not notice. Each grant
 * has a number, greater than all before.
 *
 * <p>Left out: that the lock's servers may be lost or disagree, and clocks that run differently.
 */
final class Lease {
  private final long nanos;
  private final LongSupplier nanoTime;
  private long granted;
  private boolean givenBack = true;
  private long untilNanos;

  Lease(long nanos, LongSupplier nanoTime) {
    this.nanos = nanos;
    this.nanoTime = nanoTime;
  }

  /** Takes it, and returns the number of the grant; 0 if another has it. */
  synchronized long tryTake() {
    if (isHeld(granted)) {
      return 0;
    }
    givenBack = false;
    untilNanos = nanoTime.getAsLong() + nanos;
    return ++granted;
  }

  /** Whether a grant is the last and still holds. */
  synchronized boolean isHeld(long grant) {
    return grant == granted && !givenBack && nanoTime.getAsLong() < untilNanos;
  }

  synchronized void giveBack(long grant) {
    givenBack |= grant == granted;
  }
}
