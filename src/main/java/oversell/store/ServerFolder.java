package oversell.store;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The temporary folder of a server that a JVM has started, which only its owner can read. It says
 * which JVM that was, so that what a killed JVM leaves behind can be ended by the next.
 *
 * @param root the folder
 */
record ServerFolder(Path root) {
  private static final Pattern NAME = Pattern.compile("oversell-(postgresql|zookeeper|redis)-.*");
  private static final String OWNER = "owner";
  private static final long TO_END_SECONDS = 10;
  private static final int POLL_MILLIS = 5;
  private static final int MOST_POLLS = 12_000;
  // The line of postmaster.pid, from 0, that says whether connections are accepted.
  private static final int STATUS = 7;
  private static final Pattern OPTION = Pattern.compile("\"([^\"]*)\"");

  /**
   * Makes one.
   *
   * @param product in small letters
   */
  static ServerFolder create(Path temporary, String product) throws IOException {
    // Readable by its owner alone, as createTempDirectory makes them.
    Path root = Files.createTempDirectory(temporary, "oversell-" + product + "-");
    ServerFolder folder = new ServerFolder(root);
    try {
      Files.writeString(root.resolve(OWNER), name(ProcessHandle.current()));
      return folder;
    } catch (IOException noRoom) {
      folder.remove();
      throw noRoom;
    }
  }

  private static boolean isNamed(Path folder) {
    return NAME.matcher(folder.getFileName().toString()).matches();
  }

  /** A process's number is given to another one later, but not with the same start. */
  private static String name(ProcessHandle process) {
    Optional<Instant> start = process.info().startInstant();
    return process.pid() + " " + start.map(Instant::toString).orElse("");
  }

  /**
   * The folder that a server keeps its data in.
   *
   * @param data what it says of that
   * @throws IllegalArgumentException if no JVM of ours has started that server
   */
  static ServerFolder ofData(Path data) {
    Path root = data.toAbsolutePath().getParent();
    if (root == null || !isNamed(root) || !Files.isRegularFile(root.resolve(OWNER))) {
      throw new IllegalArgumentException("no server of ours has its data in " + data);
    }
    return new ServerFolder(root);
  }

  Path data() {
    return root.resolve("data");
  }

  Path passwordFile() {
    return root.resolve("password");
  }

  private Path postgresqlPidFile() {
    return data().resolve("postmaster.pid");
  }

  Path redisPidFile() {
    return data().resolve("redis.pid");
  }

  /** Ends the servers of JVMs that are no more, and removes their folders beside this one. */
  void removeAbandoned() throws IOException {
    List<ServerFolder> found;
    try (Stream<Path> folders = Files.list(root.getParent())) {
      found =
          folders
              .filter(ServerFolder::isNamed)
              .map(ServerFolder::new)
              .filter(folder -> folder.hasOwnerOf(this) && folder.isAbandoned())
              .toList();
    }
    for (ServerFolder abandoned : found) {
      abandoned.remove();
    }
  }

  /** Anybody can make a folder of any name beside this one. */
  private boolean hasOwnerOf(ServerFolder other) {
    try {
      return Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)
          && Files.getOwner(root, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(other.root));
    } catch (IOException gone) {
      return false;
    }
  }

  private boolean isAbandoned() {
    try {
      String owner = Files.readString(root.resolve(OWNER));
      long pid = Long.parseLong(owner.split(" ", 2)[0]);
      return ProcessHandle.of(pid).map(process -> !name(process).equals(owner)).orElse(true);
    } catch (IOException | NumberFormatException beingMade) {
      return false;
    }
  }

  /** The server that runs in this folder, if one does. */
  Optional<ProcessHandle> server() {
    return process(postgresqlPidFile(), "postgres").or(() -> process(redisPidFile(), "redis"));
  }

  /**
   * The process that has written a file.
   *
   * @param program a part of the name of its program: the number may be another process's by now
   */
  private static Optional<ProcessHandle> process(Path pidFile, String program) {
    try {
      return ProcessHandle.of(Long.parseLong(lines(pidFile).getFirst().strip()))
          .filter(process -> process.info().command().orElse("").contains(program));
    } catch (NumberFormatException | NoSuchElementException notRunning) {
      return Optional.empty();
    }
  }

  /**
   * Kills every process of the server at once, so that none has time to write down what it had not.
   *
   * @throws IllegalStateException if none is running
   */
  void killServer() {
    ProcessHandle server =
        server().orElseThrow(() -> new IllegalStateException("no server runs in " + root));
    var unused = killAll(server);
    // The next one does not start before this one is gone; of its children no more than their
    // numbers is left.
    await(server);
  }

  /**
   * Starts a server that was killed, with the options that it had, as a child of this JVM; returns
   * when it has recovered and accepts connections.
   *
   * @throws IOException if it does not in a minute; the text says what it printed last
   */
  void startAgain() throws IOException {
    List<String> command = new ArrayList<>();
    if (LinuxUtils.isUnshareAvailable()) {
      // As root: PostgreSQL refuses to be that, and in a user namespace of its own it is not.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(lastCommand());
    File log = root.resolve("log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    Process process = builder.start();
    for (int polls = 0; !isReady(process); polls++) {
      if (polls > MOST_POLLS) {
        process.destroyForcibly();
        throw new IOException("PostgreSQL did not start again in a minute: " + lastLine(log));
      }
      pause();
      if (!process.isAlive()) {
        // Killed processes need some milliseconds to let go of the memory that they shared.
        process = builder.start();
      }
    }
  }

  private static String lastLine(File log) throws IOException {
    List<String> lines = Files.readAllLines(log.toPath());
    return lines.isEmpty() ? "it printed nothing" : lines.getLast();
  }

  /** The program and the options of the last start, which PostgreSQL writes down. */
  private List<String> lastCommand() throws IOException {
    String line = Files.readString(data().resolve("postmaster.opts")).strip();
    int options = line.indexOf(" \"");
    return Stream.concat(
            Stream.of(line.substring(0, options)),
            OPTION.matcher(line.substring(options)).results().map(found -> found.group(1)))
        .toList();
  }

  private boolean isReady(Process process) {
    List<String> lines = lines(postgresqlPidFile());
    return lines.size() > STATUS
        && lines.getFirst().strip().equals(Long.toString(process.pid()))
        && lines.get(STATUS).startsWith("ready");
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while PostgreSQL started");
    }
  }

  private static List<String> lines(Path pidFile) {
    try {
      return Files.readAllLines(pidFile);
    } catch (IOException none) {
      return List.of();
    }
  }

  private static void kill(ProcessHandle server) {
    killAll(server).forEach(ServerFolder::await);
  }

  /** Its children are found through it, so they are looked up before it is killed. */
  private static List<ProcessHandle> killAll(ProcessHandle server) {
    List<ProcessHandle> all = Stream.concat(Stream.of(server), server.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    return all;
  }

  private static void await(ProcessHandle process) {
    try {
      var unused = process.onExit().get(TO_END_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException stillThere) {
      // Then removing its files fails, which says which.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the server, if it still runs, and removes the folder. */
  void remove() throws IOException {
    server().ifPresent(ServerFolder::kill);
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
            if (gone instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw gone;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException unused)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
