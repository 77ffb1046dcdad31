package oversell.lab.cluster;

import java.io.Closeable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oversell.store.Product;
import oversell.store.Statements;
import oversell.store.Store;
import oversell.store.StoreAccess;
import oversell.store.StoreFailure;

/**
 * What shows in a database that the host of a run lives: a lock of a session, which the database
 * takes back when the host is gone, however it ended. Where nobody has the lock of a run, its
 * schemas are nobody's any more.
 *
 * <p>It is taken before the first schema of the run is made, and given back after the last was
 * dropped. A database that is restarted forgets it, and whoever lives takes it again, so it says
 * nothing that a lock is free once.
 */
public final class Presence implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final int TO_ANSWER_SECONDS = 5;
  // PostgreSQL's lock is two numbers, this one and the run's.
  private static final int OF_OVERSELL = 0x0E5E11;
  private static final int HEXADECIMAL = 16;

  private final StoreAccess access;
  private final String run;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Connection session;

  private Presence(StoreAccess access, String run, Connection session) {
    this.access = access;
    this.run = run;
    this.session = session;
  }

  /**
   * Takes the lock of a run.
   *
   * @param run eight hexadecimal digits
   * @throws StoreFailure if that cannot be done; the text says why
   */
  public static Presence of(StoreAccess access, String run) {
    try {
      Presence presence = new Presence(access, run, open(access, run));
      Thread.ofPlatform().daemon().name("presence").start(presence::keep);
      return presence;
    } catch (SQLException refused) {
      throw StoreFailure.opening(access, refused);
    }
  }

  /** A session that has the lock, or a closed one if somebody looks in this moment who has it. */
  private static Connection open(StoreAccess access, String run) throws SQLException {
    Connection session = access.connect();
    boolean isTaken = false;
    try {
      isTaken = tryLock(session, access, run);
    } finally {
      if (!isTaken) {
        session.close();
      }
    }
    return session;
  }

  private static boolean tryLock(Connection session, StoreAccess access, String run)
      throws SQLException {
    Statements sql = new Statements(session);
    List<Boolean> taken =
        switch (Product.ofUrl(access.url())) {
          case POSTGRESQL ->
              sql.rows(
                  row -> row.getBoolean(1),
                  "select pg_try_advisory_lock(?, ?)",
                  OF_OVERSELL,
                  Integer.parseUnsignedInt(run, HEXADECIMAL));
          case MARIADB ->
              sql.rows(row -> row.getInt(1) == 1, "select get_lock(?, 0)", "oversell_" + run);
          case H2 -> throw new IllegalArgumentException("an H2 of ours has no other hosts");
        };
    return taken.getFirst();
  }

  /** Takes it again if the database has lost it, and lets no session end for being idle. */
  private void keep() {
    try {
      while (!closed.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          renew();
        } catch (SQLException away) {
          LOG.debug("the lock of run {} is not taken again yet", run, away);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void renew() throws SQLException {
    if (closed.getCount() > 0 && !session.isValid(TO_ANSWER_SECONDS)) {
      session.close();
      session = open(access, run);
    }
  }

  /**
   * Drops the schemas of runs whose hosts were killed. Those of others, and what merely has a
   * similar name, are left alone. What cannot be dropped is logged, and is no failure.
   */
  public static void dropAbandoned(StoreAccess access) {
    try {
      Set<String> free = runsWithoutHost(access);
      if (free.isEmpty()) {
        return;
      }
      // So long a host has to take its lock again.
      Thread.sleep(Pulse.LONGEST_SILENCE);
      free.retainAll(runsWithoutHost(access));
      for (String abandoned : free) {
        drop(access, abandoned);
      }
    } catch (SQLException refused) {
      LOG.warn("what killed runs have left in {} is left there", access.url(), refused);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Set<String> runsWithoutHost(StoreAccess access) throws SQLException {
    try (Connection looking = access.connect()) {
      Set<String> free = new TreeSet<>();
      for (String schema :
          new Statements(looking)
              .rows(
                  row -> row.getString(1), "select schema_name from information_schema.schemata")) {
        // The lock is given back with the connection.
        if (Schemas.isOfRun(schema) && tryLock(looking, access, Schemas.run(schema))) {
          free.add(Schemas.run(schema));
        }
      }
      return free;
    }
  }

  private static void drop(StoreAccess access, String abandoned) {
    try {
      Store.dropSchemas(access, schema -> Schemas.isOf(abandoned, schema));
      LOG.info(
          "dropped in {} what run {} had left, whose host was killed", access.url(), abandoned);
    } catch (StoreFailure refused) {
      LOG.warn(
          "schemas of run {}, whose host was killed, are left in {}: {}",
          abandoned,
          access.url(),
          refused.getMessage());
    }
  }

  /** Gives it back. */
  @Override
  public void close() {
    closed.countDown();
    release();
  }

  private synchronized void release() {
    try {
      session.close();
    } catch (SQLException lost) {
      LOG.debug("the lock of run {} was lost before", run, lost);
    }
  }
}
