package oversell.store;

import java.util.List;
import java.util.function.Consumer;
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
  private final Consumer<String> told;
  private StoredInventory inventory;

  /**
   * With a store that another JVM has made the tables of.
   *
   * @param guard the name of one
   * @param process tells this JVM from the others; 1 or more
   * @param told is given the key of each purchase when its buyer is told that it was made
   */
  public JoinedStore(Store store, String guard, int process, Consumer<String> told) {
    this.store = store;
    this.guard = guard;
    this.process = Integer.toString(process);
    this.told = told;
    inventory = inventory(0, Customers.fresh(0, this.process, told), Incident.none());
  }

  private StoredInventory inventory(long article, Customers customers, Incident incident) {
    return new StoredInventory(store, Guards.of(guard), article, customers, incident);
  }

  @Override
  public String name() {
    return guard;
  }

  /**
   * Takes the next article, with a guard of this JVM's own.
   *
   * @param incident happens in its sale
   */
  public void next(long article, Incident incident) {
    inventory = inventory(article, Customers.fresh(article, process, told), incident);
  }

  /**
   * Takes the next article, for those who got no answer from another JVM.
   *
   * @param keys of their purchases
   * @param unanswered what they do
   */
  public void next(long article, List<String> keys, Incident.Unanswered unanswered) {
    inventory = inventory(article, Customers.unanswered(keys, told), Incident.over(unanswered));
  }

  /**
   * The keys of all who come to a JVM.
   *
   * @param process its number
   */
  public static List<String> keys(long article, int process, int customers) {
    return Customers.keys(article, Integer.toString(process), customers);
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
