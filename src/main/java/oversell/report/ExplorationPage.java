package oversell.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import oversell.explorer.Granularity;
import oversell.lab.fork.ForkOutcome;
import oversell.lab.fork.Message;
import oversell.lab.trial.Counterexample;
import oversell.lab.trial.Explored;
import oversell.report.table.MarkdownTable;
import oversell.report.table.Results;
import oversell.report.table.RowResult;
import oversell.report.table.RowWords;
import oversell.report.table.Table;
import oversell.report.table.Verdict;
import oversell.text.Words;

/**
 * What a page says of explorations below its table: the verdicts with what each rests on, the
 * outcomes, and a counterexample for each row that has one.
 *
 * @param results of an experiment that explores
 * @param table its columns
 */
public record ExplorationPage(Results results, Table table) {
  private static final int MOST_LABELS = 20;
  private static final String STEPS =
      """
      A *schedule* is one order of the steps of all threads. A step ends where a thread can be stopped:
      %s. Pauses take no time.
      """;
  private static final String LINCHECK =
      """
      *lincheck* is [Lincheck](https://github.com/JetBrains/lincheck), model checking as it comes, told of the same class:
      a call for each thread, then one more, whose answers must be those of some order of the calls. Both tools have
      JVMs with the same flags, but none in common, since lincheck instruments classes of the JDK, too; they run in turns,
      in an order that is drawn. In each JVM every exploration begins anew: oversell weaves the program again, and
      lincheck instruments it again. A time ends when the failure is told with its steps: by then oversell has looked for the
      shortest one, and lincheck has run the failure again for its trace.

      The executions are of the same program, and not of the same size. lincheck runs platform threads, and by its
      documentation switches them at accesses to shared memory and where they synchronise; it runs at most 10,000
      executions unless the experiment says otherwise. oversell runs virtual threads, takes most calls of the JDK for one step, and
      runs one execution for all those that differ only in the order of steps that do not conflict. lincheck never says that a
      program is proved, so where it finds nothing it has *passed*. An *error* is one of the tool's own: its message is
      with the verdict.
      """;
  private static final String COUNTEREXAMPLE =
      """
      A *counterexample* is the shortest execution found that fails a check: those with the fewest
      context switches are tried first, and of these the one with the fewest steps is shown. If there
      are too many to try them all, it is the first failure, shrunk: every context switch that it does
      not need has been removed. The values behind `=` or a colon are those that a step read or wrote,
      in that order%s. Replaying the id takes the same
      steps on every JDK%s.
      """;

  /** The steps of one execution as a table in Markdown. */
  public static String steps(Counterexample told) {
    return new StepTable(new StepWords(told, 0)).text();
  }

  /** Everything between the table and how to read it, as Markdown. */
  public String sections() {
    StringBuilder page = new StringBuilder(verdicts());
    OutcomeTable outcomes = new OutcomeTable(isOfScenarios());
    // Of a search that ended at its first failure they would say only that it did.
    rows()
        .filter(row -> !results.rows().get(row).isUntilFirstFailure())
        .forEach(row -> outcomes.add(label(row), results.rows().get(row)));
    if (!outcomes.isEmpty()) {
      page.append("\n## Outcomes\n\n").append(outcomes.text());
    }
    files().forEach((row, file) -> page.append(counterexample(row, file)));
    return page.toString();
  }

  /** How to read what the page shows beside its table, as Markdown. */
  public String howToRead() {
    String stops =
        results.rows().stream()
            .map(row -> row.row().workload().conduct().exploration().orElseThrow().granularity())
            .distinct()
            .map(granularity -> "at `" + granularity + "` " + stops(granularity))
            .collect(Collectors.joining("; "));
    return Words.text(STEPS, stops)
        + (results.rows().stream().anyMatch(RowResult::isByLincheck) ? "\n" + LINCHECK : "")
        + (files().isEmpty() ? "" : "\n" + counterexamples());
  }

  private boolean isOfScenarios() {
    return results.rows().getFirst().row().workload().isScenario();
  }

  private String counterexamples() {
    return isOfScenarios()
        ? Words.text(COUNTEREXAMPLE, "", "")
        : Words.text(
            COUNTEREXAMPLE,
            "; *stock* and *sold* are the values after the step",
            "; replayed against another variant, it shows where that variant blocks a buyer");
  }

  private String stops(Granularity granularity) {
    String begins =
        isOfScenarios()
            ? "where a thread begins%s where its sleep ends"
            : "where a buyer begins%s where its pause ends";
    String guards = isOfScenarios() ? "a lock or a signal" : "a guard";
    return switch (granularity) {
      case PAUSE -> begins.formatted(" and");
      case GUARD -> begins.formatted(",") + ", and where it takes or leaves " + guards;
      case ACCESS ->
          begins.formatted(",")
              + ", where it takes or leaves "
              + guards
              + ", and before each access to a field or an element that can change";
    };
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
    return RowWords.label(table, row);
  }

  /** Rows that failed, one by one; then those that decide nothing; then all others together. */
  private String verdicts() {
    StringBuilder section = new StringBuilder("\n## Verdicts\n\n");
    List<Integer> failed = rows(row -> row.verdict().equals(Optional.of(Verdict.FAIL)));
    List<Integer> told =
        rows(row -> row.verdict().equals(Optional.of(Verdict.PASS)) && !isPlain(row));
    List<Integer> notReached = rows(row -> row.verdict().isEmpty());
    failed.forEach(row -> section.append(verdict(row)));
    told.forEach(row -> section.append(verdict(row)));
    section.append(failed.isEmpty() && told.isEmpty() ? "" : "\n").append(passed());
    certificates().forEach(line -> section.append('\n').append(line));
    if (!notReached.isEmpty()) {
      section.append(Words.text("\nNot reached: %s.\n", labels(notReached)));
    }
    return section.toString();
  }

  private List<Integer> rows(Predicate<RowResult> isSo) {
    return rows().filter(row -> isSo.test(results.rows().get(row))).boxed().toList();
  }

  private String labels(List<Integer> rows) {
    return rows.stream().map(this::label).collect(Collectors.joining("; "));
  }

  /** Whether all that there is to say of a row is that it is proved, or that it is refuted. */
  private static boolean isPlain(RowResult row) {
    return row.failures().isEmpty() && (isProved(row) || isRefuted(row));
  }

  private static boolean isProved(RowResult row) {
    return claim(row).filter(Claim::isCertificate).isPresent();
  }

  private static boolean isRefuted(RowResult row) {
    return row.explored().filter(all -> all.isDecided() && all.violations() > 0).isPresent();
  }

  private static Optional<Claim> claim(RowResult row) {
    return row.explored().map(explored -> new Claim(row.row().workload(), explored));
  }

  private String passed() {
    List<RowResult> passed =
        results.rows().stream()
            .filter(row -> row.verdict().equals(Optional.of(Verdict.PASS)))
            .toList();
    long proved = passed.stream().filter(ExplorationPage::isProved).count();
    long refuted = passed.stream().filter(ExplorationPage::isRefuted).count();
    List<String> parts = new ArrayList<>();
    if (proved > 0) {
      parts.add(proved + " proved");
    }
    if (refuted > 0) {
      parts.add(refuted + " refuted");
    }
    if (passed.size() > proved + refuted) {
      parts.add(passed.size() - proved - refuted + " neither proved nor refuted");
    }
    return Words.text(
        "**%d of %s as expected%s**%s.\n",
        passed.size(),
        Words.counted(results.rows().size(), "row"),
        parts.isEmpty() ? "" : ":",
        parts.isEmpty() ? "" : " " + String.join(", ", parts));
  }

  /**
   * What is proved, and what that does not cover: a paragraph for all rows with the same limits.
   */
  private List<String> certificates() {
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    rows(row -> row.verdict().equals(Optional.of(Verdict.PASS)) && isPlain(row) && isProved(row))
        .forEach(
            row ->
                rows.computeIfAbsent(
                        claim(results.rows().get(row)).orElseThrow().proof(),
                        proof -> new ArrayList<>())
                    .add(row));
    return rows.entrySet().stream()
        .map(proof -> Words.text("Proved: %s. %s\n", proved(proof.getValue()), proof.getKey()))
        .toList();
  }

  private String proved(List<Integer> rows) {
    boolean areAll = rows.size() == results.rows().size() && rows.size() > MOST_LABELS;
    return areAll ? Words.text("all %d rows", rows.size()) : labels(rows);
  }

  private String verdict(int number) {
    RowResult row = results.rows().get(number);
    StringBuilder line = new StringBuilder();
    line.append(
        Words.text(
            "- **%s** %s: %s (expected: %s)\n",
            row.verdict().map(Verdict::toString).orElse("–"),
            label(number),
            found(row) + differences(row),
            row.row().expected()));
    for (ForkOutcome failure : row.failures()) {
      line.append("  - a fork ").append(MarkdownTable.escaped(failure.describe())).append('\n');
    }
    return line.toString();
  }

  /** What may be claimed of a row, as Markdown. */
  static String found(RowResult row) {
    return row.explored()
        .map(explored -> new Claim(row.row().workload(), explored).sentence())
        .orElseGet(() -> withoutEnd(row));
  }

  /** Where it is not as published; empty if it is. */
  private static String differences(RowResult row) {
    if (row.isAsPublished() || row.explored().isEmpty()) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    Explored explored = row.explored().get();
    row.row()
        .published()
        .traces()
        .filter(traces -> traces != explored.executions())
        .ifPresent(
            traces ->
                parts.add(
                    Words.text("%,d traces, published are %,d", explored.executions(), traces)));
    List<String> published = row.row().published().outcomes();
    if (!published.isEmpty()) {
      add(parts, "not published", without(row.returned(), published));
      add(parts, "published, but not found", without(published, row.returned()));
    }
    if (!explored.complete()) {
      parts.add("not complete, so nothing is confirmed");
    }
    return "; **not as published:** " + MarkdownTable.escaped(String.join("; ", parts));
  }

  private static void add(List<String> parts, String what, List<String> outcomes) {
    if (!outcomes.isEmpty()) {
      parts.add("outcomes " + what + ": " + String.join(" ", outcomes));
    }
  }

  private static List<String> without(List<String> some, List<String> others) {
    return some.stream().filter(one -> !others.contains(one)).toList();
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
      StringBuilder waits = new StringBuilder("At its end no thread can run:\n");
      told.waits().forEach(wait -> waits.append("\n- ").append(MarkdownTable.escaped(wait)));
      parts.add(waits.toString());
    }
    parts.add(
        Words.text(
            "To replay it:\n\n```\n%s\n```",
            results
                .run()
                .replayCommand(
                    results.rows().get(row).row().workload().variant(), told.schedule())));
    return String.join("\n\n", parts) + "\n";
  }
}
