package oversell.explorer;

/**
 * One execution of a subject.
 *
 * @param <R> its outcome
 */
public interface Execution<R> {
  /** Runs it, on the main thread; what it throws ends the exploration. */
  void run() throws Exception;

  /**
   * Whether the main thread runs woven code, and so announces its steps, while other threads are
   * alive.
   */
  boolean isAnnounced();

  /** Its outcome; asked once, when it has ended. */
  R outcome(Ending ending);

  /** Whether such an outcome is a failure. */
  boolean isFailure(R outcome);

  /** The values that are drawn beside its steps; asked when no thread runs, so it must not wait. */
  Watched watched();
}
