package oversell.explorer.schedule;

/**
 * Chooses, execution after execution, which thread goes next. Threads are numbers from 0 to 63,
 * sets of them are bits.
 */
public interface Strategy {
  /** Chosen where the rest of an execution would show nothing new. */
  int CUT = -1;

  /** Chosen where an execution does not repeat what the strategy has seen of it. */
  int DIVERGED = -2;

  /** Whether there is one more execution to run. */
  boolean begin();

  /**
   * Chooses who takes the next step.
   *
   * @param trace the steps so far, all ended
   * @param enabled those that can take one, at least one
   * @param running who took the last step, if it can go on; else -1
   * @return one of the enabled, {@link #CUT} or {@link #DIVERGED}
   */
  int choose(Trace trace, long enabled, int running);

  /**
   * The execution has ended, in whatever way.
   *
   * @return whether it is one that counts: a strategy may run one that it has run before
   */
  boolean end(Trace trace);

  /** How much of all there is has been run, from 0 to 1, as an estimate. */
  double share();

  /** Whether every execution there is was run, once {@link #begin} said that there are no more. */
  boolean isExhaustive();
}
