package oversell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.inventory.Inventories;
import oversell.lab.experiment.ExperimentError;
import oversell.lab.experiment.ExperimentFile;
import oversell.lab.experiment.Experiments;
import oversell.lab.experiment.InvalidExperiment;
import oversell.lab.experiment.Key;

class RunOfAllTest {
  private static final List<ExperimentFile> FILES =
      List.of(file("first"), file("second-one"), file("third"));

  @TempDir private Path project;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<String> begun = new ArrayList<>();

  private static ExperimentFile file(String name) {
    return new ExperimentFile(name, name + ".yaml", "variants: unlocked");
  }

  private ExitStatus run(RunOfAll.Runner runner) throws InterruptedException {
    return new RunOfAll(new PrintStream(bytes, true, StandardCharsets.UTF_8))
        .run(
            FILES,
            file -> {
              begun.add(file.name());
              return runner.run(file);
            });
  }

  private List<String> printed() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private Experiments experiments(String... namesAndTexts) throws IOException {
    Path folder = Files.createDirectories(project.resolve("experiments"));
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      Files.writeString(folder.resolve(namesAndTexts[i]), namesAndTexts[i + 1]);
    }
    return new Experiments(project, (file, settings) -> Inventories.onClassPath());
  }

  @Test
  void runsEachInTurnAndSaysHowItEnded() throws InterruptedException {
    ExitStatus status = run(file -> ExitStatus.AS_EXPECTED);

    assertThat(status).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(begun).containsExactly("first", "second-one", "third");
    assertThat(printed())
        .endsWith(
            "first       everything as expected",
            "second-one  everything as expected",
            "third       everything as expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"VERDICT_FAILED", "FORK_FAILED", "BAD_INPUT"})
  void goesOnWhereOneFails(String name) throws InterruptedException {
    ExitStatus failed = ExitStatus.valueOf(name);

    ExitStatus status = run(file -> file.name().equals("first") ? failed : ExitStatus.AS_EXPECTED);

    assertThat(status).isEqualTo(failed);
    assertThat(begun).hasSize(3);
    assertThat(printed()).contains("first       " + failed);
  }

  @Test
  void goesOnWhereTheLabIsBroken() throws InterruptedException {
    ExitStatus status =
        run(
            file -> {
              if (file.name().equals("first")) {
                throw new IllegalStateException("broken on purpose");
              }
              return ExitStatus.VERDICT_FAILED;
            });

    assertThat(status).isEqualTo(ExitStatus.BUG);
    assertThat(begun).hasSize(3);
    assertThat(printed()).anyMatch(line -> line.contains("broken on purpose"));
  }

  @Test
  void goesOnWhereOneMakesNoSense() throws InterruptedException {
    ExitStatus status =
        run(
            file -> {
              throw new ExperimentError(ExperimentError.Place.startOf("x"), "a", "b", "c").alone();
            });

    assertThat(status).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(begun).hasSize(3);
  }

  @Test
  void isEndedByAnInterruption() {
    assertThatThrownBy(
            () ->
                run(
                    file -> {
                      throw new InterruptedException("by a test");
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(begun).containsExactly("first");
  }

  @Test
  void saysWhatWasNotRunAfterAnInterruption() throws InterruptedException {
    assertThat(run(file -> ExitStatus.INTERRUPTED)).isEqualTo(ExitStatus.INTERRUPTED);

    assertThat(begun).containsExactly("first");
    assertThat(printed())
        .endsWith("first       interrupted", "second-one  not run", "third       not run");
  }

  @ParameterizedTest
  @CsvSource({
    "BUG, INTERRUPTED",
    "INTERRUPTED, VERDICT_FAILED",
    "VERDICT_FAILED, FORK_FAILED",
    "FORK_FAILED, BAD_INPUT",
    "BAD_INPUT, AS_EXPECTED"
  })
  void comesToTheMostSevereEnd(ExitStatus more, ExitStatus less) {
    assertThat(ExitStatus.of(List.of(more, less))).isEqualTo(more);
    assertThat(ExitStatus.of(List.of(less, more))).isEqualTo(more);
  }

  @Test
  void isAskedForByItsName() throws InvalidExperiment {
    assertThat(Request.parse(List.of("exp=all", "trials=5")).request())
        .isEqualTo(new Request.RunAll(Map.of(Key.TRIALS, "5")));
  }

  @Test
  void readsEveryFileByName() throws IOException, InvalidExperiment {
    assertThat(
            experiments("b.yaml", "variants: unlocked", "a.yaml", "variants: unlocked")
                .all(Map.of()))
        .extracting(ExperimentFile::name)
        .containsExactly("a", "b");
  }

  @Test
  void saysEveryErrorOfEveryFileFirst() throws IOException {
    Experiments broken =
        experiments(
            "a.yaml", "variants: unlokced",
            "b.yaml", "variants: unlocked",
            "c.yaml", "buyers: many\nvariants: unlocked");

    assertThatThrownBy(() -> broken.all(Map.of()))
        .isInstanceOf(InvalidExperiment.class)
        .hasMessageContaining("experiments/a.yaml:1:11: variants: found \"unlokced\"")
        .hasMessageContaining("\nexperiments/c.yaml:1:9: buyers: found \"many\"");
  }

  @Test
  void saysOnceWhatIsWrongWithASetting() throws IOException {
    Experiments both = experiments("a.yaml", "variants: unlocked", "b.yaml", "variants: unlocked");

    assertThatThrownBy(() -> both.all(Map.of(Key.TRIALS, "many")))
        .isInstanceOfSatisfying(
            InvalidExperiment.class, invalid -> assertThat(invalid.errors()).hasSize(1));
  }

  @Test
  void refusesAFileOfItsOwnName() throws IOException {
    Experiments named = experiments("all.yaml", "variants: unlocked");
    String refusal =
        "experiments/all.yaml:1:1: file: found the name \"all\", expected another one:"
            + " -Dexp=all runs every experiment";

    assertThatThrownBy(() -> named.all(Map.of())).hasMessage(refusal);
    assertThatThrownBy(() -> named.find("experiments/all.yaml")).hasMessage(refusal);
  }

  @Test
  void saysThatThereIsNothingToRun() {
    assertThatThrownBy(() -> experiments().all(Map.of()))
        .hasMessage(
            "-Dexp:1:1: experiment: found \"all\", but no file in experiments/, expected one or more");
  }
}
