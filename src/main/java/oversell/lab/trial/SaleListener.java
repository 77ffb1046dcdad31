package oversell.lab.trial;

import java.io.IOException;

/** Hears of an exploration while it goes on. */
public interface SaleListener {
  /**
   * It goes on.
   *
   * @param share how much of all there is has been run, from 0 to 1, as an estimate
   * @param perSecond how many executions a second since it began
   */
  void progressed(long executions, long violations, double share, double perSecond)
      throws IOException;

  /** The shortest execution that fails a check has been found. */
  void found(Counterexample counterexample) throws IOException;

  /** Hears of nothing. */
  static SaleListener silent() {
    return new SaleListener() {
      @Override
      public void progressed(long executions, long violations, double share, double perSecond) {}

      @Override
      public void found(Counterexample counterexample) {}
    };
  }
}
