package oversell.variant;

import java.util.concurrent.locks.ReentrantLock;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/**
 * A {@link ReentrantLock} around check, pause and act. Promises that one buyer at a time is inside,
 * and lets waiting virtual threads leave their carriers on every JDK; a new arrival may overtake
 * those who wait.
 */
final class ReentrantLockInventory implements Inventory {
  private final Shelf shelf;
  private final ReentrantLock lock = new ReentrantLock();

  ReentrantLockInventory(int stock) {
    shelf = new Shelf(stock);
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

  /** The door of this variant. */
  public static final class Provider implements InventoryProvider {
    @Override
    public String name() {
      return "reentrant-lock";
    }

    @Override
    public Inventory create(int stock) {
      return new ReentrantLockInventory(stock);
    }
  }
}
