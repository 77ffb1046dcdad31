package oversell.explorer;

/** How an execution ended that was run to its end. */
public enum Ending {
  /** The main thread ended, and no other thread can go on. */
  DONE,
  /** No thread can go on, and the main thread has not ended. */
  DEADLOCK,
  /** It never ends. */
  ENDLESS
}
