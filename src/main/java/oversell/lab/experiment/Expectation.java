package oversell.lab.experiment;

import java.util.Locale;

/** What an experiment expects of a variant. */
public enum Expectation {
  /** No trial violates a check. */
  SAFE,
  /** At least one trial violates a check. */
  OVERSELLS,
  /** No trial violates a check, and in at least one buyers give up: no connection was free. */
  STARVES,
  /** It stands still: no trial ends before the deadline. */
  HANGS,
  /** Any of these outcomes. */
  ANY;

  /** The name, as files and tables write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
