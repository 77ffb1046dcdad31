package oversell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import oversell.lab.fork.Stores;

/**
 * Ends a run that is interrupted, by Ctrl-C or a plain kill: closes its raw log, and tells the user
 * what was kept and where.
 */
final class ShutdownHook implements AutoCloseable {
  private final Console console;
  private final Path work;
  private final Thread hook = new Thread(this::endRun, "shutdown");

  // Set by the thread that runs, read by the hook.
  private volatile Optional<Run> run = Optional.empty();
  private volatile Optional<Stores> stores = Optional.empty();

  private ShutdownHook(Console console, Path work) {
    this.console = console;
    this.work = work;
  }

  /**
   * Registers one with this JVM.
   *
   * @param work the folder with the raw log
   * @throws InterruptedException if the JVM is already shutting down, as it is where an
   *     interruption came between two runs
   */
  static ShutdownHook register(Console console, Path work) throws InterruptedException {
    ShutdownHook registered = new ShutdownHook(console, work);
    try {
      Runtime.getRuntime().addShutdownHook(registered.hook);
    } catch (IllegalStateException shuttingDown) {
      throw new InterruptedException(shuttingDown.getMessage());
    }
    return registered;
  }

  /** Sets what an interruption has to end: the run first, which has connections to the stores. */
  void ends(Run toEnd, Stores toStop) {
    stores = Optional.of(toStop);
    run = Optional.of(toEnd);
  }

  private void endRun() {
    try {
      if (run.isPresent()) {
        run.get().close();
      }
    } catch (IOException unwritten) {
      console.cannotGoOn(work, unwritten);
    }
    try {
      if (stores.isPresent()) {
        stores.get().close();
      }
    } catch (IOException stillThere) {
      console.cannotStop(stillThere);
    }
    console.interrupted(run.map(Run::kept).orElse("trials that had ended (0)"), work);
  }

  /** Takes the hook away: nothing is left to interrupt. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The JVM is shutting down, and the hook has run or runs.
    }
  }
}
