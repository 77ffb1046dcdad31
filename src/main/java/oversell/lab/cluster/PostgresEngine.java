package oversell.lab.cluster;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** A table of db-scheduler's and PostgreSQL's NOTIFY. */
final class PostgresEngine implements Engine {
  private static final String TASK = "share";
  private static final Duration BETWEEN_POLLS = Duration.ofMillis(100);
  private static final int MISSED_HEARTBEATS = 5;

  private final DataSource connections;
  // Its own: who waits for a signal keeps it.
  private final Connection listening;
  private final LongSupplier nanoTime;
  private Optional<Scheduler> running = Optional.empty();

  private PostgresEngine(DataSource connections, Connection listening, LongSupplier nanoTime) {
    this.connections = connections;
    this.listening = listening;
    this.nanoTime = nanoTime;
  }

  /** Makes it; made by its name, since not every user of the lab has its libraries. */
  static final class Making implements Maker {
    @Override
    public Engine make(DataSource connections, LongSupplier nanoTime) throws SQLException {
      Connection listening = connections.getConnection();
      try (Statement statement = listening.createStatement()) {
        statement.execute("listen " + Board.CHANNEL);
      }
      return new PostgresEngine(connections, listening, nanoTime);
    }
  }

  @Override
  public void schedule(List<String> shares) throws SQLException {
    OneTimeTask<Void> task = task(share -> {});
    SchedulerClient client = SchedulerClient.Builder.create(connections, task).build();
    Instant now = clock().now();
    try {
      shares.forEach(share -> client.scheduleIfNotExists(task.instance(share), now));
    } catch (RuntimeException wrapped) {
      // By an exception of its own, which is no part of its API.
      if (wrapped.getCause() instanceof SQLException unanswered) {
        throw unanswered;
      }
      throw wrapped;
    }
  }

  @Override
  public void start(String member, Consumer<String> execution) throws SQLException {
    Scheduler scheduler =
        Scheduler.create(connections, task(execution))
            .schedulerName(new SchedulerName.Fixed(member))
            .threads(1)
            .clock(clock())
            .pollingInterval(BETWEEN_POLLS)
            // No more than it can execute: another JVM may be free.
            .pollUsingLockAndFetch(0, 1)
            .heartbeatInterval(SILENCE.dividedBy(MISSED_HEARTBEATS))
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(Duration.ZERO)
            .build();
    running = Optional.of(scheduler);
    scheduler.start();
  }

  private static OneTimeTask<Void> task(Consumer<String> execution) {
    return Tasks.oneTime(TASK)
        .onDeadExecutionRevive()
        .execute((share, context) -> execution.accept(share.getId()));
  }

  /**
   * The database's: the clocks of machines differ, and a heartbeat is judged by another machine.
   */
  private Clock clock() throws SQLException {
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      Instant then = row.getObject(1, OffsetDateTime.class).toInstant();
      long thenNanos = nanoTime.getAsLong();
      return () -> then.plusNanos(nanoTime.getAsLong() - thenNanos);
    }
  }

  @Override
  public void awaitSignal(Duration longest) throws SQLException {
    var unused = listening.unwrap(PGConnection.class).getNotifications((int) longest.toMillis());
  }

  @Override
  public void close() {
    running.ifPresent(Scheduler::stop);
    try {
      listening.close();
    } catch (SQLException alreadyLost) {
      // Then it is closed.
    }
  }
}
