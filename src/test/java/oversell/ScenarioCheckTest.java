package oversell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.lab.experiment.ExperimentError;
import oversell.lab.experiment.ExperimentFile;
import oversell.lab.experiment.InvalidExperiment;

/** Which scenarios of a user's project are refused, and in which words. */
class ScenarioCheckTest {
  private static final String PROGRAMS =
      """
      package com.acme;

      import oversell.explorer.Scenario;

      public class Programs {
        static class Fine implements Scenario<String> {
          private Fine() {}
          public String run() { return ""; }
        }

        record Plain() {}

        abstract static class Unfinished implements Scenario<String> {}

        static class Asking implements Scenario<String> {
          Asking(int size) {}
          public String run() { return ""; }
        }

        class Inner implements Scenario<String> {
          public String run() { return ""; }
        }

        static class Throwing implements Scenario<String> {
          static { if (true) throw new IllegalStateException("initialised too early"); }
          public String run() { return ""; }
        }
      }
      """;

  @TempDir private Path folder;
  private OwnProject project;

  @BeforeEach
  void compile() throws IOException {
    folder = folder.toRealPath();
    project = OwnProject.in(folder).compile("com.acme.Programs", PROGRAMS);
  }

  private static ExperimentFile.Entry tool(String name) {
    return new ExperimentFile.Entry(new ExperimentError.Place("mine.yaml", 4, 7), name);
  }

  private void check(String scenario, Integer... jdks) throws InvalidExperiment {
    check(scenario, List.of(), jdks);
  }

  private void check(String scenario, List<ExperimentFile.Entry> tools, Integer... jdks)
      throws InvalidExperiment {
    OwnClasses own =
        new OwnClasses(List.of(), List.of(folder.resolve(Path.of("target", "classes"))));
    ExperimentFile.Entry entry =
        new ExperimentFile.Entry(new ExperimentError.Place("mine.yaml", 3, 11), scenario);
    new ScenarioCheck(own, List.of(jdks)).require(List.of(entry), tools);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.acme.Programs.Fine",
        "com.acme.Programs$Fine",
        "com.acme.Programs.Throwing",
      })
  void takesAClassByEitherNameAndDoesNotInitialiseIt(String name) {
    assertThatCode(() -> check(name, 21)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.acme.Programs.Fien | which is no class of the class path, expected the name of a class, compiled",
        "com.acme.Fine | expected \"com.acme.Programs$Fine\" perhaps, or the name of a class",
        "com.acme.Programs | does not implement oversell.explorer.Scenario; make it do so",
        "com.acme.Programs.Plain | does not implement oversell.explorer.Scenario; make it do so",
        "com.acme.Programs.Unfinished | is abstract; name a class that extends it",
        "com.acme.Programs.Asking | has no constructor without parameters; add one",
        "com.acme.Programs.Inner | is an inner class, which needs another object; make it static",
      })
  void refusesWhatCannotBeExplored(String name, String reason) {
    assertThatThrownBy(() -> check(name, 21))
        .isInstanceOf(InvalidExperiment.class)
        .hasMessageStartingWith("mine.yaml:3:11: scenario: found \"" + name + "\"")
        .hasMessageContaining(reason)
        .hasMessageContaining(", expected ");
  }

  /** As if by a compiler that is newer than every JDK here. */
  private void compileForJava(int release) throws IOException {
    Path file = folder.resolve(Path.of("target", "classes", "com", "acme", "Programs$Fine.class"));
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).putShort(6, (short) (44 + release));
    Files.write(file, bytes);
  }

  @Test
  void refusesAClassThatIsTooNewForTheJdkThatIsToRunIt() throws IOException {
    compileForJava(99);

    assertThatThrownBy(() -> check("com.acme.Programs.Fine", 99, 25))
        .isInstanceOf(InvalidExperiment.class)
        .hasMessageContaining(
            "found \"com.acme.Programs.Fine\", compiled for Java 99, expected a class for JDK 25,"
                + " which is to run it: compile it with --release 25, or explore it with -Djdks=99");
  }

  /** The twin: those that run it are what counts, not the one that asks. */
  @Test
  void takesAClassThatIsTooNewForTheLabItself() throws IOException {
    compileForJava(99);

    assertThatCode(() -> check("com.acme.Programs.Fine", 99)).doesNotThrowAnyException();
  }

  @Test
  void refusesAProgramForAToolThatCannotBeToldOfIt() {
    assertThatThrownBy(() -> check("com.acme.Programs.Fine", List.of(tool("lincheck")), 21))
        .isInstanceOf(InvalidExperiment.class)
        .hasMessage(
            "mine.yaml:3:11: scenario: found \"com.acme.Programs.Fine\", which lincheck cannot be"
                + " told of, expected a class that extends oversell.versus.Operations, or"
                + " -Dtool=oversell");
  }

  /** The twin: the explorer of this project takes any. */
  @Test
  void takesAnyProgramForOversell() {
    assertThatCode(() -> check("com.acme.Programs.Fine", List.of(tool("oversell")), 21))
        .doesNotThrowAnyException();
  }

  @Test
  void takesAProgramThatIsStatedAsOperationsForEitherTool() {
    assertThatCode(
            () ->
                check(
                    "oversell.versus.Programs.Counter",
                    List.of(tool("oversell"), tool("lincheck")),
                    21))
        .doesNotThrowAnyException();
  }

  @Test
  void saysHowToGetAToolThatIsNotOnTheClassPath() throws IOException {
    try (URLClassLoader ofTheJdkAlone =
        new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
      assertThat(ScenarioCheck.missing(tool("lincheck"), ofTheJdkAlone))
          .map(ExperimentError::toString)
          .contains(
              "mine.yaml:4:7: tool: found \"lincheck\", which is not on the class path, expected it"
                  + " there: Maven fetches it for -Dexp=versus, and for an experiment that is named"
                  + " by its path; or leave it out with -Dtool=oversell");
      assertThat(ScenarioCheck.missing(tool("oversell"), ofTheJdkAlone)).isEmpty();
    }
  }

  @Test
  void namesAClassThatAScenarioNeedsAndThatIsMissing() throws IOException {
    project
        .compile("com.acme.Base", "package com.acme; public class Base {}")
        .compile(
            "com.acme.Needy",
            "package com.acme; public class Needy extends Base"
                + " implements oversell.explorer.Scenario<String>"
                + " { public String run() { return \"\"; } }");
    Files.delete(folder.resolve(Path.of("target", "classes", "com", "acme", "Base.class")));

    assertThatThrownBy(() -> check("com.acme.Needy", 21))
        .hasMessageContaining(
            "which cannot be loaded (java.lang.NoClassDefFoundError: com/acme/Base)")
        .hasMessageContaining("add it to classpath");
  }
}
