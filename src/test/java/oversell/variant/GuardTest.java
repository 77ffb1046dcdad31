package oversell.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/** What every variant does for buyers who come one after the other. */
@Timeout(60)
class GuardTest {
  private static final Pause NONE = () -> {};

  static List<InventoryProvider> everyVariant() {
    return BuiltIn.all();
  }

  @ParameterizedTest
  @MethodSource("everyVariant")
  void sellsToOneBuyerWhatItWants(InventoryProvider variant) throws InterruptedException {
    Inventory inventory = variant.create(10);

    assertThat(inventory.purchase(3, NONE)).isEqualTo(new Answer(3, 7));
    assertThat(inventory.stock()).isEqualTo(7);
  }

  @ParameterizedTest
  @MethodSource("everyVariant")
  void pausesOnceForOneBuyer(InventoryProvider variant) throws InterruptedException {
    AtomicInteger pauses = new AtomicInteger();

    variant.create(10).purchase(3, pauses::incrementAndGet);

    assertThat(pauses).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("everyVariant")
  void sellsTheLastUnits(InventoryProvider variant) throws InterruptedException {
    Inventory inventory = variant.create(3);

    assertThat(inventory.purchase(3, NONE)).isEqualTo(new Answer(3, 0));
  }

  @ParameterizedTest
  @MethodSource("everyVariant")
  void refusesWhenTheStockIsTooShortAndDoesNotPause(InventoryProvider variant)
      throws InterruptedException {
    Inventory inventory = variant.create(2);
    AtomicInteger pauses = new AtomicInteger();

    assertThat(inventory.purchase(3, pauses::incrementAndGet)).isEqualTo(Answer.refused(2));
    assertThat(inventory.stock()).isEqualTo(2);
    assertThat(pauses).hasValue(0);
  }

  @ParameterizedTest
  @MethodSource("everyVariant")
  void refusesWhenThereIsNothing(InventoryProvider variant) throws InterruptedException {
    assertThat(variant.create(0).purchase(1, NONE).isRefusal()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("everyVariant")
  void aBuyerThatThrowsLeavesGuardAndStockWhole(InventoryProvider variant) throws Exception {
    checkThatABuyerThatThrowsLeavesAllWhole(variant.create(10));
  }

  /** The same check as {@link #aBuyerThatThrowsLeavesGuardAndStockWhole} on one that must fail. */
  @Test
  void theCheckForThrowingBuyersCatchesAReservationThatIsNotGivenBack() {
    assertThatThrownBy(() -> checkThatABuyerThatThrowsLeavesAllWhole(new NeverGivingBack(10)))
        .isInstanceOf(AssertionError.class);
  }

  private static void checkThatABuyerThatThrowsLeavesAllWhole(Inventory inventory)
      throws Exception {
    assertThatThrownBy(
            () ->
                inventory.purchase(
                    3,
                    () -> {
                      throw new IllegalStateException("card declined");
                    }))
        .hasMessage("card declined");

    assertThat(inventory.stock()).isEqualTo(10);
    assertThat(Customer.enter(inventory, 3, NONE).answer()).isEqualTo(new Answer(3, 7));
  }

  @ParameterizedTest
  @MethodSource("everyVariant")
  void anInterruptedBuyerLeavesGuardAndStockWhole(InventoryProvider variant) throws Exception {
    checkThatAnInterruptedBuyerLeavesAllWhole(variant.create(10));
  }

  /**
   * The same check as {@link #anInterruptedBuyerLeavesGuardAndStockWhole} on one that must fail.
   */
  @Test
  void theCheckForInterruptedBuyersCatchesAReservationThatIsNotGivenBack() {
    assertThatThrownBy(() -> checkThatAnInterruptedBuyerLeavesAllWhole(new NeverGivingBack(10)))
        .isInstanceOf(AssertionError.class);
  }

  private static void checkThatAnInterruptedBuyerLeavesAllWhole(Inventory inventory)
      throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    Customer interrupted =
        Customer.enter(
            inventory,
            3,
            () -> {
              inside.countDown();
              Thread.sleep(Duration.ofMinutes(1));
            });
    inside.await();
    interrupted.interrupt();

    assertThatThrownBy(interrupted::answer).hasCauseInstanceOf(InterruptedException.class);
    assertThat(inventory.stock()).isEqualTo(10);
    assertThat(Customer.enter(inventory, 3, NONE).answer()).isEqualTo(new Answer(3, 7));
  }

  /** Reserves as it should, and forgets what was reserved when the buyer fails to pay. */
  private static final class NeverGivingBack implements Inventory {
    private final AtomicInteger stock;

    NeverGivingBack(int stock) {
      this.stock = new AtomicInteger(stock);
    }

    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      int left = stock.addAndGet(-units);
      pause.pause();
      return new Answer(units, left);
    }

    @Override
    public int stock() {
      return stock.get();
    }
  }
}
