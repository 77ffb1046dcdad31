package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oversell.explorer.Lap.Job;
import oversell.explorer.Lap.Tool;

/**
 * Another explorer of interleavings, <a href="https://github.com/JetBrains/lincheck">Lincheck</a>,
 * comes to the same verdicts; how long each takes is printed, and left to the reader.
 */
@Timeout(200)
@Tag("long")
class LincheckIT {
  private static final Path TABLE = Path.of("target", "lincheck.md");

  @TempDir private Path folder;

  private List<Lap> laps() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    // Lincheck's agent comes in while the JVM runs.
    List<String> flags = List.of("-XX:+EnableDynamicAgentLoading");
    return new ExploringJvm(java, flags, folder)
        .output(SideBySide.class)
        .lines()
        .filter(Lap::isOne)
        .map(Lap::parse)
        .toList();
  }

  @Test
  void bothFindTheOversellOfUnlockedAndNoneInSynchronized() throws Exception {
    List<Lap> laps = laps();

    String table = new LapTable(laps).text();
    Files.writeString(TABLE, table);
    System.out.println(table);
    assertThat(laps)
        .hasSize((1 + SideBySide.ROUNDS) * Job.values().length * Tool.values().length)
        .allSatisfy(lap -> assertThat(lap.failures() > 0).isEqualTo(lap.job().fails()))
        .allSatisfy(lap -> assertThat(lap.schedules()).isPositive());
    // More than the two in which one buyer comes after the other, or else finding nothing would
    // mean nothing; and not as many as it was allowed, or else it would not be every one.
    assertThat(laps)
        .filteredOn(lap -> lap.tool() == Tool.LINCHECK && lap.job() != Job.FIRST_FAILURE)
        .allSatisfy(
            lap ->
                assertThat(lap.schedules() / SideBySide.TIMES)
                    .isBetween(3L, LincheckSale.MOST_INVOCATIONS - 1L));
  }
}
