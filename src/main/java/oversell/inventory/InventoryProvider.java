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
   * Whether at most one buyer at a time is between check and act, so that pauses follow one
   * another: the least time of a sale is then purchases × hold, and one hold otherwise.
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
