package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.inventory.Inventories;
import oversell.inventory.InventoryProvider;
import oversell.lab.trial.Outcome.Grade;

/** The models of stores: what promises nothing is refuted, and its twin beside it is proved. */
@Timeout(120)
class StoreModelsTest {
  private static final Explorations SALE = Explorations.of(2, 5, 3);

  private static Stream<InventoryProvider> models() {
    Inventories all = Inventories.onClassPath();
    return all.names().stream()
        .map(all::get)
        .filter(one -> one.getClass().getPackageName().equals("oversell.variant.model"));
  }

  static Stream<InventoryProvider> safe() {
    return models().filter(InventoryProvider::safe);
  }

  static Stream<InventoryProvider> unsafe() {
    return models().filter(one -> !one.safe());
  }

  @ParameterizedTest
  @MethodSource("safe")
  void whatALevelOrATokenKeepsOutIsProvedNotToHappen(InventoryProvider model) {
    Explorations.Found found = SALE.explore(model.getClass());

    assertThat(found.explored().complete()).as(found.explored().toString()).isTrue();
    assertThat(found.outcomes().keySet())
        .isNotEmpty()
        .allMatch(outcome -> outcome.equals("safe: 2 left, 3 sold, 0 unanswered"));
  }

  @ParameterizedTest
  @MethodSource("unsafe")
  void whatNothingKeepsOutIsFound(InventoryProvider model) {
    Explorations.Found found = SALE.explore(model.getClass());

    assertThat(found.explored().complete()).as(found.explored().toString()).isTrue();
    assertThat(found.counterexample().outcome().grade()).isIn(Grade.NEGATIVE, Grade.OVERSOLD);
    assertThat(found.outcomes().keySet()).anyMatch(outcome -> outcome.startsWith("safe: 2 left"));
  }
}
