package oversell.explorer.hook;

/** What a call does with the one location that it reaches. */
public enum Use {
  /** It reads it. */
  READ,
  /** It may change it. */
  WRITE,
  /** It reads it, and changes it only if it finds what it expects. */
  ATTEMPT
}
