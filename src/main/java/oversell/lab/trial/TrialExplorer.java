package oversell.lab.trial;

import java.io.IOException;

/**
 * Explores the interleavings of one sale or one scenario, on the thread that asks it to. The JVM
 * has to be launched with {@link oversell.explorer.Explorer#FLAGS}.
 */
public sealed interface TrialExplorer permits SaleExplorer, ScenarioExplorer, LincheckExplorer {
  /**
   * Explores. To do so again leads to the same, and the counterexample is not found a second time.
   *
   * @throws IOException if the listener does
   */
  Explored explore(SaleListener listener) throws IOException;

  /**
   * Runs one schedule once more: to the step if it is one of the same program, and otherwise so
   * that threads that should go on and have to wait are passed over.
   *
   * @throws IllegalArgumentException if the text is no schedule
   */
  Replayed replay(String schedule);

  /**
   * One execution, told again.
   *
   * @param strictly whether to the step
   * @param passedOver how often a thread should have gone on and had to wait
   */
  record Replayed(boolean strictly, int passedOver, Counterexample told) {}
}
