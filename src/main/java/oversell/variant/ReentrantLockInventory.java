package oversell.variant;

import java.util.concurrent.locks.ReentrantLock;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/**
 * A {@link ReentrantLock} around check, pause and act. Promises that one buyer at a time is inside,
 * and lets waiting virtual threads leave their carriers on every JDK. An unfair one lets a new
 * arrival overtake those who wait; a fair one serves them in the order in which they came, at the
 * cost of a thread switch for every purchase.
 */
final class ReentrantLockInventory implements Inventory {
  private final Shelf shelf;
  private final ReentrantLock lock;

  ReentrantLockInventory(int stock, boolean fair) {
    shelf = new Shelf(stock);
    lock = new ReentrantLock(fair);
  }

  @Override
  public Answer purchase(int units, Pause pause) throws InterruptedException {
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

  /** The door of the variant in which arrivals may overtake. */
  public static final class Provider implements InventoryProvider {
    @Override
    public String name() {
      return "reentrant-lock";
    }

    @Override
    public Inventory create(int stock) {
      return new ReentrantLockInventory(stock, false);
    }
  }

  /** The door of the variant that serves in order of arrival. */
  public static final class FairProvider implements InventoryProvider {
    @Override
    public String name() {
      return "fair-reentrant-lock";
    }

    @Override
    public Inventory create(int stock) {
      return new ReentrantLockInventory(stock, true);
    }
  }
}
