package oversell.explore;

import java.io.IOException;

/** Hears of an exploration while it goes on. */
public interface ExplorationListener {
  /**
   * It goes on.
   *
   * @param share how much of all there is has been run, from 0 to 1, as an estimate
   */
  void progressed(long executions, long violations, double share) throws IOException;

  /** The shortest execution that fails a check has been found. */
  void found(Counterexample counterexample) throws IOException;
}
