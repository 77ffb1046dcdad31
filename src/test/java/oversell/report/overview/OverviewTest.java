package oversell.report.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.report.table.ResultsFolder;
import oversell.report.table.Table;

class OverviewTest {
  private static final String MACHINE = "A\\|CPU, 4 processors, JDK 25.0.3+9, 2026-11-24";
  private static final Logs.Row SAFE =
      new Logs.Row(Logs.workload("synchronized", 5), 25, Logs.from(1_000_000, 2));

  private final Locale before = Locale.getDefault();

  @TempDir private Path results;

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  private List<String> entries() throws IOException {
    new Overview(results).write();
    return Files.readAllLines(results.resolve(Overview.PAGE)).stream()
        .dropWhile(line -> !line.startsWith("| experiment"))
        .skip(2)
        .takeWhile(line -> line.startsWith("| "))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "ru", "ar-EG"})
  void makesTheAnswerFromTheRawLog(String language) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(language));
    Logs.write(results.resolve("a"), Logs.Asked.plain().answering("yes, {trials} of 2 | 3"), SAFE);
    Files.writeString(results.resolve("a").resolve("table.md"), "**Answer:** another.\n");

    assertThat(entries())
        .containsExactly(
            "| [a](a/table.md) | Is a\\|b safe? | Yes, 2 of 2 \\| 3. | " + MACHINE + " |");
  }

  @Test
  void countsVerdictsIfThereIsNoAnswer() throws IOException {
    Logs.write(
        results.resolve("a"),
        Logs.Asked.plain(),
        SAFE,
        new Logs.Row(Logs.workload("unlocked", 5), 25));

    assertThat(entries())
        .containsExactly("| a | Is a\\|b safe? | 1 of 2 rows as expected | " + MACHINE + " |");
  }

  @Test
  void isInTheOrderOfNamesAndTheSameEveryTime() throws IOException {
    for (String name : List.of("c", "a", "b")) {
      Logs.write(results.resolve(name), Logs.Asked.plain(), SAFE);
    }
    Files.createDirectories(results.resolve("without-a-log"));
    Logs.write(results.resolve(".d.incoming"), Logs.Asked.plain(), SAFE);

    List<String> first = entries();

    assertThat(first).extracting(line -> line.substring(2, 3)).containsExactly("a", "b", "c");
    assertThat(entries()).isEqualTo(first);
  }

  @Test
  void marksAnInterruptedRun() throws IOException {
    Logs.write(
        results.resolve("a"), new Logs.Asked(Logs.ENVIRONMENT, Map.of(), "buyers: 5", false), SAFE);

    assertThat(entries())
        .singleElement()
        .asString()
        .contains("**Interrupted;** of the trials that had ended: 1 of 1 row as expected");
  }

  /** The folder beside it keeps its line. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "something else\n", "null\n", "{}\n", "{\"event\":\"run-started\"}\n"})
  void marksAFolderThatCannotBeRead(String log) throws IOException {
    Path broken = Files.createDirectories(results.resolve("a"));
    Files.writeString(broken.resolve(ResultsFolder.RAW_LOG), log);
    Logs.write(results.resolve("b"), Logs.Asked.plain(), SAFE);

    assertThat(entries()).hasSize(2);
    assertThat(entries().getFirst())
        .startsWith("| a |  | **Cannot be read:** ")
        .doesNotContain(results.toString());
    assertThat(entries().getLast()).startsWith("| b | Is a");
  }

  @Test
  void marksAFolderInThePlaceOfALog() throws IOException {
    Files.createDirectories(results.resolve("a").resolve(ResultsFolder.RAW_LOG));

    assertThat(entries()).singleElement().asString().contains("**Cannot be read:**");
  }

  @Test
  void explainsHowToReadAPageAboveTheAnswersAndEveryColumnBelowThem() throws IOException {
    Logs.write(results.resolve("a"), Logs.Asked.plain(), SAFE);

    new Overview(results).write();

    String page = Files.readString(results.resolve(Overview.PAGE));
    assertThat(page).containsSubsequence("## How to read a page", "## Answers", "## Columns");
    assertThat(Table.columnNames(false))
        .allSatisfy(column -> assertThat(page).contains("| `" + column + "` |"));
    assertThat(Table.columnNames(true))
        .allSatisfy(column -> assertThat(page).contains("| `" + column + "` |"));
    assertThat(page).doesNotContain("{start}");
  }

  @Test
  void isNotWrittenWhereThereAreNoResults() throws IOException {
    Path missing = results.resolve("missing");

    new Overview(missing).write();

    assertThat(missing).doesNotExist();
  }

  @Test
  void leavesNoOtherFileBesideThePage() throws IOException {
    Logs.write(results.resolve("a"), Logs.Asked.plain(), SAFE);

    new Overview(results).write();

    try (Stream<Path> files = Files.list(results)) {
      assertThat(files)
          .containsExactlyInAnyOrder(results.resolve("a"), results.resolve("README.md"));
    }
  }

  @Test
  void keepsTheFormerPageIfItCannotBeWritten() throws IOException {
    Files.writeString(results.resolve(Overview.PAGE), "former");
    Files.createDirectories(results.resolve(".README.md").resolve("in the way"));

    assertThatThrownBy(() -> new Overview(results).write()).isInstanceOf(IOException.class);
    assertThat(results.resolve(Overview.PAGE)).hasContent("former");
  }
}
