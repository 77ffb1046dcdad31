package oversell.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.inventory.Answer;
import oversell.inventory.Inventories;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

@Timeout(60)
class GuardTest {
  private static final Pause NONE = () -> {};

  static List<InventoryProvider> everyVariant() {
    return BuiltIn.all();
  }

  static List<InventoryProvider> everySafeVariant() {
    return BuiltIn.safe();
  }

  static List<InventoryProvider> everyUnsafeVariant() {
    return BuiltIn.unsafe();
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
    Inventory inventory = variant.create(10);

    assertThatThrownBy(
            () ->
                inventory.purchase(
                    3,
                    () -> {
                      throw new IllegalStateException("card declined");
                    }))
        .hasMessage("card declined");

    assertThat(inOtherThread(inventory, 3)).isEqualTo(new Answer(3, 7));
  }

  @ParameterizedTest
  @MethodSource("everyVariant")
  void anInterruptedBuyerLeavesGuardAndStockWhole(InventoryProvider variant) throws Exception {
    Inventory inventory = variant.create(10);
    CountDownLatch inside = new CountDownLatch(1);
    try (ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> interrupted =
          buyers.submit(
              () ->
                  inventory.purchase(
                      3,
                      () -> {
                        inside.countDown();
                        Thread.sleep(Duration.ofMinutes(1));
                      }));
      inside.await();
      interrupted.cancel(true);
    }

    assertThat(inventory.stock()).isEqualTo(10);
    assertThat(inOtherThread(inventory, 3)).isEqualTo(new Answer(3, 7));
  }

  private static Answer inOtherThread(Inventory inventory, int units)
      throws ExecutionException, InterruptedException {
    try (ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
      return buyers.submit(() -> inventory.purchase(units, NONE)).get();
    }
  }

  @ParameterizedTest
  @MethodSource("everySafeVariant")
  void letsOneBuyerInAtATime(InventoryProvider variant) throws Exception {
    assertThat(mostInsideAtOnce(variant, Duration.ofMillis(20))).isEqualTo(1);
  }

  /** The same check as {@link #letsOneBuyerInAtATime} on a variant that must not pass it. */
  @ParameterizedTest
  @MethodSource("everyUnsafeVariant")
  void theCheckForOneAtATimeCatchesThatThereIsNoGuard(InventoryProvider variant) throws Exception {
    assertThat(mostInsideAtOnce(variant, Duration.ofSeconds(30))).isEqualTo(8);
  }

  /**
   * Each buyer stays inside until all have come in, which ends at once where there is no guard, or
   * until it has waited long enough for the others to come in if they could.
   */
  private static int mostInsideAtOnce(InventoryProvider variant, Duration wait) throws Exception {
    int buyers = 8;
    Inventory inventory = variant.create(buyers);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(buyers);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < buyers; i++) {
        executor.submit(
            () ->
                inventory.purchase(
                    1,
                    () -> {
                      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                      all.countDown();
                      var unused = all.await(wait.toMillis(), TimeUnit.MILLISECONDS);
                      inside.decrementAndGet();
                    }));
      }
    }
    return most.get();
  }

  /**
   * Every buyer is held between check and act until all have checked; then they act one after the
   * other.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1000})
  void withoutAGuardTheStockEndsAtExactlyTenMinusThreeForEachBuyer(int buyers) throws Exception {
    Inventory inventory = Inventories.onClassPath().get("unlocked").create(10);
    CountDownLatch checked = new CountDownLatch(buyers);
    Semaphore turn = new Semaphore(1);
    List<Future<Answer>> answers = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < buyers; i++) {
        answers.add(
            executor.submit(
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
                }));
      }
    }

    assertThat(inventory.stock()).isEqualTo(10 - 3 * buyers);
    assertThat(answers).allSatisfy(answer -> assertThat(answer.get().sold()).isEqualTo(3));
  }
}
