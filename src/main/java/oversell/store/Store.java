package oversell.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import oversell.inventory.Answer;

/** A database with the tables of a sale, as one JVM reaches it: through a pool of connections. */
public final class Store implements AutoCloseable {
  // At the longest back-off half a minute. A thousand buyers of one row need about fifty each.
  private static final int MOST_ATTEMPTS = 500;
  private static final String TABLES = "schema.sql";
  private static final int TO_ANSWER_SECONDS = 10;

  private final StoreAccess access;
  private final Product product;
  private final Connection own;
  private final HikariDataSource pool;
  private final boolean madeTables;

  /**
   * Takes what is open.
   *
   * @param own a connection that no buyer uses; as long as it is open, H2 keeps its database
   */
  private Store(StoreAccess access, Connection own, HikariDataSource pool, boolean madeTables) {
    this.access = access;
    this.product = Product.ofUrl(access.url());
    this.own = own;
    this.pool = pool;
    this.madeTables = madeTables;
  }

  /**
   * Opens a store and makes its tables in a schema that must not exist yet and that closing drops.
   *
   * @param guard says at which level transactions run, unless the pool says so
   * @throws StoreFailure if that cannot be done; the text says why
   */
  public static Store create(StoreAccess access, Guard guard, Pool pool) {
    return open(access, guard, pool, true);
  }

  /** Opens a store whose tables another JVM has made; otherwise as {@link #create}. */
  public static Store join(StoreAccess access, Guard guard, Pool pool) {
    return open(access, guard, pool, false);
  }

  private static Store open(StoreAccess access, Guard guard, Pool settings, boolean makeTables) {
    try {
      Connection own = access.connect();
      try {
        if (makeTables) {
          makeTables(own, access);
        }
        HikariDataSource pool = new HikariDataSource(config(access, guard, settings));
        fill(pool, settings.connections());
        return new Store(access, own, pool, makeTables);
      } catch (SQLException | RuntimeException thrown) {
        own.close();
        throw thrown;
      }
    } catch (SQLException thrown) {
      throw StoreFailure.opening(access, thrown);
    }
  }

  private static HikariConfig config(StoreAccess access, Guard guard, Pool pool) {
    Isolation level = pool.isolation().orElse(guard.isolation());
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(access.url());
    config.setUsername(access.user());
    config.setPassword(access.password());
    config.setAutoCommit(false);
    config.setMaximumPoolSize(pool.connections());
    config.setMinimumIdle(pool.connections());
    config.setTransactionIsolation(Integer.toString(level.ofJdbc()));
    config.setConnectionTimeout(pool.patience().toMillis());
    switch (Product.ofUrl(access.url())) {
      // Set by the pool, it would be a part of the first transaction and rolled back with it.
      case POSTGRESQL -> {
        config.addDataSourceProperty("currentSchema", access.schema());
        if (access.endsIdleTransactions()) {
          config.addDataSourceProperty(
              "options", "-c idle_in_transaction_session_timeout=" + Lease.MILLIS);
        }
      }
      case H2 -> config.setSchema(access.schema());
      case MARIADB -> config.setCatalog(access.schema());
    }
    return config;
  }

  /** Opens every connection: a pool that grows during a sale lets its buyers in one by one. */
  private static void fill(HikariDataSource pool, int connections) throws SQLException {
    List<Connection> all = new ArrayList<>();
    try {
      for (int i = 0; i < connections; i++) {
        all.add(pool.getConnection());
      }
    } catch (SQLException thrown) {
      pool.close();
      throw thrown;
    } finally {
      for (Connection connection : all) {
        connection.close();
      }
    }
  }

  private static void makeTables(Connection own, StoreAccess access) throws SQLException {
    try (Statement statement = own.createStatement()) {
      // The only SQL with a name in it: a name cannot be a parameter, and this one is ours.
      statement.execute("create schema " + requireName(access.schema()));
      switch (Product.ofUrl(access.url())) {
        case POSTGRESQL, H2 -> own.setSchema(access.schema());
        case MARIADB -> own.setCatalog(access.schema());
      }
      for (String table : tables()) {
        statement.execute(table);
      }
    }
  }

  private static String requireName(String schema) {
    if (!schema.matches("[A-Za-z][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException("no name of a schema: " + schema);
    }
    return schema;
  }

  private static List<String> tables() {
    try (InputStream file = Store.class.getResourceAsStream(TABLES)) {
      String text =
          new String(Objects.requireNonNull(file, TABLES).readAllBytes(), StandardCharsets.UTF_8);
      return List.of(text.replaceAll("(?m)--.*$", "").strip().split(";\\s*"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Drops what forks that were killed have left in somebody's database.
   *
   * @param which says of a name whether it is that of a schema to drop
   * @throws StoreFailure if that cannot be done
   */
  public static void dropSchemas(StoreAccess access, Predicate<String> which) {
    try (Connection connection = access.connect()) {
      Product product = Product.ofUrl(access.url());
      for (String schema :
          new Transaction(connection)
              .texts("select schema_name from information_schema.schemata")) {
        if (which.test(schema)) {
          dropTables(connection, product, schema);
        }
      }
    } catch (SQLException thrown) {
      throw StoreFailure.of(thrown);
    }
  }

  /** What it is. */
  public StoreFacts facts() {
    try {
      return product.facts(own);
    } catch (SQLException thrown) {
      throw StoreFailure.of(thrown);
    }
  }

  Transactions transactions() {
    return transactions(MOST_ATTEMPTS);
  }

  /**
   * Transactions through this pool.
   *
   * @param mostAttempts after which a buyer gives up
   */
  Transactions transactions(int mostAttempts) {
    return new Transactions(access, pool, mostAttempts);
  }

  /** Makes the rows of an article, which a store that forgets sales still has to know. */
  void stock(Guard guard, long article, int units) {
    ask(
        sql -> {
          if (product == Product.POSTGRESQL) {
            var unused = sql.update("set local synchronous_commit to on");
          }
          guard.stock(sql, article, units);
          return Optional.of(true);
        });
  }

  /** What a purchase was answered, or would have been, if the ledger has it. */
  Optional<Answer> sold(Guard guard, Purchase purchase) throws InterruptedException {
    try {
      return transactions()
          .run(
              "",
              sql -> {
                boolean isThere =
                    !sql.texts("select units from ledger where purchase = ?", purchase.key())
                        .isEmpty();
                return Optional.of(
                    isThere
                        ? Optional.of(
                            new Answer(purchase.units(), guard.left(sql, purchase.article())))
                        : Optional.<Answer>empty());
              });
    } catch (StoreFailure.InDoubt nothingWritten) {
      throw nothingWritten.asGone();
    }
  }

  /** The folder of the server that this store is in, if a JVM of ours has started it. */
  private ServerFolder folder() {
    String data = ask(sql -> Optional.of(sql.text("show data_directory")));
    return ServerFolder.ofData(Path.of(data));
  }

  /**
   * What kills every process of the server that this store is in and starts it again.
   *
   * @throws IllegalArgumentException if no JVM of ours has started that server
   */
  public Incident.Strike killingTheServer() {
    ServerFolder folder = folder();
    return () -> {
      try {
        folder.killServer();
        folder.startAgain();
      } catch (IOException refused) {
        throw new UncheckedIOException(refused);
      }
    };
  }

  /**
   * What kills every process of the server that this store is in when a buyer's commit is on its
   * disk and not answered yet, and starts it again.
   *
   * @throws IllegalArgumentException if no JVM of ours has started that server
   */
  public Incident.Strike losingAnAnswer() {
    return new LostAnswer(access, folder());
  }

  /** The units left of an article. */
  int left(Guard guard, long article) {
    return ask(sql -> Optional.of(guard.left(sql, article)));
  }

  /** Holds the books of an article against what buyers know. */
  Audit audit(Guard guard, long article, int start, ClientBooks books) {
    return ask(
        sql -> {
          Set<String> ledger =
              new HashSet<>(sql.texts("select purchase from ledger where article = ?", article));
          int sold =
              sql.number("select coalesce(sum(units), 0) from ledger where article = ?", article);
          int reserved =
              sql.number(
                  "select coalesce(sum(units), 0) from reservation where article = ?", article);
          return Optional.of(
              books.against(ledger, start, guard.left(sql, article), sold, reserved));
        });
  }

  private <T> T ask(Transactions.Work<T> work) {
    try {
      return transactions().run("", work);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreFailure("interrupted while the store was asked", interrupted);
    }
  }

  /** Closes every connection; drops the tables if it has made them. */
  @Override
  public void close() {
    // Before the tables are dropped, which waits for every transaction that has read them.
    pool.close();
    try (Connection last = own) {
      if (madeTables && last.isValid(TO_ANSWER_SECONDS)) {
        dropTables(last, product, access.schema());
        return;
      }
    } catch (SQLException thrown) {
      throw StoreFailure.of(thrown);
    }
    if (madeTables) {
      // The server was away meanwhile, and is back.
      dropSchemas(access, access.schema()::equals);
    }
  }

  private static void dropTables(Connection connection, Product product, String schema)
      throws SQLException {
    String drop = "drop schema " + requireName(schema);
    try (Statement statement = connection.createStatement()) {
      statement.execute(product == Product.MARIADB ? drop : drop + " cascade");
    }
  }
}
