package oversell.lab.cluster;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import oversell.store.StoreAccess;
import oversell.store.StoreFailure;

/** Short transactions in the database in which JVMs meet; every value is a parameter. */
final class Sql implements Closeable {
  // Two for db-scheduler, and two for everything else.
  private static final int CONNECTIONS = 4;
  private static final long PATIENCE_MILLIS = 10_000;

  private final HikariDataSource connections;

  private Sql(HikariDataSource connections) {
    this.connections = connections;
  }

  /**
   * Connects.
   *
   * @param access names the schema; an empty one means that every name in SQL has its own
   * @throws StoreFailure if that cannot be done; the text says why
   */
  static Sql open(StoreAccess access) {
    try {
      // Once without a pool, which would not say what the server has said.
      access.connect().close();
    } catch (SQLException refused) {
      throw StoreFailure.opening(access, refused);
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(access.url());
    config.setUsername(access.user());
    config.setPassword(access.password());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(PATIENCE_MILLIS);
    if (!access.schema().isEmpty()) {
      config.addDataSourceProperty("currentSchema", access.schema());
    }
    return new Sql(new HikariDataSource(config));
  }

  DataSource connections() {
    return connections;
  }

  /**
   * Some statements that are one transaction.
   *
   * @param <T> what they come to
   */
  @FunctionalInterface
  interface Work<T> {
    /** Runs them. */
    T in(Statements statements) throws SQLException;
  }

  /**
   * A row as a value.
   *
   * @param <T> its type
   */
  @FunctionalInterface
  interface Row<T> {
    /** Reads the row that the result is at. */
    T of(ResultSet row) throws SQLException;
  }

  /** Runs a transaction. */
  <T> T run(Work<T> work) throws SQLException {
    try (Connection connection = connections.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T done = work.in(new Statements(connection));
        connection.commit();
        return done;
      } catch (SQLException | RuntimeException thrown) {
        rollBack(connection, thrown);
        throw thrown;
      }
    }
  }

  private static void rollBack(Connection connection, Throwable because) {
    try {
      connection.rollback();
    } catch (SQLException lost) {
      because.addSuppressed(lost);
    }
  }

  /** The statements of a file beside this class. */
  static List<String> script(String name) {
    try (InputStream file = Sql.class.getResourceAsStream(name)) {
      String text =
          new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
      return List.of(text.replaceAll("(?m)--.*$", "").strip().split(";\\s*"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * The statements of one transaction.
   *
   * @param connection that it runs on
   */
  record Statements(Connection connection) {
    /** Changes rows, and returns how many. */
    int update(String sql, Object... parameters) throws SQLException {
      try (PreparedStatement statement = prepare(sql, parameters)) {
        return statement.executeUpdate();
      }
    }

    /** Every row of a query. */
    <T> List<T> rows(Row<T> row, String sql, Object... parameters) throws SQLException {
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
  }

  @Override
  public void close() {
    connections.close();
  }
}
