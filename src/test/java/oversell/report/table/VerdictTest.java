package oversell.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oversell.lab.experiment.Expectation;

class VerdictTest {
  @ParameterizedTest
  @CsvSource({
    "SAFE, SAFE, true, PASS",
    "SAFE, SAFE, false, FAIL",
    "SAFE, OVERSELLS, true, FAIL",
    "OVERSELLS, OVERSELLS, true, PASS",
    "OVERSELLS, OVERSELLS, false, PASS",
    "OVERSELLS, SAFE, true, FAIL",
    "SAFE, HANGS, true, FAIL",
    "HANGS, HANGS, true, PASS",
    "HANGS, SAFE, true, FAIL",
    "OVERSELLS, HANGS, true, FAIL",
    "SAFE, STARVES, false, FAIL",
    "STARVES, STARVES, false, PASS",
    "STARVES, SAFE, true, FAIL",
    "ANY, STARVES, false, PASS",
    "ANY, HANGS, true, PASS",
    "ANY, SAFE, false, PASS",
    "ANY, OVERSELLS, true, PASS",
  })
  void comparesTheOutcomeWithTheExpectation(
      Expectation expected, Expectation observed, boolean answered, Verdict verdict) {
    assertThat(Verdict.of(expected, Optional.of(observed), answered)).isEqualTo(verdict);
  }

  @Test
  void noExpectationPassesWithoutATrial() {
    for (Expectation expected : Expectation.values()) {
      assertThat(Verdict.of(expected, Optional.empty(), true)).isEqualTo(Verdict.FAIL);
    }
  }
}
