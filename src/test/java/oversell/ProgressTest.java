package oversell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import oversell.lab.fork.Fork;
import oversell.lab.fork.Message;
import oversell.lab.fork.Plans;

class ProgressTest {
  private static final Fork FORK = exploring(Plans.fork(Map.of()));

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

  private static Fork exploring(Fork fork) {
    return new Fork(
        fork.index(),
        fork.row(),
        fork.jdk(),
        Fork.Purpose.EXPLORATION,
        fork.heapMebibytes(),
        fork.trials(),
        fork.warmups(),
        fork.deadline(),
        fork.seed(),
        fork.schedule());
  }

  /** No fork ends for minutes, so the bar itself does not move. */
  @Test
  void aLongExplorationShowsHowFastAndHowFarItIsAllTheTime() {
    try (Progress progress = Progress.of(List.of(FORK), out, true)) {
      progress.forkStarted(FORK);
      progress.explored(
          new Message.ExplorationProgressed(0, 2_977_024, 2_977_020, 0.254, 171_123.4));

      await().until(() -> lines().stream().anyMatch(line -> line.contains("violations")));
    }

    assertThat(lines())
        .allMatch(line -> line.length() < 80)
        .anyMatch(line -> line.contains("2.9M run, 171.1K/s, 25 %, 2.9M violations"));
  }

  private List<String> lines() {
    return Pattern.compile("[\r\n]+")
        .splitAsStream(written.toString(StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void withoutATerminalThereIsALineForEachForkOnly() {
    try (Progress progress = Progress.of(List.of(FORK), out, false)) {
      progress.forkStarted(FORK);
      progress.explored(new Message.ExplorationProgressed(0, 12, 3, 0.25, 4));
    }

    assertThat(lines()).allMatch(String::isEmpty);
  }
}
