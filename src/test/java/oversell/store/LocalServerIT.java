package oversell.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oversell.inventory.Inventory;

@Timeout(180)
@Tag("long")
class LocalServerIT {
  private static final Path BINARIES = Path.of("target", "postgresql");
  private static final Guard ANY = Guards.of("select-for-update");

  @TempDir private static Path temporary;
  private static LocalServer server;

  @BeforeAll
  static void startServer() throws IOException {
    server = LocalServer.start(BINARIES, temporary, true);
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  /** Starts one and waits to be killed; not a test. */
  public static void main(String[] arguments) throws Exception {
    LocalServer abandoned = LocalServer.start(BINARIES, Path.of(arguments[0]), true);
    System.out.println("started " + abandoned.access("x").url());
    Thread.sleep(Duration.ofMinutes(2));
  }

  @Test
  void itIsDurableAndListensToNobodyWithoutItsPassword() throws SQLException {
    StoreAccess access = server.access("durable");
    try (Store store = Store.create(access, ANY, Pool.of(1))) {
      assertThat(store.facts().durable()).isTrue();
      assertThat(store.facts().settings())
          .isEqualTo("read committed, fsync on, synchronous_commit on");
    }
    StoreAccess wrong = new StoreAccess(access.url(), access.user(), "guess", "wrong");

    assertThatThrownBy(() -> Store.create(wrong, ANY, Pool.of(1)))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("is not let in with this password by " + access.url())
        .hasMessageContaining("28P01");
  }

  @Test
  void itListensOnTheLoopbackAddressAndNowhereElse() throws SQLException {
    StoreAccess access = server.access("any");

    assertThat(setting(access, "listen_addresses")).isEqualTo("localhost");
    assertThat(setting(access, "unix_socket_directories")).isEmpty();
  }

  /** As if a fork had killed it and had then been killed itself. */
  @Test
  void itIsStartedAgainIfAllItsProcessesWereKilledAndHasWhatItHadCommitted() throws Exception {
    Path other = Files.createDirectory(temporary.resolve("killed"));
    try (LocalServer killed = LocalServer.start(BINARIES, other, true)) {
      StoreAccess access = killed.access("survives");
      try (Store store = Store.create(access, ANY, Pool.of(2))) {
        GuardedStore stock = new GuardedStore(store, ANY.name());
        Inventory article = stock.create(10);
        assertThat(article.purchase(3, () -> {}).sold()).isEqualTo(3);
        folderIn(other).killServer();
        assertThat(folderIn(other).server()).isEmpty();
        assertThatThrownBy(() -> article.purchase(3, () -> {})).isInstanceOf(StoreFailure.class);

        killed.ensureRuns();
        killed.ensureRuns();

        // Its old connections fail once each.
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .ignoreExceptions()
            .until(() -> article.purchase(3, () -> {}).sold() == 3);
        assertThat(article.stock()).isEqualTo(4);
        assertThat(stock.audit().isBroken()).isFalse();
      }
      assertThat(schemas(access)).doesNotContain("survives");
    }
    assertThat(other).isEmptyDirectory();
  }

  private static List<String> schemas(StoreAccess access) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(access.url(), access.user(), access.password())) {
      return new Transaction(connection)
          .texts("select schema_name from information_schema.schemata");
    }
  }

  @Test
  void aServerThatIsNotOursIsNeverKilled() {
    assertThatThrownBy(() -> ServerFolder.ofData(Path.of("/var/lib/postgresql/18/main")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no server of ours has its data in /var/lib/postgresql/18/main");
  }

  private static String setting(StoreAccess access, String name) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(access.url(), access.user(), access.password())) {
      return new Transaction(connection).text("show " + name);
    }
  }

  @Test
  void itsPasswordIsInNoCommandLineAndNoFile() throws IOException {
    StoreAccess access = server.access("secret");

    assertThat(access.toString()).doesNotContain(access.password());
    assertThat(
            ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream()))
        .noneMatch(line -> line.contains(access.password()));
    assertThat(folderIn(temporary).passwordFile()).doesNotExist();
  }

  @Test
  void itsDataIsForItsOwnerAlone() throws IOException {
    try (Stream<Path> folders = Files.list(temporary)) {
      assertThat(folders)
          .isNotEmpty()
          .allSatisfy(
              folder ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                      .isEqualTo("rwx------"));
    }
  }

  @Test
  void nobodyAtAUrlIsSaidToBeNobody() {
    StoreAccess nobody = new StoreAccess("jdbc:postgresql://localhost:1/shop", "me", "", "any");

    assertThatThrownBy(() -> Store.create(nobody, ANY, Pool.of(1)))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining(
            "the user \"me\" cannot connect to jdbc:postgresql://localhost:1/shop")
        .hasMessageContaining("refused");
  }

  @Test
  void aUserWithoutRightsIsSaidToHaveNone() throws SQLException {
    StoreAccess access = server.access("any");
    execute(access, "create role guest login password 'guest'");
    StoreAccess guest = new StoreAccess(access.url(), "guest", "guest", "guests");

    assertThatThrownBy(() -> Store.create(guest, ANY, Pool.of(1)))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("the user \"guest\" may not make a schema in " + access.url());
  }

  @Test
  void aSchemaThatExistsIsNotTouched() throws SQLException {
    StoreAccess access = server.access("taken");
    execute(access, "create schema taken");
    execute(access, "create table taken.stock (mine text)");

    assertThatThrownBy(() -> Store.create(access, ANY, Pool.of(1)))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("the schema \"taken\" exists already");
    execute(access, "insert into taken.stock values ('still there')");
  }

  private static void execute(StoreAccess access, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(access.url(), access.user(), access.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aStoreThatGoesAwayInMidSaleIsAFailureOfTheBuyerAndComesBack() throws Exception {
    try (Store store = Store.create(server.access("away"), ANY, Pool.of(2))) {
      GuardedStore stock = new GuardedStore(store, ANY.name());

      Sale broken =
          Sale.of(
              stock,
              10,
              1,
              3,
              () -> {
                try {
                  execute(
                      server.access("away"),
                      "select pg_terminate_backend(pid) from pg_stat_activity"
                          + " where pid <> pg_backend_pid() and state = 'idle in transaction'");
                } catch (SQLException unexpected) {
                  throw new IllegalStateException(unexpected);
                }
              });

      assertThat(broken.failures())
          .singleElement()
          .satisfies(thrown -> assertThat(thrown).hasMessageContaining("the store is gone"));
      assertThat(broken.audit().isBroken()).isFalse();
      assertThat(Sale.of(stock, 10, 1, 3, () -> {}).sold()).isEqualTo(3);
    }
  }

  @Test
  void closingLeavesNothingBehind(@TempDir Path other) throws IOException {
    LocalServer shortLived = LocalServer.start(BINARIES, other, true);
    ServerFolder folder = folderIn(other);
    ProcessHandle postgres = folder.server().orElseThrow();

    shortLived.close();
    shortLived.close();

    assertThat(other).isEmptyDirectory();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !postgres.isAlive());
  }

  @Test
  void whatAKilledJvmLeavesBehindIsEndedByTheNext(@TempDir Path other) throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LocalServerIT.class.getName(),
                other.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    ProcessHandle postgres;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), UTF_8))) {
      assertThat(out.readLine()).startsWith("started");
      postgres = folderIn(other).server().orElseThrow();
    } finally {
      jvm.destroyForcibly();
      jvm.waitFor();
    }
    assertThat(postgres.isAlive()).isTrue();

    LocalServer.start(BINARIES, other, true).close();

    assertThat(other).isEmptyDirectory();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !postgres.isAlive());
  }

  /** The broken twin: what belongs to a JVM that lives is left alone. */
  @Test
  void whatALivingJvmHasIsLeftAlone(@TempDir Path other) throws IOException {
    try (LocalServer first = LocalServer.start(BINARIES, other, true)) {
      LocalServer.start(BINARIES, other, true).close();

      try (Store store = Store.create(first.access("alive"), ANY, Pool.of(1))) {
        assertThat(store.facts().version()).startsWith("PostgreSQL 18");
      }
    }
  }

  private static ServerFolder folderIn(Path parent) throws IOException {
    try (Stream<Path> folders = Files.list(parent)) {
      List<Path> all = folders.toList();
      assertThat(all).hasSize(1);
      return new ServerFolder(all.getFirst());
    }
  }

  @Test
  void whereItCannotBeUnpackedTheReasonIsSaidAndNothingIsLeft(@TempDir Path other)
      throws IOException {
    Path taken = Files.writeString(other.resolve("file"), "not a folder");
    Path folders = Files.createDirectory(other.resolve("folders"));

    assertThatThrownBy(() -> LocalServer.start(taken, folders, true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("PostgreSQL cannot be started here, with ");
    assertThat(folders).isEmptyDirectory();
  }
}
