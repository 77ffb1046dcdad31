package oversell.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Conduct.Baseline;
import oversell.lab.experiment.Conduct.Fault;
import oversell.lab.experiment.Conduct.Mode;
import oversell.lab.experiment.Conduct.PauseKind;
import oversell.lab.experiment.Conduct.Threads;
import oversell.lab.experiment.Workload;
import oversell.variant.BuiltIn;

/** Sales that are conducted in another way than the plain one. */
@Timeout(120)
class ConductTest {
  private static final Pause SHORT = Pause.sleeping(Duration.ofMillis(1));

  private final List<BuyerScope.Ending> endings = new ArrayList<>();
  private final List<String> scopes = new ArrayList<>();
  private final BuyerScope scope =
      (threads, buyers, timeout, whenForked) -> {
        scopes.add(threads.newThread(() -> {}).getName().replaceAll("\\d", ""));
        BuyerScope.Ending ending = Scopes.ofThisJvm().run(threads, buyers, timeout, whenForked);
        endings.add(ending);
        return ending;
      };

  static Stream<String> everySafeVariant() {
    return BuiltIn.safe().stream().map(InventoryProvider::name);
  }

  static Stream<Arguments> everySafeVariantAndFault() {
    return everySafeVariant()
        .flatMap(
            variant ->
                Stream.of(Fault.values())
                    .filter(fault -> !fault.isOfProcess())
                    .map(fault -> arguments(variant, fault)));
  }

  private static Conduct conduct(Mode mode, Threads threads, Fault fault, int faultEvery) {
    return new Conduct(
        mode, threads, PauseKind.SLEEP, fault, faultEvery, false, Baseline.NONE, Optional.empty());
  }

  private static Conduct of(Mode mode, Threads threads) {
    return conduct(mode, threads, Fault.NONE, 1);
  }

  private static Conduct against(Baseline baseline, Threads threads) {
    return new Conduct(
        Mode.SALE, threads, PauseKind.SLEEP, Fault.NONE, 1, false, baseline, Optional.empty());
  }

  private static Workload workload(int buyers, int stock, Conduct conduct) {
    return new Workload(
        "any", OptionalInt.empty(), 1, buyers, stock, 1, Duration.ofMillis(1), true, conduct);
  }

  private TrialResult run(InventoryProvider variant, Workload workload, Pause pause)
      throws InterruptedException {
    return new Trial(workload, variant, scope, pause, System::nanoTime).run(0, false);
  }

  private static InventoryProvider provider(IntFunction<Inventory> inventory) {
    return new InventoryProvider() {
      @Override
      public String name() {
        return "of-this-test";
      }

      @Override
      public Inventory create(int stock) {
        return inventory.apply(stock);
      }
    };
  }

  @ParameterizedTest
  @MethodSource("everySafeVariant")
  void returningBuyersBuyAllThereIsAndAreRefusedOnce(String variant) throws InterruptedException {
    TrialResult result =
        run(BuiltIn.get(variant), workload(4, 40, of(Mode.RETURNING, Threads.VIRTUAL)), SHORT);

    assertThat(result.seen().acquisitions()).hasSize(4);
    assertThat(result.seen().acquisitions().stream().mapToInt(count -> count).sum())
        .isEqualTo(result.purchases())
        .isEqualTo(40);
    assertThat(result.sold()).isEqualTo(40);
    assertThat(result.refused()).isEqualTo(4);
    assertThat(result.finalStock()).isZero();
    assertThat(result.isViolation()).isFalse();
  }

  /** The broken twin, made certain: nobody acts before both have checked. */
  @Test
  void withoutAGuardReturningBuyersOversell() throws InterruptedException {
    CountDownLatch checked = new CountDownLatch(2);

    TrialResult result =
        run(
            BuiltIn.get("unlocked"),
            workload(2, 1, of(Mode.RETURNING, Threads.VIRTUAL)),
            () -> {
              checked.countDown();
              checked.await();
            });

    assertThat(result.oversold()).isPositive();
    assertThat(result.isViolation()).isTrue();
  }

  /** On platform threads, since a buyer that waits for a monitor may keep its carrier. */
  @ParameterizedTest
  @MethodSource("everySafeVariant")
  void thoseWhoComeOneByOneAreEachServedOnce(String variant) throws InterruptedException {
    TrialResult result =
        run(BuiltIn.get(variant), workload(6, 6, of(Mode.ONE_BY_ONE, Threads.PLATFORM)), SHORT);

    assertThat(result.seen().served()).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    assertThat(result.sold()).isEqualTo(6);
    assertThat(result.isViolation()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void fairLockServesInOrderOfArrival(Threads threads) throws InterruptedException {
    TrialResult result =
        run(
            BuiltIn.get("fair-reentrant-lock"),
            workload(8, 8, of(Mode.ONE_BY_ONE, threads)),
            SHORT);

    assertThat(result.seen().served()).containsExactly(1, 2, 3, 4, 5, 6, 7);
  }

  /** The broken twin of the test above: who comes last is served first. */
  @ParameterizedTest
  @EnumSource
  void aStackOfBuyersIsSeenToServeThemInReverse(Threads threads) throws InterruptedException {
    TrialResult result =
        run(provider(LastFirst::new), workload(8, 8, of(Mode.ONE_BY_ONE, threads)), SHORT);

    assertThat(result.seen().served()).containsExactly(7, 6, 5, 4, 3, 2, 1);
  }

  private static final class LastFirst implements Inventory {
    private final Semaphore guard = new Semaphore(1);
    private final Deque<CountDownLatch> waiting = new ArrayDeque<>();
    private boolean busy;
    private int stock;

    LastFirst(int stock) {
      this.stock = stock;
    }

    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      CountDownLatch turn = new CountDownLatch(1);
      guard.acquire();
      if (busy) {
        waiting.push(turn);
      } else {
        busy = true;
        turn.countDown();
      }
      guard.release();
      turn.await();
      pause.pause();
      stock -= units;
      int left = stock;
      guard.acquire();
      if (waiting.isEmpty()) {
        busy = false;
      } else {
        waiting.pop().countDown();
      }
      guard.release();
      return new Answer(units, left);
    }

    @Override
    public int stock() {
      return stock;
    }
  }

  @ParameterizedTest
  @MethodSource("everySafeVariantAndFault")
  void afterAFaultGuardsAreFreeAndNothingIsLost(String variant, Fault fault)
      throws InterruptedException {
    TrialResult result =
        run(
            BuiltIn.get(variant),
            workload(4, 10, conduct(Mode.SALE, Threads.VIRTUAL, fault, 2)),
            SHORT);

    assertThat(result.seen().guardsHeld()).isZero();
    assertThat(result.seen().leftBehind()).isZero();
    assertThat(result.sold() + result.finalStock()).as("%s", result).isEqualTo(10);
    assertThat(result.isViolation()).as("%s", result).isFalse();
    assertThat(result.failed()).as("%s", result.firstFailure()).isZero();
    assertThat(result.purchases() + result.seen().faulted()).isEqualTo(4);
    boolean cancels = fault == Fault.CANCEL || fault == Fault.TIMEOUT;
    assertThat(endings)
        .containsExactly(cancels ? BuyerScope.Ending.CANCELLED : BuyerScope.Ending.JOINED);
    if (fault == Fault.NONE || fault == Fault.SLOW) {
      assertThat(result.purchases()).isEqualTo(4);
    } else if (cancels) {
      assertThat(result.purchases()).isBetween(0, 2);
    } else {
      assertThat(result.purchases()).isEqualTo(2);
    }
  }

  /** The broken twin of the test above; with one buyer, so that nobody waits for ever. */
  @Test
  void aGuardThatIsNotLeftWhenThePauseThrowsIsSeenHeld() throws InterruptedException {
    TrialResult result =
        run(
            provider(Forgetful::new),
            workload(1, 10, conduct(Mode.SALE, Threads.VIRTUAL, Fault.THROW, 1)),
            SHORT);

    assertThat(result.seen().guardsHeld()).isEqualTo(1);
    assertThat(result.seen().faulted()).isEqualTo(1);
  }

  /** Forgets to leave its guard when something is thrown in it. */
  private static final class Forgetful implements Inventory {
    private final Semaphore guard = new Semaphore(1);
    private int stock;

    Forgetful(int stock) {
      this.stock = stock;
    }

    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      guard.acquire();
      pause.pause();
      stock -= units;
      guard.release();
      return new Answer(units, stock);
    }

    @Override
    public int stock() {
      return stock;
    }
  }

  /** The broken twin of a scope: it returns while a buyer is inside. */
  @Test
  void aBuyerThatOutlivesItsScopeIsSeenLeftBehind() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<Thread> started = new ArrayList<>();
    BuyerScope unstructured =
        (threads, buyers, timeout, whenForked) -> {
          for (Callable<?> buyer : buyers) {
            started.add(threads.newThread(() -> callQuietly(buyer)));
          }
          started.forEach(Thread::start);
          whenForked.run();
          inside.await();
          return BuyerScope.Ending.JOINED;
        };

    TrialResult result =
        new Trial(
                workload(1, 10, Conduct.plain()),
                BuiltIn.get("reentrant-lock"),
                unstructured,
                () -> {
                  inside.countDown();
                  release.await();
                },
                System::nanoTime)
            .run(0, false);
    release.countDown();
    started.getFirst().join();

    assertThat(result.seen().leftBehind()).isEqualTo(1);
  }

  private static void callQuietly(Callable<?> buyer) {
    try {
      var unused = buyer.call();
    } catch (Exception thrown) {
      throw new IllegalStateException(thrown);
    }
  }

  @Test
  void aScopeThatIsCancelledThoughNoFaultAsksForItIsNoResult() {
    BuyerScope cancelled =
        (threads, buyers, timeout, whenForked) -> {
          scope.run(threads, buyers, timeout, whenForked);
          return BuyerScope.Ending.CANCELLED;
        };
    Trial trial =
        new Trial(
            workload(2, 10, Conduct.plain()),
            BuiltIn.get("reentrant-lock"),
            cancelled,
            SHORT,
            System::nanoTime);

    assertThatThrownBy(() -> trial.run(0, false)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource({"NONE, 0, buyer-", "NONE, 1, buyer-"})
  void withoutABaselineTheSaleIsAlone(Baseline baseline, int trial, String order)
      throws InterruptedException {
    assertThat(baselineOf(baseline, trial)).isEmpty();
    assertThat(scopes).containsExactly(order.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "BARE, 0, baseline- buyer-",
    "BARE, 1, buyer- baseline-",
    "SLEEPS, 0, baseline- buyer-",
    "SLEEPS, 1, buyer- baseline-"
  })
  void theBaselineIsRunInTurnWithTheSale(Baseline baseline, int trial, String order)
      throws InterruptedException {
    assertThat(baselineOf(baseline, trial))
        .hasValueSatisfying(nanos -> assertThat(nanos).isPositive());
    assertThat(scopes).containsExactly(order.split(" "));
  }

  private Optional<Long> baselineOf(Baseline baseline, int trial) throws InterruptedException {
    return new Trial(
            workload(5, 3, against(baseline, Threads.VIRTUAL)),
            BuiltIn.get("reentrant-lock"),
            scope,
            SHORT,
            System::nanoTime)
        .run(trial, false)
        .seen()
        .baselineNanos();
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void theBaselineHoldsAsOftenAsTheSaleDoes(Baseline baseline) throws InterruptedException {
    AtomicInteger pauses = new AtomicInteger();

    TrialResult result =
        run(
            BuiltIn.get("reentrant-lock"),
            workload(5, 3, against(baseline, Threads.VIRTUAL)),
            pauses::incrementAndGet);

    assertThat(result.seen().pauses()).isEqualTo(3);
    assertThat(pauses).hasValue(2 * 3);
  }

  @ParameterizedTest
  @CsvSource({"BARE, VIRTUAL", "BARE, PLATFORM", "SLEEPS, VIRTUAL", "SLEEPS, PLATFORM"})
  void buyersAndBaselineRunOnTheThreadsThatWereAskedFor(Baseline baseline, Threads threads)
      throws InterruptedException {
    Queue<Boolean> virtual = new ConcurrentLinkedQueue<>();

    run(
        BuiltIn.get("reentrant-lock"),
        workload(5, 5, against(baseline, threads)),
        () -> virtual.add(Thread.currentThread().isVirtual()));

    assertThat(virtual).hasSize(2 * 5).containsOnly(threads == Threads.VIRTUAL);
  }

  @Test
  void buyersThatYieldDoNotSleep() throws InterruptedException {
    Conduct yields =
        new Conduct(
            Mode.SALE,
            Threads.VIRTUAL,
            PauseKind.YIELD,
            Fault.NONE,
            1,
            false,
            Baseline.NONE,
            Optional.empty());
    Workload forEver =
        new Workload("any", OptionalInt.empty(), 1, 5, 10, 1, Duration.ofDays(1), true, yields);

    TrialResult result = run(BuiltIn.get("reentrant-lock"), forEver, Trial.pauseOf(forEver));

    assertThat(result.purchases()).isEqualTo(5);
    assertThat(result.seen().pauses()).isEqualTo(5);
  }

  /** Virtual buyers that keep their carriers may stand still for ever; platform ones never do. */
  @ParameterizedTest
  @MethodSource("everySafeVariant")
  void platformThreadsNeverStandStill(String variant) throws InterruptedException {
    TrialResult result =
        run(BuiltIn.get(variant), workload(4, 4, of(Mode.STANDSTILL, Threads.PLATFORM)), SHORT);

    assertThat(result.sold()).isEqualTo(4);
  }

  @Test
  void virtualBuyersThatLeaveTheirCarriersDoNotStandStill() throws InterruptedException {
    int carriers = Runtime.getRuntime().availableProcessors();
    Workload oneEach =
        new Workload(
            "any",
            OptionalInt.empty(),
            2 * carriers,
            2 * carriers,
            1,
            1,
            Duration.ZERO,
            true,
            of(Mode.STANDSTILL, Threads.VIRTUAL));

    TrialResult result = run(BuiltIn.get("reentrant-lock"), oneEach, SHORT);

    assertThat(result.sold()).isEqualTo(2L * carriers);
  }

  @Test
  void aBystanderBeatsBesideALockedSale() throws InterruptedException {
    Conduct watched =
        new Conduct(
            Mode.SALE,
            Threads.VIRTUAL,
            PauseKind.SLEEP,
            Fault.NONE,
            1,
            true,
            Baseline.NONE,
            Optional.empty());

    TrialResult result =
        run(
            BuiltIn.get("reentrant-lock"),
            workload(5, 5, watched),
            Pause.sleeping(Duration.ofMillis(20)));

    assertThat(result.seen().bystander())
        .hasValueSatisfying(
            beats -> {
              assertThat(beats.seen()).isPositive();
              assertThat(beats.expected()).isPositive();
              assertThat(beats.worstGapNanos()).isGreaterThanOrEqualTo(beats.lastBeatAgeNanos());
            });
  }
}
