package oversell.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import oversell.lab.experiment.Expectation;
import oversell.lab.experiment.Workload;
import oversell.report.table.Results;
import oversell.report.table.RowResult;
import oversell.report.table.Table;
import oversell.stats.Latencies;

class DifferencesTest {
  private static final Workload FIRST = Sold.workload("synchronized");
  private static final Workload SECOND = Sold.workload("reentrant-lock");
  private static final Workload THIRD = Sold.workload("semaphore");

  /** The lines of the list. */
  private static List<String> lines(RowResult... rows) {
    Results results = Sold.results(rows);
    return Differences.section(results, Table.of(results))
        .lines()
        .filter(line -> line.startsWith("- "))
        .toList();
  }

  private static RowResult on(int jdk, Workload workload, double millis) {
    return Sold.row(workload, jdk, Expectation.SAFE, Sold.trial(), Sold.from(millis, 10));
  }

  @Test
  void namesTheFasterAndTheSlowerVariant() {
    assertThat(lines(on(25, FIRST, 10), on(25, SECOND, 5), on(25, THIRD, 20)))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("- reentrant-lock: **faster** than synchronized (ratio 0.500, p "),
            line ->
                assertThat(line)
                    .startsWith("- semaphore: **slower** than synchronized (ratio 2.000, p "));
  }

  @Test
  void namesNoWinnerWhereIntervalsOverlap() {
    assertThat(lines(on(25, FIRST, 10), on(25, SECOND, 10.001)))
        .singleElement()
        .asString()
        .startsWith("- reentrant-lock: *no difference seen* from synchronized (ratio 1.000, p ");
  }

  @Test
  void namesNoWinnerWhereForksOfBothSidesOverlap() {
    RowResult baseline = Sold.row(FIRST, Sold.from(10, 9), Sold.from(30, 2));
    RowResult candidate = Sold.row(SECOND, Sold.from(20, 9), Sold.from(20, 2));

    assertThat(lines(baseline, candidate)).singleElement().asString().contains("*no difference");
    assertThat(lines(Sold.row(FIRST, Sold.from(10, 9), Sold.from(10, 2)), candidate))
        .singleElement()
        .asString()
        .contains("**slower**");
  }

  @Test
  void countsComparisonsWithTooFewTrials() {
    double[] few = Sold.from(1, 5);

    assertThat(lines(Sold.row(FIRST, Sold.from(10, 10)), Sold.row(SECOND, few)))
        .containsExactly(
            "- 1 comparison with fewer than six trials on a side: *no difference seen*");
    assertThat(lines(Sold.row(FIRST, few), Sold.row(SECOND, few), Sold.row(THIRD, few)))
        .containsExactly(
            "- 2 comparisons with fewer than six trials on a side: *no difference seen*");
  }

  @Test
  void comparesJdksWithTheFirstOneAndVariantsOnTheSameJdk() {
    assertThat(
            lines(
                on(21, FIRST, 10),
                on(21, SECOND, 20),
                on(25, FIRST, 30),
                on(25, SECOND, 40),
                on(27, FIRST, 50)))
        .extracting(line -> line.replaceFirst(" \\(.*", ""))
        .containsExactly(
            "- reentrant-lock, JDK 21: **slower** than synchronized, JDK 21",
            "- synchronized, JDK 25: **slower** than synchronized, JDK 21",
            "- reentrant-lock, JDK 25: **slower** than synchronized, JDK 25",
            "- reentrant-lock, JDK 25: **slower** than reentrant-lock, JDK 21",
            "- synchronized, JDK 27: **slower** than synchronized, JDK 21");
  }

  @Test
  void doesNotCompareRowsWithDifferentSales() {
    Workload more = Sold.workload("semaphore", OptionalInt.empty(), 6, Duration.ofMillis(1));

    assertThat(lines(on(25, FIRST, 10), on(25, more, 20))).isEmpty();
    assertThat(Differences.section(Sold.results(on(25, FIRST, 10)), table(on(25, FIRST, 10))))
        .isEmpty();
  }

  private static Table table(RowResult... rows) {
    return Table.of(Sold.results(rows));
  }

  @Test
  void neverComparesARowThatIsNotExpectedToBeSafe() {
    for (Expectation expected : Expectation.values()) {
      RowResult doubtful = Sold.row(FIRST, 25, expected, Sold.trial(), Sold.from(1, 10));

      assertThat(lines(doubtful, on(25, SECOND, 10), on(25, THIRD, 20)))
          .as("%s", expected)
          .hasSize(expected == Expectation.SAFE ? 2 : 1)
          .allMatch(line -> line.contains("synchronized") == (expected == Expectation.SAFE));
    }
  }

  /** The broken twin: it should be safe, and it is faster because it is not. */
  @Test
  void neverComparesARowThatOversold() {
    RowResult oversold =
        Sold.row(
            SECOND,
            25,
            Expectation.SAFE,
            Sold.trial(1, Latencies.empty(), Optional.empty()),
            Sold.from(1, 10));

    assertThat(lines(on(25, FIRST, 10), oversold)).isEmpty();
    assertThat(lines(oversold, on(25, FIRST, 10), on(25, THIRD, 20)))
        .singleElement()
        .asString()
        .startsWith("- semaphore: **slower** than synchronized");
  }

  @Test
  void skipsRowsWithoutTrials() {
    assertThat(lines(Sold.row(FIRST), on(25, SECOND, 10), on(25, THIRD, 20), Sold.row(FIRST)))
        .singleElement()
        .asString()
        .startsWith("- semaphore: **slower** than reentrant-lock");
  }

  @Test
  void warnsThatOneForkARowMayBeLuck() {
    RowResult[] rows = {on(25, FIRST, 10), on(25, SECOND, 20)};

    assertThat(Differences.section(Sold.results(rows), table(Arrays.copyOf(rows, 2))))
        .startsWith("\n## Differences in wall time\n\n- ")
        .contains("With one fork a row, the luck of a single JVM is not excluded.");
  }
}
