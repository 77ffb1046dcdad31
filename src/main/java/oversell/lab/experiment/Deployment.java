package oversell.lab.experiment;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import oversell.store.Guard;
import oversell.store.Isolation;
import oversell.store.Pool;
import oversell.store.Product;

/**
 * Where the stock is kept, and by how many JVMs it is bought from.
 *
 * @param store {@link #MEMORY}, the name of a product, or a JDBC URL
 * @param processes how many JVMs the buyers are spread over; 1 or more
 * @param isolation the level of every transaction; empty leaves it to the guard
 * @param connections how many the buyers of a JVM share; empty means {@value #CONNECTIONS}, or one
 *     a buyer if that is less
 * @param patience how long a buyer waits for a connection
 * @param precautions what is done so that a crash does no harm
 * @param redis the URL of the Redis that guards lock in; empty means one that the lab starts
 */
public record Deployment(
    String store,
    int processes,
    Optional<Isolation> isolation,
    OptionalInt connections,
    Duration patience,
    Precautions precautions,
    Optional<String> redis) {
  /** The store of a stock that is an object of the JVM that sells it. */
  public static final String MEMORY = "memory";

  private static final int CONNECTIONS = 10;

  /**
   * What is done so that a crash loses nothing and sells nothing twice.
   *
   * @param durable whether the store waits for its disk before it acknowledges; what holds for a
   *     store that the lab has not started is its own affair
   * @param idempotencyKey whether a buyer that got no answer says, when it tries again, which
   *     purchase that is
   */
  public record Precautions(boolean durable, boolean idempotencyKey) {
    /** Both. */
    public static Precautions all() {
      return new Precautions(true, true);
    }
  }

  /** Rejects a number of processes that there cannot be. */
  public Deployment {
    if (processes < 1) {
      throw new IllegalArgumentException("processes must be 1 or more: " + processes);
    }
  }

  /** An object of one JVM. */
  public static Deployment inMemory() {
    return of(MEMORY);
  }

  /** A store that the buyers of one JVM use as its guards ask for. */
  static Deployment of(String store) {
    return new Deployment(
        store,
        1,
        Optional.empty(),
        OptionalInt.empty(),
        Pool.PATIENCE,
        Precautions.all(),
        Optional.empty());
  }

  /** Whether a text is the URL of a database in which JVMs of several machines can meet. */
  public static boolean canBeJoined(String url) {
    return Deployments.isUrl(url) && Product.ofUrl(url) == Product.POSTGRESQL;
  }

  /** Whether no database is needed. */
  public boolean isInMemory() {
    return store.equals(MEMORY);
  }

  /** Whether it is a PostgreSQL that the lab starts, and may kill. */
  public boolean isStartedByTheLab() {
    return store.equals(Product.POSTGRESQL.toString());
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

  /**
   * How the buyers of one JVM reach the store.
   *
   * @param buyers how many there are
   */
  Pool pool(int buyers) {
    return new Pool(connections.orElse(Math.min(CONNECTIONS, buyers)), patience, isolation);
  }

  /**
   * Whether a guard claims here to be safe, and to serve every buyer.
   *
   * @param buyers of one JVM
   */
  public boolean isSafe(Guard guard, int buyers) {
    if (guard.canStarve(pool(buyers).connections(), buyers)) {
      return false;
    }
    return isolation
        .map(level -> guard.isSafeAt(level, product(), processes))
        .orElseGet(() -> guard.isSafe(product(), processes));
  }

  /** The store in a table: its product, wherever that runs. */
  public String shown() {
    return isInMemory() ? MEMORY : product().toString();
  }
}
