package oversell.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** What an SQLException means to a buyer. Products differ in what they call the same thing. */
enum SqlState {
  /**
   * The transaction was rolled back for the sake of another one: the whole of it can be retried.
   */
  AGAIN,
  /** A check of a table forbids the change. */
  VIOLATED,
  /** A row with the same primary key is there. */
  REPEATED,
  /** The connection, or the whole server, is gone. */
  LOST,
  /** The pool had no connection to give within the buyer's patience. */
  NO_CONNECTION,
  /** Anything else: retrying does not help. */
  BROKEN;

  private static final Set<String> TO_RETRY =
      Set.of(
          "40001", // Serialization failure; H2's and MariaDB's deadlock as well.
          "40P01", // PostgreSQL's deadlock.
          "55P03", // PostgreSQL's lock timeout.
          "25P03", // PostgreSQL's end of a transaction whose client was silent.
          "90131", // H2's concurrent update of a row.
          "HYT00"); // H2's lock timeout.
  private static final Set<String> OF_CHECKS = Set.of("23514", "23513"); // PostgreSQL's and H2's.
  private static final String OF_KEYS = "23505";
  private static final Set<String> OF_THE_END =
      Set.of("57P01", "57P02", "57P03", "90098", "90121"); // PostgreSQL shuts down; H2 is closed.
  private static final int MARIADB_CHECK = 4025;
  private static final int MARIADB_KEY = 1062;
  private static final Set<Integer> OF_MARIADB_TO_RETRY =
      Set.of(
          1020, // A row that has changed since it was read, with innodb_snapshot_isolation.
          1205); // A lock timeout.

  static SqlState of(SQLException thrown) {
    // MariaDB has one SQLSTATE for all constraints, and none of its own for what can be retried.
    int code = thrown.getErrorCode();
    String state = String.valueOf(thrown.getSQLState());
    if (TO_RETRY.contains(state) || OF_MARIADB_TO_RETRY.contains(code)) {
      return AGAIN;
    }
    if (OF_CHECKS.contains(state) || code == MARIADB_CHECK) {
      return VIOLATED;
    }
    if (state.equals(OF_KEYS) || code == MARIADB_KEY) {
      return REPEATED;
    }
    if (thrown instanceof SQLTransientConnectionException && thrown.getSQLState() == null) {
      return NO_CONNECTION;
    }
    return state.startsWith("08") || OF_THE_END.contains(state) ? LOST : BROKEN;
  }
}
