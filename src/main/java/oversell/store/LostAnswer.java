package oversell.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Kills every process of a PostgreSQL of ours between a commit and its answer, and not at some time
 * about then. The server is told to wait for a standby that there is not: a commit is on its disk
 * then, and who asked for it hears nothing. That somebody waits like this is what the server itself
 * says, and it is killed when it says so.
 */
final class LostAnswer implements Incident.Strike {
  private static final String KEEP_BACK = "alter system set synchronous_standby_names = 'nobody'";
  private static final String ANSWER = "alter system reset synchronous_standby_names";
  private static final String RELOAD = "select pg_reload_conf()";
  private static final String COMMIT = "select pg_logical_emit_message(true, 'oversell', '')";
  private static final String COMMITTED =
      "select count(*) from pg_stat_activity where wait_event = 'SyncRep'";
  private static final String NOT_THE_PROBE = " and application_name <> 'oversell probe'";
  private static final String I_AM_THE_PROBE = "set application_name = 'oversell probe'";
  private static final int MOST_POLLS = 12_000;
  private static final int POLL_MILLIS = 5;

  private final StoreAccess access;
  private final ServerFolder folder;

  LostAnswer(StoreAccess access, ServerFolder folder) {
    this.access = access;
    this.folder = folder;
  }

  /**
   * Returns when the answers to all commits from now on are kept back. The server is killed, and
   * started again, as soon as there is such a commit of a buyer, which may be of the one that is
   * here.
   */
  @Override
  public void strike() throws InterruptedException {
    try (Connection own = access.connect()) {
      execute(own, KEEP_BACK, RELOAD);
      // Its processes hear of the setting one after another, and the one that matters tells nobody.
      daemon("probe", this::commitUntilKilled);
      await(own, COMMITTED);
    } catch (SQLException refused) {
      throw StoreFailure.of(refused);
    }
    daemon("lost-answer", this::killAfterACommit);
  }

  private static void daemon(String name, Runnable task) {
    Thread.ofPlatform().daemon().name(name).start(task);
  }

  private void commitUntilKilled() {
    try (Connection probe = access.connect()) {
      execute(probe, I_AM_THE_PROBE);
      while (true) {
        execute(probe, COMMIT);
      }
    } catch (SQLException killed) {
      // With the server.
    }
  }

  private void killAfterACommit() {
    try {
      try (Connection own = access.connect()) {
        await(own, COMMITTED + NOT_THE_PROBE);
      }
      folder.killServer();
      folder.startAgain();
      try (Connection own = access.connect()) {
        execute(own, ANSWER, RELOAD);
      }
    } catch (SQLException refused) {
      throw StoreFailure.of(refused);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(Connection own, String count)
      throws SQLException, InterruptedException {
    Transaction sql = new Transaction(own);
    for (int polls = 0; sql.number(count) == 0; polls++) {
      if (polls > MOST_POLLS) {
        throw new IllegalStateException("nobody has committed in a minute");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        var unused = statement.execute(sql);
      }
    }
  }
}
