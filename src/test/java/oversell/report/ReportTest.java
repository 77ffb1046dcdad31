package oversell.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.Golden;
import oversell.lab.trial.TrialResult;
import oversell.report.table.MarkdownTable;
import oversell.report.table.Results;
import oversell.report.table.ResultsFolder;
import oversell.report.table.RowResult;
import oversell.report.table.Table;
import oversell.report.table.Verdict;

/** Compares what is made from a raw log with {@link Golden} files. */
class ReportTest {
  private static final Golden GOLDEN = Golden.of("report");
  private static final List<String> TABLES =
      List.of("table.md", "table.csv", "results.json", "environment.json");

  private final Locale before = Locale.getDefault();

  @TempDir private Path folder;

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  private Report report(String run) {
    try {
      Files.copy(GOLDEN.folder().resolve(run + ".jsonl"), folder.resolve(ResultsFolder.RAW_LOG));
      return Report.of(folder);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "ru", "ar-EG", "fa-IR"})
  void looksTheSameInEveryLocale(String language) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(language));

    Report report = report("matrix");
    report.write(folder);

    for (String table : TABLES) {
      GOLDEN.check("matrix-" + table, Files.readString(folder.resolve(table)));
    }
    GOLDEN.check("matrix-console.txt", String.join("\n", report.closing()) + "\n");
  }

  @Test
  void explainsTimesOfARunWithoutAGate() throws IOException {
    String text =
        Files.readString(GOLDEN.folder().resolve("matrix.jsonl"))
            .replace("\"gate\":true", "\"gate\":false");
    Files.writeString(folder.resolve(ResultsFolder.RAW_LOG), text);
    Report.of(folder).write(folder);

    assertThat(Files.readString(folder.resolve("table.md")))
        .contains("a row, no gate, after", "from the fork of the first buyer");
  }

  @Test
  void ofALargeSaleSaysThatWaitsAreOfASample() throws IOException {
    String text = Files.readString(GOLDEN.folder().resolve("matrix.jsonl"));
    String large = text.replace("\"buyers\":5", "\"buyers\":20000");
    String note = "Of more than 10,000 buyers about 1,000 have a clock";

    Files.writeString(folder.resolve(ResultsFolder.RAW_LOG), large);
    Report.of(folder).write(folder);
    assertThat(Files.readString(folder.resolve("table.md"))).contains(note);

    Files.writeString(folder.resolve(ResultsFolder.RAW_LOG), text);
    Report.of(folder).write(folder);
    assertThat(Files.readString(folder.resolve("table.md"))).doesNotContain(note);
  }

  @Test
  void noBuyerWaitedLongerThanItsTrialTook() {
    for (RowResult row : report("matrix").results().rows()) {
      row.longestWaitMillis()
          .ifPresent(
              wait ->
                  assertThat(wait)
                      .isLessThanOrEqualTo(
                          row.summary(TrialResult::wallNanos).orElseThrow().max() / 1e6));
    }
  }

  @Test
  void marksAnInterruptedRunAndCountsItsTrials() throws IOException {
    Report report = report("interrupted");
    report.write(folder);

    GOLDEN.check("interrupted-table.md", Files.readString(folder.resolve("table.md")));
    assertThat(report.results().ended()).isEmpty();
    assertThat(Files.readString(folder.resolve("results.json"))).contains("\"complete\" : false");
  }

  @Test
  void isTheSameWhenMadeAgain() throws IOException {
    report("matrix").write(folder);
    String first = contents();

    Report.of(folder).write(folder);

    assertThat(contents()).isEqualTo(first);
  }

  private String contents() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String table : TABLES) {
      all.append(Files.readString(folder.resolve(table)));
    }
    return all.toString();
  }

  @Test
  void beginsWithTheColumnsThatProgramsRead() throws IOException {
    report("matrix").write(folder);

    assertThat(Files.readString(folder.resolve("table.csv")))
        .startsWith(
            "experiment,variant,jdk,carriers,articles,buyers,stock,units,hold_ms,forks,failed_forks,trials,expected,"
                + "observed,verdict,oversold_trials,lost_update_trials,final_stock_min,final_stock_mean,final_stock_max,"
                + "sold_units_mean,purchases_mean,refused_mean,wall_ms_median,floor_ms,purchases_per_s,wait_p50_ms,"
                + "wait_p99_ms,wait_max_ms");
  }

  @Test
  void verdictsOfRowsWithoutTrialsDoNotCountAsFailedVerdicts() {
    Results results = report("matrix").results();

    assertThat(results.rows())
        .filteredOn(row -> !row.hasTrials())
        .extracting(RowResult::verdict)
        .containsOnly(Optional.of(Verdict.FAIL));
    assertThat(results.anyVerdictFailed()).isTrue();
    assertThat(results.anyForkFailed()).isTrue();
  }

  @Test
  void reportsWhatIsWrongWithABrokenLog() throws IOException {
    Path log = folder.resolve(ResultsFolder.RAW_LOG);

    assertThatThrownBy(() -> Report.of(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(ResultsFolder.RAW_LOG);

    Files.writeString(log, "");
    assertThatThrownBy(() -> Report.of(folder)).hasMessage(log + ":1: found no start of a run");

    Files.writeString(log, "something else\n");
    assertThatThrownBy(() -> Report.of(folder))
        .hasMessageStartingWith(log + ":1: found a line that is no message of a run");
  }

  @Test
  void reportsALogOfAnotherVersion() throws IOException {
    String text = Files.readString(GOLDEN.folder().resolve("matrix.jsonl"));
    Path log = folder.resolve(ResultsFolder.RAW_LOG);
    Files.writeString(log, text.replaceAll(",\"machine\":\\{[^}]*}", ""));

    assertThatThrownBy(() -> Report.of(folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(log + ":3: found a line that is no message of a run")
        .hasMessageContaining("machine");
  }

  @Test
  void reportsABrokenHistogram() throws IOException {
    String text = Files.readString(GOLDEN.folder().resolve("matrix.jsonl"));
    Path log = folder.resolve(ResultsFolder.RAW_LOG);
    Files.writeString(log, text.replace("\"waits\":\"HIST", "\"waits\":\"TSIH"));

    assertThatThrownBy(() -> Report.of(folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(log + ": no histogram: TSIH");
  }

  static Stream<Path> committed() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("results"))) {
      return folders
          .filter(run -> Files.exists(run.resolve(ResultsFolder.RAW_LOG)))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("committed")
  void everyCommittedPageIsWhatItsRawLogComesTo(Path results) throws IOException {
    try (Stream<Path> told = Files.list(results)) {
      for (Path file : told.filter(ReportTest::isOfTheRunItself).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Report.of(folder).write(folder);

    for (String table : TABLES) {
      assertThat(results.resolve(table)).hasSameTextualContentAs(folder.resolve(table));
    }
  }

  /** What a run writes and its report is made from: the raw log, and dumps of threads beside it. */
  private static boolean isOfTheRunItself(Path file) {
    String name = file.getFileName().toString();
    return name.equals(ResultsFolder.RAW_LOG) || name.matches("fork-\\d+-threads\\.json");
  }

  @Test
  void theReadmeAnswersWhatItsExperimentsCameTo() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("README.md")).stream()
            .filter(line -> line.matches("- \\[[a-z-]+]\\(results/[a-z-]+/table\\.md\\): .*"))
            .toList();

    assertThat(lines).hasSizeGreaterThanOrEqualTo(7);
    for (String line : lines) {
      String name = line.replaceFirst("- \\[", "").replaceFirst("].*", "");
      Results results = Report.of(Path.of("results", name)).results();
      String answer = AnswerSentence.of(results.run().answer(), Table.of(results)).orElseThrow();
      assertThat(line)
          .endsWith(
              "**%s** %s"
                  .formatted(
                      MarkdownTable.escaped(results.run().question()),
                      MarkdownTable.escaped(answer)));
    }
  }

  @Test
  void theReadmeShowsWhatTheSeedCameTo() throws IOException {
    Report seed = Report.of(Path.of("results", "seed"));
    assumeThat(seed.results().run().settings())
        .as("a run of another size is not what the README shows")
        .isEmpty();

    assertThat(Files.readString(Path.of("README.md"))).contains(String.join("\n", seed.closing()));
  }
}
