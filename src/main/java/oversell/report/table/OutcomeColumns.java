package oversell.report.table;

import static oversell.report.table.Column.number;
import static oversell.report.table.Column.text;
import static oversell.report.table.Column.whole;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome;
import oversell.lab.trial.SaleOutcome;
import oversell.lab.trial.ScenarioOutcome;

/** The columns of {@code outcomes.csv}, which has a line for each outcome of each row. */
final class OutcomeColumns {
  private static final int DIGITS = 8;

  private OutcomeColumns() {}

  /**
   * A row of the table and one of the outcomes that its exploration came to.
   *
   * @param share the outcome, and how often it came
   * @param all the exploration
   */
  record OutcomeRow(RowResult row, Explored.Share share, Explored all) {
    Workload workload() {
      return row.row().workload();
    }

    Outcome outcome() {
      return share.outcome();
    }
  }

  /** The columns for the rows of one experiment, which are named so. */
  static List<Column<OutcomeRow>> of(String experiment, RowNames names) {
    return Stream.of(
            ofAll(experiment, names).stream(),
            names.areScenarios() ? ofScenarios().stream() : Stream.<Column<OutcomeRow>>of(),
            names.areScenarios() ? ofTools().stream() : Stream.<Column<OutcomeRow>>of())
        .flatMap(columns -> columns)
        .toList();
  }

  private static List<Column<OutcomeRow>> ofAll(String experiment, RowNames names) {
    return List.of(
        text("experiment", "experiment", row -> experiment),
        text("variant", "variant", row -> names.of(row.row())),
        whole("jdk", "JDK", row -> row.row().row().jdk()),
        text("granularity", "granularity", row -> ExplorationColumns.granularity(row.row())),
        ofSale("buyers", "buyers", Workload::buyers),
        ofSale("stock", "stock", Workload::stock),
        ofSale("units", "units", Workload::units),
        ofSold("final_stock", "final stock", SaleOutcome::finalStock),
        ofSold("sold_units", "sold (units)", SaleOutcome::soldUnits),
        number("count", "count", of(row -> new BigDecimal(row.share().count()))),
        number("share", "share", of(OutcomeColumns::share)),
        text("grade", "grade", row -> row.outcome().grade().toString()),
        text("strategy", "strategy", row -> ExplorationColumns.strategy(row.row())),
        text("reduction", "reduction", row -> ExplorationColumns.reduction(row.row())),
        new Column<>(
            "fault",
            "fault",
            "",
            row ->
                Cell.text(
                    ExplorationColumns.sale(row.row())
                        .map(sale -> sale.conduct().fault().toString()))),
        whole("executions", "executions", row -> row.share().executions()),
        ofSold("unanswered", "unanswered", sold -> (long) sold.unanswered()));
  }

  private static List<Column<OutcomeRow>> ofScenarios() {
    return List.of(
        new Column<>(
            "returned", "returned", "", row -> Cell.text(scenario(row).map(one -> one.returned()))),
        new Column<>(
            "failure",
            "failure",
            "",
            row -> Cell.text(Optional.of(row.outcome().failure()).filter(any -> !any.isEmpty()))));
  }

  /** The columns of an experiment that asks which tool finds a failure. */
  static List<Column<OutcomeRow>> ofTools() {
    return List.of(
        text(ExplorationColumns.TOOL, "tool", row -> ExplorationColumns.tool(row.row())));
  }

  private static Column<OutcomeRow> ofSale(
      String name, String heading, Function<Workload, Integer> number) {
    return number(
        name,
        heading,
        row ->
            ExplorationColumns.sale(row.row()).map(sale -> BigDecimal.valueOf(number.apply(sale))));
  }

  private static Column<OutcomeRow> ofSold(
      String name, String heading, Function<SaleOutcome, Long> number) {
    return number(
        name,
        heading,
        row ->
            row.outcome() instanceof SaleOutcome sold
                ? Optional.of(BigDecimal.valueOf(number.apply(sold)))
                : Optional.empty());
  }

  private static Optional<ScenarioOutcome> scenario(OutcomeRow row) {
    return row.outcome() instanceof ScenarioOutcome one ? Optional.of(one) : Optional.empty();
  }

  /** A line for each outcome of a row; none if its exploration did not end. */
  static Stream<OutcomeRow> lines(RowResult row) {
    return row.explored().stream()
        .flatMap(all -> all.outcomes().stream().map(share -> new OutcomeRow(row, share, all)));
  }

  private static BigDecimal share(OutcomeRow row) {
    return new BigDecimal(row.share().count())
        .divide(new BigDecimal(row.all().count()), DIGITS, RoundingMode.HALF_UP);
  }

  private static Function<OutcomeRow, Optional<BigDecimal>> of(
      Function<OutcomeRow, BigDecimal> number) {
    return row -> Optional.of(number.apply(row));
  }
}
