package oversell.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import oversell.lab.fork.ForkOutcome;
import oversell.lab.fork.Message;
import oversell.lab.trial.Counterexample;
import oversell.report.table.MarkdownTable;
import oversell.report.table.Results;
import oversell.report.table.RowResult;
import oversell.report.table.Table;
import oversell.report.table.Verdict;
import oversell.report.table.Words;

/**
 * What a page says of explorations below its table: a verdict a row with what it rests on, the
 * outcomes, and a counterexample for each row that has one.
 *
 * @param results of an experiment that explores
 * @param table its columns
 */
public record ExplorationPage(Results results, Table table) {
  private static final String HOW_TO_READ =
      """
      A *schedule* is one order of the steps of all buyers, run to its end on virtual threads that are
      stopped and let go one by one; pauses take no time. At `pause` a buyer can be stopped where it
      begins and where its pause ends, at `guard` also where it wants a guard or leaves it, at `access`
      also before each access to a field or an element that can change. A *trace* stands for all
      schedules that differ from it only in the order of steps that do not conflict, which nobody can
      tell apart: one of them is run. *violations* are schedules run that failed a check: the stock was
      below zero, sold + left is not what there was, or a buyer got no answer. A row that is complete,
      under control and without violations is proved, within what its verdict says is not covered; every
      other row without violations is not.

      A *counterexample* is the shortest that was found: executions with the fewest switches from one
      thread to another are tried first, and of those that fail that with the fewest steps is told. For
      many buyers there are too many to try: then it is the first that failed, without each switch that
      it fails without, too. A value behind `=` is what a step read or wrote; behind a colon stand all
      that it read and wrote, in that order. *stock* and *sold* are as they stand after the step.
      Replaying its id takes the same steps on every JDK, and against another variant it shows where
      that one makes a buyer wait. Every number is made from `trials.jsonl`; all columns are in
      `table.csv`, and all outcomes in `outcomes.csv`.
      """;

  /** The steps of one execution as a table in Markdown. */
  public static String steps(Counterexample told) {
    return new StepTable(new StepWords(told, 0)).text();
  }

  /** Everything below the table, as Markdown. */
  public String sections() {
    StringBuilder page = new StringBuilder("\n## Verdicts\n\n");
    rows().forEach(row -> page.append(verdict(row)));
    OutcomeTable outcomes = new OutcomeTable();
    rows().forEach(row -> outcomes.add(label(row), results.rows().get(row)));
    if (!outcomes.isEmpty()) {
      page.append("\n## Outcomes\n\n").append(outcomes.text());
    }
    files().forEach((row, file) -> page.append(counterexample(row, file)));
    return page.append("\n## How to read it\n\n").append(HOW_TO_READ).toString();
  }

  /** The counterexamples as SVG, by the names of their files. */
  public Map<String, String> pictures() {
    Map<String, String> pictures = new LinkedHashMap<>();
    files().forEach((row, file) -> pictures.put(file, words(row).timeline(label(row)).svg()));
    return pictures;
  }

  /** The last lines on the console, one a row and one for each of its forks that failed. */
  public List<String> closing() {
    return new Closing(results.rows(), rows().mapToObj(this::label).toList()).lines();
  }

  private IntStream rows() {
    return IntStream.range(0, results.rows().size());
  }

  private String label(int row) {
    return Words.label(table, row);
  }

  private String verdict(int number) {
    RowResult row = results.rows().get(number);
    StringBuilder line = new StringBuilder();
    line.append(
        Words.text(
            "- **%s** %s: %s (expected: %s)\n",
            row.verdict().map(Verdict::toString).orElse("–"),
            label(number),
            found(row),
            row.row().expected()));
    for (ForkOutcome failure : row.failures()) {
      line.append("  - a fork ").append(MarkdownTable.escaped(failure.describe())).append('\n');
    }
    return line.toString();
  }

  /** What may be said of a row, as Markdown. */
  static String found(RowResult row) {
    return row.explored()
        .map(explored -> new Claim(row.row().workload(), explored).sentence())
        .orElseGet(() -> withoutEnd(row));
  }

  private static String withoutEnd(RowResult row) {
    if (row.counterexample().isPresent()) {
      return "a violation was found; the exploration did not end";
    }
    return row.failures().isEmpty() ? "not reached" : "no exploration ended";
  }

  /** The names of the pictures, by the numbers of the rows that have one. */
  private Map<Integer, String> files() {
    Map<Integer, String> files = new LinkedHashMap<>();
    rows()
        .filter(row -> results.rows().get(row).counterexample().isPresent())
        .forEach(row -> files.put(row, file(row, files.values())));
    return files;
  }

  private String file(int row, Collection<String> taken) {
    String name = label(row).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String file = name + "-counterexample.svg";
    for (int copy = 2; taken.contains(file); copy++) {
      file = name + "-" + copy + "-counterexample.svg";
    }
    return file;
  }

  private StepWords words(int row) {
    RowResult result = results.rows().get(row);
    Message.CounterexampleFound found = result.counterexample().orElseThrow();
    long stock = result.row().workload().stock();
    return new StepWords(found.counterexample(), stock * result.row().workload().articles());
  }

  private String counterexample(int row, String file) {
    StepWords words = words(row);
    Counterexample told = words.told();
    List<String> parts = new ArrayList<>();
    parts.add("\n## Counterexample: " + MarkdownTable.escaped(label(row)));
    parts.add(MarkdownTable.escaped(words.headline()) + ".");
    if (words.isBroken()) {
      parts.add(MarkdownTable.escaped(words.moment()) + ".");
    }
    parts.add(Words.text("![%s](%s)", "How " + label(row) + " fails, step by step", file));
    parts.add(new StepTable(words).text().stripTrailing());
    if (!told.waits().isEmpty()) {
      StringBuilder waits = new StringBuilder("At its end nobody can go on:\n");
      told.waits().forEach(wait -> waits.append("\n- ").append(MarkdownTable.escaped(wait)));
      parts.add(waits.toString());
    }
    parts.add(
        Words.text(
            "To replay it:\n\n```\nmvn exec:java -Dexp=%s -Dreplay=%s:%s\n```",
            results.run().experiment(),
            results.rows().get(row).row().workload().variant(),
            told.schedule()));
    return String.join("\n\n", parts) + "\n";
  }
}
