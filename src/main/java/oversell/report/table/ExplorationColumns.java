package oversell.report.table;

import static oversell.report.table.Column.decimal;
import static oversell.report.table.Column.millis;
import static oversell.report.table.SaleColumns.text;
import static oversell.report.table.SaleColumns.whole;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import oversell.explorer.Reduction;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.Explored;

/** The columns of {@code table.csv} of an experiment whose sales are explored. */
final class ExplorationColumns {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private ExplorationColumns() {}

  /** For the rows of one experiment. */
  static List<Column> of(String experiment) {
    return Stream.of(asked(experiment), found(), beside()).flatMap(List::stream).toList();
  }

  private static List<Column> asked(String experiment) {
    return List.of(
        text("experiment", "experiment", row -> experiment),
        text("variant", "variant", row -> workload(row).variant()),
        whole("jdk", "JDK", row -> row.row().jdk()),
        text("granularity", "granularity", row -> how(row).granularity().toString()),
        text("strategy", "strategy", row -> how(row).strategy().toString()),
        text("reduction", "reduction", ExplorationColumns::reduction),
        whole("buyers", "buyers", row -> workload(row).buyers()),
        whole("stock", "stock", row -> workload(row).stock()),
        whole("units", "units", row -> workload(row).units()));
  }

  private static List<Column> found() {
    return List.of(
        count("schedules", "schedules run", Explored::executions),
        new Column(
            "traces",
            "traces",
            row ->
                row.explored()
                    .filter(any -> how(row).isReduced())
                    .map(all -> BigDecimal.valueOf(all.executions()))),
        new Column("complete", "complete", row -> row.explored().map(Explored::complete)),
        count("violations", "violations", Explored::violations),
        count("uncontrolled", "uncontrolled", explored -> explored.uncontrolled().size()),
        text("expected", "expected", row -> row.row().expected().toString()),
        new Column("observed", "observed", RowResult::finding),
        new Column("verdict", "verdict", row -> row.verdict().map(Object::toString)),
        count("steps", "steps", Explored::steps),
        new Column(
            "wall_ms",
            "wall (ms)",
            row -> row.explored().map(all -> decimal(all.wallNanos() / NANOS_PER_MILLI, 3))),
        new Column(
            "schedules_per_s",
            "schedules / s",
            row -> row.explored().flatMap(ExplorationColumns::pace)));
  }

  private static List<Column> beside() {
    return List.of(
        new Column(
            "stands_for",
            "which stand for",
            row -> row.explored().flatMap(Explored::standsFor).map(BigDecimal::new)),
        count("cut", "cut short", Explored::cut),
        text("fault", "fault", row -> workload(row).conduct().fault().toString()),
        new Column(
            "first_counterexample_ms",
            "first counterexample (ms)",
            row ->
                row.counterexample()
                    .map(found -> decimal(found.sinceLaunchNanos() / NANOS_PER_MILLI, 0))),
        whole("failed_forks", "failed forks", row -> row.failures().size()),
        whole("articles", "articles", row -> workload(row).articles()),
        text("pause", "pause", row -> workload(row).conduct().pause().toString()),
        new Column("hold_ms", "hold (ms)", row -> Optional.of(millis(workload(row).hold()))));
  }

  /** Executions of any kind a second, those that were cut short included. */
  private static Optional<BigDecimal> pace(Explored all) {
    double executions = all.executions() + all.cut();
    return all.wallNanos() == 0
        ? Optional.empty()
        : Optional.of(decimal(executions * NANOS_PER_SECOND / all.wallNanos(), 0));
  }

  /** That which is made: there is none but of an exhaustive search, whatever was asked for. */
  static String reduction(RowResult row) {
    return (how(row).isReduced() ? how(row).reduction() : Reduction.NONE).toString();
  }

  static Exploration how(RowResult row) {
    return workload(row).conduct().exploration().orElseThrow();
  }

  private static Workload workload(RowResult row) {
    return row.row().workload();
  }

  private static Column count(String name, String heading, Function<Explored, Number> number) {
    return new Column(
        name,
        heading,
        row -> row.explored().map(all -> BigDecimal.valueOf(number.apply(all).longValue())));
  }
}
