package oversell.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * How to reach a store. Goes to a fork over the socket that only host and fork share, and into no
 * log: its text leaves the password out.
 *
 * @param url a JDBC URL without user and password
 * @param user who connects
 * @param password of that user
 * @param schema where the tables are, or will be made; the store's other schemas are not touched
 * @param endsIdleTransactions whether the store ends a transaction whose client is silent
 * @param locks where guards lock that lock beside it
 */
public record StoreAccess(
    String url,
    String user,
    String password,
    String schema,
    boolean endsIdleTransactions,
    LockServers locks) {
  /** To a store that waits for silent clients, as stores do. */
  public StoreAccess(String url, String user, String password, String schema) {
    this(url, user, password, schema, false, LockServers.none());
  }

  /** A store in the memory of the JVM that opens it. */
  public static StoreAccess inProcess() {
    // Buyers queue for a lock for as long as the sale takes, which is longer than H2's 2 s.
    return new StoreAccess("jdbc:h2:mem:oversell;LOCK_TIMEOUT=60000", "oversell", "", "SALE");
  }

  /** The same store, and another schema. */
  public StoreAccess in(String other) {
    return new StoreAccess(url, user, password, other, endsIdleTransactions, locks);
  }

  /** The same store, which ends a transaction whose client is silent. */
  public StoreAccess endingIdleTransactions() {
    return new StoreAccess(url, user, password, schema, true, locks);
  }

  /** The same store beside services that grant locks. */
  public StoreAccess beside(LockServers servers) {
    return new StoreAccess(url, user, password, schema, endsIdleTransactions, servers);
  }

  /** A connection of its own. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  @Override
  public String toString() {
    return "%s as %s, schema %s".formatted(url, user, schema);
  }
}
