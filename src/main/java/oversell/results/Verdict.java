package oversell.results;

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
   * @param answered whether every buyer got an answer; a variant that throws at its buyers is not
   *     safe
   */
  static Verdict of(Expectation expected, Optional<Expectation> observed, boolean answered) {
    boolean fits =
        switch (expected) {
          case ANY -> observed.isPresent();
          case SAFE -> answered && observed.equals(Optional.of(Expectation.SAFE));
          case HANGS -> observed.equals(Optional.of(Expectation.HANGS));
          case OVERSELLS -> observed.equals(Optional.of(Expectation.OVERSELLS));
        };
    return fits ? PASS : FAIL;
  }
}
