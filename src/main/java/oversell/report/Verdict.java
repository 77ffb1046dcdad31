package oversell.report;

import java.util.Optional;
import oversell.experiment.Expectation;

/** Outcome against expectation. */
public enum Verdict {
  /** As expected. */
  PASS,
  /** Not as expected, or nothing was seen. */
  FAIL;

  /**
   * Judges a row.
   *
   * @param observed empty if no trial ended, which shows nothing and so passes nothing
   */
  static Verdict of(Expectation expected, Optional<Expectation> observed) {
    boolean fits =
        observed.isPresent() && (expected == Expectation.ANY || expected == observed.get());
    return fits ? PASS : FAIL;
  }
}
