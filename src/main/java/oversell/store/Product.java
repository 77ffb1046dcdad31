package oversell.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** A database product that the guards are written for. */
public enum Product {
  /** PostgreSQL. */
  POSTGRESQL("PostgreSQL"),
  /** H2, in the JVM that uses it. */
  H2("H2"),
  /** MariaDB. */
  MARIADB("MariaDB");

  private final String title;

  Product(String title) {
    this.title = title;
  }

  /** The product's own spelling of its name. */
  public String title() {
    return title;
  }

  /**
   * The product that a URL is for.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static Product ofUrl(String url) {
    for (Product product : values()) {
      if (url.startsWith("jdbc:" + product + ":")) {
        return product;
      }
    }
    throw new IllegalArgumentException("no URL of PostgreSQL, H2 or MariaDB: " + url);
  }

  /** The level of a transaction that asks for none. */
  public Isolation usual() {
    return this == MARIADB ? Isolation.REPEATABLE_READ : Isolation.READ_COMMITTED;
  }

  /** What a row needs to be traced: the version, and the settings that matter here. */
  StoreFacts facts(Connection connection) throws SQLException {
    String version = connection.getMetaData().getDatabaseProductVersion();
    Transaction asking = new Transaction(connection);
    return switch (this) {
      case POSTGRESQL -> {
        String level = asking.text("show default_transaction_isolation");
        String fsync = asking.text("show fsync");
        String commit = asking.text("show synchronous_commit");
        boolean durable = fsync.equals("on") && !commit.equals("off");
        String settings = "%s, fsync %s, synchronous_commit %s".formatted(level, fsync, commit);
        yield new StoreFacts(
            "PostgreSQL " + version.replaceFirst(" .*", ""),
            durable ? settings : settings + howLittle(asking),
            durable);
      }
      case H2 ->
          new StoreFacts(
              "H2 " + version.replaceFirst(" .*", ""), "read committed, in memory", false);
      case MARIADB -> {
        // The variable has another name from 11.1 on; a new connection has the default level.
        String level =
            connection.getTransactionIsolation() == Connection.TRANSACTION_REPEATABLE_READ
                ? "repeatable read"
                : "another level than repeatable read";
        String flush = asking.text("select @@innodb_flush_log_at_trx_commit");
        yield new StoreFacts(
            "MariaDB " + version.replaceFirst("-.*", ""),
            "%s, innodb_flush_log_at_trx_commit %s".formatted(level, flush),
            flush.equals("1"));
      }
    };
  }

  /** How much PostgreSQL may lose. */
  private static String howLittle(Transaction asking) throws SQLException {
    return ", full_page_writes %s, wal_writer_delay %s"
        .formatted(asking.text("show full_page_writes"), asking.text("show wal_writer_delay"));
  }

  /** As URLs and experiments write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
