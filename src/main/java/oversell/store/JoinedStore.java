package oversell.store;

import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;

/**
 * A store behind a guard as a JVM sees it that sells from articles which another one has made. Used
 * by one thread, between sales.
 */
public final class JoinedStore implements InventoryProvider {
  private final Store store;
  private final String guard;
  private final String process;
  private StoredInventory inventory;

  /**
   * With a store that another JVM has made the tables of.
   *
   * @param guard the name of one
   * @param process tells this JVM from the others; 1 or more
   */
  public JoinedStore(Store store, String guard, int process) {
    this.store = store;
    this.guard = guard;
    this.process = Integer.toString(process);
    inventory = new StoredInventory(store, Guards.of(guard), 0, this.process);
  }

  @Override
  public String name() {
    return guard;
  }

  /** Takes the next article, with a guard of this JVM's own. */
  public void next(long article) {
    inventory = new StoredInventory(store, Guards.of(guard), article, process);
  }

  @Override
  public Inventory create(int stock) {
    return inventory;
  }

  /** What the buyers of this JVM know of the article. */
  public ClientBooks books() {
    return inventory.books();
  }
}
