package oversell.store;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Redis of our own on this machine, by a {@code redis-server} program that is installed here. It
 * listens on the loopback address, lets in nobody without the password that was drawn for it, keeps
 * all its data in memory, and leaves nothing behind.
 */
public final class LocalRedis implements Closeable {
  private static final String PROGRAM = "redis-server";
  private static final String READY = "Ready to accept connections";
  private static final String LOOPBACK = "127.0.0.1";
  private static final int MOST_TRIES = 3;
  private static final int MOST_POLLS = 4_000;
  private static final int POLL_MILLIS = 5;
  private static final int TO_END_SECONDS = 10;

  private final Process server;
  private final ServerFolder folder;
  private final RedisAccess access;

  private LocalRedis(Process server, ServerFolder folder, RedisAccess access) {
    this.server = server;
    this.folder = folder;
    this.access = access;
  }

  /**
   * Starts one, after it has ended those whose JVM was killed.
   *
   * @throws IOException if it cannot be started here; the text says why
   */
  public static LocalRedis start() throws IOException {
    String path = System.getenv().getOrDefault("PATH", "");
    return start(Path.of(System.getProperty("java.io.tmpdir")), path);
  }

  /**
   * Starts one.
   *
   * @param temporary the folder of its folder
   * @param path the folders that its program may be in
   */
  static LocalRedis start(Path temporary, String path) throws IOException {
    Path program = program(path);
    ServerFolder folder = ServerFolder.create(temporary, "redis");
    try {
      folder.removeAbandoned();
      Files.createDirectory(folder.data());
      for (int tries = 1; ; tries++) {
        int port = freePort();
        RedisAccess access = new RedisAccess(LOOPBACK, port, "", Password.draw());
        try {
          return new LocalRedis(launch(program, folder, access), folder, access);
        } catch (IOException refused) {
          // Another program may have taken the port meanwhile.
          if (tries == MOST_TRIES) {
            throw refused;
          }
        }
      }
    } catch (IOException refused) {
      folder.remove();
      throw new IOException(
          "%s cannot be started: %s".formatted(program, refused.getMessage()), refused);
    }
  }

  private static Path program(String path) throws IOException {
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, PROGRAM))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "there is no program %s on the PATH; install Redis, or name one with"
                            .formatted(PROGRAM)
                        + " -Dredis=redis://host:port"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static Process launch(Path program, ServerFolder folder, RedisAccess access)
      throws IOException {
    // Not on its command line, which everybody can read. Only the owner can read a file that is
    // made like this.
    Path settings = Files.createTempFile(folder.root(), "redis-", ".conf");
    Path log = folder.root().resolve("log");
    try {
      Files.write(settings, settings(folder, access));
      Process process =
          new ProcessBuilder(program.toString(), settings.toString())
              .directory(folder.data().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      awaitReady(process, log);
      return process;
    } finally {
      // It has read it.
      Files.delete(settings);
    }
  }

  private static List<String> settings(ServerFolder folder, RedisAccess access) {
    return List.of(
        "bind " + LOOPBACK,
        "port " + access.port(),
        "requirepass " + access.password(),
        "daemonize no",
        "save \"\"",
        "appendonly no",
        "pidfile \"%s\"".formatted(folder.redisPidFile()),
        "dir \"%s\"".formatted(folder.data()));
  }

  private static void awaitReady(Process process, Path log) throws IOException {
    String said = "";
    for (int polls = 0; polls < MOST_POLLS && process.isAlive(); polls++) {
      said = Files.readString(log);
      if (said.contains(READY)) {
        return;
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException interrupted) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while Redis started");
      }
    }
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(log);
    throw new IOException(
        lines.isEmpty() ? "it printed nothing" : "its last line was \"" + lines.getLast() + '"');
  }

  /** How to reach it. */
  public RedisAccess access() {
    return access;
  }

  @Override
  public String toString() {
    return "Redis";
  }

  /** Ends it and removes its folder; does nothing a second time. */
  @Override
  public synchronized void close() throws IOException {
    server.destroy();
    try {
      if (!server.waitFor(TO_END_SECONDS, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    } finally {
      folder.remove();
    }
  }
}
