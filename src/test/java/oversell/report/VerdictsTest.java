package oversell.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oversell.lab.experiment.Expectation;
import oversell.report.table.Results;
import oversell.report.table.RowResult;
import oversell.report.table.Table;
import oversell.stats.Latencies;

class VerdictsTest {
  private static RowResult row(String variant, Expectation expected, long oversold) {
    return Sold.row(
        Sold.workload(variant),
        25,
        expected,
        Sold.trial(oversold, Latencies.empty(), Optional.empty()),
        Sold.from(10, 6));
  }

  private static String section(RowResult... rows) {
    Results results = Sold.results(rows);
    return new Verdicts(results, Table.of(results), Path.of("")).section();
  }

  @Test
  void verdictsThatPassedAreOneLine() {
    assertThat(
            section(
                row("synchronized", Expectation.SAFE, 0),
                row("semaphore", Expectation.SAFE, 0),
                row("unlocked", Expectation.OVERSELLS, 1),
                row("volatile", Expectation.ANY, 1)))
        .isEqualTo(
            "\n## Verdicts\n\n**4 of 4 rows as expected:** 2 safe in all of 6 trials each (61 to"
                + " 100 % of such trials); 2 unsafe (oversold in 12 of 12 trials); any outcome passes"
                + " for 1.\n");
  }

  @Test
  void verdictsThatFailedComeFirstOneByOne() {
    assertThat(
            section(
                row("synchronized", Expectation.SAFE, 0),
                row("semaphore", Expectation.SAFE, 1),
                row("unlocked", Expectation.OVERSELLS, 0)))
        .containsSubsequence(
            "- **FAIL** semaphore: oversold in 6 of 6 trials",
            "- **FAIL** unlocked: safe in all of 6 trials",
            "**1 of 3 rows as expected:** 1 safe in all of 6 trials (61 to 100 % of such trials).");
  }
}
