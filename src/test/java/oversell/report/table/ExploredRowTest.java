package oversell.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oversell.explorer.Granularity;
import oversell.explorer.Reduction;
import oversell.explorer.Strategy;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Expectation;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;
import oversell.lab.fork.ForkOutcome;
import oversell.lab.fork.ForkPlan;
import oversell.lab.fork.Message;
import oversell.lab.trial.Counterexample;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome.Grade;
import oversell.lab.trial.SaleOutcome;

class ExploredRowTest {
  private static final ForkOutcome LATE = new ForkOutcome.TimedOut(Duration.ofMinutes(1), "");
  private static final ForkOutcome DONE = new ForkOutcome.Completed(Duration.ofSeconds(1));

  private static RowResult row(
      Expectation expected,
      List<ForkOutcome> forks,
      List<Explored> explorations,
      List<Counterexample> counterexamples) {
    Workload workload =
        new Workload(
            "any",
            OptionalInt.empty(),
            1,
            2,
            10,
            3,
            Duration.ZERO,
            true,
            Conduct.plain()
                .explored(
                    new Exploration(Strategy.EXHAUSTIVE, Granularity.ACCESS, Reduction.NONE, 1)));
    return new RowResult(
        new ForkPlan.Row(0, 25, workload, expected, Duration.ZERO),
        1,
        forks,
        List.of(),
        List.of(),
        List.of(),
        explorations,
        List.of(),
        counterexamples.stream().map(told -> new Message.CounterexampleFound(0, 1, told)).toList(),
        0,
        StoredRow.none());
  }

  private static Explored explored(Grade grade, boolean complete, String... uncontrolled) {
    Explored.Share share =
        new Explored.Share(new SaleOutcome(grade, 1, 9, 0, ""), 6, Optional.of(BigInteger.TEN));
    return new Explored(
        6,
        0,
        Optional.of(BigInteger.TEN),
        1,
        complete,
        grade.isViolation() ? 6 : 0,
        List.of(uncontrolled),
        "",
        List.of(),
        List.of(),
        60,
        1,
        List.of(share),
        OptionalDouble.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "SAFE, SAFE",
    "NEGATIVE, OVERSELLS",
    "OVERSOLD, OVERSELLS",
    "LOST_UPDATE, OVERSELLS",
    "VANISHED, OVERSELLS",
    "UNANSWERED, OVERSELLS",
    "DEADLOCK, HANGS",
    "ENDLESS, HANGS"
  })
  void theObservedOutcomeIsTheWorst(Grade grade, Expectation observed) {
    RowResult row = row(Expectation.ANY, List.of(DONE), List.of(explored(grade, true)), List.of());

    assertThat(row.observed()).contains(observed);
  }

  @Test
  void anExplorationThatMissesItsDeadlineDoesNotHang() {
    RowResult row = row(Expectation.HANGS, List.of(LATE), List.of(), List.of());

    assertThat(row.observed()).isEmpty();
    assertThat(row.verdict()).contains(Verdict.FAIL);
  }

  @Test
  void aCounterexampleCountsHoweverItsForkEnded() {
    Counterexample told =
        new Counterexample(
            "00",
            new SaleOutcome(Grade.OVERSOLD, 1, 12, 0, ""),
            List.of(),
            0,
            List.of(),
            -1,
            List.of());

    RowResult row = row(Expectation.SAFE, List.of(LATE), List.of(), List.of(told));

    assertThat(row.observed()).contains(Expectation.OVERSELLS);
    assertThat(row.verdict()).contains(Verdict.FAIL);
  }

  @Test
  void whatIsNotUnderControlIsNotSafe() {
    RowResult row =
        row(
            Expectation.SAFE,
            List.of(DONE),
            List.of(explored(Grade.SAFE, false, "Socket.connect")),
            List.of());

    assertThat(row.verdict()).contains(Verdict.FAIL);
  }

  @Test
  void whatIsNotUnderControlIsUndecided() {
    RowResult row =
        row(
            Expectation.SAFE,
            List.of(DONE),
            List.of(explored(Grade.SAFE, false, "Socket.connect")),
            List.of());

    assertThat(row.finding()).contains("undecided");
  }

  @Test
  void anExceptionIsNamedIfThatIsAllThatWentWrong() {
    RowResult row =
        row(
            Expectation.SAFE,
            List.of(DONE),
            List.of(failing("java.lang.IllegalStateException: closed")),
            List.of());

    assertThat(row.finding()).contains("throws IllegalStateException");
    assertThat(row.verdict()).contains(Verdict.FAIL);
  }

  private static Explored failing(String failure) {
    Explored.Share share =
        new Explored.Share(
            new SaleOutcome(Grade.UNANSWERED, 1, 9, 1, failure), 6, Optional.of(BigInteger.TEN));
    return new Explored(
        6,
        0,
        Optional.of(BigInteger.TEN),
        1,
        true,
        6,
        List.of(),
        "",
        List.of(),
        List.of(),
        60,
        1,
        List.of(share),
        OptionalDouble.empty());
  }

  @Test
  void theExplorationThatClaimsLeastCounts() {
    Explored proof = explored(Grade.SAFE, true);
    Explored part = explored(Grade.SAFE, false);
    Explored uncontrolled = explored(Grade.SAFE, false, "Socket.connect");
    Explored refuted = explored(Grade.OVERSOLD, true);

    assertThat(least(proof, part)).isEqualTo(part);
    assertThat(least(part, uncontrolled)).isEqualTo(uncontrolled);
    assertThat(least(uncontrolled, refuted, proof)).isEqualTo(refuted);
  }

  private static Explored least(Explored... explorations) {
    return row(Expectation.ANY, List.of(DONE), List.of(explorations), List.of())
        .explored()
        .orElseThrow();
  }

  @Test
  void theTableOfOutcomesHasALineForEachOutcome() {
    RowResult row =
        row(Expectation.ANY, List.of(DONE), List.of(explored(Grade.SAFE, true)), List.of());
    Results results =
        new Results(Runs.started(Map.of()), List.of(), List.of(row), Optional.empty());

    Table outcomes = Table.ofOutcomes(results);

    assertThat(outcomes.cells()).hasSize(1);
    assertThat(outcomes.text(0, "count")).isEqualTo("10");
    assertThat(outcomes.text(0, "executions")).isEqualTo("6");
    assertThat(outcomes.text(0, "share")).isEqualTo("1.00000000");
    assertThat(Table.of(results).text(0, "traces")).as("nothing is left out").isEmpty();
  }
}
