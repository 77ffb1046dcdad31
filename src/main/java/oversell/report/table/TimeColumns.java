package oversell.report.table;

import static oversell.report.table.Column.decimal;
import static oversell.report.table.Column.number;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import oversell.lab.experiment.Conduct;
import oversell.lab.trial.TrialResult;
import oversell.stats.Interval;
import oversell.stats.MedianEstimate;

/** The columns of {@code table.csv} with ratios of times, and the intervals of medians. */
final class TimeColumns {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String BARE =
      "the time of a trial, divided by that of a bare loop that forks and joins the same purchases"
          + " and records nothing; the two run in turn in one JVM; the median of these ratios";
  private static final String SLEEPS =
      "the wall time of a trial, divided by the time of one thread that sleeps the same holds one"
          + " after the other; the two run in turn in one JVM; the median of these ratios";
  private static final String INTERVAL =
      "the interval in which the true median lies with a confidence of 95 %";

  private TimeColumns() {}

  /** Ratios. */
  static List<Column<RowResult>> ratios() {
    return List.of(
        number("vs_bare", "against bare", (RowResult row) -> vsBare(row).map(TimeColumns::ratio))
            .means(BARE),
        number("vs_floor", "against floor", TimeColumns::vsFloor)
            .means("the median wall time, divided by the floor: the least time a trial can take"));
  }

  /** Intervals in which the true median lies with a confidence of 95 %. */
  static List<Column<RowResult>> intervals() {
    return List.of(
        bound("wall_ms_low", "wall, low", row -> wall(row), Interval::low).means(INTERVAL),
        bound("wall_ms_high", "wall, high", row -> wall(row), Interval::high).means(INTERVAL),
        bound("vs_bare_low", "against bare, low", row -> vsBare(row), Interval::low)
            .means(INTERVAL),
        bound("vs_bare_high", "against bare, high", row -> vsBare(row), Interval::high)
            .means(INTERVAL),
        number(
                "vs_sleeps",
                "against sleeps",
                (RowResult row) -> vsSleeps(row).map(TimeColumns::ratio))
            .means(SLEEPS),
        bound("vs_sleeps_low", "against sleeps, low", row -> vsSleeps(row), Interval::low)
            .means(INTERVAL),
        bound("vs_sleeps_high", "against sleeps, high", row -> vsSleeps(row), Interval::high)
            .means(INTERVAL));
  }

  private static boolean isAgainst(RowResult row, Conduct.Baseline baseline) {
    return row.row().workload().conduct().baseline() == baseline;
  }

  private static Optional<MedianEstimate> vsBare(RowResult row) {
    return isAgainst(row, Conduct.Baseline.BARE)
        ? row.againstBaseline(trial -> trial.seen().spanNanos())
        : Optional.empty();
  }

  private static Optional<MedianEstimate> vsSleeps(RowResult row) {
    return isAgainst(row, Conduct.Baseline.SLEEPS)
        ? row.againstBaseline(TrialResult::wallNanos)
        : Optional.empty();
  }

  private static Optional<BigDecimal> vsFloor(RowResult row) {
    double floorNanos = row.row().floor().toNanos();
    return floorNanos == 0
        ? Optional.empty()
        : row.median(TrialResult::wallNanos).map(all -> decimal(all.median() / floorNanos, 3));
  }

  private static Optional<MedianEstimate> wall(RowResult row) {
    return row.median(trial -> trial.wallNanos() / NANOS_PER_MILLI);
  }

  private static BigDecimal ratio(MedianEstimate estimate) {
    return decimal(estimate.median(), 3);
  }

  private static Column<RowResult> bound(
      String name,
      String heading,
      Function<RowResult, Optional<MedianEstimate>> estimate,
      ToDoubleFunction<Interval> bound) {
    return number(
        name,
        heading,
        row ->
            estimate
                .apply(row)
                .flatMap(MedianEstimate::interval)
                .map(interval -> decimal(bound.applyAsDouble(interval), 3)));
  }
}
