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
import oversell.lab.experiment.Expectation;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.Explored;

/** The columns of {@code table.csv} of an experiment that explores. */
final class ExplorationColumns {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int MOST_OUTCOMES = 32;
  private static final String SCHEDULE = "orders of the steps of all threads, each run to its end";
  private static final String FAILED_SALE =
      "schedules run that failed a check: the stock was below zero, sold + left is not what there"
          + " was, or a buyer got no answer";
  private static final String FAILED_SCENARIO =
      "schedules run that failed: the scenario threw, a thread of it did, no thread could go on, or"
          + " it never ended";
  static final String TOOL = "tool";

  private static final String COMPLETE =
      "whether every schedule was run, or is stood for by one that was";

  private ExplorationColumns() {}

  /** The columns for the rows of one experiment, which are named so. */
  static List<Column<RowResult>> of(String experiment, RowNames names) {
    return Stream.of(
            asked(experiment, names),
            found(names),
            beside(),
            names.areScenarios() ? ofScenarios() : List.<Column<RowResult>>of(),
            names.areScenarios() ? ofTools() : List.<Column<RowResult>>of())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Column<RowResult>> asked(String experiment, RowNames names) {
    return List.of(
        text("experiment", "experiment", row -> experiment),
        text("variant", "variant", names::of),
        whole("jdk", "JDK", row -> row.row().jdk()),
        text("granularity", "granularity", ExplorationColumns::granularity),
        text("strategy", "strategy", ExplorationColumns::strategy),
        text("reduction", "reduction", ExplorationColumns::reduction),
        ofSale("buyers", "buyers", Workload::buyers),
        ofSale("stock", "stock", Workload::stock),
        ofSale("units", "units", Workload::units));
  }

  private static List<Column<RowResult>> found(RowNames names) {
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
            .means(names.areScenarios() ? FAILED_SCENARIO : FAILED_SALE),
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
        new Column<>(
            "fault",
            "fault",
            "",
            row -> Cell.text(sale(row).map(sale -> sale.conduct().fault().toString()))),
        number(
                "first_counterexample_ms",
                "first counterexample (ms)",
                (RowResult row) ->
                    row.counterexample()
                        .map(found -> decimal(found.sinceLaunchNanos() / NANOS_PER_MILLI, 0)))
            .means("the time from the launch of the JVM to the first execution that failed"),
        whole("failed_forks", "failed forks", (RowResult row) -> row.failures().size())
            .means("JVMs that crashed, missed their deadline or could not be launched"),
        ofSale("articles", "articles", Workload::articles),
        new Column<>(
            "pause",
            "pause",
            "",
            row -> Cell.text(sale(row).map(sale -> sale.conduct().pause().toString()))),
        number(
            "hold_ms",
            "hold (ms)",
            (RowResult row) -> sale(row).map(sale -> Column.millis(sale.hold()))));
  }

  /** The columns that only scenarios have. */
  static List<Column<RowResult>> ofScenarios() {
    return List.of(
        number(
                "published_traces",
                "published traces",
                (RowResult row) -> row.row().published().traces().map(BigDecimal::valueOf))
            .means("how many traces others have published that it has"),
        new Column<>(
            "outcomes",
            "outcomes",
            "what it returned, each once",
            row -> Cell.text(outcomes(row).map(all -> joined(all)))),
        new Column<>(
            "published_outcomes",
            "published outcomes",
            "what others have published that it returns",
            row -> Cell.text(publishedOutcomes(row).map(all -> joined(all)))));
  }

  /** The columns of an experiment that asks how soon a tool comes to its first failure. */
  static List<Column<RowResult>> ofTools() {
    return List.of(
        text(TOOL, "tool", ExplorationColumns::tool),
        new Column<>(
            "result",
            "result",
            "a *failure* or a *hang* that was found, or *missed*; *proved*, where every schedule was"
                + " run or stood for; or *passed*, which says only that nothing was found",
            row -> Cell.text(result(row))),
        number(
                "executions",
                "executions",
                (RowResult row) ->
                    row.explored().map(all -> BigDecimal.valueOf(all.executions() + all.cut())))
            .means(
                "runs of the program until the first failure, that one included, or else all that"
                    + " there were; those that were cut short included"),
        number(
                "cold_ms",
                "cold (ms)",
                (RowResult row) ->
                    row.coldNanos().map(nanos -> decimal(nanos / NANOS_PER_MILLI, 0)))
            .means(
                "how long the first exploration of a JVM took, until the failure was told with its"
                    + " steps or until the end, in the median of the row's JVMs"),
        number(
                "warm_ms",
                "warm (ms)",
                (RowResult row) ->
                    row.warmNanos().map(nanos -> decimal(nanos / NANOS_PER_MILLI, 1)))
            .means(
                "how long the last exploration of a JVM took, which begins anew like the first"));
  }

  /** What a row came to, for who looks for a failure; empty if no exploration ended. */
  private static Optional<String> result(RowResult row) {
    return row.explored().flatMap(all -> row.observed().map(seen -> result(row, all, seen)));
  }

  private static String result(RowResult row, Explored all, Expectation seen) {
    if (all.violations() > 0) {
      return seen == Expectation.HANGS ? "hang" : "failure";
    }
    if (!all.isDecided()) {
      return how(row).tool() == Exploration.Tool.OVERSELL ? "undecided" : "error";
    }
    return switch (row.row().expected()) {
      case FAILS, HANGS, OVERSELLS, STARVES -> "missed";
      case SAFE, ANY -> all.isProof() ? "proved" : "passed";
    };
  }

  private static Optional<List<String>> outcomes(RowResult row) {
    return row.explored()
        .filter(any -> !row.row().published().isOfTracesAlone())
        .map(any -> row.returned())
        .filter(all -> all.size() <= MOST_OUTCOMES);
  }

  private static Optional<List<String>> publishedOutcomes(RowResult row) {
    return Optional.of(row.row().published().outcomes())
        .filter(all -> !all.isEmpty())
        .map(all -> all.stream().sorted().toList());
  }

  private static String joined(List<String> outcomes) {
    boolean areWords = outcomes.stream().noneMatch(text -> text.matches(".*\\s.*|"));
    return String.join(areWords ? " " : "; ", outcomes);
  }

  private static Column<RowResult> ofSale(
      String name, String heading, Function<Workload, Integer> number) {
    return number(
        name,
        heading,
        (RowResult row) -> sale(row).map(sale -> BigDecimal.valueOf(number.apply(sale))));
  }

  /** The workload of a row; empty if that is a scenario, which sells nothing. */
  static Optional<Workload> sale(RowResult row) {
    return Optional.of(workload(row)).filter(any -> !any.isScenario());
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

  static String tool(RowResult row) {
    return how(row).tool().toString();
  }

  static String granularity(RowResult row) {
    return ofOurs(row, how(row).granularity().toString());
  }

  static String strategy(RowResult row) {
    return ofOurs(row, how(row).strategy().toString());
  }

  /** Another tool than this project's has ways of its own. */
  private static String ofOurs(RowResult row, String text) {
    return how(row).tool() == Exploration.Tool.OVERSELL ? text : "its own";
  }

  /** The reduction in force: only an exhaustive search has one, whatever was asked for. */
  static String reduction(RowResult row) {
    Reduction inForce = how(row).isReduced() ? how(row).reduction() : Reduction.NONE;
    return ofOurs(row, inForce.toString());
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
