package oversell.report.table;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import oversell.lab.experiment.Expectation;
import oversell.lab.trial.Outcome;

/** Whether the outcome of a row is as expected. */
public enum Verdict {
  /** As expected. */
  PASS,
  /** Not as expected, or nothing was seen. */
  FAIL;

  /**
   * Judges a row.
   *
   * @param observed empty if no trial ended; then no expectation passes
   * @param answered whether every buyer got an answer; a variant whose buyers get exceptions is not
   *     safe
   */
  static Verdict of(Expectation expected, Optional<Expectation> observed, boolean answered) {
    boolean fits =
        switch (expected) {
          case ANY -> observed.isPresent();
          case SAFE -> answered && observed.equals(Optional.of(Expectation.SAFE));
          case HANGS -> observed.equals(Optional.of(Expectation.HANGS));
          case STARVES -> observed.equals(Optional.of(Expectation.STARVES));
          case OVERSELLS -> observed.equals(Optional.of(Expectation.OVERSELLS));
          case FAILS -> observed.filter(seen -> seen != Expectation.SAFE).isPresent();
        };
    return fits ? PASS : FAIL;
  }

  /**
   * The worst of all outcomes; a standstill counts only if nothing else was found.
   *
   * @param ofScenario whether they are of a scenario, which sells nothing
   */
  static Expectation amounting(Stream<Outcome.Grade> grades, boolean ofScenario) {
    List<Outcome.Grade> violations = grades.filter(Outcome.Grade::isViolation).toList();
    if (violations.isEmpty()) {
      return Expectation.SAFE;
    }
    return violations.stream().allMatch(Outcome.Grade::isStandstill)
        ? Expectation.HANGS
        : ofScenario ? Expectation.FAILS : Expectation.OVERSELLS;
  }
}
