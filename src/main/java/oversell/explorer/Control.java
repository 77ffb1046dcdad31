package oversell.explorer;

import java.util.Optional;
import java.util.function.Supplier;
import oversell.explorer.control.Engine;

/**
 * What code that is not woven can tell the explorer, or ask of it, on a thread that is under
 * control.
 */
public final class Control {
  private final Engine engine;

  Control(Engine engine) {
    this.engine = engine;
  }

  /** Tells it that an object was made whose state threads may share. */
  void created(Object object) {
    engine.created(object);
  }

  /** Tells it that the outcome is about to be read, which threads that still run may change. */
  void readOutcome() {
    engine.readOutcome();
  }

  /** Sleeps in virtual time. */
  public void sleep(long nanos) throws InterruptedException {
    engine.pause(nanos);
  }

  /** Waits until the thread is interrupted. */
  public void hang() throws InterruptedException {
    engine.hang();
  }

  /**
   * Tells it that the main thread is about to join the threads that it has forked in a scope: it
   * goes on when all have ended, or after a step of which {@link #touchAnything} was told.
   */
  public void joinForked() {
    engine.joinForked();
  }

  /**
   * Tells it that the current step conflicts with every other one: it cancels them, for example.
   */
  public void touchAnything() {
    engine.touchAnything();
  }

  /**
   * Reads the state of the scenario's objects, when no thread runs.
   *
   * @return empty if the answer would take for ever, or fails
   */
  public <T> Optional<T> ask(Supplier<T> question) {
    return engine.ask(question);
  }

  /**
   * Whether this was thrown to end a thread of an execution that is not run to its end: it must not
   * be caught.
   */
  public static boolean isEnd(Throwable thrown) {
    return thrown instanceof Engine.Dropped;
  }

  /**
   * The exception that ended a thread of this execution without being caught; empty if none did.
   */
  public Optional<Throwable> uncaught() {
    return engine.uncaught();
  }
}
