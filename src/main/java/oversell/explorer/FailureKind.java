package oversell.explorer;

/** How an execution failed. */
public enum FailureKind {
  /** The scenario threw, or a thread of it ended with an exception that nobody caught. */
  THREW,
  /** No thread could run, and the scenario had not returned. */
  DEADLOCK,
  /** It goes on for ever: every thread that can run repeats the same steps, and nothing changes. */
  ENDLESS
}
