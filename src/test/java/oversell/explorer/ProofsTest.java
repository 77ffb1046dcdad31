package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.schedule.Schedule;
import oversell.inventory.Inventories;
import oversell.inventory.InventoryProvider;
import oversell.lab.trial.Counterexample;
import oversell.lab.trial.Outcome;
import oversell.lab.trial.SaleExplorer;

/** What the lab says of its own variants, at every access. */
@Timeout(120)
class ProofsTest {
  private static Class<? extends InventoryProvider> variant(String name) {
    return Inventories.onClassPath().get(name).getClass();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "synchronized",
        "reentrant-lock",
        "fair-reentrant-lock",
        "semaphore",
        "stamped-lock",
        "compare-and-set",
        "reservation",
        "expiring-reservation",
        "single-writer"
      })
  void everySafeVariantIsProvedForTwoBuyers(String name) {
    for (int stock : List.of(2, 3, 6)) {
      var found = Explorations.of(2, stock, 3).explore(variant(name));

      assertThat(found.counterexamples()).isEmpty();
      assertThat(found.explored().isProof()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unlocked", "volatile", "two-locks"})
  void everyUnsafeVariantIsRefuted(String name) {
    var found = Explorations.of(2, 3, 3).explore(variant(name));

    assertThat(found.explored().complete()).isTrue();
    assertThat(found.counterexample().outcome().grade().isViolation()).isTrue();
    assertThat(found.counterexample().brokenAt()).isNotNegative();
  }

  /** Five of a stock of ten, three units each, as in the seed. */
  @Test
  void theGuardsOfTheSeedAreProvedForFiveBuyers() {
    var monitor = Explorations.of(5, 10, 3).explore(variant("synchronized")).explored();
    var lock = Explorations.of(5, 10, 3).explore(variant("reentrant-lock")).explored();

    assertThat(monitor.isProof()).isTrue();
    assertThat(monitor.executions()).isEqualTo(120);
    assertThat(lock.isProof()).isTrue();
    assertThat(lock.executions()).isEqualTo(120);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unlocked", "two-locks"})
  void aReplayIsExactAndTheSameUnderLoad(String name) {
    Explorations sale = Explorations.of(2, 3, 3).by(Strategy.RANDOM, 5).atMost(300);
    var quiet = sale.explore(variant(name));
    List<Thread> load =
        List.of(
            Thread.ofPlatform().unstarted(ProofsTest::spin),
            Thread.ofPlatform().unstarted(ProofsTest::spin));
    load.forEach(Thread::start);
    try {
      var loud = sale.explore(variant(name));

      assertThat(loud.outcomes()).isEqualTo(quiet.outcomes());
      assertThat(loud.counterexamples()).isEqualTo(quiet.counterexamples());
      assertThat(sale.explorer(variant(name)).replay(quiet.counterexample().schedule()))
          .isEqualTo(new SaleExplorer.Replayed(true, 0, quiet.counterexample()));
    } finally {
      load.forEach(Thread::interrupt);
    }
  }

  private static void spin() {
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aScheduleOfAnotherSaleIsNotFollowedToTheStep() {
    SaleExplorer explorer = Explorations.of(2, 3, 3).explorer(variant("synchronized"));

    SaleExplorer.Replayed replayed =
        explorer.replay(new Schedule(List.of(1, 1, 2, 2, 2)).toString());

    assertThat(replayed.strictly()).isFalse();
    assertThat(replayed.passedOver()).isPositive();
  }

  /** The schedule that breaks the unlocked one shows where a monitor makes buyers wait. */
  @Test
  void aScheduleOfOneVariantShowsWhereAnotherBlocks() {
    var found = Explorations.of(2, 3, 3).explore(variant("unlocked"));

    Counterexample locked =
        Explorations.of(2, 3, 3)
            .explorer(variant("synchronized"))
            .replay(found.counterexample().schedule())
            .told();

    assertThat(locked.outcome().grade()).isEqualTo(Outcome.Grade.SAFE);
    assertThat(locked.steps()).anyMatch(step -> !step.waiting().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RANDOM", "PCT", "FEWEST_SWITCHES"})
  void otherStrategiesRefuteBrokenVariantsToo(String strategy) {
    var found =
        Explorations.of(3, 10, 4)
            .by(Strategy.valueOf(strategy), 3)
            .atMost(2_000)
            .explore(variant("unlocked"));

    assertThat(found.explored().violations()).isPositive();
  }

  /** Each buyer goes on once more after it was stopped, and that is all that it takes. */
  @ParameterizedTest
  @ValueSource(strings = {"RANDOM", "PCT"})
  void aCounterexampleOfManyBuyersHasNoNeedlessSwitch(String strategy) {
    var found =
        Explorations.of(12, 34, 3)
            .by(Strategy.valueOf(strategy), 7)
            .atMost(100)
            .explore(variant("unlocked"));

    assertThat(found.counterexample().switches()).isEqualTo(12);
  }

  /** Where it has none of its own, the first of its body. */
  @Test
  void aSynchronizedMethodHasALine() {
    Counterexample told =
        Explorations.of(2, 3, 3)
            .explore(oversell.corpus.Patient.WaitsForATimeInVain.class)
            .counterexample();

    assertThat(told.steps())
        .filteredOn(step -> step.action().equals("enters the monitor"))
        .isNotEmpty()
        .allSatisfy(step -> assertThat(step.place()).matches("Patient\\.java:\\d+"));
  }

  @Test
  void fewestSwitchesProvesWhatDepthFirstDoes() {
    var found =
        Explorations.of(2, 3, 3).by(Strategy.FEWEST_SWITCHES, 1).explore(variant("reentrant-lock"));

    assertThat(found.explored().executions()).isEqualTo(16);
    assertThat(found.explored().isProof()).isTrue();
  }
}
