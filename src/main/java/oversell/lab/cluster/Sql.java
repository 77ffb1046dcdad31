package oversell.lab.cluster;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import oversell.store.Statements;
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

  /** Runs a transaction. */
  <T> T run(Work<T> work) throws SQLException {
    try (Connection connection = connections.getConnection()) {
      connection.setAutoCommit(false);
      Statements statements = new Statements(connection);
      try {
        T done = work.in(statements);
        connection.commit();
        return done;
      } catch (SQLException | RuntimeException thrown) {
        statements.rollBack(thrown);
        throw thrown;
      }
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

  @Override
  public void close() {
    connections.close();
  }
}
