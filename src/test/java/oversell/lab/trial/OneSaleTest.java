package oversell.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.corpus.Faulty;
import oversell.corpus.Locks;
import oversell.explorer.Granularity;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;
import oversell.lab.experiment.Conduct.Fault;
import oversell.lab.experiment.Conduct.Mode;
import oversell.lab.experiment.Conduct.Threads;
import oversell.variant.BuiltIn;

/** A sale means the same, whether it is measured or explored. */
@Timeout(120)
class OneSaleTest {
  private static final BuyerScope SCOPE = Scopes.ofThisJvm();
  private static final Duration HOLD = Duration.ofMillis(1);

  static Stream<Arguments> everyInventoryAndFault() {
    List<InventoryProvider> inventories =
        new ArrayList<>(
            Stream.of("unlocked", "synchronized", "reentrant-lock", "compare-and-set")
                .map(BuiltIn::get)
                .toList());
    inventories.add(new Faulty.ThrowsAnError());
    inventories.add(new Faulty.SaysItWasInterrupted());
    inventories.add(new Faulty.PausesInAHelper());
    inventories.add(new Locks.UnitsTakenTooEarly.Broken());
    return inventories.stream()
        .flatMap(
            one ->
                Stream.of(Fault.values())
                    .filter(fault -> !fault.isOfProcess())
                    .map(fault -> arguments(one.name(), one, fault)));
  }

  /** What a sale came to, as far as both say it. */
  private record Came(long sold, long left, int unanswered, String failure) {}

  private static Came measured(InventoryProvider inventory, Fault fault)
      throws InterruptedException {
    TrialResult result =
        new Trial(
                // On 21 each virtual buyer that waits for a monitor keeps a carrier, and there
                // may be no more carriers than buyers.
                Sales.ofTwo(Mode.SALE, Threads.PLATFORM, fault, Optional.empty()),
                inventory,
                SCOPE,
                Pause.sleeping(HOLD),
                System::nanoTime)
            .run(0, false);
    return new Came(
        result.sold(), result.finalStock(), result.failed(), result.firstFailure().orElse(""));
  }

  private static List<Came> explored(InventoryProvider inventory, Fault fault) throws IOException {
    return Sales.explore(inventory, fault, Granularity.ACCESS)
        .distinctOutcomes()
        .map(Sales::sold)
        .map(
            outcome ->
                new Came(
                    outcome.soldUnits(),
                    outcome.finalStock(),
                    outcome.unanswered(),
                    outcome.failure()))
        .toList();
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("everyInventoryAndFault")
  void whatAMeasuredSaleComesToIsAmongWhatTheExploredOneCanComeTo(
      String name, InventoryProvider inventory, Fault fault) throws Exception {
    assertThat(explored(inventory, fault)).contains(measured(inventory, fault));
  }
}
