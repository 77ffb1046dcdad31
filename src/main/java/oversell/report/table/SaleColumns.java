package oversell.report.table;

import static oversell.report.table.Column.decimal;
import static oversell.report.table.Column.millis;
import static oversell.report.table.Column.number;
import static oversell.report.table.Column.plain;
import static oversell.report.table.Column.text;
import static oversell.report.table.Column.whole;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import oversell.lab.experiment.Expectation;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.TrialResult;
import oversell.stats.Latencies;
import oversell.stats.Summary;

/** The columns of {@code table.csv} that every measured experiment has. */
final class SaleColumns {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String WAIT =
      "the time from "
          + Column.START
          + " until a buyer was inside the guard for the first time; waiting for a carrier thread"
          + " counts";

  private SaleColumns() {}

  /** The columns, in the order of {@code table.csv}, for the rows of one experiment. */
  static List<Column<RowResult>> ofSales(String experiment) {
    return List.of(
        text("experiment", "experiment", row -> experiment),
        text("variant", "variant", row -> workload(row).variant()),
        whole("jdk", "JDK", row -> row.row().jdk()),
        text("carriers", "carriers", row -> carriers(workload(row).carriers())),
        whole("articles", "articles", row -> workload(row).articles()),
        whole("buyers", "buyers", row -> workload(row).buyers()),
        whole("stock", "stock", row -> workload(row).stock()),
        whole("units", "units", row -> workload(row).units()),
        number("hold_ms", "hold (ms)", row -> Optional.of(millis(workload(row).hold()))),
        whole("forks", "forks", RowResult::forks).means("JVMs that ran the row"),
        whole("failed_forks", "failed forks", (RowResult row) -> row.failures().size())
            .means("JVMs that crashed, missed their deadline or could not be launched"),
        whole("trials", "trials", row -> row.trials().size()),
        text("expected", "expected", row -> row.row().expected().toString()),
        new Column<>(
            "observed",
            "observed",
            "",
            row -> Cell.text(row.observed().map(Expectation::toString))),
        new Column<>(
            "verdict", "verdict", "", row -> Cell.text(row.verdict().map(Verdict::toString))),
        whole("oversold_trials", "oversold (trials)", count(TrialResult::isOversold))
            .means("trials in which more units were sold than there were"),
        whole("lost_update_trials", "lost updates (trials)", count(t -> t.lostUpdates() > 0))
            .means(
                "trials in which units were sold that the stock does not show, so that the stock"
                    + " alone looks fine"),
        summary("final_stock_min", "final stock, min", TrialResult::finalStock, Summary::min, 0),
        summary("final_stock_mean", "final stock, mean", TrialResult::finalStock, Summary::mean, 2),
        summary("final_stock_max", "final stock, max", TrialResult::finalStock, Summary::max, 0),
        summary("sold_units_mean", "sold (units, mean)", TrialResult::sold, Summary::mean, 2)
            .means("units that buyers were told they got"),
        summary("purchases_mean", "purchases (mean)", TrialResult::purchases, Summary::mean, 2),
        summary("refused_mean", "refused (mean)", TrialResult::refused, Summary::mean, 2),
        summary(
                "wall_ms_median",
                "wall (ms, median)",
                trial -> trial.wallNanos() / NANOS_PER_MILLI,
                Summary::median,
                3)
            .means("the time from " + Column.START + " to the end of the last buyer"),
        number("floor_ms", "floor (ms)", (RowResult row) -> Optional.of(millis(row.row().floor())))
            .means("the least time a trial can take: the holds that must follow one another"),
        number(
                "purchases_per_s",
                "purchases / s",
                (RowResult row) -> row.purchasesPerSecond().map(rate -> decimal(rate, 1)))
            .means("purchases of all trials, divided by the wall time of all trials"),
        wait("wait_p50_ms", "wait p50 (ms)", 0.5),
        wait("wait_p99_ms", "wait p99 (ms)", 0.99),
        number(
                "wait_max_ms",
                "wait max (ms)",
                (RowResult row) -> row.longestWaitMillis().map(millis -> decimal(millis, 3)))
            .means(WAIT),
        whole("vanished_trials", "vanished (trials)", count(t -> t.vanished() > 0))
            .means("trials at whose end units were gone that nobody was sold"),
        whole("failed_buyers", "failed buyers", RowResult::failedBuyers)
            .means("buyers that got an exception instead of an answer"));
  }

  private static Workload workload(RowResult row) {
    return row.row().workload();
  }

  private static String carriers(OptionalInt carriers) {
    return carriers.isPresent() ? Integer.toString(carriers.getAsInt()) : "default";
  }

  private static Function<RowResult, Long> count(Predicate<TrialResult> isSo) {
    return row -> row.count(isSo);
  }

  private static Column<RowResult> summary(
      String name,
      String heading,
      ToDoubleFunction<TrialResult> figure,
      ToDoubleFunction<Summary> statistic,
      int decimals) {
    return number(
        name,
        heading,
        row -> row.summary(figure).map(all -> decimal(statistic.applyAsDouble(all), decimals)));
  }

  /**
   * A quantile of the waits, with the digits that the histogram resolves, and never above the
   * longest.
   */
  private static Column<RowResult> wait(String name, String heading, double share) {
    return number(name, heading, (RowResult row) -> wait(row, share)).means(WAIT);
  }

  private static Optional<BigDecimal> wait(RowResult row, double share) {
    return row.waits()
        .map(waits -> Math.min(waits.quantileMillis(share), row.longestWaitMillis().orElseThrow()))
        .map(millis -> plain(BigDecimal.valueOf(millis).round(new MathContext(Latencies.DIGITS))));
  }
}
