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
 * Launches forks, one at a time, and hears them out: a fork ends by itself, crashes, or is killed
 * at its deadline, and each of these is an outcome and none an exception.
 */
public final class ForkRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ForkRunner.class);
  private static final Duration TO_EXIT = Duration.ofSeconds(10);

  private final ScopeCompiler scopes;
  private final String classPath;
  private final Path folder;
  private final LongSupplier nanoTime;

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
    this.scopes = scopes;
    this.classPath = classPath;
    this.folder = folder;
    this.nanoTime = nanoTime;
  }

  /** Takes what a fork says. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A fork has said something.
     *
     * @throws IOException if it cannot be written down, which ends the run
     */
    void heard(Message.OfFork message) throws IOException;
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
      return new ForkOutcome.Unavailable("JDK %d is not installed".formatted(fork.row().jdk()));
    }
    Jdk jdk = fork.jdk().get();
    Remains remains = Remains.in(folder, fork.index());
    Path scope;
    try {
      // Before the deadline begins: the first fork of a JDK waits for its compiler.
      scope = scopes.classesFor(jdk);
    } catch (IOException refused) {
      return unavailable(fork, jdk, refused);
    }
    try (Conversation conversation = Conversation.open(fork.deadline(), nanoTime)) {
      Process process;
      try {
        process = launch(fork, jdk, scope, conversation.port(), remains);
      } catch (IOException refused) {
        return unavailable(fork, jdk, refused);
      }
      try {
        int heard = hearOut(fork, process, conversation, listener);
        ForkOutcome outcome = outcome(fork, jdk, process, conversation, heard, remains);
        throwIfClosed(fork);
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
    return new ForkOutcome.Unavailable("JDK " + jdk.build() + ": " + refused.getMessage());
  }

  /** Whatever ended a fork of a closed runner, it was the closing. */
  private void throwIfClosed(Fork fork) throws InterruptedException {
    if (closed) {
      throw new InterruptedException("closed while fork " + fork.index() + " ran");
    }
  }

  private Process launch(Fork fork, Jdk jdk, Path scope, int port, Remains remains)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(jdk.program("java").toString());
    command.addAll(fork.flags());
    command.addAll(List.of("-cp", classPath + File.pathSeparator + scope));
    command.addAll(List.of(ForkMain.class.getName(), Integer.toString(port)));
    LOG.debug("fork {}: {}", fork.index(), command);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(remains.output().toFile())
            .start();
    running = process;
    if (closed) {
      kill(process);
    }
    return process;
  }

  private static int hearOut(
      Fork fork, Process process, Conversation conversation, Listener listener) throws IOException {
    int heard = 0;
    if (conversation.begin(process, Wire.line(fork.assignment()))) {
      Optional<String> line = conversation.hear();
      while (line.isPresent()) {
        Message.OfFork message;
        try {
          message = Wire.parse(line.get(), Message.OfFork.class);
        } catch (JacksonException brokenOff) {
          // Killed in the middle of a line, most likely; how it ended tells.
          LOG.debug("fork {} said what is no message", fork.index(), brokenOff);
          break;
        }
        listener.heard(message);
        heard += message.isResult() ? 1 : 0;
        line = conversation.hear();
      }
    }
    return heard;
  }

  private static ForkOutcome outcome(
      Fork fork, Jdk jdk, Process process, Conversation conversation, int heard, Remains remains)
      throws IOException, InterruptedException {
    if (!conversation.isLate() && !process.waitFor(TO_EXIT.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("fork {} has said its last and does not end; killed", fork.index());
      kill(process);
      process.waitFor(TO_EXIT.toMillis(), TimeUnit.MILLISECONDS);
    }
    if (process.isAlive()) {
      remains.discardIfEmpty();
      return new ForkOutcome.TimedOut(fork.deadline(), remains.dumpThreads(jdk, process.pid()));
    }
    if (process.exitValue() != 0 || heard < fork.results()) {
      return new ForkOutcome.Crashed(
          process.exitValue(), remains.lastWords(), remains.output().getFileName().toString());
    }
    remains.discard();
    return new ForkOutcome.Completed(conversation.elapsed());
  }

  /** Kills the fork that runs, if one does, and each that is launched from now on. */
  @Override
  public void close() {
    closed = true;
    Process process = running;
    if (process != null) {
      kill(process);
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
