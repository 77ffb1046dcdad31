package oversell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of a user's project, which stands beside the lab's, explored from the command line. */
@Timeout(300)
class ScenarioIT {
  /** Two threads that add to a counter, with the lock that the source names. */
  private static final String COUNTERS =
      """
      package com.acme;

      import oversell.explorer.Scenario;

      class CounterTest {
        private static class Counter implements Scenario<Integer> {
          int count;

          void add() { count++; }

          public Integer run() throws Exception {
            Thread one = Thread.startVirtualThread(this::add);
            Thread other = Thread.startVirtualThread(this::add);
            one.join();
            other.join();
            if (count != 2) throw new IllegalStateException("lost an update");
            return count;
          }
        }

        static class Racy extends Counter {}

        static class Guarded extends Counter {
          @Override synchronized void add() { super.add(); }
        }

        static class Printing implements Scenario<String> {
          public String run() throws Exception {
            java.nio.file.Files.exists(java.nio.file.Path.of("x"));
            return "looked";
          }
        }

        static class Unmakeable implements Scenario<String> {
          Unmakeable() { throw new IllegalStateException("no stock"); }
          public String run() { return ""; }
        }
      }
      """;

  @TempDir private Path folder;
  private Path project;
  private Path app;

  @BeforeEach
  void makeProjects() throws IOException {
    folder = folder.toRealPath();
    project = folder.resolve("lab");
    Files.createDirectories(project.resolve("experiments"));
    app = folder.resolve("app");
    OwnProject.in(app).compile("com.acme.CounterTest", COUNTERS);
  }

  private void experiment(Path file, String... lines) throws IOException {
    Files.writeString(
        file, "question: Is mine safe?\nmode: explore\n" + String.join("\n", lines) + "\n");
  }

  private LabProcess run(String... settings) throws IOException, InterruptedException {
    return LabProcess.run(project, settings);
  }

  private Path results(String experiment) {
    return project.resolve("results").resolve(experiment);
  }

  private String page(String experiment) throws IOException {
    return Files.readString(results(experiment).resolve("table.md"));
  }

  @Test
  void areRefutedAndProvedWithTheSamePagesAsAVariant() throws Exception {
    experiment(
        project.resolve("experiments/mine.yaml"),
        "scenario: [com.acme.CounterTest.Racy, com.acme.CounterTest$Guarded]",
        "classpath: ../app/target/classes",
        "expect: {com.acme.CounterTest.Racy: fails}");

    LabProcess ended = run("exp=mine");

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(page("mine"))
        .contains(
            "**2 of 2 rows as expected:** 1 proved, 1 refuted.",
            "Proved: CounterTest.Guarded. Every schedule at `access` was run",
            "| CounterTest.Racy    |",
            "threw (java.lang.IllegalStateException: lost an update)",
            "## Counterexample: CounterTest.Racy",
            "| CounterTest.java:9 ")
        .doesNotContain("stock", "sold", "buyer");
    assertThat(Files.readString(results("mine").resolve("countertest-racy-counterexample.svg")))
        .contains("reads count");
    assertThat(Files.readAllLines(results("mine").resolve("table.csv")).get(1))
        .startsWith("mine,CounterTest.Racy,")
        .contains(",access,exhaustive,source-dpor,,,,");
    assertThat(ended.output())
        .contains("each explores one scenario", "throws IllegalStateException  expected fails");
  }

  /** The broken twin: without what is expected, a scenario has to be safe. */
  @Test
  void failTheRunIfTheyFailAndNothingElseIsExpected() throws Exception {
    experiment(
        project.resolve("experiments/mine.yaml"),
        "scenario: com.acme.CounterTest.Racy",
        "classpath: ../app/target/classes");

    LabProcess ended = run("exp=mine");

    assertThat(ended.status()).as(ended.output()).isEqualTo(1);
    assertThat(page("mine")).contains("**Not as expected:** 1 of 1 row", "- **FAIL**");
  }

  @Test
  void areReplayedByTheCommandOfThePage() throws Exception {
    experiment(
        app.resolve("mine.yaml"),
        "scenario: com.acme.CounterTest.Racy",
        "classpath: target/classes",
        "expect: {Racy: fails}");
    LabProcess explored = run("exp=../app/mine.yaml");
    assertThat(explored.status()).as(explored.output()).isZero();
    Matcher command =
        Pattern.compile("(?m)^mvn exec:java (-Dexp=../app/mine.yaml -Dreplay=.*)$")
            .matcher(page("mine"));
    assertThat(command.find()).isTrue();

    LabProcess replayed = run(command.group(1).replace("-D", "").split(" "));

    assertThat(replayed.status()).as(replayed.output()).isZero();
    assertThat(replayed.output())
        .contains("threw: java.lang.IllegalStateException: lost an update", "CounterTest.java:9");
  }

  /** Each is one of an older file, so nothing that the file says of others holds. */
  @Test
  void areTakenFromTheCommandLineInsteadOfTheFile() throws Exception {
    experiment(
        project.resolve("experiments/mine.yaml"), "scenario: some.Other", "expect: {Other: fails}");
    Path jar = new OwnProject(app.resolve(Path.of("target", "classes"))).jar();

    LabProcess ended = run("exp=mine", "scenario=com.acme.CounterTest.Guarded", "classpath=" + jar);

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(page("mine"))
        .contains("`-Dscenario=com.acme.CounterTest.Guarded`", "Proved: CounterTest.Guarded.");
  }

  /** What is published stands in the file; the lab never computes it. */
  @ParameterizedTest
  @CsvSource({
    "traces, Guarded:2, 0",
    "traces, Guarded:3, 1",
    "outcomes, Guarded:2, 0",
    "outcomes, Guarded:3, 1",
  })
  void areRedUnlessTheyAreAsPublished(String key, String published, int status) throws Exception {
    experiment(
        project.resolve("experiments/mine.yaml"),
        "scenario: com.acme.CounterTest.Guarded",
        "classpath: ../app/target/classes",
        "sources: A Book of Counters",
        "answer: \"{count verdict where verdict=FAIL} of {count verdict} differ\"");

    LabProcess ended = run("exp=mine", key + "=" + published);

    assertThat(ended.status()).as(ended.output()).isEqualTo(status);
    assertThat(page("mine"))
        .contains("- A Book of Counters", status == 0 ? "1 proved" : "**not as published:** ");
    assertThat(page("mine").contains("**Answer:** 1 of 1 differ.")).isEqualTo(status == 1);
  }

  @Test
  void areExploredAndReplayedWithoutAFile() throws Exception {
    String classes = "classpath=../app/target/classes";
    LabProcess ended = run("scenario=com.acme.CounterTest.Racy", classes);
    assertThat(ended.status()).as(ended.output()).isEqualTo(1);
    Matcher command =
        Pattern.compile("(?m)^mvn exec:java (-Dscenario=com.acme.CounterTest.Racy .*-Dreplay=.*)$")
            .matcher(page("scenario"));
    assertThat(command.find()).as(page("scenario")).isTrue();

    LabProcess replayed = run(command.group(1).replace("-D", "").split(" "));

    assertThat(replayed.status()).as(replayed.output()).isZero();
    assertThat(replayed.output()).contains("lost an update", "CounterTest.java:9");
  }

  @Test
  void areNotProvedIfTheyDoWhatIsNotUnderControl() throws Exception {
    experiment(
        project.resolve("experiments/mine.yaml"),
        "scenario: com.acme.CounterTest.Printing",
        "classpath: ../app/target/classes");

    LabProcess ended = run("exp=mine");

    assertThat(ended.status()).as(ended.output()).isEqualTo(1);
    assertThat(page("mine"))
        .contains("**not under control:**", "no certificate is given", "CounterTest.java:");
  }

  @Test
  void areNotProvedIfMoreSchedulesAreLeft() throws Exception {
    experiment(
        project.resolve("experiments/mine.yaml"),
        "scenario: com.acme.CounterTest.Guarded",
        "classpath: ../app/target/classes",
        "schedules: 1");

    LabProcess ended = run("exp=mine");

    assertThat(page("mine"))
        .as(ended.output())
        .contains("not complete, so no proof")
        .doesNotContain("Proved");
  }

  @Test
  void failIfTheyCannotBeMade() throws Exception {
    experiment(
        project.resolve("experiments/mine.yaml"),
        "scenario: com.acme.CounterTest.Unmakeable",
        "classpath: ../app/target/classes");

    LabProcess ended = run("exp=mine");

    assertThat(ended.status()).as(ended.output()).isEqualTo(1);
    assertThat(page("mine")).contains("threw (java.lang.IllegalStateException: no stock)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere/classes", "experiments/mine.yaml"})
  void areRefusedIfTheirClassPathIsOfNoUse(String classPath) throws Exception {
    experiment(
        project.resolve("experiments/mine.yaml"),
        "scenario: com.acme.CounterTest.Racy",
        "classpath: [../app/target/classes, " + classPath + "]");

    LabProcess ended = run("exp=mine");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.output())
        .startsWith("experiments/mine.yaml:4:36: classpath: found \"" + classPath + "\", which ")
        .contains(", expected folders of classes and jars");
    assertThat(results("mine")).doesNotExist();
  }
}
