package oversell.explorer;

import java.util.Locale;

/** Which executions an exhaustive exploration leaves out. */
public enum Reduction {
  /** None. */
  NONE,
  /**
   * Those that differ from another one only in the order of steps that do not conflict, by dynamic
   * partial order reduction with sleep sets and wakeup trees.
   */
  SOURCE_DPOR;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
