package oversell.variant;

import java.util.concurrent.Semaphore;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/**
 * A {@link Semaphore} of one permit around check, pause and act. Promises that one buyer at a time
 * is inside, and one that is interrupted while it waits goes away. The permit belongs to no thread:
 * nothing but this class keeps anybody from releasing it twice and letting two in.
 */
final class SemaphoreInventory implements Inventory {
  private final Shelf shelf;
  private final Semaphore permit = new Semaphore(1);

  SemaphoreInventory(int stock) {
    shelf = new Shelf(stock);
  }

  @Override
  public Answer purchase(int units, Pause pause) throws InterruptedException {
    permit.acquire();
    try {
      return shelf.purchase(units, pause);
    } finally {
      permit.release();
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
      return "semaphore";
    }

    @Override
    public Inventory create(int stock) {
      return new SemaphoreInventory(stock);
    }
  }
}
