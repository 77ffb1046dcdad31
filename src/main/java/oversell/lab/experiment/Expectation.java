package oversell.lab.experiment;

import java.util.List;
import java.util.Locale;

/** What an experiment expects of a variant, or of a scenario. */
public enum Expectation {
  /** No trial violates a check. */
  SAFE,
  /** At least one trial violates a check. */
  OVERSELLS,
  /** No trial violates a check, and in at least one buyers give up: no connection was free. */
  STARVES,
  /** It stands still: no trial ends before the deadline. */
  HANGS,
  /** At least one execution of a scenario fails, in whichever way. */
  FAILS,
  /** Any of these outcomes. */
  ANY;

  /**
   * Those that make sense.
   *
   * @param ofScenarios whether scenarios are explored, which sell nothing
   */
  static List<Expectation> of(boolean ofScenarios) {
    return ofScenarios
        ? List.of(SAFE, FAILS, HANGS, ANY)
        : List.of(SAFE, OVERSELLS, STARVES, HANGS, ANY);
  }

  /** The name, as files and tables write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
