package oversell.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InventoriesTest {
  @Test
  void findsTheVariantsOnTheClassPathByName() {
    Inventories inventories = Inventories.onClassPath();

    assertThat(inventories.names()).contains("reentrant-lock", "synchronized", "unlocked");
    assertThat(inventories.get("unlocked").safe()).isFalse();
    assertThat(inventories.get("synchronized").safe()).isTrue();
    assertThat(inventories.find("sychronized")).isEmpty();
  }

  @Test
  void refusesTwoVariantsOfOneName() {
    InventoryProvider unlocked = Inventories.onClassPath().get("unlocked");
    List<InventoryProvider> twice = List.of(unlocked, unlocked);

    assertThatThrownBy(() -> Inventories.of(twice))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("unlocked");
  }

  @Test
  void aPauseOfNoLengthDoesNotSleep() throws InterruptedException {
    Thread.currentThread().interrupt();
    Pause.sleeping(Duration.ZERO).pause();

    // A sleep would have thrown and cleared the flag.
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aPauseCannotBeNegative() {
    assertThatThrownBy(() -> Pause.sleeping(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAnswerCannotSellLessThanNothing() {
    assertThatThrownBy(() -> new Answer(-1, 3)).isInstanceOf(IllegalArgumentException.class);
  }
}
