package oversell.variant;

import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/**
 * A monitor around check, pause and act. Promises that one buyer at a time is inside; on JDK 21 to
 * 23 each virtual thread that waits for it or sleeps in it also keeps its carrier, which <a
 * href="https://openjdk.org/jeps/491">JEP 491: Synchronize Virtual Threads without Pinning</a>
 * ended.
 */
final class SynchronizedInventory implements Inventory {
  private final Shelf shelf;

  SynchronizedInventory(int stock) {
    shelf = new Shelf(stock);
  }

  @Override
  public synchronized Answer purchase(int units, Pause pause) throws InterruptedException {
    return shelf.purchase(units, pause);
  }

  @Override
  public int stock() {
    return shelf.stock();
  }

  /** The door of this variant. */
  public static final class Provider implements InventoryProvider {
    @Override
    public String name() {
      return "synchronized";
    }

    @Override
    public Inventory create(int stock) {
      return new SynchronizedInventory(stock);
    }
  }
}
