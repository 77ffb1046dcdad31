package oversell.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The statements of one transaction; every value is a parameter, never text of the SQL. */
final class Transaction {
  private final Connection connection;

  Transaction(Connection connection) {
    this.connection = connection;
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
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  /** Changes rows, and returns how many. */
  int update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeUpdate();
    }
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
      connection.rollback();
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

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement;
    } catch (SQLException thrown) {
      statement.close();
      throw thrown;
    }
  }
}
