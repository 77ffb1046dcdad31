package oversell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.lab.experiment.InvalidExperiment;

class CompareRequestTest {
  @TempDir private Path project;

  private String refused(String folders) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ExitStatus status =
        Main.run(
            project,
            List.of("compare=" + folders),
            new PrintStream(bytes, true, StandardCharsets.UTF_8));
    assertThat(status).isEqualTo(ExitStatus.BAD_INPUT);
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void namesTwoFolders() throws InvalidExperiment {
    assertThat(Request.parse(List.of("compare=a,b")).request())
        .isEqualTo(new Request.Compare("a,b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", ",", "a,", ",b", "a,b,c", " , "})
  void refusesWhatAreNotTwoFolders(String folders) {
    assertThat(refused(folders))
        .isEqualTo(
            "-Dcompare:1:1: compare: found \"%s\", expected two folders of results with their"
                + " trials.jsonl, separated by a comma",
            folders);
  }

  @Test
  void saysWhichFolderCannotBeRead() {
    assertThat(refused("results/a,results/b"))
        .startsWith("-Dcompare:1:1: compare: found \"results/a,results/b\", of which one cannot be")
        .contains(project.resolve("results").resolve("a").toString())
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"exp, compare", "report, compare", "exp, report"})
  void doesNotKnowWhichOfTwoRequestsIsMeant(String first, String second) {
    assertThatThrownBy(() -> Request.parse(List.of(second + "=x,y", first + "=z")))
        .hasMessage("-D%s:1:1: setting: found -D%s beside it, expected one of them", second, first);
  }

  @Test
  void isSuggestedWhereItIsMisspelt() {
    assertThatThrownBy(() -> Request.parse(List.of("comprae=a,b")))
        .hasMessage("-Dcomprae:1:1: setting: found an unknown name, expected -Dcompare perhaps");
  }
}
