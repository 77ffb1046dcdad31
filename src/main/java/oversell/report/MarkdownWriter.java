package oversell.report;

import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oversell.lab.experiment.Workload;
import oversell.lab.fork.Environment;
import oversell.lab.fork.Message;
import oversell.report.table.Column;
import oversell.report.table.MarkdownTable;
import oversell.report.table.Results;
import oversell.report.table.Table;
import oversell.report.table.Verdict;
import oversell.text.Words;

/**
 * A run as a page: the question, the answer, the table that it rests on, the verdicts, and how to
 * read them.
 */
final class MarkdownWriter {
  private static final String INTERVALS =
      "The percentages in the verdicts are 95 % intervals (Wilson) of the share of such trials.\n";

  private static final String SAMPLED =
      """
      Of more than 10,000 buyers about 1,000 have a clock, the same ones in every trial: *wait* is theirs
      alone, the longest one included, and *wall* is the time until the scope has ended.
      """;

  private final Results results;
  private final Table table;
  private final ShownColumns shown;

  private MarkdownWriter(Results results, Table table) {
    this.results = results;
    this.table = table;
    shown = ShownColumns.of(table, results.run().show(), results.run().answer());
  }

  private boolean isSampled() {
    return results.rows().stream()
        .anyMatch(
            row ->
                row.trials().stream()
                    .anyMatch(trial -> trial.isSampled(row.row().workload().buyers())));
  }

  static String write(Results results, Table table, Path folder) {
    MarkdownWriter page = new MarkdownWriter(results, table);
    return page.head()
        + page.tableSection()
        + (results.isExplored() ? page.explored() : page.sales(folder));
  }

  private String head() {
    StringBuilder head = new StringBuilder();
    Message.RunStarted run = results.run();
    head.append("# ").append(run.experiment()).append("\n\n");
    if (!run.question().isEmpty()) {
      head.append("**").append(MarkdownTable.escaped(run.question())).append("**\n\n");
    }
    AnswerSentence.of(run.answer(), table)
        .ifPresent(
            answer ->
                head.append("**Answer:** ").append(MarkdownTable.escaped(answer)).append("\n\n"));
    if (results.ended().isEmpty()) {
      head.append(
          Words.text(
              "**Interrupted:** the numbers below are of the %s that had ended by then.\n\n",
              results.isExplored() ? "explorations" : "trials"));
    }
    long failed =
        results.rows().stream()
            .filter(row -> row.verdict().equals(Optional.of(Verdict.FAIL)))
            .count();
    if (failed > 0) {
      head.append(
          Words.text(
              "**Not as expected:** %d of %s, see [Verdicts](#verdicts).\n\n",
              failed, Words.counted(results.rows().size(), "row")));
    }
    for (String warning : run.environment().warnings()) {
      head.append("**Warning:** ").append(warning).append("\n\n");
    }
    for (String disturbance : results.disturbances()) {
      head.append("**Disturbed:** ").append(disturbance).append(".\n\n");
    }
    return head.toString();
  }

  private String tableSection() {
    StringBuilder section = new StringBuilder(workload(results, table));
    if (!shown.saidOnce().isEmpty()) {
      section.append(
          Words.text(
              " In every row: %s.",
              shown.saidOnce().stream()
                  .map(name -> table.column(name).heading() + ": " + table.text(0, name))
                  .collect(Collectors.joining(", "))));
    }
    section.append("\n\n");
    List<String> sources = results.run().sources();
    if (!sources.isEmpty()) {
      section.append("What is published is from:\n\n");
      sources.forEach(
          source -> section.append("- ").append(MarkdownTable.escaped(source)).append('\n'));
      section.append('\n');
    }
    if (!results.stores().isEmpty()) {
      section.append(
          Words.text("The stock is in %s.\n\n", String.join(" and in ", results.stores())));
    }
    if (!results.run().settings().isEmpty()) {
      section.append("Settings of the command line:");
      results
          .run()
          .settings()
          .forEach((key, value) -> section.append(" `-D" + key + "=" + value + "`"));
      section.append("\n\n");
    }
    section.append(MarkdownTable.of(table.select(shown.inTable())));
    if (!shown.leftOut().isEmpty()) {
      section.append(
          Words.text(
              "\nThe table has room for %d columns; `table.csv` also has: %s.\n",
              ShownColumns.MOST, String.join(", ", shown.leftOut())));
    }
    return section.toString();
  }

  private String explored() {
    ExplorationPage page = new ExplorationPage(results, table);
    return page.sections() + howToRead(page.howToRead());
  }

  private String sales(Path folder) {
    StringBuilder sections = new StringBuilder();
    Figures.of(results, table)
        .keySet()
        .forEach(file -> sections.append(Words.text("\n![%s](%s)\n", file, file)));
    return sections
        .append(new Verdicts(results, table, folder).section())
        .append(Differences.section(results, table))
        .append(howToRead(isSampled() ? INTERVALS + "\n" + SAMPLED : INTERVALS))
        .toString();
  }

  private String howToRead(String more) {
    boolean gate = results.rows().getFirst().row().workload().gate();
    return "\n## How to read it\n\n"
        + HowToRead.columns(table, shown, gate)
        + (more.isEmpty() ? "" : "\n" + more)
        + "\nEvery number is made from `trials.jsonl`; `table.csv` has all columns"
        + (results.isExplored() ? ", and `outcomes.csv` all outcomes" : "")
        + ". Measured with "
        + environment(results.run().environment())
        + '\n';
  }

  private static String workload(Results results, Table table) {
    Message.RunStarted run = results.run();
    Workload first = results.rows().getFirst().row().workload();
    if (first.isScenario()) {
      return Words.counted(results.rows().size(), "row") + exploration(results, table);
    }
    List<String> parts = new ArrayList<>();
    parts.add(table.varies("buyers") ? "Buyers" : Words.counted(first.buyers(), "buyer"));
    parts.add(Words.text("who want %s each", Words.counted(first.units(), "unit")));
    parts.add("of a stock " + stock(first, table));
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

  private static String stock(Workload first, Table table) {
    if (!table.varies("stock")) {
      return "of " + first.stock();
    }
    if (table.varied().contains("stock")) {
      return "that varies";
    }
    return table.varies("buyers") ? "that grows with them" : "that is spread over the articles";
  }

  private static String exploration(Results results, Table table) {
    String how =
        Stream.of("granularity", "strategy", "reduction", "fault")
            .filter(
                name -> !table.varies(name) && !List.of("none", "").contains(table.text(0, name)))
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
