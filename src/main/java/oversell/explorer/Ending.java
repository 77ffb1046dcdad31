package oversell.explorer;

/** How an execution that was not cut ended. */
public enum Ending {
  /** The main thread ended, and no other thread can run. */
  DONE,
  /** No thread can run, and the main thread has not ended. */
  DEADLOCK,
  /** It would go on for ever. */
  ENDLESS
}
