package oversell.explorer.hook;

/**
 * Which monitors a call into code that is not woven takes by itself. Those of the JVM are not
 * explored, and those of woven code are the explorer's own: whoever is in the one of a vector keeps
 * others from calling the vector only if the explorer knows that the vector takes it, too.
 */
public enum Holding {
  /** None that woven code could be in. */
  NONE,
  /** Of its receiver nothing is known, so whatever it reaches may take its own. */
  ANY,
  /** It may take the one of its receiver at some time, and may call back then or at another. */
  UNSURE,
  /** It takes the one of its receiver, but calls back at other times, too. */
  AS_ONE,
  /** It is in the one of its receiver whenever it calls back. */
  THROUGHOUT;

  /** Whether it surely takes the monitor of its receiver. */
  public boolean takes() {
    return this == AS_ONE || this == THROUGHOUT;
  }

  /** Whether nobody knows, while it calls back, whether it is in the monitor. */
  public boolean isInDoubt() {
    return this == AS_ONE || this == UNSURE;
  }
}
