package oversell.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayCommandTest {
  private static final Environment SOMEWHERE =
      new Environment(
          Instant.EPOCH, "Linux", "a cpu", 2, 1, 0, "25", List.of("25"), List.of(), "", true);

  private static String command(String source, Map<String, String> settings) {
    return new Message.RunStarted(
            SOMEWHERE, "mine", "", List.of(), List.of(), List.of(), source, "", settings, 1,
            List.of(), 1, 1, 0)
        .replayCommand("shop-racy", "0005");
  }

  @Test
  void namesTheExperimentAndTheSchedule() {
    assertThat(command("experiments/mine.yaml", Map.of()))
        .isEqualTo("mvn exec:java -Dexp=mine -Dreplay=shop-racy:0005");
  }

  /** A name would be looked for in the lab's own folder. */
  @Test
  void namesTheFileOfAnExperimentThatIsElsewhere() {
    assertThat(command("../shop/mine.yaml", Map.of()))
        .isEqualTo("mvn exec:java -Dexp=../shop/mine.yaml -Dreplay=shop-racy:0005");
  }

  @Test
  void keepsTheSettingsButForThoseThatChooseRows() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("variants", "shop-racy,unlocked");
    settings.put("buyers", "3");
    settings.put("jdks", "all");
    settings.put("classpath", "../my shop/classes:../lib.jar");

    assertThat(command("experiments/mine.yaml", settings))
        .isEqualTo(
            "mvn exec:java -Dexp=mine -Dbuyers=3 -Dclasspath=\"../my shop/classes:../lib.jar\""
                + " -Dreplay=shop-racy:0005");
  }
}
