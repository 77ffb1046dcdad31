package oversell.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oversell.lab.trial.LincheckExplorer.Checked;
import oversell.lab.trial.LincheckExplorer.How;

/** What is made of what Lincheck says; Lincheck itself is asked in {@code VersusIT}. */
class LincheckExplorerTest {
  private static final ClassLoader CLASSES = LincheckExplorerTest.class.getClassLoader();

  private static Explored explored(How how, long invocations, String message) {
    long[] clock = {100};
    return new LincheckExplorer(
            ScenarioWorkload.of("oversell.versus.Programs.Counter"),
            CLASSES,
            (program, most) -> new Checked(how, invocations, message),
            () -> clock[0] += 7)
        .explore(SaleListener.silent());
  }

  @ParameterizedTest
  @CsvSource({"PASSED, 42, 0", "WRONG, 42, 1", "HUNG, 42, 1", "BROKE, 42, 0", "BROKE, 0, 0"})
  void countsWhatWasRunAndTheFailureAmongIt(How how, long invocations, long failures) {
    Explored explored = explored(how, invocations, "what it says");

    assertThat(explored.executions()).isEqualTo(invocations);
    assertThat(explored.violations()).isEqualTo(failures);
    assertThat(explored.outcomes().stream().mapToLong(Explored.Share::executions).sum())
        .isEqualTo(invocations);
    assertThat(explored.outcomes())
        .allSatisfy(share -> assertThat(share.executions()).isPositive());
    assertThat(explored.wallNanos()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({"WRONG, THREW", "HUNG, DEADLOCK"})
  void tellsAWrongAnswerFromAHang(How how, Outcome.Grade grade) {
    assertThat(explored(how, 8, "Invalid").distinctOutcomes().map(Outcome::grade))
        .containsExactlyInAnyOrder(grade, Outcome.Grade.SAFE);
  }

  /** It does not say whether it has run all there is, so nothing that it passes is proved. */
  @Test
  void isNeverTakenForAProof() {
    Explored explored = explored(How.PASSED, 42, "");

    assertThat(explored.isProof()).isFalse();
    assertThat(explored.isDecided()).isTrue();
  }

  @Test
  void decidesNothingIfItEndsWithAnErrorOfItsOwn() {
    Explored explored = explored(How.BROKE, 3, "java.lang.NullPointerException: no thread");

    assertThat(explored.isDecided()).isFalse();
    assertThat(explored.bound())
        .isEqualTo("Lincheck ended with java.lang.NullPointerException: no thread");
  }

  @ParameterizedTest
  @CsvSource({"oversell.scenario.Bank.Unguarded", "oversell.versus.Programs.Nobody"})
  void takesOnlyProgramsThatAreStatedAsOperations(String name) {
    assertThatThrownBy(
            () ->
                new LincheckExplorer(
                    ScenarioWorkload.of(name),
                    CLASSES,
                    (program, most) -> new Checked(How.PASSED, 1, ""),
                    () -> 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(name + " is no class that extends oversell.versus.Operations");
  }

  @Test
  void replaysNothing() {
    LincheckExplorer explorer =
        new LincheckExplorer(
            ScenarioWorkload.of("oversell.versus.Programs.Counter"),
            CLASSES,
            (program, most) -> new Checked(How.PASSED, 1, ""),
            () -> 0);

    assertThatThrownBy(() -> explorer.replay("0005010171"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("replay it by oversell");
  }
}
