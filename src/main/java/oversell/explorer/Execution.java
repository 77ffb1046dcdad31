package oversell.explorer;

/**
 * One execution of a subject.
 *
 * @param <R> its outcome
 */
public interface Execution<R> {
  /** Runs it, on the main thread; what it throws ends the exploration. */
  void run() throws Exception;

  /** Whether the main thread runs woven code, and so announces its steps, while others live. */
  boolean isAnnounced();

  /** What came of it; asked once it has ended. */
  R outcome(Ending ending);

  /** Whether such an outcome is a failure. */
  boolean isFailure(R outcome);

  /** What is drawn beside its steps; asked when no thread runs, and must not wait then. */
  Watched watched();
}
