package oversell.report.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.Golden;
import oversell.lab.experiment.Workload;
import oversell.lab.fork.Environment;
import oversell.report.table.ResultsFolder;

class RunComparisonTest {
  private static final Workload LOCKED = Logs.workload("synchronized", 5);
  private static final long FAST = 1_000_000;
  private static final long SLOW = 2_000_000;
  private static final int ENOUGH = 20;

  private final Locale before = Locale.getDefault();

  @TempDir private Path folder;
  private int written;

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  private Path log(Logs.Row... rows) throws IOException {
    return log(Logs.Asked.plain(), rows);
  }

  private Path log(Logs.Asked asked, Logs.Row... rows) throws IOException {
    return Logs.write(folder.resolve("run" + written++), asked, rows);
  }

  /** A row with a number of forks, each with trials of about the same wall time. */
  private static Logs.Row row(Workload workload, int forks, int trials, long nanos) {
    long[][] walls = new long[forks][];
    for (int fork = 0; fork < forks; fork++) {
      walls[fork] = Logs.from(nanos + fork, trials);
    }
    return new Logs.Row(workload, 25, walls);
  }

  private static Logs.Row row(int forks, int trials, long nanos) {
    return row(LOCKED, forks, trials, nanos);
  }

  private String conclusion(Logs.Row first, Logs.Row second) throws IOException {
    return RunComparison.of(log(first), log(second)).rows().getFirst().cells().getLast();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "ru", "ar-EG"})
  void putsBothMediansTheirRatioAndAConclusionIntoARow(String language) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(language));

    assertThat(RunComparison.of(log(row(2, ENOUGH, SLOW)), log(row(2, ENOUGH, FAST))).lines())
        .containsExactly(
            "variant       JDK  first (ms)  second (ms)  ratio  conclusion",
            "synchronized  25        2.010        1.010  0.502  second is faster");
  }

  @Test
  void namesTheFasterRunInEitherOrder() throws IOException {
    assertThat(conclusion(row(2, ENOUGH, SLOW), row(2, ENOUGH, FAST)))
        .isEqualTo("second is faster");
    assertThat(conclusion(row(2, ENOUGH, FAST), row(2, ENOUGH, SLOW)))
        .isEqualTo("second is slower");
  }

  @Test
  void seesNoDifferenceBetweenARunAndItself() throws IOException {
    Path run = log(row(2, ENOUGH, FAST));

    assertThat(RunComparison.of(run, run).rows())
        .singleElement()
        .extracting(row -> row.cells().getLast())
        .asString()
        .startsWith("no difference seen: the intervals of the medians overlap; it may be chance");
  }

  @Test
  void reportsTooFewTrials() throws IOException {
    assertThat(conclusion(row(1, 5, SLOW), row(1, 5, FAST)))
        .startsWith("no difference seen: too few trials, each side needs six");
  }

  @Test
  void reportsForksOfOneSideThatDifferAsMuch() throws IOException {
    Logs.Row uneven =
        new Logs.Row(
            LOCKED,
            25,
            Logs.from(2 * SLOW, ENOUGH),
            Logs.from(2 * SLOW, ENOUGH),
            Logs.from(FAST, ENOUGH));

    assertThat(conclusion(uneven, row(2, ENOUGH, SLOW)))
        .contains("forks of one side differ as much");
  }

  @Test
  void reportsASideWithoutTrials() throws IOException {
    assertThat(conclusion(row(1, ENOUGH, FAST), row(0, 0, 0)))
        .isEqualTo("no trial ended in the second");
    assertThat(conclusion(row(0, 0, 0), row(1, ENOUGH, FAST)))
        .isEqualTo("no trial ended in the first");
    assertThat(conclusion(row(0, 0, 0), row(0, 0, 0))).isEqualTo("no trial ended in either");
  }

  @Test
  void matchesRowsByTheirSaleInAnyOrder() throws IOException {
    Workload fifty = Logs.workload("synchronized", 50);
    Workload unlocked = Logs.workload("unlocked", 5);
    RunComparison comparison =
        RunComparison.of(
            log(row(LOCKED, 2, ENOUGH, FAST), row(fifty, 2, ENOUGH, FAST)),
            log(
                row(unlocked, 2, ENOUGH, FAST),
                row(fifty, 2, ENOUGH, SLOW),
                row(LOCKED, 2, ENOUGH, SLOW)));

    assertThat(comparison.lines())
        .containsExactly(
            "variant       JDK  buyers  first (ms)  second (ms)  ratio  conclusion",
            "synchronized  25   5            1.010        2.010  1.991  second is slower",
            "synchronized  25   50           1.010        2.010  1.991  second is slower",
            "unlocked      25   5                –        1.010      –  only in the second");
  }

  @Test
  void doesNotMatchRowsOfDifferentJdks() throws IOException {
    RunComparison comparison =
        RunComparison.of(
            log(new Logs.Row(LOCKED, 21, Logs.from(FAST, ENOUGH))),
            log(new Logs.Row(LOCKED, 25, Logs.from(FAST, ENOUGH))));

    assertThat(comparison.rows())
        .extracting(row -> row.cells().getLast())
        .containsExactly("only in the first", "only in the second");
  }

  @Test
  void matchesARepeatedRowOnceEach() throws IOException {
    RunComparison comparison =
        RunComparison.of(
            log(row(2, ENOUGH, FAST), row(2, ENOUGH, FAST)), log(row(2, ENOUGH, SLOW)));

    assertThat(comparison.rows())
        .extracting(row -> row.cells().getLast())
        .containsExactly("second is slower", "only in the first");
  }

  @Test
  void warnsOfADifferenceThatRestsOnOneForkOnly() throws IOException {
    assertThat(RunComparison.of(log(row(1, ENOUGH, SLOW)), log(row(1, ENOUGH, FAST))).warnings())
        .singleElement()
        .asString()
        .startsWith("one side has one fork a row");
    assertThat(RunComparison.of(log(row(2, ENOUGH, SLOW)), log(row(2, ENOUGH, FAST))).warnings())
        .isEmpty();
  }

  @Test
  void warnsOfEachCircumstanceThatDiffers() throws IOException {
    Environment here = Logs.ENVIRONMENT;
    Environment there =
        new Environment(
            here.started().plusSeconds(60),
            here.os(),
            "another",
            8,
            here.memoryBytes(),
            3,
            here.hostJdk(),
            List.of("25.0.4+1"),
            List.of(),
            here.commit(),
            false);
    Logs.Asked asked =
        new Logs.Asked(there, Map.of("trials", "5", "hold", "1ms"), "buyers: 50", false);

    assertThat(
            RunComparison.of(log(row(2, ENOUGH, FAST)), log(asked, row(2, ENOUGH, FAST)))
                .warnings())
        .containsExactly(
            "the two differ in cpu: A|CPU, and another",
            "the two differ in processors: 4, and 8",
            "the two differ in JDK build: 25.0.3+9, and 25.0.4+1",
            "the two differ in commit: 0123456789abcdef, and 0123456789abcdef with changes",
            "the two differ in settings: none, and -Dhold=1ms -Dtrials=5",
            "the two differ in the text of their experiments",
            "the second was interrupted");
  }

  @Test
  void reportsWhichFolderHasNoLog() throws IOException {
    Path run = log(row(2, ENOUGH, FAST));
    Path none = Files.createDirectories(folder.resolve("none"));

    assertThatThrownBy(() -> RunComparison.of(run, none))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(none.resolve(ResultsFolder.RAW_LOG).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "something else\n", "{}\n", "{\"event\":\"run-started\"}\n"})
  void reportsWhichLogItDoesNotUnderstand(String text) throws IOException {
    Path run = log(row(2, ENOUGH, FAST));
    Path broken = Files.createDirectories(folder.resolve("broken"));
    Files.writeString(broken.resolve(ResultsFolder.RAW_LOG), text);

    assertThatThrownBy(() -> RunComparison.of(run, broken))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(broken.resolve(ResultsFolder.RAW_LOG).toString());
  }

  @Test
  void reportsWhichFolderHoldsExplorations() throws IOException {
    Path run = log(row(2, ENOUGH, FAST));
    Path explored = Files.createDirectories(folder.resolve("explored"));
    Path log = explored.resolve(ResultsFolder.RAW_LOG);
    Files.copy(Golden.of("report").folder().resolve("explored.jsonl"), log);

    assertThatThrownBy(() -> RunComparison.of(run, explored))
        .isInstanceOf(IOException.class)
        .hasMessage(log + ": explorations, which have no wall times of trials to compare");
  }
}
