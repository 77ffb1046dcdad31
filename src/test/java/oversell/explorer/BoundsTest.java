package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.corpus.Escapes;
import oversell.corpus.Patient;
import oversell.corpus.Stubborn;
import oversell.inventory.InventoryProvider;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome.Grade;
import oversell.lab.trial.SaleExplorer;

/** What never ends, and what nobody can control, is said and never proved. */
@Timeout(120)
class BoundsTest {
  private static final Explorations SALE = Explorations.of(2, 5, 3);

  static List<Class<? extends InventoryProvider>> endless() {
    return List.of(
        Stubborn.SpinsPolitely.class,
        Stubborn.Spins.class,
        Stubborn.SpinsByCalls.class,
        Stubborn.Loops.class,
        Stubborn.LoopsInAMonitor.class,
        Stubborn.LoopsWhateverIsThrown.class);
  }

  @ParameterizedTest
  @MethodSource("endless")
  void aProgramThatRepeatsItselfForEverIsEndless(Class<? extends InventoryProvider> provider) {
    for (Granularity granularity : Granularity.values()) {
      var found = SALE.at(granularity).explore(provider);

      assertThat(found.explored().outcomes().getFirst().outcome().grade()).isEqualTo(Grade.ENDLESS);
      assertThat(found.explored().isProof()).isFalse();
      assertThat(found.explored().bound()).isEmpty();
      assertThat(found.counterexample().outcome().grade()).isEqualTo(Grade.ENDLESS);
      assertThat(found.counterexample().waits())
          .first()
          .asString()
          .startsWith("buyer 1 goes round the loop in 1.purchase (Stubborn.java:");
    }
  }

  @Test
  void anEndlessScheduleCanBeReplayed() {
    for (Granularity granularity : Granularity.values()) {
      var told = SALE.at(granularity).explore(Stubborn.Spins.class).counterexample();

      assertThat(SALE.at(granularity).explorer(Stubborn.Spins.class).replay(told.schedule()))
          .isEqualTo(new SaleExplorer.Replayed(true, 0, told));
    }
  }

  static List<Class<? extends InventoryProvider>> inVain() {
    return List.of(
        Patient.WaitsForATimeInVain.class,
        Patient.PollsInTheMonitorInVain.class,
        Patient.PollsUnderALockInVain.class);
  }

  @ParameterizedTest
  @MethodSource("inVain")
  void aBusyWaitThatIsNeverSatisfiedIsEndless(Class<? extends InventoryProvider> provider) {
    var found = SALE.explore(provider);

    assertThat(found.counterexample().outcome().grade()).isEqualTo(Grade.ENDLESS);
  }

  static List<Class<? extends InventoryProvider>> late() {
    return List.of(
        Patient.CountsItsTries.class, Patient.CountsUnseen.class, Patient.Iterates.class);
  }

  /** Of each of them it would be wrong to say that it never does. */
  @ParameterizedTest
  @MethodSource("late")
  void aProgramThatEndsBeyondABoundIsNeitherRefutedNorProved(
      Class<? extends InventoryProvider> provider) {
    var found = SALE.explore(provider);

    assertThat(found.counterexamples()).isEmpty();
    assertThat(found.explored().violations()).isZero();
    assertThat(found.explored().complete()).isFalse();
    assertThat(found.explored().isProof()).isFalse();
    assertThat(found.explored().bound())
        .startsWith("the execution had not ended after 100,000 steps, the last of buyer ")
        .contains("(Patient.java:");
  }

  static List<Class<? extends InventoryProvider>> lasting() {
    return List.of(
        Patient.ComputesForLong.class, Patient.ScansAndSells.class, Patient.EmploysOne.class);
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void aCorrectProgramThatTakesLongIsProved(Class<? extends InventoryProvider> provider) {
    assertThat(SALE.explore(provider).explored().isProof()).isTrue();
  }

  @Test
  void aBrokenProgramThatTakesLongIsRefuted() {
    var found = SALE.explore(Patient.ScansAndSellsUnguarded.class);

    assertThat(found.explored().complete()).isTrue();
    assertThat(found.counterexample().outcome().grade().isViolation()).isTrue();
  }

  @Test
  void tooManyThreadsAreABoundThatTheInventoryDoesNotNotice() {
    var found = SALE.explore(Patient.EmploysAHundred.class);

    assertThat(found.counterexamples()).isEmpty();
    assertThat(found.explored().violations()).isZero();
    assertThat(found.explored().isProof()).isFalse();
    assertThat(found.explored().bound())
        .startsWith("more than 63 threads were started")
        .contains("(Patient.java:");
  }

  @Test
  void tooManyBuyersAreABound() {
    var found = Explorations.of(70, 5, 3).explore(Patient.EmploysOne.class);

    assertThat(found.explored().isProof()).isFalse();
    assertThat(found.explored().bound()).startsWith("more than 63 threads");
  }

  static List<Class<? extends InventoryProvider>> patient() {
    return List.of(Stubborn.AfterYou.class, Stubborn.SpinsForItsTurn.class);
  }

  /**
   * It yields to the other, who yields to it, and that may go on: which is no fault of the sale.
   */
  @Test
  void aBusyWaitInWhichThreadsWriteIsNeitherRefutedNorProved() {
    for (Granularity granularity : Granularity.values()) {
      checkThatItIsABusyWait(SALE.at(granularity).explore(Stubborn.AfterYou.class).explored());
    }
  }

  @Test
  void aBusyWaitThatOnlyAsksIsProvedWhereEachAccessIsAStep() {
    assertThat(SALE.explore(Stubborn.SpinsForItsTurn.class).explored().isProof()).isTrue();
    for (Granularity coarse : List.of(Granularity.PAUSE, Granularity.GUARD)) {
      checkThatItIsABusyWait(SALE.at(coarse).explore(Stubborn.SpinsForItsTurn.class).explored());
    }
    assertThat(SALE.explore(Patient.PollsInTheMonitor.class).explored().isProof()).isTrue();
  }

  @Test
  void aThreadThatYieldsCanBeStoppedThereAtEachGranularity() {
    for (Granularity granularity : Granularity.values()) {
      assertThat(SALE.at(granularity).explore(Patient.GivesWay.class).explored().violations())
          .isPositive();
    }
  }

  static List<Class<? extends InventoryProvider>> polling() {
    return List.of(Patient.WaitsForATime.class, Patient.PollsUnderALock.class);
  }

  /**
   * The one that would open waits for what they enter and leave, so it could go on now and then.
   */
  @ParameterizedTest
  @MethodSource("polling")
  void aBusyWaitThatAnotherThreadEndsIsNotEndless(Class<? extends InventoryProvider> provider) {
    checkThatItIsABusyWait(SALE.explore(provider).explored());
  }

  private static void checkThatItIsABusyWait(Explored explored) {
    assertThat(explored.violations()).isZero();
    assertThat(explored.isProof()).isFalse();
    assertThat(explored.complete()).isFalse();
    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.bound())
        .startsWith("a busy-wait: it ends only if another thread runs (buyer ")
        .containsPattern("\\((Stubborn|Patient).java:");
  }

  @ParameterizedTest
  @MethodSource("patient")
  void aBusyWaitCanBeExploredByRandomSchedules(Class<? extends InventoryProvider> provider) {
    var explored = SALE.by(Strategy.RANDOM, 1).atMost(1_000).explore(provider).explored();

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.executions()).isEqualTo(1_000);
    assertThat(explored.violations()).isZero();
  }

  static List<Class<? extends InventoryProvider>> uncontrolled() {
    return List.of(
        Stubborn.ReadsAFile.class, Stubborn.LooksAtAQueue.class, Stubborn.AwaitsForATime.class);
  }

  static List<Class<? extends InventoryProvider>> escapes() {
    return Stream.of(Escapes.class.getClasses())
        .sorted(Comparator.comparing(Class::getName))
        .<Class<? extends InventoryProvider>>map(type -> type.asSubclass(InventoryProvider.class))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("escapes")
  void aCallOfTheJdkThatCannotBeControlledIsReportedWithItsPlace(
      Class<? extends InventoryProvider> provider) {
    var found = SALE.explore(provider);

    assertThat(found.explored().isProof()).isFalse();
    assertThat(found.explored().uncontrolled())
        .singleElement()
        .asString()
        .contains("(Escapes.java:");
  }

  @ParameterizedTest
  @MethodSource("uncontrolled")
  void anInventoryThatIsNotUnderControlIsReportedWithItsPlace(
      Class<? extends InventoryProvider> provider) {
    for (Granularity granularity : Granularity.values()) {
      var found = SALE.at(granularity).explore(provider);

      assertThat(found.explored().isProof()).isFalse();
      assertThat(found.explored().complete()).isFalse();
      assertThat(found.explored().uncontrolled())
          .singleElement()
          .asString()
          .contains("(Stubborn.java:");
    }
  }

  /** The place of which is known where a call is a step. */
  @Test
  void aWaitForTheRealClockIsNoDeadlock() {
    assertThat(SALE.explore(Stubborn.WaitsForTheClock.class).explored().uncontrolled())
        .singleElement()
        .asString()
        .startsWith("a wait for the real clock, in ")
        .contains("(Stubborn.java:");
  }

  /** That one has it who is stopped depends on where calls are steps, and is no deadlock. */
  @RepeatedTest(20)
  void aWaitForAMonitorOfTheJdkIsNoDeadlock() {
    var explored = SALE.explore(Stubborn.ComputesInAMap.class).explored();

    assertThat(explored.isProof()).isFalse();
    assertThat(explored.uncontrolled()).singleElement().asString().contains("(Stubborn.java:");
  }

  @ParameterizedTest
  @MethodSource("unrepeatable")
  void anExecutionThatDoesNotRepeatIsNoProof(Class<? extends InventoryProvider> provider) {
    var found = SALE.explore(provider);

    assertThat(found.explored().isProof()).isFalse();
    assertThat(found.explored().uncontrolled())
        .singleElement()
        .asString()
        .startsWith("the same choices did not lead to the same steps: ")
        .contains("a step of buyer ", "make it anew in each execution")
        .containsPattern("\\((Stubborn|Shop)\\.java:");
  }

  /** Of a single execution no other one could differ. */
  @Test
  void theOnlyExecutionIsRunASecondTime() {
    var found = Explorations.of(1, 5, 3).explore(Stubborn.WritesToAnAddress.class).explored();

    assertThat(found.executions()).isEqualTo(1);
    assertThat(found.runTwice()).isZero();
    assertThat(found.isProof()).isFalse();
    assertThat(found.uncontrolled())
        .singleElement()
        .asString()
        .startsWith("the same choices did not lead to the same steps: ")
        .contains("a step of buyer 1", "(Stubborn.java:");
  }

  @Test
  void theFirstOfEachHundredIsRunTwiceAndDoesTheSame() {
    var found = Explorations.of(2, 5, 3).by(Strategy.RANDOM, 1).atMost(201);

    assertThat(found.explore(Stubborn.Delegates.class).explored().runTwice()).isEqualTo(3);
  }

  static List<Class<? extends InventoryProvider>> unrepeatable() {
    return List.of(Stubborn.AsksForAnAddress.class, Stubborn.WritesToAnAddress.class);
  }

  @Test
  void theStockOfADeadlockMayBeUnknown() {
    var found = SALE.explore(Stubborn.GuardsItsStock.class);

    assertThat(found.counterexample().outcome().grade()).isEqualTo(Grade.DEADLOCK);
    assertThat(found.explored().complete()).isTrue();
  }

  @Test
  void aLockThatIsNeverReleasedIsFoundWhenTheStockIsRead() {
    var found = Explorations.of(2, 6, 3).explore(Stubborn.KeepsItsLock.class);

    assertThat(found.counterexample().outcome().grade()).isEqualTo(Grade.DEADLOCK);
  }

  /** Neither in the queue of the lock nor otherwise. */
  @Test
  void readingTheStockForAStoryDoesNotChangeTheStory() {
    var found =
        Explorations.of(3, 4, 3).at(Granularity.GUARD).explore(Stubborn.AsksUnderItsLock.class);

    assertThat(found.explored().complete()).isTrue();
    assertThat(found.explored().outcomes())
        .extracting(share -> share.outcome().grade())
        .contains(Grade.NEGATIVE)
        .doesNotContain(Grade.DEADLOCK);
    assertThat(found.counterexample().outcome().grade()).isEqualTo(Grade.NEGATIVE);
  }

  @Test
  void aThreadThatWaitsForMoreBuyersForEverIsNoDeadlock() {
    assertThat(SALE.explore(Stubborn.HasAClerk.class).explored().isProof()).isTrue();
  }

  @Test
  void oneClerkTooManyIsFound() {
    var found = SALE.at(Granularity.PAUSE).explore(Stubborn.HasTwoClerks.class);

    assertThat(found.explored().uncontrolled()).isEmpty();
    assertThat(found.explored().violations()).isPositive();
  }

  @Test
  void threadsThatBuyersStartAreExplored() {
    assertThat(SALE.at(Granularity.GUARD).explore(Stubborn.Delegates.class).explored().isProof())
        .isTrue();
  }
}
