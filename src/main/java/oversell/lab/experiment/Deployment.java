package oversell.lab.experiment;

import oversell.store.Product;

/**
 * Where the stock is kept, and by how many JVMs it is bought from.
 *
 * @param store {@link #MEMORY}, the name of a product, or a JDBC URL
 * @param processes how many JVMs the buyers are spread over; 1 or more
 */
public record Deployment(String store, int processes) {
  /** The store of a stock that is an object of the JVM that sells it. */
  public static final String MEMORY = "memory";

  /** Rejects a number of processes that there cannot be. */
  public Deployment {
    if (processes < 1) {
      throw new IllegalArgumentException("processes must be 1 or more: " + processes);
    }
  }

  /** An object of one JVM. */
  public static Deployment inMemory() {
    return new Deployment(MEMORY, 1);
  }

  /** Whether no database is needed. */
  public boolean isInMemory() {
    return store.equals(MEMORY);
  }

  /** Whether the store is somebody's, reached by its URL. */
  public boolean isByUrl() {
    return store.startsWith("jdbc:");
  }

  /**
   * The product that the stock is kept in.
   *
   * @throws IllegalStateException if it is in memory
   */
  public Product product() {
    if (isInMemory()) {
      throw new IllegalStateException("a stock in memory is in no product");
    }
    return Product.ofUrl(isByUrl() ? store : "jdbc:" + store + ":");
  }

  /** The store in a table: its product, wherever that runs. */
  public String shown() {
    return isInMemory() ? MEMORY : product().toString();
  }
}
