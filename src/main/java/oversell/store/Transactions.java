package oversell.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;

/**
 * Runs the transactions of buyers, and runs one again from its beginning if it lost to another: the
 * statements before the one that failed saw a state that is gone, and a serialization failure may
 * come as late as from the commit.
 *
 * <p>Between two attempts a buyer sleeps, at first about a millisecond and then longer. Without
 * that, attempts that fail in memory, as H2's do, keep every carrier busy and nobody gets through.
 */
final class Transactions {
  private static final int LONGEST_MILLIS = 64;
  private static final int DOUBLINGS = 6;
  private static final int MICROS = 1_000;
  private static final int GOLDEN_RATIO = 0x9E3779B9;

  private final StoreAccess access;
  private final DataSource connections;
  private final int mostAttempts;
  private final LongAdder retries = new LongAdder();
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

  /**
   * With a pool of connections.
   *
   * @param access how these are opened, for guards that need one beside them
   * @param mostAttempts after which a buyer gives up
   */
  Transactions(StoreAccess access, DataSource connections, int mostAttempts) {
    this.access = access;
    this.connections = connections;
    this.mostAttempts = mostAttempts;
  }

  /**
   * What a buyer does in a transaction.
   *
   * @param <T> what it comes to
   */
  @FunctionalInterface
  interface Work<T> {
    /**
     * Does it.
     *
     * @return empty if another buyer was faster: then all of it is rolled back and done again
     */
    Optional<T> in(Transaction transaction) throws SQLException, InterruptedException;
  }

  /**
   * Runs a transaction until it commits.
   *
   * @param buyer tells buyers apart, so that those who failed together do not return together
   * @throws StoreFailure if it cannot be run, lost too often, or broke off in its commit
   */
  <T> T run(String buyer, Work<T> work) throws InterruptedException {
    String last = "another buyer was faster";
    for (int attempt = 0; attempt < mostAttempts; attempt++) {
      if (attempt > 0) {
        retries.increment();
        backOff(buyer, attempt);
      }
      try {
        Optional<T> done = attempt(work);
        if (done.isPresent()) {
          return done.get();
        }
      } catch (SQLException thrown) {
        SqlState state = SqlState.of(thrown);
        if (state == SqlState.NO_CONNECTION) {
          note(ClientBooks.NO_CONNECTION);
        }
        if (state != SqlState.AGAIN) {
          throw StoreFailure.of(thrown);
        }
        note(String.valueOf(thrown.getSQLState()));
        last = thrown.getSQLState() + ": " + thrown.getMessage();
      }
    }
    throw new StoreFailure.Starved(mostAttempts, last);
  }

  private <T> Optional<T> attempt(Work<T> work) throws SQLException, InterruptedException {
    try (Connection connection = connections.getConnection()) {
      Transaction transaction = new Transaction(connection);
      boolean committing = false;
      try {
        Optional<T> done = work.in(transaction);
        if (done.isEmpty()) {
          connection.rollback();
          return done;
        }
        committing = true;
        connection.commit();
        return done;
      } catch (SQLException thrown) {
        // The answer to a commit that never came may have been yes.
        if (committing && SqlState.of(thrown) != SqlState.AGAIN) {
          throw new StoreFailure.InDoubt(thrown);
        }
        transaction.rollBack(thrown);
        throw thrown;
      } catch (Throwable thrown) {
        transaction.rollBack(thrown);
        throw thrown;
      }
    }
  }

  /** Longer after each attempt, and not the same for all: no two of them may march in step. */
  private static void backOff(String buyer, int attempt) throws InterruptedException {
    int mostMicros = Math.min(LONGEST_MILLIS, 1 << Math.min(attempt, DOUBLINGS)) * MICROS;
    int spread = Math.floorMod((buyer.hashCode() + attempt) * GOLDEN_RATIO, mostMicros);
    Thread.sleep(Duration.of((mostMicros + spread) / 2, ChronoUnit.MICROS));
  }

  /** How the store is reached. */
  StoreAccess access() {
    return access;
  }

  private void note(String error) {
    errors.computeIfAbsent(error, first -> new LongAdder()).increment();
  }

  /** How often a transaction was rolled back or not begun so far, by what was the reason. */
  Map<String, Long> errors() {
    Map<String, Long> all = new TreeMap<>();
    errors.forEach((error, times) -> all.put(error, times.sum()));
    return all;
  }

  /** How often a transaction was run again so far. */
  long retries() {
    return retries.sum();
  }
}
