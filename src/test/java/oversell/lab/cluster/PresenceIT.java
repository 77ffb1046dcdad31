package oversell.lab.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oversell.store.Guards;
import oversell.store.LocalServer;
import oversell.store.Pool;
import oversell.store.Statements;
import oversell.store.Store;
import oversell.store.StoreAccess;

/** Hosts that live and hosts that were killed, in a database that is not theirs. */
@Timeout(180)
@Tag("long")
class PresenceIT {
  private static final String KILLED = "00000001";
  private static final String LIVING = "f0000002";
  private static final String RESTARTED = "00000003";

  private static LocalServer server;

  @BeforeAll
  static void startServer() throws IOException {
    server = LocalServer.start(Path.of("target", "postgresql"), true);
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  /** A host that has made a schema and waits to be killed; not a test. */
  public static void main(String[] arguments) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    StoreAccess access = new StoreAccess(in.readLine(), in.readLine(), in.readLine(), "");
    Presence killed = Presence.of(access, KILLED);
    makeSchema(access, Schemas.ofFork(KILLED, 0));
    System.out.println("made");
    Thread.sleep(Duration.ofMinutes(2));
    killed.close();
  }

  private static void makeSchema(StoreAccess access, String name) {
    // Not closed, which would drop it.
    var unused = Store.create(access.in(name), Guards.of("select-for-update"), Pool.of(1));
  }

  @Test
  void whatAKilledHostLeavesIsDroppedAndWhatALivingOneHasIsNot() throws Exception {
    StoreAccess access = server.access("");
    Presence living = Presence.of(access, LIVING);
    try {
      makeSchema(access, Schemas.ofFork(LIVING, 0));
      makeSchema(access, Schemas.ofCheck(LIVING));
      execute(access, "create schema oversell_mine");
      execute(access, "create schema oversell_00000001_mine");
      execute(access, "create schema oversell_000000010_0");
      Process host = host(access);
      try (BufferedReader out =
          new BufferedReader(new InputStreamReader(host.getInputStream(), UTF_8))) {
        assertThat(out.readLine()).isEqualTo("made");
        execute(access, "create schema oversell_00000001_host");
        Presence.dropAbandoned(access);
        assertThat(schemas(access)).contains("oversell_00000001_0", "oversell_00000001_host");
      } finally {
        host.destroyForcibly();
        host.waitFor();
      }

      // The database needs a moment to see that the host is gone.
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                Presence.dropAbandoned(access);
                return !schemas(access).contains("oversell_00000001_0");
              });

      assertThat(schemas(access))
          .doesNotContain("oversell_00000001_host")
          .contains(
              Schemas.ofFork(LIVING, 0),
              Schemas.ofCheck(LIVING),
              "oversell_mine",
              "oversell_00000001_mine",
              "oversell_000000010_0");
    } finally {
      living.close();
    }
  }

  @Test
  void aHostWhoseSessionWasEndedTakesItsLockAgain() throws Exception {
    StoreAccess access = server.access("");
    Presence living = Presence.of(access, RESTARTED);
    try {
      makeSchema(access, Schemas.ofFork(RESTARTED, 0));

      execute(
          access,
          "select pg_terminate_backend(pid) from pg_locks"
              + " where locktype = 'advisory' and objid = 3");
      Presence.dropAbandoned(access);

      assertThat(schemas(access)).contains(Schemas.ofFork(RESTARTED, 0));
    } finally {
      living.close();
    }
  }

  private static Process host(StoreAccess access) throws IOException {
    Process host =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PresenceIT.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String lines = String.join("\n", access.url(), access.user(), access.password()) + "\n";
    host.getOutputStream().write(lines.getBytes(UTF_8));
    host.getOutputStream().flush();
    return host;
  }

  private static void execute(StoreAccess access, String sql) throws SQLException {
    try (Connection connection = access.connect();
        Statement statement = connection.createStatement()) {
      var unused = statement.execute(sql);
    }
  }

  private static List<String> schemas(StoreAccess access) throws SQLException {
    try (Connection connection = access.connect()) {
      return new Statements(connection)
          .rows(row -> row.getString(1), "select schema_name from information_schema.schemata");
    }
  }
}
