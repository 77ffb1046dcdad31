package oversell.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.inventory.Inventories;
import oversell.lab.experiment.Experiment;
import oversell.lab.experiment.ExperimentFile;
import oversell.report.table.Cell;
import oversell.report.table.Column;
import oversell.report.table.Table;

class AnswerSentenceTest {
  private static final Table TABLE =
      table(
          "variant|jdk|trials|wall_ms_median",
          "unlocked|21|3|1.5",
          "unlocked|25|4|2.5",
          "synchronized|25|5|");

  private final Locale before = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  private static Table table(String names, String... rows) {
    return new Table(
        cells(names).map(name -> new Column<>(name, name, "", row -> new Cell.None())).toList(),
        Arrays.stream(rows).map(row -> cells(row).map(AnswerSentenceTest::cell).toList()).toList());
  }

  private static Stream<String> cells(String row) {
    return Arrays.stream(row.split("\\|", -1));
  }

  private static Cell cell(String text) {
    if (text.isEmpty()) {
      return new Cell.None();
    }
    return text.matches("[0-9.]+") ? new Cell.Decimal(new BigDecimal(text)) : new Cell.Text(text);
  }

  private static Optional<String> said(String... clauses) {
    return AnswerSentence.of(List.of(clauses), TABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "It was {variant},It was unlocked.",
    "{wall_ms_median where jdk=25} ms,2.5 ms.",
    "{trials where variant=unlocked jdk=25},4.",
    "{variant} and {trials where variant=synchronized},Unlocked and 5.",
    "{sum trials},12.",
    "{min trials where jdk=25} to {max trials},4 to 5.",
    "{max wall_ms_median},2.5.",
    "{count trials} and {count trials where jdk=25},3 and 2.",
    "it ends.,It ends."
  })
  void putsCellsInTheirPlaces(String clause, String sentence) {
    assertThat(AnswerSentence.problem(clause, Table.columnNames(false))).isEmpty();
    assertThat(said(clause)).hasValue(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{trials where jdk=27}",
        "{sum trials where jdk=27}",
        "{wall_ms_median where variant=synchronized}",
        "{max wall_ms_median where variant=synchronized}",
        "{sum variant}",
        "{trials} of {trials where jdk=27}"
      })
  void leavesOutAClauseForWhichThereIsNoValue(String clause) {
    assertThat(said(clause)).isEmpty();
    assertThat(said("first", clause, "last")).hasValue("First; last.");
  }

  @ParameterizedTest
  @CsvSource({
    "1030,'1,030'",
    "1030.5,'1,031'",
    "1234567,'1,234,567'",
    "999,999",
    "999.6,'1,000'",
    "0.125,0.125",
    "0.12549,0.125",
    "12.345,12.3",
    "2.50,2.5",
    "0.000,0",
    "0.0001234,0.000123"
  })
  void showsNumbersWithThreeDigitsOrCommasInEveryLocale(String number, String shown) {
    for (String language : List.of("en", "de", "ar-EG", "fa-IR")) {
      Locale.setDefault(Locale.forLanguageTag(language));
      assertThat(AnswerSentence.of(List.of("{trials}"), table("trials", number)))
          .hasValue(shown + ".");
    }
  }

  @Test
  void doesNotTakeACellForAPattern() {
    assertThat(AnswerSentence.of(List.of("{variant}"), table("variant", "$1\\"))).hasValue("$1\\.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{trails}", "{trials where vairant=unlocked}", "{sum trails}"})
  void reportsAnUnknownColumn(String clause) {
    assertThat(AnswerSentence.problem("It took " + clause, Table.columnNames(false)))
        .hasValueSatisfying(problem -> assertThat(problem).endsWith("is no column of table.csv"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{Trials}",
        "{mean trials}",
        "{trials where}",
        "{trials where jdk}",
        "{trials where jdk=}",
        "{trials jdk=25}",
        "{trials",
        "{trials} of {trials",
        "{{trials}}"
      })
  void reportsAReferenceThatIsMalformed(String clause) {
    assertThat(AnswerSentence.problem(clause, Table.columnNames(false)))
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .startsWith("{")
                    .endsWith(", which is not of the form {column where key=value}"));
  }

  static Stream<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("experiments"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
    }
  }

  @Test
  void theFiguresAreTheColumnsThatClausesSayAndNotThoseOfTheirConditions() {
    assertThat(
            AnswerSentence.figures(
                List.of(
                    "It took {wall_ms_median where variant=unlocked jdk=25} ms",
                    "in {sum trials} trials {max wall_ms_median} ms at most")))
        .containsExactly("wall_ms_median", "trials");
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void noClauseOfTheProjectHasAProblem(Path file) throws Exception {
    Experiment experiment =
        ExperimentFile.read(file, file.toString()).parse(Map.of(), Inventories.onClassPath());

    assertThat(experiment.page().answer())
        .allSatisfy(
            clause -> assertThat(AnswerSentence.problem(clause, experiment)).as(clause).isEmpty());
    assertThat(experiment.page().show())
        .allSatisfy(
            column -> assertThat(ShownColumns.problem(column, experiment)).as(column).isEmpty());
  }
}
