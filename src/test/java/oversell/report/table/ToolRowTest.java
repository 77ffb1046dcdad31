package oversell.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oversell.explorer.Granularity;
import oversell.explorer.Reduction;
import oversell.explorer.Strategy;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Expectation;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Exploration.Tool;
import oversell.lab.experiment.Published;
import oversell.lab.experiment.Workload;
import oversell.lab.fork.ForkOutcome;
import oversell.lab.fork.ForkPlan;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome.Grade;
import oversell.lab.trial.ScenarioOutcome;
import oversell.lab.trial.ScenarioWorkload;

/** Rows of an experiment that compares tools: what each came to, and how soon. */
class ToolRowTest {
  private static Workload workload(Tool tool) {
    Workload any = ScenarioWorkload.of("oversell.versus.Programs.Counter");
    return new Workload(
        any.variant(),
        any.carriers(),
        1,
        1,
        0,
        1,
        Duration.ZERO,
        true,
        Conduct.plain()
            .explored(
                new Exploration(
                    Strategy.EXHAUSTIVE,
                    Granularity.ACCESS,
                    Reduction.NONE,
                    10_000,
                    Exploration.Subject.SCENARIO,
                    Exploration.Until.FIRST_FAILURE,
                    tool)));
  }

  private static RowResult row(
      Tool tool, Expectation expected, Explored explored, List<List<Long>> lapNanos) {
    return new RowResult(
        new ForkPlan.Row(0, 25, workload(tool), expected, Duration.ZERO, Published.nothing()),
        1,
        List.of(new ForkOutcome.Completed(Duration.ofSeconds(1))),
        List.of(),
        List.of(),
        List.of(),
        List.of(explored),
        lapNanos,
        List.of(),
        0,
        StoredRow.none());
  }

  private static Explored explored(Grade grade, boolean complete, String bound) {
    return new Explored(
        8,
        3,
        Optional.empty(),
        0,
        complete,
        grade.isViolation() ? 1 : 0,
        List.of(),
        bound,
        List.of(),
        List.of(),
        0,
        1,
        List.of(new Explored.Share(new ScenarioOutcome(grade, "", ""), 8, Optional.empty())),
        OptionalDouble.empty());
  }

  private static String cell(String name, RowResult row) {
    return ExplorationColumns.ofTools().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow()
        .cell()
        .apply(row)
        .text();
  }

  @ParameterizedTest
  @CsvSource({
    "LINCHECK, FAILS, THREW, false, '', failure, PASS",
    "LINCHECK, HANGS, DEADLOCK, false, '', hang, PASS",
    "LINCHECK, FAILS, SAFE, false, '', missed, FAIL",
    "LINCHECK, HANGS, SAFE, false, '', missed, FAIL",
    "LINCHECK, SAFE, SAFE, false, '', passed, PASS",
    "LINCHECK, SAFE, THREW, false, '', failure, FAIL",
    "LINCHECK, FAILS, SAFE, false, its own error, error, FAIL",
    "LINCHECK, SAFE, SAFE, false, its own error, error, FAIL",
    "OVERSELL, SAFE, SAFE, true, '', proved, PASS",
    "OVERSELL, SAFE, SAFE, false, '', passed, PASS",
    "OVERSELL, FAILS, SAFE, true, '', missed, FAIL",
    "OVERSELL, SAFE, SAFE, false, a bound, undecided, FAIL",
  })
  void saysWhatTheToolCameTo(
      Tool tool,
      Expectation expected,
      Grade grade,
      boolean complete,
      String bound,
      String result,
      Verdict verdict) {
    RowResult row = row(tool, expected, explored(grade, complete, bound), List.of());

    assertThat(cell("result", row)).isEqualTo(result);
    assertThat(row.verdict()).contains(verdict);
  }

  @Test
  void countsExecutionsThatWereCutShortToo() {
    RowResult row =
        row(Tool.OVERSELL, Expectation.FAILS, explored(Grade.THREW, false, ""), List.of());

    assertThat(cell("executions", row)).isEqualTo("11");
  }

  @ParameterizedTest
  @CsvSource({
    // Each JVM's times, in milliseconds; the medians of the first and of the last.
    "1500 90 80, 1500, 80.0",
    "1500 90 80 | 1700 95 85 | 900 99 99, 1500, 85.0",
    "1500, 1500, ''",
  })
  void tellsTheFirstTimeInAJvmFromTheLast(String laps, String cold, String warm) {
    List<List<Long>> lapNanos =
        Arrays.stream(laps.split(" [|] "))
            .map(
                jvm ->
                    Arrays.stream(jvm.split(" "))
                        .map(millis -> Long.parseLong(millis) * 1_000_000)
                        .toList())
            .toList();
    RowResult row =
        row(Tool.LINCHECK, Expectation.FAILS, explored(Grade.THREW, false, ""), lapNanos);

    assertThat(cell("cold_ms", row)).isEqualTo(cold);
    assertThat(cell("warm_ms", row)).isEqualTo(warm);
  }
}
