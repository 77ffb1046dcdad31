package oversell.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** A Redis that is installed on this machine, and the leases that it grants. */
@Timeout(120)
class LocalRedisIT {
  private static final String PATH = System.getenv().getOrDefault("PATH", "");
  private static final String KEY = "oversell:SALE:1";

  private static Optional<LocalRedis> redis;

  @TempDir private Path temporary;

  @BeforeAll
  static void startRedis() throws IOException {
    redis = Installed.redis();
  }

  @AfterAll
  static void stopRedis() throws IOException {
    if (redis.isPresent()) {
      redis.get().close();
    }
  }

  @BeforeEach
  void requireRedis() {
    assumeThat(redis).as(Installed.WHY_NO_REDIS).isPresent();
  }

  /** Starts one and waits to be killed; not a test. */
  public static void main(String[] arguments) throws Exception {
    LocalRedis abandoned = LocalRedis.start(Path.of(arguments[0]), PATH);
    System.out.println("started " + abandoned.access());
    Thread.sleep(Duration.ofMinutes(2));
  }

  private static RedisAccess access() {
    return redis.orElseThrow().access();
  }

  private static Lease acquire() throws InterruptedException {
    StoreAccess beside = StoreAccess.inProcess().beside(LockServers.of(access()));
    return LockService.REDIS.leases().acquire(beside, 1);
  }

  private static Jedis client() {
    return new Jedis(
        new HostAndPort(access().host(), access().port()),
        DefaultJedisClientConfig.builder()
            .serverDefaultProtocol()
            .password(access().password())
            .build());
  }

  @Test
  void itLetsInNobodyWithoutItsPassword() throws InterruptedException {
    RedisAccess right = access();
    RedisAccess guess = new RedisAccess(right.host(), right.port(), "", "guess");
    RedisAccess none = new RedisAccess(right.host(), right.port(), "", "");

    right.requireLeases();
    assertThatThrownBy(guess::requireLeases)
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining(right + " grants no lock: ");
    assertThatThrownBy(none::requireLeases).isInstanceOf(StoreFailure.class);
  }

  @Test
  void itListensOnTheLoopbackAddressAndNowhereElse() {
    try (Jedis client = client()) {
      assertThat(client.configGet("bind")).containsEntry("bind", "127.0.0.1");
      assertThat(client.configGet("save")).containsEntry("save", "");
    }
  }

  @Test
  void itsPasswordIsInNoCommandLineAndNoFile() throws IOException {
    try (LocalRedis own = LocalRedis.start(temporary, PATH);
        Stream<Path> files = Files.walk(temporary)) {
      String password = own.access().password();

      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(file).content().doesNotContain(password));
      assertThat(own.access().toString()).doesNotContain(password);
      assertThat(
              ProcessHandle.allProcesses()
                  .flatMap(process -> process.info().commandLine().stream()))
          .anyMatch(line -> line.contains("redis"))
          .noneMatch(line -> line.contains(password));
    }
  }

  @Test
  void itsFolderIsForItsOwnerAloneAndIsGoneWithIt() throws IOException {
    LocalRedis own = LocalRedis.start(temporary, PATH);
    Path folder = folder();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(new ServerFolder(folder).server()).isPresent();

    own.close();
    own.close();

    assertThat(temporary).isEmptyDirectory();
  }

  private Path folder() throws IOException {
    try (Stream<Path> folders = Files.list(temporary)) {
      return folders.toList().getFirst();
    }
  }

  @Test
  void withoutItsProgramTheNextThingToDoIsSaid() {
    assertThatThrownBy(() -> LocalRedis.start(temporary, temporary.toString()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "there is no program redis-server on the PATH; install Redis, or name one with"
                + " -Dredis=redis://host:port");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void whatAKilledJvmLeavesBehindIsEndedByTheNext() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LocalRedisIT.class.getName(),
                temporary.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    ProcessHandle server;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), UTF_8))) {
      assertThat(out.readLine()).startsWith("started redis://127.0.0.1:");
      server = new ServerFolder(folder()).server().orElseThrow();
      // The broken twin: what belongs to a JVM that lives is left alone.
      LocalRedis.start(temporary, PATH).close();
      assertThat(server.isAlive()).isTrue();
    } finally {
      jvm.destroyForcibly();
      jvm.waitFor();
    }

    LocalRedis.start(temporary, PATH).close();

    assertThat(temporary).isEmptyDirectory();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !server.isAlive());
  }

  @Test
  void aLeaseIsOfOneHolderUntilThatGivesItBack() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Lease first = acquire();
      Future<Lease> second = threads.submit(LocalRedisIT::acquire);
      assertThat(first.isMine()).isTrue();
      assertThat(second.isDone()).isFalse();

      first.close();

      try (Lease its = second.get()) {
        assertThat(its.isMine()).isTrue();
        assertThat(first.isMine()).isFalse();
      }
    }
  }

  @Test
  void theWatchdogRenewsALeaseAsLongAsItsHolderLives() throws InterruptedException {
    try (Jedis client = client();
        Lease lease = acquire()) {
      for (int beat = 0; beat < 3; beat++) {
        client.pexpire(KEY, Lease.MILLIS / 2);

        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> client.pttl(KEY) > Lease.MILLIS / 2);
      }
      assertThat(lease.isMine()).isTrue();
    }
  }

  /** As when the clock of the server is set forward. */
  @Test
  void whoHasLostItsLeaseNeitherRenewsNorReleasesThatOfTheNext() throws InterruptedException {
    Lease lost = acquire();
    try (Jedis client = client()) {
      client.del(KEY);
      try (Lease next = acquire()) {
        assertThat(lost.isMine()).isFalse();

        lost.close();

        assertThat(next.isMine()).isTrue();
      }
      assertThat(client.exists(KEY)).isFalse();
    }
  }
}
