package oversell.lab.cluster;

import java.io.Closeable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import oversell.store.Statements;

/**
 * A row whose time is renewed every second, for as long as this JVM lives and reaches its database:
 * what others know of it. They judge it by the clock of the database.
 */
public final class Pulse implements Closeable {
  /** Who has been silent for longer is taken for dead. */
  public static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  private static final Duration BETWEEN_BEATS = Duration.ofSeconds(1);
  private static final double MILLIS = 1_000;

  private final Sql sql;
  private final String name;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Runnable lost;

  private Pulse(Sql sql, String name, Runnable lost) {
    this.sql = sql;
    this.name = name;
    this.lost = lost;
  }

  /**
   * What is known of a JVM.
   *
   * @param name its name among those that meet here
   * @param note what it has to say to them
   * @param silence since when nothing was heard of it
   */
  public record Seen(String name, String note, Duration silence) {
    /** Whether it lives, as far as others can know. */
    public boolean isAlive() {
      return silence.compareTo(LONGEST_SILENCE) < 0;
    }
  }

  static void makeTable(Statements sql) throws SQLException {
    var unused =
        sql.update(
            "create table pulse (name text not null primary key, note text not null,"
                + " beat timestamptz not null)");
  }

  /**
   * Begins.
   *
   * @param lost is run once if the database has not answered for too long
   */
  static Pulse start(Sql sql, String name, String note, Runnable lost) throws SQLException {
    var unused =
        sql.run(
            in ->
                in.update(
                    "insert into pulse (name, note, beat) values (?, ?, clock_timestamp())",
                    name,
                    note));
    Pulse pulse = new Pulse(sql, name, lost);
    Thread.ofPlatform().daemon().name("pulse").start(pulse::beat);
    return pulse;
  }

  private void beat() {
    int missed = 0;
    try {
      while (!closed.await(BETWEEN_BEATS.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          var unused =
              sql.run(
                  in ->
                      in.update("update pulse set beat = clock_timestamp() where name = ?", name));
          missed = 0;
        } catch (SQLException unanswered) {
          missed++;
          if (missed * BETWEEN_BEATS.toMillis() >= LONGEST_SILENCE.toMillis()) {
            lost.run();
            return;
          }
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * All that have left a row.
   *
   * @param schema of the table
   */
  static List<Seen> seen(Sql sql, String schema) throws SQLException {
    return sql.run(
        in ->
            in.rows(
                row ->
                    new Seen(
                        row.getString(1),
                        row.getString(2),
                        Duration.ofMillis((long) (row.getDouble(3) * MILLIS))),
                "select name, note, extract(epoch from clock_timestamp() - beat)::float8 from "
                    + Schemas.require(schema)
                    + ".pulse order by name"));
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
