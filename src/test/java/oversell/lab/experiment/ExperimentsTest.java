package oversell.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.inventory.Inventories;

class ExperimentsTest {
  private static final Inventories INVENTORIES = Inventories.onClassPath();

  @TempDir private Path project;
  private Experiments experiments;

  @BeforeEach
  void makeProject() throws IOException {
    Files.createDirectories(project.resolve("experiments"));
    write("experiments/good.yaml", "question: Is it good?\nvariants: unlocked");
    write("experiments/broken.yaml", "question: Is it?\nvariants: unlokced");
    write("mine.yml", "question: Is it mine?\nvariants: unlocked");
    experiments = new Experiments(project, (file, settings) -> INVENTORIES);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(project.resolve(name), text);
  }

  @Test
  void listsExperimentsWithTheirQuestionsOrWhatIsWrongWithThem() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    experiments.list(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "Experiments (run one with: mvn exec:java -Dexp=NAME):",
            "  broken  (cannot be run: experiments/broken.yaml:2:11: variants: found \"unlokced\", expected \"unlocked\""
                + " perhaps, or one of "
                + String.join(", ", INVENTORIES.names())
                + ")",
            "  good    Is it good?");
  }

  @Test
  void findsAnExperimentThatTakesADatabaseInAFolderOfItsOwn()
      throws InvalidExperiment, IOException {
    Files.createDirectories(project.resolve("experiments/stores"));
    write(
        "experiments/stores/kept.yaml",
        "{question: Is it kept?, store: h2, variants: select-for-update}");

    ExperimentFile found = experiments.find("kept");

    assertThat(found.source()).isEqualTo("experiments/stores/kept.yaml");
    assertThat(found.parse(Map.of(), INVENTORIES).page().question()).isEqualTo("Is it kept?");
  }

  @Test
  void findsAnExperimentByNameOrPath() throws InvalidExperiment {
    assertThat(experiments.find("good").parse(Map.of(), INVENTORIES).page().question())
        .isEqualTo("Is it good?");
    assertThat(experiments.find("mine.yml").parse(Map.of(), INVENTORIES).page().question())
        .isEqualTo("Is it mine?");
    assertThat(experiments.find(project.resolve("mine.yml").toString()).name()).isEqualTo("mine");
  }

  @Test
  void findsAnExperimentByTheNameOfItsFile() throws InvalidExperiment {
    assertThat(experiments.find("good.yaml").parse(Map.of(), INVENTORIES).page().question())
        .isEqualTo("Is it good?");
  }

  @Test
  void refusesAFolder() {
    assertThatThrownBy(() -> experiments.find("experiments/"))
        .hasMessageStartingWith("experiments/:1:1: file: found a folder");
  }

  @Test
  void suggestsTheNameThatWasMeant() {
    assertThatThrownBy(() -> experiments.find("godo"))
        .hasMessage(
            "-Dexp:1:1: experiment: found \"godo\", expected \"good\" perhaps, or one of broken, good");
    assertThatThrownBy(() -> experiments.find("x"))
        .hasMessage("-Dexp:1:1: experiment: found \"x\", expected one of broken, good");
    assertThatThrownBy(() -> experiments.find("../x.yaml"))
        .hasMessageStartingWith("../x.yaml:1:1: file: found no such file");
  }

  static Stream<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("experiments"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyExperimentOfTheProjectCanBeRunAndAsksAQuestion(Path file) throws Exception {
    Experiment experiment =
        new Experiments(Path.of(""), (any, settings) -> INVENTORIES)
            .find(file.toString())
            .parse(Map.of(), INVENTORIES);

    assertThat(experiment.page().question()).endsWith("?");
    assertThat(Files.readString(file)).startsWith("#");
  }

  /**
   * A setting that means nothing in an experiment is a mistake, unless it is given for all of them.
   */
  @Test
  void settingsForAllExperimentsReachThoseInWhichTheyMeanSomething() throws Exception {
    write("experiments/orders.yaml", "mode: explore\nvariants: unlocked");
    Map<Key<?>, String> settings = Map.of(Key.TRIALS, "2", Key.BUYERS, "3");

    assertThat(Experiments.applicable(experiments.find("good"), settings)).isEqualTo(settings);
    assertThat(Experiments.applicable(experiments.find("orders"), settings))
        .isEqualTo(Map.of(Key.BUYERS, "3"));
    assertThatThrownBy(() -> experiments.find("orders").parse(settings, INVENTORIES))
        .hasMessageContaining("trials: found it in an experiment of mode explore");
  }
}
