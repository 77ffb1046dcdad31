package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.corpus.Faulty;
import oversell.corpus.Locks;
import oversell.inventory.Inventories;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Conduct.Fault;

/** How many executions of a sale are cut short, since another one has shown the same. */
@Timeout(120)
class CutShortTest {
  private static Class<? extends InventoryProvider> variant(String name) {
    return Inventories.onClassPath().get(name).getClass();
  }

  @ParameterizedTest
  @CsvSource({
    "unlocked, 108",
    "volatile, 108",
    "two-locks, 36",
    "synchronized, 6",
    "reentrant-lock, 6",
    "fair-reentrant-lock, 36",
    "semaphore, 48",
    "stamped-lock, 42",
    "compare-and-set, 60",
    "reservation, 48",
    "expiring-reservation, 414",
    "single-writer, 29700"
  })
  void noneIsOfThreeBuyersOfAVariantOfTheLab(String name, long traces) {
    var explored = Explorations.of(3, 6, 3).explore(variant(name)).explored();

    assertThat(explored.complete()).isTrue();
    assertThat(explored.cut()).isZero();
    assertThat(explored.executions()).isEqualTo(traces);
  }

  @ParameterizedTest
  @CsvSource({"THROW, 16", "INTERRUPT, 16", "CANCEL, 132", "TIMEOUT, 646"})
  void noneIsWhereAFaultHitsABuyer(Fault fault, long traces) {
    var explored = Explorations.of(3, 3, 3).with(fault, 2).explore(variant("unlocked")).explored();

    assertThat(explored.complete()).isTrue();
    assertThat(explored.cut()).isZero();
    assertThat(explored.executions()).isEqualTo(traces);
  }

  static List<Class<? extends InventoryProvider>> soldTo() {
    return List.of(
        variant("unlocked"),
        variant("two-locks"),
        Locks.UnitsTakenTooEarly.Broken.class,
        Faulty.ComesWithAThread.class);
  }

  /** Who waits for all buyers goes on before their ends where the sale is cancelled. */
  @ParameterizedTest
  @MethodSource("soldTo")
  void thoseThatAreLeftShowAllThatCanComeOfACancelledSale(
      Class<? extends InventoryProvider> provider) {
    for (Fault fault : List.of(Fault.CANCEL, Fault.TIMEOUT)) {
      for (Granularity granularity : List.of(Granularity.PAUSE, Granularity.GUARD)) {
        Explorations sale = Explorations.of(2, 3, 3).with(fault, 2).at(granularity);

        var all = sale.with(Reduction.NONE).explore(provider);
        var reduced = sale.explore(provider);

        assertThat(all.explored().complete()).isTrue();
        assertThat(reduced.outcomes()).isEqualTo(all.outcomes());
      }
    }
  }
}
