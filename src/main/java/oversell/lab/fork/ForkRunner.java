package oversell.lab.fork;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oversell.boot.Jdk;
import tools.jackson.core.JacksonException;

/**
 * Launches forks, one at a time, and receives what they send until they end: a fork ends by itself,
 * crashes, or is killed at its deadline. Each of these is an outcome, and none an exception.
 */
public final class ForkRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ForkRunner.class);
  private static final Duration TO_EXIT = Duration.ofSeconds(10);

  private final ScopeCompiler scopes;
  private final String classPath;
  private final Path folder;
  private final LongSupplier nanoTime;
  private final Stores stores;

  // Written by the thread that runs forks, read by the one that closes: a shutdown hook.
  private volatile @Nullable Process running;
  private volatile boolean closed;

  /**
   * With what all forks share.
   *
   * @param scopes compiles the scope of each JDK
   * @param classPath of the lab
   * @param folder takes the thread dumps and what failed forks printed
   * @param nanoTime the clock for deadlines, as {@link System#nanoTime()}
   */
  public ForkRunner(ScopeCompiler scopes, String classPath, Path folder, LongSupplier nanoTime) {
    this(scopes, classPath, folder, nanoTime, Stores.none());
  }

  /**
   * With what all forks share, databases as well.
   *
   * @param stores those that forks are told how to reach
   */
  public ForkRunner(
      ScopeCompiler scopes, String classPath, Path folder, LongSupplier nanoTime, Stores stores) {
    this.stores = stores;
    this.scopes = scopes;
    this.classPath = classPath;
    this.folder = folder;
    this.nanoTime = nanoTime;
  }

  /** Takes what a fork sends. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A fork has sent a message.
     *
     * @throws IOException if it cannot be written down, which ends the run
     */
    void received(Message.OfFork message) throws IOException;
  }

  /**
   * Runs a fork to its end.
   *
   * @throws IOException if the listener or the disk fails; the fork has been killed then
   * @throws InterruptedException if the caller is interrupted, or this runner closed; the fork has
   *     been killed then
   */
  public ForkOutcome run(Fork fork, Listener listener) throws IOException, InterruptedException {
    if (fork.jdk().isEmpty()) {
      LOG.info("fork {} is skipped: JDK {} is not installed", fork.index(), fork.row().jdk());
      return new ForkOutcome.Unavailable("JDK %d is not installed".formatted(fork.row().jdk()));
    }
    Optional<String> missing = stores.missing(fork.row().workload());
    if (missing.isPresent()) {
      return new ForkOutcome.Unavailable(missing.get());
    }
    Jdk jdk = fork.jdk().get();
    ForkFiles files = ForkFiles.in(folder, fork.index());
    Path scope;
    try {
      // Before the deadline begins: the first fork of a JDK waits for its compiler.
      scope = scopes.classesFor(jdk);
    } catch (IOException refused) {
      return unavailable(fork, jdk, refused);
    }
    try (ForkConnection connection = ForkConnection.open(fork.deadline(), nanoTime)) {
      Process process;
      try {
        process = launch(fork, jdk, scope, connection, files);
      } catch (IOException refused) {
        return unavailable(fork, jdk, refused);
      }
      try {
        int results = receiveAll(fork, process, connection, listener);
        ForkOutcome outcome = outcome(fork, jdk, process, connection, results, files);
        throwIfClosed(fork);
        LOG.info(
            "fork {} {}; {} of {} results",
            fork.index(),
            outcome.describe(),
            results,
            fork.results());
        return outcome;
      } finally {
        kill(process);
        running = null;
        // The next fork must not share the machine with this one's end.
        process.waitFor(TO_EXIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private ForkOutcome unavailable(Fork fork, Jdk jdk, IOException refused)
      throws InterruptedException {
    throwIfClosed(fork);
    LOG.info("fork {} could not be launched on JDK {}", fork.index(), jdk.build(), refused);
    return new ForkOutcome.Unavailable("JDK " + jdk.build() + ": " + refused.getMessage());
  }

  /** If this runner was closed, that is what ended the fork. */
  private void throwIfClosed(Fork fork) throws InterruptedException {
    if (closed) {
      throw new InterruptedException("closed while fork " + fork.index() + " ran");
    }
  }

  private Process launch(Fork fork, Jdk jdk, Path scope, ForkConnection connection, ForkFiles files)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(jdk.program("java").toString());
    command.addAll(fork.flags());
    command.addAll(List.of("-cp", classPath + File.pathSeparator + scope));
    command.add(ForkMain.class.getName());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(files.output().toFile())
            .start();
    running = process;
    LOG.info(
        "fork {} launched: {} for {}, process {} on JDK {}, flags {}, deadline {} s",
        fork.index(),
        fork.purpose(),
        fork.row().workload().variant(),
        process.pid(),
        jdk.build(),
        fork.flags(),
        fork.deadline().toSeconds());
    LOG.debug("fork {}: command {}, output in {}", fork.index(), command, files.output());
    if (closed) {
      kill(process);
    }
    invite(process, connection);
    return process;
  }

  private static void invite(Process process, ForkConnection connection) {
    Invitation invitation = Invitation.to(connection.port());
    connection.admit(invitation);
    try {
      invitation.write(process.getOutputStream());
    } catch (IOException alreadyDead) {
      LOG.debug("a fork ended before it had read where to connect: {}", alreadyDead.toString());
    }
  }

  private int receiveAll(Fork fork, Process process, ForkConnection connection, Listener listener)
      throws IOException, InterruptedException {
    int results = 0;
    String assignment =
        Wire.line(fork.assignment(stores.access(fork.row().workload().deployment(), fork.index())));
    if (connection.begin(process::isAlive, assignment)) {
      LOG.debug(
          "fork {} connected {} ms after its launch",
          fork.index(),
          connection.elapsed().toMillis());
      Optional<String> line = connection.readLine();
      while (line.isPresent()) {
        Message.OfFork message;
        try {
          message = Wire.parse(line.get(), Message.OfFork.class);
        } catch (JacksonException brokenOff) {
          // Most likely killed in the middle of a line; its exit status will tell.
          LOG.debug("fork {} sent a line that is no message", fork.index(), brokenOff);
          break;
        }
        listener.received(message);
        results += message.isResult() ? 1 : 0;
        line = connection.readLine();
      }
    }
    return results;
  }

  private static ForkOutcome outcome(
      Fork fork, Jdk jdk, Process process, ForkConnection connection, int results, ForkFiles files)
      throws IOException, InterruptedException {
    if (!connection.isLate() && !process.waitFor(TO_EXIT.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn(
          "fork {} finished its work but did not exit within {} s; killed",
          fork.index(),
          TO_EXIT.toSeconds());
      kill(process);
      process.waitFor(TO_EXIT.toMillis(), TimeUnit.MILLISECONDS);
    }
    if (process.isAlive()) {
      LOG.info(
          "fork {} missed its deadline; asks process {} for a thread dump",
          fork.index(),
          process.pid());
      files.deleteIfEmpty();
      return new ForkOutcome.TimedOut(fork.deadline(), files.dumpThreads(jdk, process.pid()));
    }
    if (process.exitValue() != 0 || results < fork.results()) {
      LOG.debug(
          "fork {}: exit status {}, output in {}",
          fork.index(),
          process.exitValue(),
          files.output());
      return new ForkOutcome.Crashed(
          process.exitValue(), files.lastLines(), files.output().getFileName().toString());
    }
    files.delete();
    return new ForkOutcome.Completed(connection.elapsed());
  }

  /** Kills the fork that runs, if one does, and each that is launched from now on. */
  @Override
  public void close() {
    closed = true;
    Process process = running;
    if (process != null) {
      LOG.info("closed while process {} runs; killed", process.pid());
      kill(process);
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
