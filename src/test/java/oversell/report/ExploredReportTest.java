package oversell.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.Golden;
import oversell.report.table.ResultsFolder;

/**
 * Compares what is made from a raw log of explorations with {@link Golden} files. The log has a row
 * of each kind: refuted, proved, deadlocked, not under control, not complete, drawn by PCT, too
 * large, and interrupted after a counterexample.
 */
class ExploredReportTest {
  private static final Golden GOLDEN = Golden.of("report");
  private static final List<String> TABLES =
      List.of("table.md", "table.csv", "outcomes.csv", "results.json");

  private final Locale before = Locale.getDefault();

  @TempDir private Path folder;

  @BeforeEach
  void copyLog() throws IOException {
    Files.copy(GOLDEN.folder().resolve("explored.jsonl"), folder.resolve(ResultsFolder.RAW_LOG));
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "ru", "ar-EG", "fa-IR"})
  void looksTheSameInEveryLocale(String language) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(language));

    Report report = Report.of(folder);
    report.write(folder);

    for (String table : TABLES) {
      GOLDEN.check("explored-" + table, Files.readString(folder.resolve(table)));
    }
    GOLDEN.check("explored-console.txt", String.join("\n", report.closing()) + "\n");
  }

  @Test
  void beginsWithTheColumnsThatProgramsRead() throws IOException {
    Report.of(folder).write(folder);

    assertThat(Files.readString(folder.resolve("table.csv")))
        .startsWith(
            "experiment,variant,jdk,granularity,strategy,reduction,buyers,stock,units,schedules,traces,complete,"
                + "violations,uncontrolled,expected,observed,verdict,steps,wall_ms,schedules_per_s,");
    assertThat(Files.readString(folder.resolve("outcomes.csv")))
        .startsWith(
            "experiment,variant,jdk,granularity,buyers,stock,units,final_stock,sold_units,count,share,grade,");
  }

  @Test
  void drawsEachCounterexampleThatItsPageShows() throws IOException {
    Report.of(folder).write(folder);
    String page = Files.readString(folder.resolve("table.md"));

    List<String> drawn;
    try (Stream<Path> files = Files.list(folder)) {
      drawn =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".svg"))
              .toList();
    }
    assertThat(drawn).hasSize(3).allSatisfy(file -> assertThat(page).contains("](" + file + ")"));
  }

  @Test
  void aPageOfExplorationsDoesNotMentionTrials() throws IOException {
    Report.of(folder).write(folder);

    assertThat(Files.readString(folder.resolve("table.md")))
        .doesNotContain("wall time", " trials", "of 10 trials", "warmup", "floor");
  }
}
