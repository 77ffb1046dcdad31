package oversell.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.inventory.Answer;
import oversell.inventory.Inventories;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Workload;
import oversell.stats.Latencies;
import oversell.variant.BuiltIn;

@Timeout(120)
class TrialTest {
  private static final BuyerScope SCOPE = Scopes.ofThisJvm();
  private static final Pause NONE = () -> {};

  static Stream<String> everyVariant() {
    return BuiltIn.all().stream().map(InventoryProvider::name);
  }

  static Stream<String> everySafeVariant() {
    return BuiltIn.safe().stream().map(InventoryProvider::name);
  }

  static Stream<String> everyOneAtATime() {
    return BuiltIn.oneAtATime().stream().map(InventoryProvider::name);
  }

  private static Workload seed(String variant) {
    return new Workload(
        variant, OptionalInt.empty(), 1, 5, 10, 3, Duration.ofMillis(20), true, Conduct.plain());
  }

  private static Workload sale(String variant, int articles, int buyers, int stock, int units) {
    return new Workload(
        variant,
        OptionalInt.empty(),
        articles,
        buyers,
        stock,
        units,
        Duration.ZERO,
        true,
        Conduct.plain());
  }

  private static TrialResult run(Workload workload, Pause hold) throws InterruptedException {
    return run(workload, BuiltIn.get(workload.variant()), hold);
  }

  private static TrialResult run(Workload workload, InventoryProvider variant, Pause hold)
      throws InterruptedException {
    return new Trial(workload, variant, SCOPE, hold, System::nanoTime).run(0, false);
  }

  @ParameterizedTest
  @MethodSource("everySafeVariant")
  void aGuardSellsNineOfTen(String variant) throws InterruptedException {
    TrialResult result = run(seed(variant), Pause.sleeping(seed(variant).hold()));

    assertThat(result.isViolation()).as("%s", result).isFalse();
    assertThat(result.sold()).isEqualTo(9);
    assertThat(result.purchases()).isEqualTo(3);
    assertThat(result.refused()).isEqualTo(2);
    assertThat(result.finalStock()).isEqualTo(1);
    assertThat(result.lowestStock()).isEqualTo(1);
    assertThat(result.failed()).isZero();
  }

  /** The broken twin of the test above, made certain: nobody acts before everybody has checked. */
  @ParameterizedTest
  @ValueSource(ints = {5, 1000})
  void withoutAGuardEveryBuyerIsSoldTo(int buyers) throws InterruptedException {
    CountDownLatch checked = new CountDownLatch(buyers);

    TrialResult result =
        run(
            sale("unlocked", 1, buyers, 10, 3),
            () -> {
              checked.countDown();
              checked.await();
            });

    assertThat(result.sold()).isEqualTo(3L * buyers);
    assertThat(result.purchases()).isEqualTo(buyers);
    assertThat(result.oversold()).isEqualTo(3L * buyers - 10);
    assertThat(result.isOversold()).isTrue();
    // The acts race, too, so updates may be lost; sold + left = initial + lost, in any case.
    assertThat(result.finalStock()).isEqualTo(10 - result.sold() + result.lostUpdates());
  }

  @ParameterizedTest
  @MethodSource("everySafeVariant")
  void thousandsOfBuyersAreSoldJustWhatThereIs(String variant) throws InterruptedException {
    TrialResult result = run(sale(variant, 1, 4000, 5000, 2), Thread::yield);

    assertThat(result.isViolation()).as("%s", result).isFalse();
    assertThat(result.sold()).isEqualTo(5000);
    assertThat(result.purchases()).isEqualTo(2500);
    assertThat(result.refused()).isEqualTo(1500);
    assertThat(result.finalStock()).isZero();
  }

  @ParameterizedTest
  @MethodSource("everySafeVariant")
  void everyArticleHasAStockOfItsOwn(String variant) throws InterruptedException {
    TrialResult result = run(sale(variant, 3, 10, 2, 1), NONE);

    assertThat(result.sold()).isEqualTo(6);
    assertThat(result.refused()).isEqualTo(4);
    assertThat(result.finalStock()).isZero();
  }

  @Test
  void oneBuyerIsSafeWithoutAGuard() throws InterruptedException {
    TrialResult result = run(sale("unlocked", 1, 1, 10, 3), NONE);

    assertThat(result.isViolation()).isFalse();
    assertThat(result.finalStock()).isEqualTo(7);
  }

  @Test
  void withoutAGateTheSaleIsOpenFromTheFirstFork() throws InterruptedException {
    Workload ungated =
        new Workload(
            "synchronized",
            OptionalInt.empty(),
            1,
            50,
            100,
            1,
            Duration.ZERO,
            false,
            Conduct.plain());

    TrialResult result = run(ungated, NONE);

    assertThat(result.purchases()).isEqualTo(50);
    assertThat(result.wallNanos()).isPositive();
  }

  @Test
  void withAGateNobodyIsInsideBeforeTheLastOneExists() throws InterruptedException {
    AtomicInteger forked = new AtomicInteger();
    BuyerScope counting =
        (threads, buyers, timeout, whenForked) ->
            SCOPE.run(
                threads,
                buyers,
                timeout,
                () -> {
                  forked.set(200);
                  whenForked.run();
                });

    TrialResult result =
        new Trial(
                sale("unlocked", 1, 200, 400, 1),
                Inventories.onClassPath().get("unlocked"),
                counting,
                () -> {
                  if (forked.get() != 200) {
                    throw new IllegalStateException("inside before the last was forked");
                  }
                },
                System::nanoTime)
            .run(0, false);

    assertThat(result.firstFailure()).isEmpty();
    assertThat(result.failed()).isZero();
  }

  @ParameterizedTest
  @MethodSource("everyOneAtATime")
  void buyersWaitForTheHoldsOfThoseBeforeThem(String variant) throws InterruptedException {
    TrialResult result = run(seed(variant), Pause.sleeping(seed(variant).hold()));

    Latencies waits = Latencies.decode(result.waits());
    assertThat(waits.count()).isEqualTo(5);
    // The third has two holds before it, and those who are refused have three. Histograms round by
    // 0.1 %.
    assertThat(waits.quantileMillis(0.6)).isGreaterThanOrEqualTo(2 * 20 * 0.999);
    assertThat(result.longestWaitNanos())
        .isBetween(3 * Duration.ofMillis(20).toNanos(), result.wallNanos());
  }

  @Test
  void theWaitsOfAWarmupAreNotKept() throws InterruptedException {
    Trial trial =
        new Trial(
            seed("unlocked"),
            Inventories.onClassPath().get("unlocked"),
            SCOPE,
            () -> {},
            System::nanoTime);

    TrialResult warmup = trial.run(0, true);

    assertThat(warmup.purchases()).isPositive();
    assertThat(Latencies.decode(warmup.waits()).count()).isZero();
  }

  @ParameterizedTest
  @MethodSource("everyVariant")
  void noSaleIsOverBeforeItsFloor(String variant) throws InterruptedException {
    Duration floor = seed(variant).floor(BuiltIn.get(variant).exclusive());

    TrialResult result = run(seed(variant), Pause.sleeping(seed(variant).hold()));

    assertThat(result.wallNanos()).isGreaterThanOrEqualTo(floor.toNanos());
  }

  /**
   * Where nobody waits for a gate, a buyer still waits from its fork on, and not from when it gets
   * to ask.
   */
  @Test
  void withoutAGateABuyerWaitsFromItsForkOn() throws InterruptedException {
    Workload ungated =
        new Workload(
            "unlocked", OptionalInt.empty(), 1, 2, 10, 3, Duration.ZERO, false, Conduct.plain());
    BuyerScope slow =
        (threads, buyers, timeout, whenForked) ->
            SCOPE.run(
                threads,
                List.of(
                    () -> {
                      for (Callable<?> buyer : buyers) {
                        Thread.sleep(20);
                        buyer.call();
                      }
                      return "all";
                    }),
                timeout,
                whenForked);

    TrialResult result =
        new Trial(ungated, Inventories.onClassPath().get("unlocked"), slow, NONE, System::nanoTime)
            .run(0, false);

    assertThat(result.longestWaitNanos()).isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
  }

  @Test
  void anInventoryThatAnswersNothingFailsItsBuyers() throws InterruptedException {
    InventoryProvider silent =
        new InventoryProvider() {
          @Override
          public String name() {
            return "silent";
          }

          @Override
          @SuppressWarnings("NullAway")
          public Inventory create(int stock) {
            return new Inventory() {
              @Override
              public Answer purchase(int units, Pause pause) {
                return null;
              }

              @Override
              public int stock() {
                return stock;
              }
            };
          }
        };

    TrialResult result = run(sale("silent", 1, 2, 10, 3), silent, NONE);

    assertThat(result.failed()).isEqualTo(2);
    assertThat(result.firstFailure())
        .hasValueSatisfying(failure -> assertThat(failure).contains("answered null"));
  }

  @ParameterizedTest
  @MethodSource("everySafeVariant")
  void whatABuyerThrowsIsAFindingAndTheOthersGoOn(String variant) throws InterruptedException {
    AtomicInteger turns = new AtomicInteger();

    TrialResult result =
        run(
            // Enough for all five, so that nobody is refused for what the one who throws reserved.
            sale(variant, 1, 5, 15, 3),
            () -> {
              if (turns.getAndIncrement() == 0) {
                throw new IllegalStateException("card declined");
              }
            });

    assertThat(result.failed()).isEqualTo(1);
    assertThat(result.firstFailure())
        .hasValueSatisfying(failure -> assertThat(failure).contains("card declined"));
    assertThat(result.sold()).isEqualTo(12);
    assertThat(result.isViolation()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("everyVariant")
  void anInterruptedSaleLeavesNobodyBehind(String variant) throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    CountDownLatch first = new CountDownLatch(1);
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread owner =
        Thread.ofPlatform()
            .start(
                () ->
                    ended.complete(
                        catchThrowable(
                            () ->
                                run(
                                    sale(variant, 1, 3, 10, 3),
                                    () -> {
                                      inside.incrementAndGet();
                                      first.countDown();
                                      try {
                                        Thread.sleep(Duration.ofMinutes(1));
                                      } finally {
                                        inside.decrementAndGet();
                                      }
                                    }))));
    first.await();

    owner.interrupt();

    assertThat(ended)
        .succeedsWithin(Duration.ofSeconds(20))
        .isInstanceOf(InterruptedException.class);
    assertThat(inside).hasValue(0);
  }

  /**
   * An inventory that forgets what it sold passes every look at its stock, and only conservation
   * catches it.
   */
  @Test
  void aLostUpdateIsAViolationThoughTheStockLooksFine() throws InterruptedException {
    TrialResult result = run(sale("forgetful", 1, 2, 10, 3), provider("forgetful", 0), NONE);

    assertThat(result.finalStock()).isEqualTo(10);
    assertThat(result.isOversold()).isFalse();
    assertThat(result.lostUpdates()).isEqualTo(6);
    assertThat(result.isViolation()).isTrue();
  }

  @Test
  void unitsThatVanishAreAViolation() throws InterruptedException {
    TrialResult result = run(sale("double", 1, 2, 20, 3), provider("double", -6), NONE);

    assertThat(result.finalStock()).isEqualTo(8);
    assertThat(result.vanished()).isEqualTo(6);
    assertThat(result.isViolation()).isTrue();
  }

  @Test
  void whatOneArticleLosesAnotherDoesNotMakeUpFor() throws InterruptedException {
    AtomicInteger made = new AtomicInteger();
    InventoryProvider opposite = provider("opposite", () -> made.getAndIncrement() == 0 ? 0 : -6);

    TrialResult result = run(sale("opposite", 2, 2, 10, 3), opposite, NONE);

    assertThat(result.sold() + result.finalStock()).isEqualTo(20);
    assertThat(result.lostUpdates()).isEqualTo(3);
    assertThat(result.vanished()).isEqualTo(3);
  }

  private static InventoryProvider provider(String name, int change) {
    return provider(name, () -> change);
  }

  /** Sells 3 to everybody and changes the stock by something else. */
  private static InventoryProvider provider(String name, IntSupplier change) {
    return new InventoryProvider() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Inventory create(int stock) {
        int changed = change.getAsInt();
        return new Inventory() {
          private int left = stock;

          @Override
          public synchronized Answer purchase(int units, Pause pause) throws InterruptedException {
            pause.pause();
            left += changed;
            return new Answer(3, left);
          }

          @Override
          public int stock() {
            return left;
          }
        };
      }
    };
  }
}
