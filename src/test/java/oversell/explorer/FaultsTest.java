package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oversell.corpus.Faulty;
import oversell.corpus.Locks;
import oversell.inventory.Inventories;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Conduct.Fault;
import oversell.lab.trial.Outcome.Grade;

/** Faults are explored like everything else. */
@Timeout(120)
class FaultsTest {
  private static Class<? extends InventoryProvider> variant(String name) {
    return Inventories.onClassPath().get(name).getClass();
  }

  private static List<Class<? extends InventoryProvider>> safe() {
    return List.of(
        variant("synchronized"),
        variant("reentrant-lock"),
        variant("fair-reentrant-lock"),
        variant("semaphore"),
        variant("stamped-lock"),
        variant("compare-and-set"),
        variant("reservation"));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void noUnitVanishesAndEveryOtherBuyerIsAnswered(Fault fault) {
    for (Class<? extends InventoryProvider> provider : safe()) {
      var found = Explorations.of(2, 5, 3).with(fault, 2).explore(provider);

      assertThat(found.counterexamples()).as("%s", provider).isEmpty();
      assertThat(found.explored().isProof()).as("%s", provider).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void reductionLeavesOutNoOutcomeOfAFault(Fault fault) {
    for (Granularity granularity : List.of(Granularity.PAUSE, Granularity.GUARD)) {
      for (String name : List.of("synchronized", "reentrant-lock", "unlocked", "reservation")) {
        Explorations sale = Explorations.of(2, 5, 3).with(fault, 2).at(granularity);

        var all = sale.with(Reduction.NONE).atMost(50_000).explore(variant(name));
        var reduced = sale.explore(variant(name));

        assertThat(all.explored().complete()).as("%s at %s", name, granularity).isTrue();
        assertThat(reduced.outcomes()).as("%s at %s", name, granularity).isEqualTo(all.outcomes());
      }
    }
  }

  /** As in a sale that is measured: whoever pauses for the buyer is not hit. */
  @Test
  void anInterruptHitsTheBuyerWhicheverThreadPauses() {
    var found =
        Explorations.of(2, 5, 3).with(Fault.INTERRUPT, 2).explore(Faulty.PausesInAHelper.class);

    assertThat(found.explored().uncontrolled()).isEmpty();
    assertThat(found.counterexamples()).isEmpty();
    assertThat(found.explored().isProof()).isTrue();
  }

  @Test
  void faultsHitBuyers() {
    assertThat(
            Explorations.of(2, 6, 3)
                .with(Fault.THROW, 2)
                .explore(variant("synchronized"))
                .outcomes())
        .containsOnlyKeys("safe: 3 left, 3 sold, 0 unanswered");
    // Whoever is cancelled before it has paused is not served either.
    assertThat(
            Explorations.of(2, 6, 3)
                .with(Fault.CANCEL, 2)
                .explore(variant("synchronized"))
                .outcomes())
        .containsOnlyKeys(
            "safe: 3 left, 3 sold, 0 unanswered", "safe: 6 left, 0 sold, 0 unanswered");
    assertThat(
            Explorations.of(2, 6, 3)
                .with(Fault.TIMEOUT, 2)
                .explore(variant("synchronized"))
                .outcomes())
        .containsOnlyKeys(
            "safe: 3 left, 3 sold, 0 unanswered", "safe: 6 left, 0 sold, 0 unanswered");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"THROW", "INTERRUPT", "CANCEL", "TIMEOUT"})
  void unitsThatAFaultLosesAreFound(Fault fault) {
    var found =
        Explorations.of(2, 6, 3).with(fault, 2).explore(Locks.UnitsTakenTooEarly.Broken.class);

    assertThat(found.explored().outcomes())
        .extracting(share -> share.outcome().grade())
        .contains(Grade.VANISHED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"THROW", "INTERRUPT"})
  void aLockThatIsNotReleasedAfterAFaultIsFound(Fault fault) {
    var found = Explorations.of(2, 6, 3).with(fault, 2).explore(Locks.UnlockMissing.Broken.class);

    assertThat(found.counterexample().outcome().grade()).isEqualTo(Grade.DEADLOCK);
  }

  @Test
  void anInterruptThatHitsAnotherBuyerIsFound() {
    var found = Explorations.of(2, 6, 3).with(Fault.INTERRUPT, 2).explore(Faulty.PassesItOn.class);

    assertThat(found.explored().outcomes())
        .extracting(share -> share.outcome().grade())
        .contains(Grade.UNANSWERED);
  }
}
