package oversell.store;

import java.util.ArrayList;
import java.util.List;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;

/**
 * A store behind a guard, which makes a new article for each sale and audits it afterwards. Used by
 * one thread, between sales.
 */
public final class GuardedStore implements InventoryProvider {
  private static final String ALONE = "0";

  private final Store store;
  private final String guard;
  private final Incident incident;
  private final List<Article> sinceAudit = new ArrayList<>();
  private long articles;

  private record Article(Guard guard, int start, StoredInventory inventory) {}

  /**
   * With a store that has tables.
   *
   * @param guard the name of one
   */
  public GuardedStore(Store store, String guard) {
    this(store, guard, Incident.none());
  }

  /**
   * With a store that has tables.
   *
   * @param guard the name of one
   * @param incident happens in the sale of each article
   */
  public GuardedStore(Store store, String guard, Incident incident) {
    this.store = store;
    this.guard = guard;
    this.incident = incident;
  }

  @Override
  public String name() {
    return guard;
  }

  @Override
  public Inventory create(int stock) {
    // One a piece: two articles never wait for one another.
    Guard own = Guards.of(guard);
    long article = ++articles;
    store.stock(own, article, stock);
    StoredInventory inventory =
        new StoredInventory(
            store, own, article, Customers.fresh(article, ALONE, key -> {}), incident);
    sinceAudit.add(new Article(own, stock, inventory));
    return inventory;
  }

  /** The numbers of the articles since the last audit, by which other JVMs find them. */
  public List<Long> articles() {
    return sinceAudit.stream().map(article -> article.inventory.article()).toList();
  }

  /** The books of all articles since the last audit, from which this JVM alone has sold. */
  public Audit audit() {
    return audit(List.of());
  }

  /**
   * The books of all articles since the last audit.
   *
   * @param others what the buyers of each other JVM know of each of these articles
   */
  public Audit audit(List<List<ClientBooks>> others) {
    Audit all = Audit.none();
    for (int i = 0; i < sinceAudit.size(); i++) {
      Article article = sinceAudit.get(i);
      StoredInventory inventory = article.inventory;
      ClientBooks books = inventory.books();
      for (List<ClientBooks> other : others) {
        books = books.plus(other.get(i));
      }
      all = all.plus(store.audit(article.guard, inventory.article(), article.start, books));
    }
    sinceAudit.clear();
    return all;
  }
}
