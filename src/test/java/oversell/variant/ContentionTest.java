package oversell.variant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;

/** What every variant does when many buyers come at once. */
@Timeout(60)
class ContentionTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  static List<InventoryProvider> everySafeVariant() {
    return BuiltIn.safe();
  }

  static List<InventoryProvider> everyUnsafeVariant() {
    return BuiltIn.unsafe();
  }

  static List<InventoryProvider> everyOneAtATime() {
    return BuiltIn.oneAtATime();
  }

  static List<InventoryProvider> everySideBySide() {
    return BuiltIn.sideBySide();
  }

  @ParameterizedTest
  @MethodSource("everyOneAtATime")
  void letsOneBuyerInAtATime(InventoryProvider variant) throws Exception {
    assertThat(mostInsideAtOnce(variant, 8, Duration.ofMillis(20))).isEqualTo(1);
  }

  /** The same check as {@link #letsOneBuyerInAtATime} on variants that must not pass it. */
  @ParameterizedTest
  @ValueSource(strings = {"unlocked", "volatile"})
  void theCheckForOneAtATimeCatchesThatThereIsNoGuard(String variant) throws Exception {
    assertThat(mostInsideAtOnce(BuiltIn.get(variant), 8, LONG)).isEqualTo(8);
  }

  /** And on one that is half guarded: two of the buyers hold no common lock. */
  @Test
  void theCheckForOneAtATimeCatchesASecondLock() throws Exception {
    assertThat(mostInsideAtOnce(BuiltIn.get("two-locks"), 2, LONG)).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("everySideBySide")
  void letsAllBuyersPauseSideBySide(InventoryProvider variant) throws Exception {
    assertThat(mostInsideAtOnce(variant, 8, LONG)).isEqualTo(8);
  }

  /**
   * Each of 8 buyers stays inside until as many as are awaited have come in, which ends at once
   * where nobody keeps them out, or until it has waited long enough for the others to come in if
   * they could.
   */
  private static int mostInsideAtOnce(InventoryProvider variant, int awaited, Duration wait)
      throws Exception {
    Inventory inventory = variant.create(8);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch met = new CountDownLatch(awaited);
    Crowd.purchase(
        8,
        () ->
            inventory.purchase(
                1,
                () -> {
                  most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                  met.countDown();
                  var unused = met.await(wait.toMillis(), TimeUnit.MILLISECONDS);
                  inside.decrementAndGet();
                }));
    return most.get();
  }

  @ParameterizedTest
  @MethodSource("everySafeVariant")
  void whatManyBuyersAreSoldIsWhatTheShelfLost(InventoryProvider variant) throws Exception {
    Inventory inventory = variant.create(1000);

    List<Answer> answers = Crowd.purchase(700, () -> inventory.purchase(2, Thread::yield));

    assertThat(answers).allSatisfy(answer -> assertThat(answer.left()).isNotNegative());
    assertThat(Crowd.sold(answers)).isEqualTo(1000);
    assertThat(inventory.stock()).isZero();
  }

  @ParameterizedTest
  @MethodSource("everySafeVariant")
  void buyersThatThrowTakeNothingWithThem(InventoryProvider variant) throws Exception {
    Inventory inventory = variant.create(500);
    AtomicInteger pauses = new AtomicInteger();

    List<Answer> answers =
        Crowd.purchase(
            400,
            () -> {
              try {
                return inventory.purchase(
                    2,
                    () -> {
                      Thread.yield();
                      if (pauses.incrementAndGet() % 3 == 0) {
                        throw new IllegalStateException("card declined");
                      }
                    });
              } catch (IllegalStateException declined) {
                return Answer.refused(0);
              }
            });

    assertThat(answers).allSatisfy(answer -> assertThat(answer.left()).isNotNegative());
    assertThat(Crowd.sold(answers) + inventory.stock()).isEqualTo(500);
    assertThat(inventory.stock()).isNotNegative();
  }

  /** The broken twin of the two above, made certain: two buyers who are let in are enough. */
  @ParameterizedTest
  @MethodSource("everyUnsafeVariant")
  void withoutAGuardTwoBuyersAreSoldTheSameUnits(InventoryProvider variant) throws Exception {
    Inventory inventory = variant.create(3);

    List<Answer> answers = allCheckBeforeAnyActs(inventory, 2);

    assertThat(Crowd.sold(answers)).isEqualTo(6);
    assertThat(inventory.stock()).isEqualTo(-3);
  }

  @ParameterizedTest
  @CsvSource({
    "unlocked, 1",
    "unlocked, 5",
    "unlocked, 1000",
    "volatile, 1",
    "volatile, 5",
    "volatile, 1000"
  })
  void withoutAGuardTheStockEndsAtExactlyTenMinusThreeForEachBuyer(String variant, int buyers)
      throws Exception {
    Inventory inventory = BuiltIn.get(variant).create(10);

    List<Answer> answers = allCheckBeforeAnyActs(inventory, buyers);

    assertThat(Crowd.sold(answers)).isEqualTo(3 * buyers);
    assertThat(inventory.stock()).isEqualTo(10 - 3 * buyers);
  }

  /**
   * Every buyer is held between check and act until all have checked; then they act one after the
   * other.
   */
  private static List<Answer> allCheckBeforeAnyActs(Inventory inventory, int buyers)
      throws Exception {
    CountDownLatch checked = new CountDownLatch(buyers);
    Semaphore turn = new Semaphore(1);
    return Crowd.purchase(
        buyers,
        () -> {
          try {
            return inventory.purchase(
                3,
                () -> {
                  checked.countDown();
                  checked.await();
                  turn.acquire();
                });
          } finally {
            turn.release();
          }
        });
  }
}
