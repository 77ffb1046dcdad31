package oversell.variant;

import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/**
 * No guard. Promises nothing and costs nothing: every buyer that checks during another's pause is
 * sold to.
 */
final class UnlockedInventory implements Inventory {
  private final Shelf shelf;

  UnlockedInventory(int stock) {
    shelf = new Shelf(stock);
  }

  @Override
  public Answer purchase(int units, Pause pause) throws InterruptedException {
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
      return "unlocked";
    }

    @Override
    public boolean safe() {
      return false;
    }

    @Override
    public Inventory create(int stock) {
      return new UnlockedInventory(stock);
    }
  }
}
