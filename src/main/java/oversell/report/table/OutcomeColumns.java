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
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome;

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

    Exploration how() {
      return ExplorationColumns.how(row);
    }

    Outcome outcome() {
      return share.outcome();
    }
  }

  /** The columns for the rows of one experiment. */
  static List<Column<OutcomeRow>> of(String experiment) {
    return List.of(
        text("experiment", "experiment", row -> experiment),
        text("variant", "variant", row -> row.workload().variant()),
        whole("jdk", "JDK", row -> row.row().row().jdk()),
        text("granularity", "granularity", row -> row.how().granularity().toString()),
        whole("buyers", "buyers", row -> row.workload().buyers()),
        whole("stock", "stock", row -> row.workload().stock()),
        whole("units", "units", row -> row.workload().units()),
        whole("final_stock", "final stock", row -> row.outcome().finalStock()),
        whole("sold_units", "sold (units)", row -> row.outcome().soldUnits()),
        number("count", "count", of(row -> new BigDecimal(row.share().count()))),
        number("share", "share", of(OutcomeColumns::share)),
        text("grade", "grade", row -> row.outcome().grade().toString()),
        text("strategy", "strategy", row -> row.how().strategy().toString()),
        text("reduction", "reduction", row -> ExplorationColumns.reduction(row.row())),
        text("fault", "fault", row -> row.workload().conduct().fault().toString()),
        whole("executions", "executions", row -> row.share().executions()),
        whole("unanswered", "unanswered", row -> row.outcome().unanswered()));
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
