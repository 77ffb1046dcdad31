package oversell.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A project outside this one, which depends on the packaged library and on nothing else of ours, is
 * tested by Maven with the oldest and the newest JUnit that is promised.
 */
@Timeout(300)
@Tag("long")
class OutsideProjectIT {
  private static final int MOST_SECONDS = 240;
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final String OLDEST = "5.10.2";
  private static final String NEWEST = "6.1.3";

  private record Built(Path project, int status, String output) {
    String file(String name) throws IOException {
      return Files.readString(project.resolve("target").resolve(name));
    }

    String json(String test) throws IOException {
      return file("interleavings/AccountTest." + test + ".json");
    }
  }

  private static String given(String property, String otherwise) {
    return System.getProperty("oversell.it." + property, otherwise);
  }

  /**
   * Everything that Maven has, but for artifacts of ours: those are the packaged ones. So nothing
   * of this build stays in the repository of whoever builds.
   */
  private static Path repository(Path folder) throws IOException {
    Path all =
        Path.of(given("repository", System.getProperty("user.home") + "/.m2/repository"))
            .toRealPath();
    link(all, folder, "dev");
    Files.createDirectories(all.resolve("dev"));
    link(all.resolve("dev"), folder.resolve("dev"), "oversell");
    String version = given("version", "0.1.0-SNAPSHOT");
    Path artifact =
        Files.createDirectories(folder.resolve("dev/oversell/oversell-lab").resolve(version));
    String name = "oversell-lab-" + version;
    Path jar = TARGET.resolve(name + ".jar");
    assertThat(jar).as("packaged; run this by mvn verify").exists();
    Files.copy(jar, artifact.resolve(name + ".jar"));
    Files.copy(Path.of("pom.xml"), artifact.resolve(name + ".pom"));
    return folder;
  }

  private static void link(Path from, Path to, String butFor) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> children = Files.list(from)) {
      for (Path child : children.filter(one -> !one.endsWith(butFor)).toList()) {
        Files.createSymbolicLink(to.resolve(child.getFileName()), child);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path one : all.toList()) {
        Path there = to.resolve(from.relativize(one).toString());
        if (Files.isDirectory(one)) {
          Files.createDirectories(there);
        } else {
          Files.copy(one, there, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
    }
  }

  /**
   * Builds a project.
   *
   * @param module the text of its module-info.java; empty if it has none
   */
  private static Built build(String name, String junit, String module)
      throws IOException, InterruptedException {
    Path folder = TARGET.resolve("it").resolve(name + "-with-junit-" + junit);
    delete(folder);
    Path project = folder.resolve(name);
    copy(Path.of("src", "it", name), project);
    if (!module.isEmpty()) {
      Files.writeString(project.resolve("src/main/java/module-info.java"), module);
    }
    Path repository = repository(folder.resolve("repository"));
    Path maven = Path.of(given("maven", "/usr/share/maven"), "bin");
    boolean isWindows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    List<String> command = new ArrayList<>();
    command.add(maven.resolve(isWindows ? "mvn.cmd" : "mvn").toString());
    command.addAll(List.of("-B", "-ntp", "-Dstyle.color=never", "test"));
    command.add("-Dmaven.repo.local=" + repository);
    command.add("-Doversell.version=" + given("version", "0.1.0-SNAPSHOT"));
    command.add("-Djunit.version=" + junit);
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("MAVEN_OPTS");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
          .as("Maven ended within %d s; it printed %s", MOST_SECONDS, output)
          .isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Built(project, process.exitValue(), Files.readString(output));
  }

  @Test
  void aProjectWithOneDependencyAndNoFlagGetsARightVerdictOnEachTest() throws Exception {
    check(build("bank", OLDEST, ""));
  }

  @Test
  void aProjectThatIsAModuleGetsThemToo() throws Exception {
    check(build("bank", NEWEST, "module com.acme.bank {}"));
  }

  private static void check(Built built) throws IOException {

    assertThat(built.output()).contains("Tests run: 9, Failures: 5, Errors: 0, Skipped: 1");
    assertThat(built.status()).isEqualTo(1);
    SoftAssertions softly = new SoftAssertions();
    softly
        .assertThat(built.output())
        .containsOnlyOnce("explores in a JVM of its own")
        .contains("AccountTest.fails throws", "expected: <130> but was: <1")
        .contains("writes balance = 1", "is preempted", "Account.java:2")
        .contains("Picture: target/interleavings/AccountTest.fails.svg")
        .contains("AccountTest.failsByTheKeyword throws java.lang.AssertionError")
        .contains(
            "AccountTest.exits: not proved: not under control: System.exit (", ", in AccountTest")
        .contains("AccountTest.isNotProved: not proved: the time was over")
        .containsPattern(
            "AccountTest.isNotProved: [0-9,]+ executions so far, about [0-9]+ % of all, in [34] s of"
                + " at most 5 s");
    checkFiles(built, softly);
    softly.assertAll();
  }

  @Test
  void aProjectInKotlinGetsThemToo() throws Exception {
    Built built = build("kotlin", NEWEST, "");

    assertThat(built.output())
        .contains("Tests run: 4, Failures: 2, Errors: 0, Skipped: 0")
        .contains("CounterTest.losesACount throws", "writes count = 1", "CounterTest.kt:")
        .contains("CounterTest.forgetsToSynchronize throws", "writes sum = 3");
    assertThat(built.file("interleavings/CounterTest.a lock keeps every count.json"))
        .contains("\"verdict\": \"proved\"");
    assertThat(built.file("interleavings/CounterTest.synchronizesOnAnObject.json"))
        .contains("\"verdict\": \"proved\"");
  }

  private static void checkFiles(Built built, SoftAssertions softly) throws IOException {
    softly.assertThat(built.json("passes")).contains("\"verdict\": \"proved\"");
    softly.assertThat(built.json("fails")).contains("\"verdict\": \"failed\"");
    softly.assertThat(built.json("replays")).contains("\"verdict\": \"failed\"");
    softly.assertThat(built.json("exits")).contains("\"verdict\": \"not_proved\"");
    softly.assertThat(built.json("isNotProved")).contains("\"verdict\": \"not_proved\"");
    softly
        .assertThat(built.json("isAborted"))
        .contains("\"verdict\": \"aborted\"", "not proved: every schedule was aborted");
    softly
        .assertThat(built.file("interleavings/AccountTest$Overdrawn.passesInside.json"))
        .contains("\"verdict\": \"proved\"");
    softly.assertThat(built.file("interleavings/AccountTest.fails.svg")).startsWith("<svg");
    softly
        .assertThat(built.project().resolve("target/interleavings/AccountTest.passes.svg"))
        .doesNotExist();
    String schedule = line(built.json("fails"), "\"schedule\"");
    softly
        .assertThat(line(built.json("replays"), "\"schedule\""))
        .as("write the schedule of fails() into the replay of src/it/bank's AccountTest")
        .isEqualTo(schedule);
    softly
        .assertThat(
            Arrays.stream(built.file("class-path.txt").split(File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(name -> name.endsWith(".jar"))
                .filter(name -> !name.matches("(junit|opentest4j|apiguardian|jspecify)-.*")))
        .as("only ASM comes along")
        .allMatch(name -> name.matches("(oversell-lab|asm|asm-(analysis|commons|tree))-[0-9].*"))
        .hasSize(5);
  }

  private static String line(String text, String part) {
    return text.lines().filter(line -> line.contains(part)).findFirst().orElse("");
  }
}
