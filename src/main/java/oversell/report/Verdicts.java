package oversell.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import oversell.lab.experiment.Expectation;
import oversell.lab.fork.ForkOutcome;
import oversell.lab.trial.TrialResult;
import oversell.report.table.MarkdownTable;
import oversell.report.table.Results;
import oversell.report.table.RowResult;
import oversell.report.table.RowWords;
import oversell.report.table.Table;
import oversell.report.table.Verdict;
import oversell.text.Words;

/**
 * The verdicts on the rows of a run that held sales: those that failed one by one, then those that
 * passed although a fork or a buyer failed, then all others in one line.
 *
 * @param folder holds the thread dumps of forks that missed their deadlines
 */
record Verdicts(Results results, Table table, Path folder) {
  /** The section of the page. */
  String section() {
    List<Integer> failed = rows(row -> row.verdict().equals(Optional.of(Verdict.FAIL)));
    List<Integer> told =
        rows(row -> row.verdict().equals(Optional.of(Verdict.PASS)) && !isPlain(row));
    List<Integer> notReached = rows(row -> row.verdict().isEmpty());
    StringBuilder section = new StringBuilder("\n## Verdicts\n\n");
    failed.forEach(row -> section.append(line(row)));
    told.forEach(row -> section.append(line(row)));
    section.append(failed.isEmpty() && told.isEmpty() ? "" : "\n");
    section.append(passed());
    if (!notReached.isEmpty()) {
      section.append(
          Words.text(
              "\nNot reached: %s.\n",
              notReached.stream()
                  .map(row -> RowWords.label(table, row))
                  .collect(Collectors.joining("; "))));
    }
    return section.toString();
  }

  private List<Integer> rows(Predicate<RowResult> isSo) {
    return IntStream.range(0, results.rows().size())
        .filter(row -> isSo.test(results.rows().get(row)))
        .boxed()
        .toList();
  }

  /** Whether no fork and no buyer of a row failed. */
  private static boolean isPlain(RowResult row) {
    return row.failures().isEmpty() && row.failedBuyers() == 0 && row.heldOrLeft() == 0;
  }

  private String line(int number) {
    RowResult row = results.rows().get(number);
    StringBuilder line = new StringBuilder();
    line.append(
        Words.text(
            "- **%s** %s: %s\n",
            Phrases.verdict(row),
            RowWords.label(table, number),
            MarkdownTable.escaped(Phrases.finding(row))));
    for (ForkOutcome failure : row.failures()) {
      line.append("  - a fork ").append(MarkdownTable.escaped(failure.describe())).append('\n');
    }
    row.failures().forEach(failure -> line.append(waits(failure)));
    return line.toString();
  }

  private String waits(ForkOutcome failure) {
    return failure instanceof ForkOutcome.TimedOut late && !late.threadDump().isEmpty()
        ? ThreadDump.waits(folder.resolve(late.threadDump())).stream()
            .map(wait -> "    - " + MarkdownTable.escaped(wait) + "\n")
            .collect(Collectors.joining())
        : "";
  }

  /** The line for all rows that passed. */
  private String passed() {
    List<RowResult> passed =
        results.rows().stream()
            .filter(row -> row.verdict().equals(Optional.of(Verdict.PASS)))
            .toList();
    List<String> parts = new ArrayList<>();
    safe(observed(passed, Expectation.SAFE)).ifPresent(parts::add);
    violated(observed(passed, Expectation.OVERSELLS)).ifPresent(parts::add);
    List<RowResult> starved = observed(passed, Expectation.STARVES);
    if (!starved.isEmpty()) {
      parts.add(starved.size() + " in which buyers gave up, since no connection was free in time");
    }
    List<RowResult> hung = observed(passed, Expectation.HANGS);
    if (!hung.isEmpty()) {
      parts.add(hung.size() + " stood still until the deadline");
    }
    long any = passed.stream().filter(row -> row.row().expected() == Expectation.ANY).count();
    if (any > 0) {
      parts.add("any outcome passes for " + any);
    }
    return Words.text(
        "**%d of %s as expected%s**%s.\n",
        passed.size(),
        Words.counted(results.rows().size(), "row"),
        parts.isEmpty() ? "" : ":",
        parts.isEmpty() ? "" : " " + String.join("; ", parts));
  }

  private static List<RowResult> observed(List<RowResult> rows, Expectation what) {
    return rows.stream().filter(row -> row.observed().equals(Optional.of(what))).toList();
  }

  /** The interval is that of the row with the fewest trials. */
  private static Optional<String> safe(List<RowResult> rows) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    int fewest = rows.stream().mapToInt(row -> row.trials().size()).min().orElseThrow();
    int most = rows.stream().mapToInt(row -> row.trials().size()).max().orElseThrow();
    return Optional.of(
        Words.text(
            "%d safe in %s%s",
            rows.size(),
            fewest == most
                ? "all of " + Words.counted(fewest, "trial") + (rows.size() == 1 ? "" : " each")
                : Words.text("all of their trials, %d or more", fewest),
            Phrases.share(fewest, fewest)));
  }

  private static Optional<String> violated(List<RowResult> rows) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<String> seen = new ArrayList<>();
    add(seen, "oversold", rows, TrialResult::isOversold);
    add(seen, "lost updates", rows, trial -> trial.lostUpdates() > 0);
    add(seen, "units vanished", rows, trial -> trial.vanished() > 0);
    return Optional.of(Words.text("%d unsafe (%s)", rows.size(), String.join(", ", seen)));
  }

  private static void add(
      List<String> seen, String what, List<RowResult> rows, Predicate<TrialResult> when) {
    long violating = rows.stream().mapToLong(row -> row.count(when)).sum();
    long trials = rows.stream().mapToLong(row -> row.trials().size()).sum();
    if (violating > 0) {
      seen.add(Words.text("%s in %d of %s", what, violating, Words.counted(trials, "trial")));
    }
  }
}
