package oversell.variant;

import java.util.concurrent.locks.StampedLock;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/**
 * The write lock of a {@link StampedLock} around check, pause and act. Promises that one buyer at a
 * time is inside. It is not reentrant: a pause that purchases from the same inventory waits for
 * itself forever. What it is made for, reads that take no lock, a purchase has no use for.
 */
final class StampedLockInventory implements Inventory {
  private final Shelf shelf;
  private final StampedLock lock = new StampedLock();

  StampedLockInventory(int stock) {
    shelf = new Shelf(stock);
  }

  @Override
  public Answer purchase(int units, Pause pause) throws InterruptedException {
    long stamp = lock.writeLock();
    try {
      return shelf.purchase(units, pause);
    } finally {
      lock.unlockWrite(stamp);
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
      return "stamped-lock";
    }

    @Override
    public Inventory create(int stock) {
      return new StampedLockInventory(stock);
    }
  }
}
