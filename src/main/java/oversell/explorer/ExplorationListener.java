package oversell.explorer;

import java.io.IOException;

/**
 * Receives the progress of an exploration, on the thread that explores.
 *
 * @param <R> the outcomes
 */
public interface ExplorationListener<R> {
  /**
   * Called from time to time.
   *
   * @param share which share of all executions has been run, from 0 to 1, as an estimate
   * @param perSecond how many executions a second since it began
   */
  void progressed(long executions, long failures, double share, double perSecond)
      throws IOException;

  /** Called when the shortest execution that fails has been found. */
  void found(Found<R> failure) throws IOException;
}
