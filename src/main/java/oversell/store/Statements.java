package oversell.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements of one transaction; every value is a parameter, never text of the SQL.
 *
 * @param connection that it runs on
 */
public record Statements(Connection connection) {
  /**
   * A row as a value.
   *
   * @param <T> its type
   */
  @FunctionalInterface
  public interface Row<T> {
    /** Reads the row that the result is at. */
    T of(ResultSet row) throws SQLException;
  }

  /** Changes rows, and returns how many. */
  public int update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  /** Every row of a query. */
  public <T> List<T> rows(Row<T> row, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet found = statement.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(row.of(found));
      }
      return rows;
    }
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

  /**
   * Takes back all that they have done, because of what was thrown, which is told if that fails.
   */
  public void rollBack(Throwable because) {
    try {
      connection.rollback();
    } catch (SQLException lost) {
      because.addSuppressed(lost);
    }
  }
}
