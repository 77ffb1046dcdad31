package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oversell.corpus.Monitors;
import oversell.inventory.InventoryProvider;

/** The explorer's monitors keep what the language promises of its own. */
@Timeout(60)
class MonitorsTest {
  private static Explorations.Found explore(
      int buyers, Class<? extends InventoryProvider> provider) {
    return Explorations.of(buyers, 4, 3).explore(provider);
  }

  @Test
  void aThreadThatIsInterruptedBeforeItWaitsDoesNotReleaseTheMonitor() {
    assertThat(explore(2, Monitors.InterruptedBefore.class).outcomes())
        .containsOnlyKeys("vanished: 0 left, 2 sold, 0 unanswered");
  }

  @Test
  void aNotificationIsNotLostOnAThreadThatIsInterruptedAfterwards() {
    assertThat(explore(2, Monitors.InterruptedAfter.class).outcomes())
        .containsOnlyKeys("vanished: 0 left, 1 sold, 0 unanswered");
  }

  /**
   * It leaves it to the other, or takes it before it wakes up: then nobody signals to the other.
   */
  @Test
  void aThreadThatIsInterruptedFirstMayConsumeTheNotificationOfAnother() {
    assertThat(explore(3, Monitors.InterruptedInstead.class).outcomes())
        .containsOnlyKeys(
            "oversold: 0 left, 11 sold, 0 unanswered", "deadlock: 0 left, 10 sold, 1 unanswered");
  }

  @ParameterizedTest
  @EnumSource(Granularity.class)
  void aWaitThatTimesOutStillExcludesOthers(Granularity granularity) {
    var found = Explorations.of(2, 4, 3).at(granularity).explore(Monitors.TimeIsOver.class);

    assertThat(found.counterexamples()).isEmpty();
    assertThat(found.explored().isProof()).isTrue();
  }
}
