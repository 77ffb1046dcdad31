package oversell.variant;

import java.util.concurrent.atomic.AtomicInteger;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/**
 * An {@link AtomicInteger} that is decremented only if it is still what was checked. Promises that
 * nothing was sold between check and act of a buyer that is sold to, and nobody waits for anybody.
 * Costs a check and a pause once more for every race that is lost: of many buyers one gets ahead
 * and all others paused for nothing, and a slow one may never win.
 */
final class CompareAndSetInventory implements Inventory {
  private final AtomicInteger stock;

  CompareAndSetInventory(int stock) {
    this.stock = new AtomicInteger(stock);
  }

  @Override
  public Answer purchase(int units, Pause pause) throws InterruptedException {
    while (true) {
      int seen = stock.get();
      if (seen < units) {
        return Answer.refused(seen);
      }
      pause.pause();
      int left = seen - units;
      // The stock only ever falls, so if it is what it was then it has not changed in between.
      if (stock.compareAndSet(seen, left)) {
        return new Answer(units, left);
      }
    }
  }

  @Override
  public int stock() {
    return stock.get();
  }

  /** The door of this variant. */
  public static final class Provider implements InventoryProvider {
    @Override
    public String name() {
      return "compare-and-set";
    }

    @Override
    public Inventory create(int stock) {
      return new CompareAndSetInventory(stock);
    }
  }
}
