package oversell.report.table;

import static oversell.report.table.Column.decimal;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import oversell.lab.experiment.Conduct;
import oversell.lab.trial.TrialResult;
import oversell.stats.Interval;
import oversell.stats.MedianEstimate;

/**
 * The columns of {@code table.csv} about what times are held against, and how far medians may be
 * off.
 */
final class TimeColumns {
  private static final double NANOS_PER_MILLI = 1e6;

  private TimeColumns() {}

  /** Ratios. */
  static List<Column> ratios() {
    return List.of(
        new Column("vs_bare", "against bare", row -> vsBare(row).map(TimeColumns::ratio)),
        new Column("vs_floor", "against floor", TimeColumns::vsFloor));
  }

  /** Intervals that hold the true median with a confidence of 95 %. */
  static List<Column> intervals() {
    return List.of(
        bound("wall_ms_low", "wall, low", row -> wall(row), Interval::low),
        bound("wall_ms_high", "wall, high", row -> wall(row), Interval::high),
        bound("vs_bare_low", "against bare, low", row -> vsBare(row), Interval::low),
        bound("vs_bare_high", "against bare, high", row -> vsBare(row), Interval::high),
        new Column("vs_sleeps", "against sleeps", row -> vsSleeps(row).map(TimeColumns::ratio)),
        bound("vs_sleeps_low", "against sleeps, low", row -> vsSleeps(row), Interval::low),
        bound("vs_sleeps_high", "against sleeps, high", row -> vsSleeps(row), Interval::high));
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

  private static Column bound(
      String name,
      String heading,
      Function<RowResult, Optional<MedianEstimate>> estimate,
      ToDoubleFunction<Interval> bound) {
    return new Column(
        name,
        heading,
        row ->
            estimate
                .apply(row)
                .flatMap(MedianEstimate::interval)
                .map(interval -> decimal(bound.applyAsDouble(interval), 3)));
  }
}
