package oversell.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oversell.lab.experiment.Expectation;
import oversell.lab.experiment.Published;
import oversell.lab.fork.ForkOutcome;
import oversell.lab.fork.ForkPlan;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome.Grade;
import oversell.lab.trial.ScenarioOutcome;
import oversell.lab.trial.ScenarioWorkload;

/** Rows of scenarios: what counts as seen, and what others have published. */
class ScenarioRowTest {
  private static final Published NOTHING = Published.nothing();

  private static RowResult row(
      String name, Expectation expected, Published published, Explored... explorations) {
    return new RowResult(
        new ForkPlan.Row(0, 25, ScenarioWorkload.of(name), expected, Duration.ZERO, published),
        1,
        List.of(new ForkOutcome.Completed(Duration.ofSeconds(1))),
        List.of(),
        List.of(),
        List.of(),
        List.of(explorations),
        List.of(),
        List.of(),
        0,
        StoredRow.none());
  }

  private static ScenarioOutcome returned(String text) {
    return new ScenarioOutcome(Grade.SAFE, text, "");
  }

  /** With one execution for each outcome. */
  private static Explored explored(boolean complete, List<ScenarioOutcome> outcomes) {
    List<Explored.Share> shares = new ArrayList<>();
    outcomes.forEach(
        outcome -> shares.add(new Explored.Share(outcome, 1, Optional.of(BigInteger.TWO))));
    return new Explored(
        outcomes.size(),
        0,
        Optional.of(BigInteger.valueOf(2L * outcomes.size())),
        1,
        complete,
        outcomes.stream().filter(outcome -> outcome.grade().isViolation()).count(),
        List.of(),
        "",
        List.of(),
        List.of(),
        60,
        1,
        shares,
        OptionalDouble.empty());
  }

  private static Optional<Verdict> verdict(boolean complete, String returned, String published) {
    return row(
            "a.B",
            Expectation.SAFE,
            new Published(Optional.empty(), List.of(published.split(" "))),
            explored(
                complete,
                List.of(returned.split(" ")).stream().map(ScenarioRowTest::returned).toList()))
        .verdict();
  }

  @ParameterizedTest
  @CsvSource({
    "SAFE, SAFE, PASS",
    "SAFE, THREW, FAIL",
    "SAFE, DEADLOCK, FAIL",
    "FAILS, SAFE, FAIL",
    "FAILS, THREW, PASS",
    "FAILS, DEADLOCK, PASS",
    "HANGS, ENDLESS, PASS",
    "HANGS, THREW, FAIL",
    "ANY, THREW, PASS"
  })
  void isJudgedByHowItEnds(Expectation expected, Grade grade, Verdict verdict) {
    ScenarioOutcome outcome = new ScenarioOutcome(grade, "", "");

    assertThat(row("a.B", expected, NOTHING, explored(true, List.of(outcome))).verdict())
        .contains(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "true, a b, b a, PASS",
    "true, a, b a, FAIL",
    "true, a b c, b a, FAIL",
    "true, a c, b a, FAIL",
    "false, a b, b a, FAIL",
  })
  void hasExactlyTheOutcomesThatArePublished(
      boolean complete, String found, String published, Verdict verdict) {
    assertThat(verdict(complete, found, published)).contains(verdict);
  }

  @ParameterizedTest
  @CsvSource({"true, 3, PASS", "true, 2, FAIL", "true, 4, FAIL", "false, 3, FAIL"})
  void hasExactlyAsManyTracesAsArePublished(boolean complete, long published, Verdict verdict) {
    Explored three = explored(complete, List.of(returned("a"), returned("b"), returned("c")));
    Published traces = new Published(Optional.of(published), List.of());

    assertThat(row("a.B", Expectation.SAFE, traces, three).verdict()).contains(verdict);
  }

  @Test
  void whatIsPublishedIsNotConfirmedIfNoExplorationEnded() {
    Published traces = new Published(Optional.of(3L), List.of());

    assertThat(row("a.B", Expectation.ANY, traces).isAsPublished()).isFalse();
    assertThat(row("a.B", Expectation.ANY, NOTHING).isAsPublished()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme.TransferTest.Transfer, TransferTest.Transfer",
    "com.acme.TransferTest$Transfer, TransferTest.Transfer",
    "Transfer, Transfer",
    "com.acme.transfer, transfer",
  })
  void isShownWithoutItsPackage(String name, String shown) {
    RowResult row = row(name, Expectation.ANY, NOTHING);

    assertThat(RowNames.of(List.of(row)).of(row)).isEqualTo(shown);
  }

  @Test
  void isShownWithItsPackageIfTwoHaveTheSameName() {
    RowResult one = row("com.acme.Transfer", Expectation.ANY, NOTHING);
    RowResult other = row("com.shop.Transfer", Expectation.ANY, NOTHING);
    RowResult third = row("com.shop.Sale", Expectation.ANY, NOTHING);
    RowNames names = RowNames.of(List.of(one, other, third));

    assertThat(names.of(one)).isEqualTo("com.acme.Transfer");
    assertThat(names.of(other)).isEqualTo("com.shop.Transfer");
    assertThat(names.of(third)).isEqualTo("Sale");
  }
}
