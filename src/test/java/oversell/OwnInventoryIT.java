package oversell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Inventories of a user's project, which stands beside the lab's, in forks of every mode. */
@Timeout(300)
class OwnInventoryIT {
  private static final String CLASSES = "../shop/target/classes";
  @TempDir private Path folder;
  private Path project;

  @BeforeEach
  void makeProjects() throws IOException {
    folder = folder.toRealPath();
    project = folder.resolve("lab");
    Path experiments = Files.createDirectories(project.resolve("experiments"));
    Files.copy(Path.of("experiments", "seed.yaml"), experiments.resolve("seed.yaml"));
    Files.writeString(
        experiments.resolve("mine.yaml"),
        """
        question: Is mine safe?
        mode: explore
        buyers: 2
        stock: 5
        units: 3
        variants: [shop-guarded, shop-racy]
        """);
    OwnProject.shop(folder.resolve("shop"));
  }

  private LabProcess run(String... settings) throws IOException, InterruptedException {
    return LabProcess.run(project, settings);
  }

  private String page(String experiment) throws IOException {
    return Files.readString(project.resolve("results").resolve(experiment).resolve("table.md"));
  }

  @Test
  void isMeasuredLikeTheVariantsOfTheLab() throws Exception {
    LabProcess ended =
        run(
            "exp=seed",
            "variants=shop-guarded,shop-racy,synchronized",
            "trials=2",
            "hold=50ms",
            "expect=shop-racy:oversells",
            "classpath=" + CLASSES);

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(page("seed"))
        .contains(
            "`-Dclasspath=" + CLASSES + "`", "| shop-guarded |", "**3 of 3 rows as expected:**");
  }

  @Test
  void isExploredAndThePageHasTheCommandThatReplaysIt() throws Exception {
    LabProcess explored = run("exp=mine", "granularity=access", "classpath=" + CLASSES);
    assertThat(explored.status()).as(explored.output()).isZero();
    Matcher command = Pattern.compile("(?m)^mvn exec:java (-Dexp=mine .*)$").matcher(page("mine"));
    assertThat(command.find()).isTrue();
    assertThat(command.group(1))
        .startsWith(
            "-Dexp=mine -Dgranularity=access -Dclasspath=" + CLASSES + " -Dreplay=shop-racy:");

    LabProcess replayed = run(command.group(1).replace("-D", "").split(" "));

    assertThat(replayed.status()).as(replayed.output()).isZero();
    assertThat(replayed.output()).contains("shop-racy on JDK ", "Racy.java:");
  }

  @Test
  void runsFromAJarAsWell() throws Exception {
    Path jar = new OwnProject(folder.resolve(Path.of("shop", "target", "classes"))).jar();

    LabProcess ended =
        run(
            "exp=mine",
            "variants=shop-guarded",
            "classpath=" + folder.resolve("empty") + File.pathSeparator + jar);
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.output()).contains("which does not exist");

    LabProcess found = run("exp=mine", "variants=shop-guarded", "classpath=" + jar);
    assertThat(found.status()).as(found.output()).isZero();
    assertThat(found.output()).contains("shop-guarded");
  }

  /** The broken twin: it is the setting that makes the difference. */
  @Test
  void isUnknownWithoutTheSetting() throws Exception {
    LabProcess ended = run("exp=mine");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.output()).contains("variants: found \"shop-guarded\"");
  }
}
