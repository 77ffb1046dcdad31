package oversell.store;

/**
 * How to reach a store. Goes to a fork over the socket that only host and fork share, and into no
 * log: its text leaves the password out.
 *
 * @param url a JDBC URL without user and password
 * @param user who connects
 * @param password of that user
 * @param schema where the tables are, or will be made; the store's other schemas are not touched
 */
public record StoreAccess(String url, String user, String password, String schema) {
  /** A store in the memory of the JVM that opens it. */
  public static StoreAccess inProcess() {
    // Buyers queue for a lock for as long as the sale takes, which is longer than H2's 2 s.
    return new StoreAccess("jdbc:h2:mem:oversell;LOCK_TIMEOUT=60000", "oversell", "", "SALE");
  }

  /** The same store, and another schema. */
  public StoreAccess in(String other) {
    return new StoreAccess(url, user, password, other);
  }

  @Override
  public String toString() {
    return "%s as %s, schema %s".formatted(url, user, schema);
  }
}
