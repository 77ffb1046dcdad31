package oversell.variant;

import java.util.concurrent.locks.ReentrantLock;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/**
 * Two {@link ReentrantLock}s, of which each buyer takes one, around one shelf. The mistake of two
 * methods that guard the same field each in its own way: every access holds a lock, and it protects
 * from half of the others only. Promises no more than that at most two buyers are inside; costs
 * what a lock costs.
 */
final class TwoLocksInventory implements Inventory {
  private final Shelf shelf;
  private final ReentrantLock lockOfEven = new ReentrantLock();
  private final ReentrantLock lockOfOdd = new ReentrantLock();

  TwoLocksInventory(int stock) {
    shelf = new Shelf(stock);
  }

  @Override
  public Answer purchase(int units, Pause pause) throws InterruptedException {
    // Identifiers are given out one after the other, so that neighbours take different locks.
    ReentrantLock lock = Thread.currentThread().threadId() % 2 == 0 ? lockOfEven : lockOfOdd;
    lock.lock();
    try {
      return shelf.purchase(units, pause);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int stock() {
    return shelf.stock();
  }

  /** The door of this variant. */
  public static final class Provider implements InventoryProvider {
    @Override
    public String name() {
      return "two-locks";
    }

    @Override
    public boolean safe() {
      return false;
    }

    @Override
    public Inventory create(int stock) {
      return new TwoLocksInventory(stock);
    }
  }
}
