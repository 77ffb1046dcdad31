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
    experiments = new Experiments(project, INVENTORIES);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(project.resolve(name), text);
  }

  @Test
  void listsEachWithItsQuestionAndWhatIsWrongWithIt() {
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
  void findsOneByNameOrByPath() throws InvalidExperiment {
    assertThat(experiments.find("good").parse(Map.of(), INVENTORIES).question())
        .isEqualTo("Is it good?");
    assertThat(experiments.find("mine.yml").parse(Map.of(), INVENTORIES).question())
        .isEqualTo("Is it mine?");
    assertThat(experiments.find(project.resolve("mine.yml").toString()).name()).isEqualTo("mine");
  }

  @Test
  void findsOneByTheNameOfItsFile() throws InvalidExperiment {
    assertThat(experiments.find("good.yaml").parse(Map.of(), INVENTORIES).question())
        .isEqualTo("Is it good?");
  }

  @Test
  void saysThatAFolderIsNoFile() {
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
      return files.toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyExperimentOfTheProjectCanBeRunAndAsksAQuestion(Path file) throws Exception {
    Experiment experiment =
        new Experiments(Path.of(""), INVENTORIES)
            .find(file.toString())
            .parse(Map.of(), INVENTORIES);

    assertThat(experiment.question()).endsWith("?");
    assertThat(Files.readString(file)).startsWith("#");
  }

  @Test
  void theReadmeTellsEveryKeyAndItsDefault() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    for (Key key : Key.values()) {
      String line =
          "| `%s` | %s | %s |"
              .formatted(
                  key,
                  key.defaultText().isEmpty() ? "" : "`" + key.defaultText() + "`",
                  key.meaning());
      assertThat(readme).contains(line);
    }
  }

  /** What one experiment is asked that means nothing to it is a mistake; of many it is not. */
  @Test
  void settingsForAllReachThoseThatTheySaySomethingTo() throws Exception {
    write("experiments/orders.yaml", "mode: explore\nvariants: unlocked");
    Map<Key, String> settings = Map.of(Key.TRIALS, "2", Key.BUYERS, "3");

    assertThat(Experiments.applicable(experiments.find("good"), settings)).isEqualTo(settings);
    assertThat(Experiments.applicable(experiments.find("orders"), settings))
        .isEqualTo(Map.of(Key.BUYERS, "3"));
    assertThatThrownBy(() -> experiments.find("orders").parse(settings, INVENTORIES))
        .hasMessageContaining("trials: found it in an experiment of mode explore");
  }
}
