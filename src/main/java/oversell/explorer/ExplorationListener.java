package oversell.explorer;

import java.io.IOException;

/**
 * Hears of an exploration while it goes on, on the thread that explores.
 *
 * @param <R> the outcomes
 */
public interface ExplorationListener<R> {
  /**
   * It goes on.
   *
   * @param share how much of all there is has been run, from 0 to 1, as an estimate
   * @param perSecond how many executions a second since it began
   */
  void progressed(long executions, long failures, double share, double perSecond)
      throws IOException;

  /** The shortest execution that fails has been found. */
  void found(Found<R> failure) throws IOException;
}
