package oversell.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An advisory lock of PostgreSQL's that a session holds, and not a transaction. The server ends the
 * session, and with it the lock, when it has been idle; a thread of the holder's sees to it that it
 * is not.
 */
final class SessionLease implements Lease {
  private static final Duration BEAT = Duration.ofMillis(MILLIS / 5);

  private final Connection session;
  private final long article;
  private final ReentrantLock using = new ReentrantLock();
  private volatile boolean closed;

  private SessionLease(Connection session, long article) {
    this.session = session;
    this.article = article;
  }

  static Lease acquire(StoreAccess access, long article) {
    try {
      Connection session =
          DriverManager.getConnection(access.url(), access.user(), access.password());
      try {
        Transaction sql = new Transaction(session);
        var unused = sql.update("set idle_session_timeout = " + MILLIS);
        // While it waits for the lock it is not idle.
        var unusedToo = sql.texts("select pg_advisory_lock(?)", article);
      } catch (SQLException thrown) {
        session.close();
        throw thrown;
      }
      SessionLease lease = new SessionLease(session, article);
      Thread.ofVirtual().name("lease").start(lease::keep);
      return lease;
    } catch (SQLException thrown) {
      throw StoreFailure.of(thrown);
    }
  }

  /** Is not idle, until it is closed or the server has ended it. */
  private void keep() {
    try {
      while (!closed) {
        Thread.sleep(BEAT);
        var unused = ask("select 1");
      }
    } catch (InterruptedException | SQLException ended) {
      // Then it is not kept any more, which is for its holder to find out.
    }
  }

  private String ask(String query, Object... parameters) throws SQLException {
    using.lock();
    try {
      return new Transaction(session).texts(query, parameters).getFirst();
    } finally {
      using.unlock();
    }
  }

  @Override
  public boolean isMine() {
    try {
      return ask(
              "select count(*) from pg_locks where locktype = 'advisory' and granted"
                  + " and pid = pg_backend_pid() and objid::bigint = ?",
              article)
          .equals("1");
    } catch (SQLException ended) {
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    using.lock();
    try {
      // The server gives the lock to the next when the session is gone.
      session.close();
    } catch (SQLException alreadyLost) {
      // So it is gone.
    } finally {
      using.unlock();
    }
  }
}
