package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oversell.boot.Jdk;
import oversell.boot.JdkFinder;

/** A seed, and a schedule, mean the same on every JDK that is installed. */
@Timeout(300)
class EveryJdkIT {
  @TempDir private Path folder;

  private String tell(Jdk jdk, String... args) throws IOException, InterruptedException {
    return new ExploringJvm(jdk.program("java"), List.of(), folder).output(Retelling.class, args);
  }

  @Test
  void aSeedChoosesTheSameSchedulesAndASchedulesStepsAreTheSame() throws Exception {
    Map<Jdk, String> told = new LinkedHashMap<>();
    for (Jdk jdk : JdkFinder.ofThisMachine().all()) {
      told.put(jdk, tell(jdk));
    }
    String first = told.values().iterator().next();

    assertThat(first).contains("unlocked", "negative", "reads stock");
    told.forEach((jdk, text) -> assertThat(text).as("%s", jdk).isEqualTo(first));

    String schedule =
        first.lines().filter(line -> line.startsWith("unlocked: ")).findFirst().orElseThrow();
    Map<Jdk, String> replayed = new LinkedHashMap<>();
    for (Jdk jdk : told.keySet()) {
      replayed.put(jdk, tell(jdk, "unlocked", schedule.split(" ")[1]));
    }
    String firstReplay = replayed.values().iterator().next();

    assertThat(firstReplay).contains("replay: " + schedule.split(" ")[1]);
    replayed.forEach((jdk, text) -> assertThat(text).as("%s", jdk).isEqualTo(firstReplay));
  }
}
