package oversell.report.table;

import static oversell.report.table.Column.decimal;
import static oversell.report.table.Column.millis;
import static oversell.report.table.Column.plain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.TrialResult;
import oversell.stats.Latencies;
import oversell.stats.Summary;

/** The columns of {@code table.csv} about sales, whatever the experiment. */
final class SaleColumns {
  private static final double NANOS_PER_MILLI = 1e6;

  private SaleColumns() {}

  /**
   * Those of every experiment, in the order of {@code table.csv}, for the rows of one experiment.
   */
  static List<Column> ofSales(String experiment) {
    return List.of(
        text("experiment", "experiment", row -> experiment),
        text("variant", "variant", row -> workload(row).variant()),
        whole("jdk", "JDK", row -> row.row().jdk()),
        text("carriers", "carriers", row -> carriers(workload(row).carriers())),
        whole("articles", "articles", row -> workload(row).articles()),
        whole("buyers", "buyers", row -> workload(row).buyers()),
        whole("stock", "stock", row -> workload(row).stock()),
        whole("units", "units", row -> workload(row).units()),
        new Column("hold_ms", "hold (ms)", row -> Optional.of(millis(workload(row).hold()))),
        whole("forks", "forks", RowResult::forks),
        whole("failed_forks", "failed forks", row -> row.failures().size()),
        whole("trials", "trials", row -> row.trials().size()),
        text("expected", "expected", row -> row.row().expected().toString()),
        new Column("observed", "observed", row -> row.observed().map(Object::toString)),
        new Column("verdict", "verdict", row -> row.verdict().map(Object::toString)),
        whole("oversold_trials", "oversold (trials)", row -> row.count(TrialResult::isOversold)),
        whole(
            "lost_update_trials",
            "lost updates (trials)",
            row -> row.count(trial -> trial.lostUpdates() > 0)),
        summary("final_stock_min", "final stock, min", TrialResult::finalStock, Summary::min, 0),
        summary("final_stock_mean", "final stock, mean", TrialResult::finalStock, Summary::mean, 2),
        summary("final_stock_max", "final stock, max", TrialResult::finalStock, Summary::max, 0),
        summary("sold_units_mean", "sold (units, mean)", TrialResult::sold, Summary::mean, 2),
        summary("purchases_mean", "purchases (mean)", TrialResult::purchases, Summary::mean, 2),
        summary("refused_mean", "refused (mean)", TrialResult::refused, Summary::mean, 2),
        summary(
            "wall_ms_median",
            "wall (ms, median)",
            trial -> trial.wallNanos() / NANOS_PER_MILLI,
            Summary::median,
            3),
        new Column("floor_ms", "floor (ms)", row -> Optional.of(millis(row.row().floor()))),
        new Column(
            "purchases_per_s",
            "purchases / s",
            row -> row.purchasesPerSecond().map(rate -> decimal(rate, 1))),
        wait("wait_p50_ms", "wait p50 (ms)", 0.5),
        wait("wait_p99_ms", "wait p99 (ms)", 0.99),
        new Column(
            "wait_max_ms",
            "wait max (ms)",
            row -> row.longestWaitMillis().map(millis -> decimal(millis, 3))),
        whole(
            "vanished_trials",
            "vanished (trials)",
            row -> row.count(trial -> trial.vanished() > 0)),
        whole("failed_buyers", "failed buyers", RowResult::failedBuyers));
  }

  private static Workload workload(RowResult row) {
    return row.row().workload();
  }

  private static String carriers(OptionalInt carriers) {
    return carriers.isPresent() ? Integer.toString(carriers.getAsInt()) : "default";
  }

  static Column text(String name, String heading, Function<RowResult, String> text) {
    return new Column(name, heading, row -> Optional.of(text.apply(row)));
  }

  static Column whole(String name, String heading, Function<RowResult, Number> number) {
    return new Column(
        name, heading, row -> Optional.of(BigDecimal.valueOf(number.apply(row).longValue())));
  }

  private static Column summary(
      String name,
      String heading,
      ToDoubleFunction<TrialResult> figure,
      ToDoubleFunction<Summary> statistic,
      int decimals) {
    return new Column(
        name,
        heading,
        row -> row.summary(figure).map(all -> decimal(statistic.applyAsDouble(all), decimals)));
  }

  /**
   * A quantile of the waits, with the digits that the histogram resolves, and never above the
   * longest.
   */
  private static Column wait(String name, String heading, double share) {
    return new Column(
        name,
        heading,
        row ->
            row.waits()
                .map(
                    waits ->
                        Math.min(
                            waits.quantileMillis(share), row.longestWaitMillis().orElseThrow()))
                .map(
                    millis ->
                        plain(
                            BigDecimal.valueOf(millis).round(new MathContext(Latencies.DIGITS)))));
  }
}
