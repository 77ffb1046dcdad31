package oversell.explorer.hook;

/** How a call into code that is not woven counts, as a step. */
public enum Treatment {
  /** It reads and changes nothing that threads could share. */
  NOTHING,
  /** It reads its receiver, whose state other threads can reach only by calls, too. */
  READING,
  /** It reads or changes its receiver, whose state other threads can reach only by calls, too. */
  RECEIVER,
  /**
   * It reads and changes its receiver, and reads what that goes through: of an iterator, the list.
   */
  PART,
  /** It reads or changes its receiver, which is a lock or another synchronizer. */
  GUARD,
  /** It may read or change anything. */
  EVERYTHING,
  /** It may do what the explorer cannot control. */
  UNCONTROLLED
}
