package oversell.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/**
 * A PostgreSQL of our own on this machine, durable as PostgreSQL is by default. It listens on the
 * loopback address, lets in nobody without the password that was drawn for it, keeps its data in a
 * temporary folder of its owner's, and leaves nothing behind.
 */
public final class LocalServer implements AutoCloseable {
  private static final Duration TO_START = Duration.ofSeconds(60);
  private static final int PASSWORD_BYTES = 24;
  private static final String USER = "postgres";
  private static final String SCRAM = "scram-sha-256";

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
   * @throws IOException if it cannot be started here; the text says why
   */
  public static LocalServer start(Path binaries) throws IOException {
    return start(binaries, Path.of(System.getProperty("java.io.tmpdir")));
  }

  static LocalServer start(Path binaries, Path temporary) throws IOException {
    ServerFolder folder = ServerFolder.create(temporary);
    String password = password();
    try {
      folder.removeAbandoned();
      Files.createDirectories(binaries);
      EmbeddedPostgres server = start(binaries, folder, password);
      Files.delete(folder.passwordFile());
      return new LocalServer(server, folder, password);
    } catch (NoClassDefFoundError lacking) {
      folder.remove();
      throw new IOException(
          "PostgreSQL is not on the class path: Maven fetches it for the experiments in"
              + " experiments/stores",
          lacking);
    } catch (IOException | RuntimeException refused) {
      folder.remove();
      throw new IOException(
          "PostgreSQL cannot be started here: " + String.valueOf(refused.getMessage()).strip(),
          refused);
    }
  }

  private static EmbeddedPostgres start(Path binaries, ServerFolder folder, String password)
      throws IOException {
    Files.writeString(folder.passwordFile(), password);
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(binaries.toFile())
        .setDataDirectory(folder.data())
        .setPGStartupWait(TO_START)
        .setRegisterShutdownHook(false)
        // Options of initdb, of which this library has no other door: the last of a kind holds.
        .setLocaleConfig("auth-host", SCRAM)
        .setLocaleConfig("auth-local", SCRAM)
        .setLocaleConfig("pwfile", folder.passwordFile().toString())
        .setConnectConfig("password", password)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        // No door but the loopback address.
        .setServerConfig("unix_socket_directories", "")
        .start();
  }

  private static String password() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
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
   * Stops it and removes its data; does nothing a second time. Whoever comes second, the run or the
   * hook that ends it, waits for the first.
   */
  @Override
  public synchronized void close() throws IOException {
    try {
      server.close();
    } finally {
      // Kills what did not stop.
      folder.remove();
    }
  }
}
