package oversell.explorer.schedule;

/**
 * Chooses, execution after execution, which thread takes the next step. Threads are numbers from 0
 * to 63, sets of threads are bits.
 */
public interface Strategy {
  /** Returned where the rest of an execution would show nothing new. */
  int CUT = -1;

  /** Returned where an execution does not repeat what the strategy has seen of it. */
  int DIVERGED = -2;

  /** How a wait ends that may end without a signal. */
  enum WaitEnd {
    /** By a signal or an interrupt, if it ends. */
    SIGNALLED,
    /** For nothing, before there is a signal or an interrupt. */
    SPURIOUS,
    /** For nothing if its thread is chosen before, while another thread can go on. */
    EITHER
  }

  /** Begins an execution; false if there is none left to run. */
  boolean begin();

  /**
   * Chooses the thread that takes the next step.
   *
   * @param trace the steps so far, all ended
   * @param enabled the threads that can take one, at least one
   * @param running the thread that took the last step, if it is enabled; else -1
   * @return one of the enabled, {@link #CUT} or {@link #DIVERGED}
   */
  int choose(Trace trace, long enabled, int running);

  /**
   * Says how a wait ends that may end for nothing.
   *
   * @param trace the steps so far, of which the last one begins the wait
   */
  default WaitEnd endOfWait(Trace trace) {
    return WaitEnd.EITHER;
  }

  /**
   * Whether a wait is to end for nothing although no thread can go on.
   *
   * @param waiting the threads in waits that may
   */
  default boolean endsSpuriously(long waiting) {
    return false;
  }

  /**
   * Ends the execution, however it ended.
   *
   * @return whether it counts: a strategy may run an execution that it has run before
   */
  boolean end(Trace trace);

  /** Which share of all executions has been run, from 0 to 1, as an estimate. */
  double share();

  /** Whether every execution was run once {@link #begin} has returned false. */
  boolean isExhaustive();
}
