package oversell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The last words of a run that is interrupted, by Ctrl-C or a plain kill, before it is closed. */
final class Farewell implements AutoCloseable {
  private final Console console;
  private final Path work;
  private final Thread hook = new Thread(this::say, "farewell");

  // Set by the thread that runs, read by the hook.
  private volatile Optional<Run> run = Optional.empty();

  private Farewell(Console console, Path work) {
    this.console = console;
    this.work = work;
  }

  /**
   * Prepares them.
   *
   * @param work the folder with the raw log
   * @throws InterruptedException if the JVM is on its way out already, as it is where an
   *     interruption came between two runs
   */
  static Farewell prepare(Console console, Path work) throws InterruptedException {
    Farewell farewell = new Farewell(console, work);
    try {
      Runtime.getRuntime().addShutdownHook(farewell.hook);
    } catch (IllegalStateException leaving) {
      throw new InterruptedException(leaving.getMessage());
    }
    return farewell;
  }

  /** Names what an interruption has to end. */
  void of(Run toEnd) {
    run = Optional.of(toEnd);
  }

  private void say() {
    if (run.isPresent()) {
      try {
        run.get().close();
      } catch (IOException unwritten) {
        console.cannotGoOn(work, unwritten);
      }
    }
    console.interrupted(run.map(Run::kept).orElse("trials that had ended (0)"), work);
  }

  /** Nothing is left to interrupt. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadySaid) {
      // The JVM is on its way out, and the hook with it.
    }
  }
}
