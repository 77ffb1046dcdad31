package oversell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another tool on the same programs, as the experiment {@code versus} asks it, and smaller. */
@Timeout(300)
class VersusIT {
  private static final String HEAD =
      """
      question: Who finds it?
      mode: explore
      until: first-failure
      tool: [oversell, lincheck]
      show: [result, executions, cold_ms, warm_ms, granularity]
      warmups: 1
      scenario: [%s]
      """;

  @TempDir private Path project;

  @BeforeEach
  void makeFolder() throws IOException {
    project = project.toRealPath();
    Files.createDirectories(project.resolve("experiments"));
  }

  private LabProcess run(String programs, String more, String... settings)
      throws IOException, InterruptedException {
    Files.writeString(project.resolve("experiments/mine.yaml"), HEAD.formatted(programs) + more);
    List<String> all = new ArrayList<>(List.of("exp=mine"));
    all.addAll(List.of(settings));
    return LabProcess.run(project, all.toArray(String[]::new));
  }

  /** Without the columns that hold times. */
  private List<String> rows() throws IOException {
    return Files.readAllLines(project.resolve("results/mine/table.md")).stream()
        .filter(line -> line.startsWith("| Programs."))
        .map(line -> line.replaceAll(" +", " ").strip())
        .toList();
  }

  private String page() throws IOException {
    return Files.readString(project.resolve("results/mine/table.md"));
  }

  @Test
  void bothToolsFindTheSameFailuresAndOnlyOneProves() throws Exception {
    LabProcess ended =
        run(
            "oversell.versus.Programs.Counter, oversell.versus.Programs.AtomicCounter,"
                + " oversell.versus.Programs.Deadlock01Bad",
            "expect: {Programs.Counter: fails, Programs.Deadlock01Bad: hangs}\n");

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(rows())
        .hasSize(6)
        .allSatisfy(row -> assertThat(row).matches(".* \\d+ [|] \\d+ [|] \\d+[.]\\d [|] .*"))
        .anySatisfy(row -> assertThat(row).startsWith("| Programs.Counter | oversell | failure |"))
        .anySatisfy(row -> assertThat(row).startsWith("| Programs.Counter | lincheck | failure |"))
        .anySatisfy(
            row -> assertThat(row).startsWith("| Programs.AtomicCounter | oversell | proved |"))
        .anySatisfy(
            row -> assertThat(row).startsWith("| Programs.AtomicCounter | lincheck | passed |"))
        .anySatisfy(
            row -> assertThat(row).startsWith("| Programs.Deadlock01Bad | oversell | hang |"))
        .anySatisfy(
            row -> assertThat(row).startsWith("| Programs.Deadlock01Bad | lincheck | hang |"));
    assertThat(page())
        .contains(
            "Proved: Programs.AtomicCounter, by oversell.",
            "## Counterexample: Programs.Counter, by oversell",
            "*lincheck* is [Lincheck]")
        .doesNotContain("Proved: Programs.AtomicCounter, by lincheck", "## Outcomes");
  }

  /** The broken twin: tools that are stopped too soon miss what is there, and that fails. */
  @Test
  void aFailureThatAToolDoesNotFindIsMissed() throws Exception {
    LabProcess ended =
        run(
            "oversell.versus.Programs.Counter",
            "expect: {Programs.Counter: fails}\n",
            "schedules=1",
            "warmups=0");

    assertThat(ended.status()).as(ended.output()).isEqualTo(1);
    assertThat(page())
        .contains(
            "In every row: result: missed, executions: 1",
            "- **FAIL** Programs.Counter, by lincheck: no violation in 1 schedule, of at most 1;",
            "- **FAIL** Programs.Counter, by oversell: no violation in ");
  }

  @Test
  void aCounterexampleIsReplayedThoughAnotherToolHasARowOfTheSameProgram() throws Exception {
    LabProcess ended = run("oversell.versus.Programs.Counter", "", "tool=oversell", "warmups=0");
    String id = page().replaceAll("(?s).*-Dreplay=[\\w.]+:(\\w+).*", "$1");

    LabProcess replayed = LabProcess.run(project, "exp=mine", "replay=Programs.Counter:" + id);

    assertThat(ended.status()).as(ended.output()).isEqualTo(1);
    assertThat(replayed.output()).contains("in no order are the calls answered");
  }
}
