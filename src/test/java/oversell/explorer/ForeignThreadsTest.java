package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.corpus.Strangers;
import oversell.inventory.InventoryProvider;
import oversell.lab.trial.Explored;

/** Threads that the JDK makes are under control, or there is no proof. */
@Timeout(120)
class ForeignThreadsTest {
  private static final Explorations SALE = Explorations.of(2, 5, 3);

  @ParameterizedTest
  @ValueSource(
      classes = {
        Strangers.SellsInAPool.class,
        Strangers.Publishes.class,
        Strangers.Cleans.class,
      })
  void aPlatformThreadThatTheJdkStartsIsNoProof(Class<? extends InventoryProvider> provider) {
    Explored explored = SALE.explore(provider).explored();

    assertThat(explored.uncontrolled()).isNotEmpty();
    assertThat(explored.isProof()).isFalse();
  }

  @Test
  void threadsThatTheJdkMakesForABuyerAreExplored() {
    var found = SALE.at(Granularity.PAUSE).explore(Strangers.ThreadsOfTheJdk.Broken.class);

    assertThat(found.explored().uncontrolled()).isEmpty();
    assertThat(found.explored().violations()).isPositive();
  }

  @Test
  void threadsThatTheJdkMakesForABuyerRespectAMonitor() {
    var found = SALE.at(Granularity.GUARD).explore(Strangers.ThreadsOfTheJdk.Right.class);

    assertThat(found.explored().isProof()).isTrue();
  }
}
