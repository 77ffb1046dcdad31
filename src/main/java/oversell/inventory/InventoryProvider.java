package oversell.inventory;

import java.util.ServiceLoader;

/**
 * A variant that experiments can name, found by {@link ServiceLoader}: list the class in {@code
 * META-INF/services/oversell.inventory.InventoryProvider} and it can be sold from like the built-in
 * ones.
 */
public interface InventoryProvider {
  /** Its name in experiment files and tables: small letters, digits and hyphens. */
  String name();

  /**
   * Whether it claims never to oversell nor to lose an update. What claims to be safe is expected
   * to be.
   */
  default boolean safe() {
    return true;
  }

  /**
   * Whether the pauses of the buyers that are served follow one another, so that the least time of
   * a sale is purchases × hold; otherwise it is one hold, as a lower bound. Pauses of buyers that
   * are not served may overlap in any case.
   */
  default boolean exclusive() {
    return safe();
  }

  /**
   * A fresh inventory of one article.
   *
   * @param stock the units on its shelf, 0 or more
   */
  Inventory create(int stock);
}
