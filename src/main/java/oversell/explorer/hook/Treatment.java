package oversell.explorer.hook;

/** How a call into code that is not woven counts, as a step. */
public enum Treatment {
  /** It reads and changes nothing that threads could share. */
  NOTHING,
  /** It reads its receiver, which others can reach only by calling it, too. */
  READING,
  /** It reads or changes its receiver, which others can reach only by calling it, too. */
  RECEIVER,
  /** The same of a lock or another synchronizer. */
  GUARD,
  /** It may read or change anything. */
  EVERYTHING,
  /** It may do what the explorer has no hold on. */
  UNCONTROLLED
}
