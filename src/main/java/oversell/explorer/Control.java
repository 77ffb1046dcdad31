package oversell.explorer;

import java.util.Optional;
import java.util.function.Supplier;
import oversell.explorer.control.Engine;

/** What code that is not woven can ask of the explorer, on a thread that is under control. */
public final class Control {
  private final Engine engine;

  Control(Engine engine) {
    this.engine = engine;
  }

  /** An object was made whose state threads may share. */
  void created(Object object) {
    engine.created(object);
  }

  /** What is returned is about to be read, while threads that go on may change it. */
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

  /** The step that is being taken may matter to any other: it cancels them, for one. */
  public void touchAnything() {
    engine.touchAnything();
  }

  /**
   * Asks what the scenario's objects know, when no thread runs.
   *
   * @return empty if the answer would take for ever, or fails
   */
  public <T> Optional<T> ask(Supplier<T> question) {
    return engine.ask(question);
  }

  /** Whether this ends a thread of an execution that is not run to its end: never to be caught. */
  public static boolean isEnd(Throwable thrown) {
    return thrown instanceof Engine.Dropped;
  }

  /** What ended a thread of this execution that nobody caught; empty if nothing did. */
  public Optional<Throwable> uncaught() {
    return engine.uncaught();
  }
}
