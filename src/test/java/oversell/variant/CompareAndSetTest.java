package oversell.variant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;

/** A buyer gets ahead of another, made certain: it purchases during the other's first pause. */
class CompareAndSetTest {
  private final Inventory inventory = new CompareAndSetInventory(10);
  private final AtomicInteger pauses = new AtomicInteger();

  private Answer purchaseWhileAnotherTakes(int units) throws InterruptedException {
    return inventory.purchase(
        3,
        () -> {
          if (pauses.getAndIncrement() == 0) {
            inventory.purchase(units, () -> {});
          }
        });
  }

  @Test
  void aBuyerThatLosesTheRaceChecksAndPausesAgain() throws InterruptedException {
    assertThat(purchaseWhileAnotherTakes(4)).isEqualTo(new Answer(3, 3));
    assertThat(pauses).hasValue(2);
    assertThat(inventory.stock()).isEqualTo(3);
  }

  @Test
  void aBuyerThatLosesTheRaceForTheLastUnitsIsRefused() throws InterruptedException {
    assertThat(purchaseWhileAnotherTakes(8)).isEqualTo(Answer.refused(2));
    assertThat(pauses).hasValue(1);
    assertThat(inventory.stock()).isEqualTo(2);
  }
}
