package oversell.variant;

import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/**
 * A volatile field and no guard. Promises that each buyer sees the newest stock when it looks, and
 * nothing about what it is by the time it acts: visibility is not atomicity. Even the act alone is
 * a read and a write, between which another's act is lost.
 */
final class VolatileInventory implements Inventory {
  private volatile int stock;

  VolatileInventory(int stock) {
    this.stock = stock;
  }

  @Override
  // The mistake that it warns of is what this variant is here to show.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  public Answer purchase(int units, Pause pause) throws InterruptedException {
    int seen = stock;
    if (seen < units) {
      return Answer.refused(seen);
    }
    pause.pause();
    int left = stock -= units;
    return new Answer(units, left);
  }

  @Override
  public int stock() {
    return stock;
  }

  /** The door of this variant. */
  public static final class Provider implements InventoryProvider {
    @Override
    public String name() {
      return "volatile";
    }

    @Override
    public boolean safe() {
      return false;
    }

    @Override
    public Inventory create(int stock) {
      return new VolatileInventory(stock);
    }
  }
}
