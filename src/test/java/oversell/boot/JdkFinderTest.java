package oversell.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdkFinderTest {
  @TempDir private Path machine;
  private Path system;

  @BeforeEach
  void makeFolder() throws IOException {
    machine = machine.toRealPath();
    system = Files.createDirectories(machine.resolve("jvm"));
  }

  private Path install(String folder, String version) throws IOException {
    Path home = Files.createDirectories(machine.resolve(folder));
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Somebody\"\nJAVA_RUNTIME_VERSION=\"%s+1\"\nJAVA_VERSION=\"%s\"\n"
            .formatted(version, version));
    Files.createDirectories(home.resolve("bin"));
    for (String program : List.of("java", "javac")) {
      assertThat(
              Files.createFile(home.resolve("bin").resolve(program)).toFile().setExecutable(true))
          .isTrue();
    }
    return home;
  }

  private JdkFinder finder(Path running, Map<String, String> environment) {
    return new JdkFinder(
        environment, machine.resolve("home"), running, List.of(system, machine.resolve("missing")));
  }

  @Test
  void takesTheJvmThatAsksIfItHasVirtualThreads() throws IOException {
    install("jvm/jdk-25", "25.0.3");
    Path running = install("running", "22.0.1");

    assertThat(finder(running, Map.of()).host()).get().extracting(Jdk::path).isEqualTo(running);
  }

  @Test
  void elseTakesTheNewestLongTermOne() throws IOException {
    Path running = install("running", "17.0.15");
    install("jvm/jdk-21", "21.0.13");
    install("jvm/jdk-27", "27.0.1");
    Path longTerm = install("jvm/jdk-25", "25.0.3");

    assertThat(finder(running, Map.of()).host()).get().extracting(Jdk::path).isEqualTo(longTerm);
  }

  @Test
  void elseTakesTheNewestOne() throws IOException {
    Path running = install("running", "17.0.15");
    install("jvm/jdk-26", "26.0.2");
    install("jvm/jdk-27", "27.0.1");

    assertThat(finder(running, Map.of()).host()).get().extracting(Jdk::feature).isEqualTo(27);
  }

  @Test
  void findsNoneWhereThereIsNone() throws IOException {
    Path running = install("running", "17.0.15");
    install("jvm/jdk-8", "1.8.0_402");

    assertThat(finder(running, Map.of()).host()).isEmpty();
    assertThat(finder(running, Map.of()).all()).isEmpty();
  }

  @Test
  void looksWherePeopleAndToolsPutThem() throws IOException {
    Path running = install("running", "17.0.15");
    install("home/.sdkman/candidates/java/21.0.5-tem", "21.0.5");
    install("home/.jdks/corretto-22", "22.0.2");
    install("jvm/temurin-23.jdk/Contents/Home", "23.0.1");
    Path named = install("anywhere", "24.0.1");

    assertThat(
            finder(
                    running,
                    Map.of("JAVA24_HOME", named.toString(), "JAVA_HOME", "", "JDK_HOME", "\0"))
                .all())
        .extracting(Jdk::feature)
        .containsExactly(21, 22, 23, 24);
  }

  @Test
  void countsOneJdkAFeatureAndLinksOnce() throws IOException {
    Path running = install("running", "25.0.3");
    install("jvm/jdk-25.0.1", "25.0.1");
    Files.createSymbolicLink(system.resolve("default"), running);

    assertThat(finder(running, Map.of()).all())
        .singleElement()
        .extracting(Jdk::path)
        .isEqualTo(running);
  }

  @Test
  void leavesOutWhatHasNoCompilerOrNoVersion() throws IOException {
    Path running = install("running", "17.0.15");
    Files.delete(install("jvm/jre-21", "21.0.13").resolve("bin/javac"));
    install("jvm/odd", "latest");
    Files.delete(install("jvm/bare", "22").resolve("release"));
    Files.createFile(system.resolve("file"));

    assertThat(finder(running, Map.of()).all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"25.0.3, 25", "27, 27", "27.0.1.0.3, 27", "1.8.0_402, 8", "26-ea, 26", "25+36, 25"})
  void readsTheFeatureOfAVersion(String version, int feature) {
    assertThat(Jdk.featureOf(version)).isEqualTo(feature);
  }

  @Test
  void knowsTheJdkOfThisTest() throws IOException {
    Jdk mine = JdkFinder.ofThisMachine().host().orElseThrow();

    assertThat(mine.feature()).isEqualTo(Runtime.version().feature());
    assertThat(mine.build()).isEqualTo(System.getProperty("java.runtime.version"));
    assertThat(JdkFinder.ofThisMachine().all()).contains(mine);
    assertThat(mine)
        .isEqualTo(Jdk.read(mine.path()).orElseThrow())
        .hasSameHashCodeAs(Jdk.read(mine.path()).orElseThrow());
  }
}
