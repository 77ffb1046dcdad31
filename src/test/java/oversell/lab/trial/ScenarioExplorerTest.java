package oversell.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Scenario;
import oversell.lab.trial.Outcome.Grade;

/** Scenarios as the lab explores them: the bank of the example, and some that are odd. */
class ScenarioExplorerTest {
  private static final String BANK = "oversell.scenario.Bank.";
  private static final String HERE = ScenarioExplorerTest.class.getName() + ".";

  static final class ThrowingConstructor implements Scenario<String> {
    ThrowingConstructor() {
      throw new IllegalStateException("no stock");
    }

    @Override
    public String run() {
      return "";
    }
  }

  static final class Shy implements Scenario<Shy.Outcome> {
    record Outcome(int number) {
      @Override
      public String toString() {
        throw new IllegalStateException("do not look");
      }
    }

    @Override
    public Outcome run() {
      return new Outcome(1);
    }
  }

  private static final class Heard implements SaleListener {
    private final List<Counterexample> counterexamples = new ArrayList<>();

    @Override
    public void progressed(long executions, long violations, double share, double perSecond) {}

    @Override
    public void found(Counterexample counterexample) {
      counterexamples.add(counterexample);
    }
  }

  private static ScenarioExplorer explorer(String name) {
    return new ScenarioExplorer(
        ScenarioWorkload.of(name),
        ScenarioExplorerTest.class.getClassLoader(),
        1,
        System::nanoTime);
  }

  private static Explored explored(String name) throws IOException {
    Explored explored = explorer(name).explore(new Heard());
    assertThat(explored.complete()).isTrue();
    return explored;
  }

  private static Stream<Grade> grades(Explored explored) {
    return explored.distinctOutcomes().map(Outcome::grade);
  }

  /** The guard that is right beside those that are not. */
  @ParameterizedTest
  @CsvSource({
    "SmallerNumberFirst, SAFE",
    "Refusing, SAFE",
    "OwnAccountFirst, DEADLOCK",
    "Unguarded, THREW",
  })
  void theWorstThatABankComesToIsItsFirstOutcome(String guard, Grade worst) throws IOException {
    Explored explored = explored(BANK + guard);

    assertThat(grades(explored)).first().isEqualTo(worst);
    assertThat(explored.violations() > 0).isEqualTo(worst.isViolation());
  }

  @Test
  void whatItReturnsIsItsOutcome() throws IOException {
    assertThat(explored(BANK + "Refusing").distinctOutcomes())
        .containsExactly(
            new ScenarioOutcome(Grade.SAFE, "0", ""),
            new ScenarioOutcome(Grade.SAFE, "1", ""),
            new ScenarioOutcome(Grade.SAFE, "2", ""));
  }

  @Test
  void aCounterexampleIsReplayedStepByStepWithWhatIsWatched() throws IOException {
    Heard heard = new Heard();
    var unused = explorer(BANK + "Unguarded").explore(heard);
    Counterexample found = heard.counterexamples.getFirst();

    assertThat(explorer(BANK + "Unguarded").replay(found.schedule()))
        .isEqualTo(new TrialExplorer.Replayed(true, 0, found));
    assertThat(found.story().watched()).containsExactly("one", "two");
    assertThat(found.outcome().failure()).contains("the bank had 200");
  }

  @Test
  void aConstructorThatThrowsIsAFailure() throws IOException {
    assertThat(explored(HERE + "ThrowingConstructor").distinctOutcomes())
        .containsExactly(
            new ScenarioOutcome(Grade.THREW, "", "java.lang.IllegalStateException: no stock"));
  }

  @Test
  void anOutcomeThatCannotBeShownIsShownByItsClass() throws IOException {
    assertThat(explored(HERE + "Shy").distinctOutcomes())
        .containsExactly(new ScenarioOutcome(Grade.SAFE, "a " + Shy.Outcome.class.getName(), ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"com.acme.Missing", "oversell.scenario.Bank.Missing"})
  void aClassThatIsNotThereIsNamed(String name) {
    assertThatThrownBy(() -> explorer(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no class " + name + " is on the class path");
  }
}
