package oversell.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A PostgreSQL of our own on this machine, durable as PostgreSQL is by default or not at all. It
 * listens on the loopback address, lets in nobody without the password that was drawn for it, keeps
 * its data in a temporary folder of its owner's, and leaves nothing behind.
 */
public final class LocalServer implements Closeable {
  private static final Duration TO_START = Duration.ofSeconds(60);
  private static final int MEGABYTE_BITS = 20;
  private static final String USER = "postgres";
  private static final String SCRAM = "scram-sha-256";
  // Said, though they are PostgreSQL's own: the library turns them off.
  private static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");
  // What the documentation calls non-durable settings. Of a kill -9 it is the commit that is not
  // waited for that loses: the log's writer wakes up every wal_writer_delay, and what it has not
  // written by then is in no file. With its default of 200 ms it would be chance whether it wakes
  // up just before the kill.
  private static final Map<String, String> NOT_DURABLE =
      Map.of(
          "fsync",
          "off",
          "synchronous_commit",
          "off",
          "full_page_writes",
          "off",
          "wal_writer_delay",
          "10s");

  private final EmbeddedPostgres server;
  private final ServerFolder folder;
  private final String password;

  private LocalServer(EmbeddedPostgres server, ServerFolder folder, String password) {
    this.server = server;
    this.folder = folder;
    this.password = password;
  }

  /**
   * Starts one, after it has ended those whose JVM was killed.
   *
   * @param binaries where PostgreSQL is unpacked, once for all runs
   * @param durable whether it waits for its disk before it acknowledges
   * @throws IOException if it cannot be started here; the text says why
   */
  public static LocalServer start(Path binaries, boolean durable) throws IOException {
    return start(binaries, Path.of(System.getProperty("java.io.tmpdir")), durable);
  }

  static LocalServer start(Path binaries, Path temporary, boolean durable) throws IOException {
    try {
      return start(binaries, ServerFolder.create(temporary, "postgresql"), durable);
    } catch (NoClassDefFoundError lacking) {
      throw new IOException(
          "PostgreSQL is not on the class path: Maven fetches it for the experiments in"
              + " experiments/stores",
          lacking);
    } catch (IOException | RuntimeException refused) {
      throw new IOException(
          "PostgreSQL cannot be started here, with %d MB free in %s: %s"
              .formatted(
                  temporary.toFile().getUsableSpace() >> MEGABYTE_BITS,
                  temporary,
                  String.valueOf(refused.getMessage()).strip()),
          refused);
    }
  }

  private static LocalServer start(Path binaries, ServerFolder folder, boolean durable)
      throws IOException {
    String password = Password.draw();
    try {
      folder.removeAbandoned();
      Files.createDirectories(binaries);
      EmbeddedPostgres server = start(binaries, folder, password, durable);
      Files.delete(folder.passwordFile());
      return new LocalServer(server, folder, password);
    } catch (NoClassDefFoundError | IOException | RuntimeException failed) {
      folder.remove();
      throw failed;
    }
  }

  private static EmbeddedPostgres start(
      Path binaries, ServerFolder folder, String password, boolean durable) throws IOException {
    Files.writeString(folder.passwordFile(), password);
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
    (durable ? DURABLE : NOT_DURABLE).forEach(builder::setServerConfig);
    if (System.getProperty("os.name").startsWith("Linux")) {
      // Before it recovers from a crash it syncs every file; this does it in one call.
      builder.setServerConfig("recovery_init_sync_method", "syncfs");
    }
    return builder
        .setOverrideWorkingDirectory(binaries.toFile())
        .setDataDirectory(folder.data())
        .setPGStartupWait(TO_START)
        .setRegisterShutdownHook(false)
        // Options of initdb, of which this library has no other door: the last of a kind holds.
        .setLocaleConfig("auth-host", SCRAM)
        .setLocaleConfig("auth-local", SCRAM)
        .setLocaleConfig("pwfile", folder.passwordFile().toString())
        .setConnectConfig("password", password)
        // No door but the loopback address.
        .setServerConfig("unix_socket_directories", "")
        .start();
  }

  /**
   * How to reach it.
   *
   * @param schema where the tables will be made
   */
  public StoreAccess access(String schema) {
    return new StoreAccess(
        "jdbc:postgresql://localhost:%d/postgres".formatted(server.getPort()),
        USER,
        password,
        schema);
  }

  /**
   * Starts it again if it is not running: who killed it may have been killed before that.
   *
   * @throws IOException if it does not start
   */
  public synchronized void ensureRuns() throws IOException {
    if (folder.server().isEmpty()) {
      folder.startAgain();
    }
  }

  @Override
  public String toString() {
    return "PostgreSQL";
  }

  /**
   * Stops it and removes its data; does nothing a second time. Whoever comes second, the run or the
   * hook that ends it, waits for the first.
   */
  @Override
  public synchronized void close() throws IOException {
    try {
      if (folder.server().isPresent()) {
        server.close();
      }
    } finally {
      // Kills what did not stop.
      folder.remove();
    }
  }
}
