package oversell.report.table;

import static oversell.report.table.ExplorationColumns.how;
import static oversell.report.table.SaleColumns.text;
import static oversell.report.table.SaleColumns.whole;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome;

/** The columns of {@code outcomes.csv}, whose lines are rows that are narrowed to one outcome. */
final class OutcomeColumns {
  private static final int DIGITS = 8;

  private OutcomeColumns() {}

  /** For the rows of one experiment. */
  static List<Column> of(String experiment) {
    return List.of(
        text("experiment", "experiment", row -> experiment),
        text("variant", "variant", row -> row.row().workload().variant()),
        whole("jdk", "JDK", row -> row.row().jdk()),
        text("granularity", "granularity", row -> how(row).granularity().toString()),
        whole("buyers", "buyers", row -> row.row().workload().buyers()),
        whole("stock", "stock", row -> row.row().workload().stock()),
        whole("units", "units", row -> row.row().workload().units()),
        whole("final_stock", "final stock", row -> outcome(row).finalStock()),
        whole("sold_units", "sold (units)", row -> outcome(row).soldUnits()),
        new Column("count", "count", of(row -> new BigDecimal(count(row)))),
        new Column("share", "share", of(OutcomeColumns::share)),
        text("grade", "grade", row -> outcome(row).grade().toString()),
        text("strategy", "strategy", row -> how(row).strategy().toString()),
        text("reduction", "reduction", ExplorationColumns::reduction),
        text("fault", "fault", row -> row.row().workload().conduct().fault().toString()),
        whole("executions", "executions", row -> only(row).executions()),
        whole("unanswered", "unanswered", row -> outcome(row).unanswered()));
  }

  /** The same row for each of its outcomes. */
  static Stream<RowResult> narrowed(RowResult row) {
    return row.explored().stream()
        .flatMap(
            all ->
                all.outcomes().stream()
                    .map(
                        share ->
                            new Explored(
                                all.executions(),
                                all.cut(),
                                all.standsFor(),
                                all.runTwice(),
                                all.complete(),
                                all.violations(),
                                all.uncontrolled(),
                                all.bound(),
                                all.notWoven(),
                                all.steps(),
                                all.wallNanos(),
                                List.of(share),
                                all.leastProbability())))
        .map(
            narrow ->
                new RowResult(
                    row.row(),
                    row.forks(),
                    row.outcomes(),
                    row.samples(),
                    row.pinned(),
                    row.memory(),
                    List.of(narrow),
                    row.counterexamples(),
                    row.disturbed()));
  }

  private static Explored.Share only(RowResult row) {
    return row.explored().orElseThrow().outcomes().getFirst();
  }

  private static Outcome outcome(RowResult row) {
    return only(row).outcome();
  }

  private static BigInteger count(RowResult row) {
    return only(row).count();
  }

  private static BigDecimal share(RowResult row) {
    BigDecimal all = new BigDecimal(row.explored().orElseThrow().count());
    return new BigDecimal(count(row)).divide(all, DIGITS, RoundingMode.HALF_UP);
  }

  private static Function<RowResult, Optional<?>> of(Function<RowResult, BigDecimal> number) {
    return row -> Optional.of(number.apply(row));
  }
}
