package oversell.explorer;

import java.util.Locale;

/** Which schedules an exploration runs. */
public enum Strategy {
  /** Every one, depth first. */
  EXHAUSTIVE,
  /** Each choice is drawn, every enabled thread with the same probability. */
  RANDOM,
  /** By random priorities that change at a few random steps. */
  PCT,
  /** Every one, those with the fewest preemptions first. */
  FEWEST_SWITCHES;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
