package oversell.report;

import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oversell.lab.experiment.Workload;
import oversell.lab.fork.Environment;
import oversell.lab.fork.ForkOutcome;
import oversell.lab.fork.Message;
import oversell.report.table.Column;
import oversell.report.table.MarkdownTable;
import oversell.report.table.Results;
import oversell.report.table.RowResult;
import oversell.report.table.Table;
import oversell.report.table.Words;

/**
 * A run as a page: the question, where it was asked, the table, the verdicts, and how to read them.
 */
final class MarkdownWriter {
  private static final String HOW_TO_READ =
      """
      *oversold* counts the trials in which more units were sold than there were; *lost updates* those in
      which units were sold that the shelf doesn't know of, which a look at the stock alone would miss.
      *wall* is the time from %s to the end of the last buyer, and *floor* the least
      it can take: the holds that have to follow one another. *wait* is the time from %s
      until a buyer was inside the guard; to wait for a carrier thread counts, too. Every number is made
      from `trials.jsonl`; all columns are in `table.csv`.
      """;

  private MarkdownWriter() {}

  static String write(Results results, Table table, Path folder) {
    StringBuilder page = new StringBuilder();
    Message.RunStarted run = results.run();
    page.append("# ").append(run.experiment()).append("\n\n");
    if (!run.question().isEmpty()) {
      page.append("**").append(MarkdownTable.escaped(run.question())).append("**\n\n");
    }
    AnswerSentence.of(run.answer(), table)
        .ifPresent(
            answer ->
                page.append("**Answer:** ").append(MarkdownTable.escaped(answer)).append("\n\n"));
    if (results.ended().isEmpty()) {
      page.append(
          Words.text(
              "**Interrupted:** the numbers below are of the %s that had ended by then.\n\n",
              results.isExplored() ? "explorations" : "trials"));
    }
    page.append(workload(results, table))
        .append("  \n")
        .append(environment(run.environment()))
        .append("\n\n");
    if (!run.settings().isEmpty()) {
      page.append("Settings of the command line:");
      run.settings().forEach((key, value) -> page.append(" `-D" + key + "=" + value + "`"));
      page.append("\n\n");
    }
    for (String warning : run.environment().warnings()) {
      page.append("**Warning:** ").append(warning).append("\n\n");
    }
    for (String disturbance : results.disturbances()) {
      page.append("**Disturbed:** ").append(disturbance).append(".\n\n");
    }
    page.append(MarkdownTable.of(table.select(ShownColumns.of(table))));
    if (results.isExplored()) {
      return page.append(new ExplorationPage(results, table).sections()).toString();
    }
    Figures.of(results, table)
        .keySet()
        .forEach(file -> page.append(Words.text("\n![%s](%s)\n", file, file)));
    page.append("\n## Verdicts\n\n");
    for (int i = 0; i < results.rows().size(); i++) {
      RowResult row = results.rows().get(i);
      page.append(
          Words.text(
              "- **%s** %s: %s\n",
              Phrases.verdict(row),
              Words.label(table, i),
              MarkdownTable.escaped(Phrases.finding(row))));
      Phrases.failures(row)
          .forEach(
              failure ->
                  page.append("  - a fork ").append(MarkdownTable.escaped(failure)).append('\n'));
      row.failures().forEach(failure -> page.append(waits(failure, folder)));
    }
    page.append(Differences.section(results, table));
    page.append("\n## How to read it\n\n")
        .append(howToRead(results.rows().getFirst().row().workload().gate()));
    return page.toString();
  }

  private static String waits(ForkOutcome failure, Path folder) {
    return failure instanceof ForkOutcome.TimedOut late && !late.threadDump().isEmpty()
        ? ThreadDump.waits(folder.resolve(late.threadDump())).stream()
            .map(wait -> "    - " + MarkdownTable.escaped(wait) + "\n")
            .collect(Collectors.joining())
        : "";
  }

  private static String howToRead(boolean gate) {
    return Words.text(
        HOW_TO_READ,
        gate ? "the opening of the sale" : "the first fork of a buyer",
        gate ? "the opening of the sale" : "its own fork");
  }

  private static String workload(Results results, Table table) {
    Message.RunStarted run = results.run();
    Workload first = results.rows().getFirst().row().workload();
    List<String> parts = new ArrayList<>();
    parts.add(table.varies("buyers") ? "Buyers" : Words.counted(first.buyers(), "buyer"));
    parts.add(Words.text("who want %s each", Words.counted(first.units(), "unit")));
    parts.add(
        table.varies("stock")
            ? "of a stock that varies"
            : Words.text("of a stock of %d", first.stock()));
    if (first.articles() > 1 && !table.varies("articles")) {
      parts.add(Words.text("in each of %d articles", first.articles()));
    }
    StringBuilder text = new StringBuilder(String.join(" ", parts));
    if (results.isExplored()) {
      return text.append(exploration(results, table)).toString();
    }
    if (!table.varies("hold_ms")) {
      text.append(", hold ").append(Column.millis(first.hold()).toPlainString()).append(" ms");
    }
    text.append(
        Words.text(
            "; %s of %s a row",
            Words.counted(run.forks(), "fork"), Words.counted(run.trials(), "trial")));
    if (!first.gate()) {
      text.append(", no gate");
    }
    if (!table.varies("carriers") && first.carriers().isPresent()) {
      text.append(Words.text(", carriers: %d", first.carriers().getAsInt()));
    }
    text.append(
        run.warmups() == 0
            ? "."
            : Words.text(", after %s each.", Words.counted(run.warmups(), "warmup")));
    return text.toString();
  }

  private static String exploration(Results results, Table table) {
    String how =
        Stream.of("granularity", "strategy", "reduction", "fault")
            .filter(name -> !table.varies(name) && !table.text(0, name).equals("none"))
            .map(name -> Words.text(", %s: %s", name, table.text(0, name)))
            .collect(Collectors.joining());
    int warmups = results.run().warmups();
    return how
        + Words.text("; %s a row", Words.counted(results.run().forks(), "fork"))
        + (warmups == 0
            ? "."
            : Words.text(", which explores it %d times: the last counts.", warmups + 1));
  }

  private static String environment(Environment environment) {
    return Words.text(
        "JDK %s on %s (%s, %.0f GiB), %s, %s UTC, commit %s.",
        environment.shownJdks(),
        environment.cpu(),
        Words.counted(environment.processors(), "processor"),
        environment.memoryBytes() / (double) (1L << 30),
        environment.os(),
        environment
            .started()
            .truncatedTo(ChronoUnit.MINUTES)
            .toString()
            .replace("T", " ")
            .replace(":00Z", ""),
        commit(environment));
  }

  private static String commit(Environment environment) {
    if (environment.commit().isEmpty()) {
      return "unknown";
    }
    return environment.commit().substring(0, Math.min(12, environment.commit().length()))
        + (environment.clean() ? "" : " with changes");
  }
}
