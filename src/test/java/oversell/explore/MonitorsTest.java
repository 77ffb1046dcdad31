package oversell.explore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oversell.corpus.Monitors;
import oversell.experiment.Exploration.Reduction;
import oversell.inventory.InventoryProvider;

/** The explorer's monitors keep what the language promises of its own. */
@Timeout(60)
class MonitorsTest {
  private static Explorations.Found explore(
      int buyers, Class<? extends InventoryProvider> provider) {
    return Explorations.of(buyers, 4, 3).explore(provider);
  }

  @Test
  void whoIsInterruptedBeforeItWaitsDoesNotLeave() {
    assertThat(explore(2, Monitors.InterruptedBefore.class).outcomes())
        .containsOnlyKeys("vanished: 0 left, 2 sold, 0 unanswered");
  }

  @Test
  void aSignalIsNotLostOnWhoIsInterruptedAfterwards() {
    assertThat(explore(2, Monitors.InterruptedAfter.class).outcomes())
        .containsOnlyKeys("vanished: 0 left, 1 sold, 0 unanswered");
  }

  @Test
  void whoIsInterruptedFirstLeavesTheSignalToOthers() {
    assertThat(explore(3, Monitors.InterruptedInstead.class).outcomes())
        .containsOnlyKeys("oversold: 0 left, 11 sold, 0 unanswered");
  }

  @Test
  void whoseTimeIsOverExcludesOthersStill() {
    var reduced = explore(2, Monitors.TimeIsOver.class);

    assertThat(reduced.counterexamples()).isEmpty();
    assertThat(reduced.explored().isProof()).isTrue();
    assertThat(
            Explorations.of(2, 4, 3)
                .with(Reduction.NONE)
                .atMost(50_000)
                .explore(Monitors.TimeIsOver.class)
                .outcomes())
        .hasSize(1);
  }
}
