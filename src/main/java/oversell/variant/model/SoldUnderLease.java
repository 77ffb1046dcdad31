package oversell.variant.model;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/**
 * A stock in a store, guarded by a lock with a lease that the store knows nothing of. What a buyer
 * sends to the store may arrive later than its lease ends: the buyer was stopped, or the network
 * was slow. Promises that one buyer at a time is inside only if none is ever late; what makes up
 * for the late ones is the {@link Fence}.
 *
 * <p>Left out: what {@link Lease} leaves out, buyers that die, and a store that forgets tokens.
 */
final class SoldUnderLease implements Inventory {
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final Duration LATE = Duration.ofSeconds(3);

  private final Lease lease;
  private final Fence fence;
  private int stock;
  private long newestToken;

  private SoldUnderLease(Fence fence, int stock, LongSupplier nanoTime) {
    lease = new Lease(LEASE.toNanos(), nanoTime);
    this.fence = fence;
    this.stock = stock;
  }

  /** What keeps out those whose lease has ended. */
  enum Fence {
    /** Nothing. */
    NAIVE,
    /** They ask the lock once more before they act. */
    ASKED,
    /** The store refuses an act whose grant is older than that of an act before. */
    FENCED_BY_LOCK,
    /** The store refuses an act whose token is not the last that it has given out itself. */
    FENCED_BY_STORE
  }

  @Override
  public Answer purchase(int units, Pause pause) throws InterruptedException {
    long grant = take();
    try {
      long token = fence == Fence.FENCED_BY_STORE ? nextToken() : grant;
      int seen = stock();
      if (seen < units) {
        return Answer.refused(seen);
      }
      pause.pause();
      if (fence == Fence.ASKED && !lease.isHeld(grant)) {
        return Answer.refused(seen);
      }
      Thread.sleep(LATE);
      return act(units, token) ? new Answer(units, seen - units) : Answer.refused(seen);
    } finally {
      lease.giveBack(grant);
    }
  }

  private long take() throws InterruptedException {
    while (true) {
      long grant = lease.tryTake();
      if (grant > 0) {
        return grant;
      }
      Thread.sleep(LEASE);
    }
  }

  // The store: each of its methods is one statement.

  @Override
  public synchronized int stock() {
    return stock;
  }

  private synchronized long nextToken() {
    return ++newestToken;
  }

  private synchronized boolean act(int units, long token) {
    boolean isFenced = fence == Fence.FENCED_BY_LOCK || fence == Fence.FENCED_BY_STORE;
    if (isFenced && token < newestToken) {
      return false;
    }
    newestToken = token;
    stock -= units;
    return true;
  }

  /** Makes one. */
  abstract static class Provider implements InventoryProvider {
    private final Fence fence;

    Provider(Fence fence) {
      this.fence = fence;
    }

    @Override
    public String name() {
      return ("lease-" + fence).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public boolean safe() {
      return fence == Fence.FENCED_BY_STORE;
    }

    @Override
    public boolean exclusive() {
      return false;
    }

    @Override
    public Inventory create(int stock) {
      return new SoldUnderLease(fence, stock, System::nanoTime);
    }
  }

  /** With nothing but the lease. */
  public static final class Naive extends Provider {
    /** For the service loader. */
    public Naive() {
      super(Fence.NAIVE);
    }
  }

  /** With a question before the act. */
  public static final class Asked extends Provider {
    /** For the service loader. */
    public Asked() {
      super(Fence.ASKED);
    }
  }

  /** With the number of the grant as a token. */
  public static final class FencedByLock extends Provider {
    /** For the service loader. */
    public FencedByLock() {
      super(Fence.FENCED_BY_LOCK);
    }
  }

  /** With a token that the store gives to whoever has the lock. */
  public static final class FencedByStore extends Provider {
    /** For the service loader. */
    public FencedByStore() {
      super(Fence.FENCED_BY_STORE);
    }
  }
}
