package oversell.report.table;

import static oversell.report.table.Column.decimal;
import static oversell.report.table.Column.number;
import static oversell.report.table.Column.text;
import static oversell.report.table.Column.whole;

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
  private static final String SCHEDULE = "orders of the steps of all threads, each run to its end";
  private static final String COMPLETE =
      "whether every schedule was run, or is stood for by one that was";

  private ExplorationColumns() {}

  /** The columns for the rows of one experiment. */
  static List<Column<RowResult>> of(String experiment) {
    return Stream.of(asked(experiment), found(), beside()).flatMap(List::stream).toList();
  }

  private static List<Column<RowResult>> asked(String experiment) {
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

  private static List<Column<RowResult>> found() {
    return List.of(
        count("schedules", "schedules run", Explored::executions).means(SCHEDULE),
        number(
                "traces",
                "traces",
                (RowResult row) ->
                    row.explored()
                        .filter(any -> how(row).isReduced())
                        .map(all -> BigDecimal.valueOf(all.executions())))
            .means(
                "schedules run, each for all those that differ from it only in the order of steps"
                    + " that do not conflict, which no thread can tell apart"),
        new Column<>("complete", "complete", COMPLETE, ExplorationColumns::complete),
        count("violations", "violations", Explored::violations)
            .means(
                "schedules run that failed a check: the stock was below zero, sold + left is not"
                    + " what there was, or a buyer got no answer"),
        count("uncontrolled", "uncontrolled", explored -> explored.uncontrolled().size())
            .means(
                "actions that were not under the explorer's control: with one, nothing is proved"),
        text("expected", "expected", row -> row.row().expected().toString()),
        new Column<>("observed", "observed", "", row -> Cell.text(row.finding())),
        new Column<>(
            "verdict", "verdict", "", row -> Cell.text(row.verdict().map(Verdict::toString))),
        count("steps", "steps", Explored::steps).means("steps of all executions together"),
        number("wall_ms", "wall (ms)", (RowResult row) -> row.explored().map(all -> millis(all)))
            .means("how long the exploration took"),
        number(
                "schedules_per_s",
                "schedules / s",
                (RowResult row) -> row.explored().flatMap(ExplorationColumns::pace))
            .means("executions a second, those that were cut short included"));
  }

  private static List<Column<RowResult>> beside() {
    return List.of(
        number(
                "stands_for",
                "stand for (schedules)",
                (RowResult row) -> row.explored().flatMap(Explored::standsFor).map(BigDecimal::new))
            .means("all schedules that those which were run stand for, themselves included"),
        count("cut", "cut short", Explored::cut)
            .means("executions that were broken off, as their rest would have shown nothing new"),
        text("fault", "fault", row -> workload(row).conduct().fault().toString()),
        number(
                "first_counterexample_ms",
                "first counterexample (ms)",
                (RowResult row) ->
                    row.counterexample()
                        .map(found -> decimal(found.sinceLaunchNanos() / NANOS_PER_MILLI, 0)))
            .means("the time from the launch of the JVM to the first execution that failed"),
        whole("failed_forks", "failed forks", (RowResult row) -> row.failures().size())
            .means("JVMs that crashed, missed their deadline or could not be launched"),
        whole("articles", "articles", row -> workload(row).articles()),
        text("pause", "pause", row -> workload(row).conduct().pause().toString()),
        number("hold_ms", "hold (ms)", row -> Optional.of(Column.millis(workload(row).hold()))));
  }

  private static Cell complete(RowResult row) {
    return row.explored().<Cell>map(all -> new Cell.Flag(all.complete())).orElseGet(Cell.None::new);
  }

  private static BigDecimal millis(Explored all) {
    return decimal(all.wallNanos() / NANOS_PER_MILLI, 3);
  }

  /** Executions of any kind a second, those that were cut short included. */
  private static Optional<BigDecimal> pace(Explored all) {
    double executions = all.executions() + all.cut();
    return all.wallNanos() == 0
        ? Optional.empty()
        : Optional.of(decimal(executions * NANOS_PER_SECOND / all.wallNanos(), 0));
  }

  /** The reduction in force: only an exhaustive search has one, whatever was asked for. */
  static String reduction(RowResult row) {
    return (how(row).isReduced() ? how(row).reduction() : Reduction.NONE).toString();
  }

  static Exploration how(RowResult row) {
    return workload(row).conduct().exploration().orElseThrow();
  }

  private static Workload workload(RowResult row) {
    return row.row().workload();
  }

  private static Column<RowResult> count(
      String name, String heading, Function<Explored, Number> number) {
    return number(
        name,
        heading,
        row -> row.explored().map(all -> BigDecimal.valueOf(number.apply(all).longValue())));
  }
}
