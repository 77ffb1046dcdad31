package oversell.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What a guard does in one transaction. */
final class Transaction {
  private final Statements statements;

  Transaction(Connection connection) {
    statements = new Statements(connection);
  }

  /** Takes back all that it has done, because of what was thrown. */
  void rollBack(Throwable because) {
    statements.rollBack(because);
  }

  /**
   * The number that a query is for.
   *
   * @throws SQLException if it has no row, as it has if somebody else emptied the tables
   */
  int number(String sql, Object... parameters) throws SQLException {
    List<String> found = texts(sql, parameters);
    if (found.isEmpty()) {
      throw new SQLException("no row for: " + sql);
    }
    return Integer.parseInt(found.getFirst());
  }

  /** The text that a query is for. */
  String text(String sql) throws SQLException {
    return texts(sql).getFirst();
  }

  /** The first column of every row. */
  List<String> texts(String sql, Object... parameters) throws SQLException {
    return statements.rows(row -> row.getString(1), sql, parameters);
  }

  /** Changes rows, and returns how many. */
  int update(String sql, Object... parameters) throws SQLException {
    return statements.update(sql, parameters);
  }

  /**
   * Changes rows unless a check of the table forbids it.
   *
   * @return false if one did; then nothing that this transaction has done before is left
   */
  boolean updateIfAllowed(String sql, Object... parameters) throws SQLException {
    try {
      var unused = update(sql, parameters);
      return true;
    } catch (SQLException thrown) {
      if (SqlState.of(thrown) != SqlState.VIOLATED) {
        throw thrown;
      }
      statements.connection().rollback();
      return false;
    }
  }

  /** Writes a purchase into the ledger. */
  void record(Purchase purchase) throws SQLException {
    var unused =
        update(
            "insert into ledger (purchase, article, units) values (?, ?, ?)",
            purchase.key(),
            purchase.article(),
            purchase.units());
  }
}
