package oversell.explorer.hook;

/**
 * Which monitors a call into code that is not woven takes by itself. Monitors of the JVM are not
 * explored; the monitors of woven code are the explorer's own. A thread that owns the monitor of a
 * vector blocks others from calling the vector only if the explorer knows that the vector takes it,
 * too.
 */
public enum Holding {
  /** None that woven code could own. */
  NONE,
  /** Its receiver is not known, so it may take the monitor of anything that it reaches. */
  ANY,
  /** It may take the monitor of its receiver, and may call back with or without it. */
  UNSURE,
  /** It takes the monitor of its receiver, but may also call back without it. */
  AS_ONE,
  /** It owns the monitor of its receiver whenever it calls back. */
  THROUGHOUT;

  /** Whether it certainly takes the monitor of its receiver. */
  public boolean takes() {
    return this == AS_ONE || this == THROUGHOUT;
  }

  /** Whether it is not known, while it calls back, if it owns the monitor. */
  public boolean isInDoubt() {
    return this == AS_ONE || this == UNSURE;
  }
}
