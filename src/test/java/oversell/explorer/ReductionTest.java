package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.corpus.Hidden;
import oversell.corpus.QuietLogs;
import oversell.corpus.Rows;
import oversell.corpus.Stubborn;
import oversell.corpus.Turns;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Conduct.Fault;
import oversell.lab.trial.Sales;

/** What is left out would have shown nothing new. */
@Timeout(120)
class ReductionTest {
  @BeforeAll
  static void setUpLogs() {
    QuietLogs.setUp();
  }

  static List<Class<? extends InventoryProvider>> hidden() {
    return Stream.of(Hidden.class, Rows.class)
        .flatMap(corpus -> Stream.of(corpus.getClasses()))
        .filter(InventoryProvider.class::isAssignableFrom)
        .sorted(Comparator.comparing(Class::getName))
        .<Class<? extends InventoryProvider>>map(type -> type.asSubclass(InventoryProvider.class))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("hidden")
  void accessesThatAreEasilyOverlookedAreSeen(Class<? extends InventoryProvider> provider) {
    Explorations sale = Explorations.of(2, 3, 3);

    var all = sale.with(Reduction.NONE).atMost(100_000).explore(provider);
    var reduced = sale.explore(provider);

    assertThat(all.explored().complete()).isTrue();
    assertThat(reduced.explored().complete()).isTrue();
    assertThat(reduced.outcomes()).isEqualTo(all.outcomes());
  }

  @Test
  void aCounterInAConstructorLosesUpdates() {
    assertThat(Explorations.of(2, 9, 1).explore(Hidden.AConstructorThatCounts.class).outcomes())
        .hasSize(2);
  }

  @Test
  void aListCanChangeBetweenTwoOfItsElements() {
    var found = Explorations.of(2, 9, 1).explore(Hidden.AnIteratorOfAnIterable.class);

    // 7 and 15, in whichever order they ended, and one that was told of the change.
    assertThat(found.outcomes().keySet()).anyMatch(outcome -> outcome.contains(" 8 sold"));
  }

  static List<Class<? extends InventoryProvider>> mayWait() {
    return List.of(Hidden.ATieredPhaser.class, Rows.UnparkBetweenWrites.class);
  }

  /** Others may go first even where only guards are steps. */
  @ParameterizedTest
  @MethodSource("mayWait")
  void aCallThatMayBlockIsAStepOfAGuard(Class<? extends InventoryProvider> provider) {
    Explorations sale = Explorations.of(2, 3, 3).at(Granularity.GUARD);

    var all = sale.with(Reduction.NONE).explore(provider);
    var reduced = sale.explore(provider);

    assertThat(reduced.explored().complete()).isTrue();
    assertThat(reduced.outcomes()).isEqualTo(all.outcomes()).hasSize(2);
  }

  static List<Class<? extends InventoryProvider>> endings() {
    return List.of(
        Stubborn.WatchesAThread.class,
        Stubborn.WatchesAFuture.class,
        Stubborn.WatchesAService.class,
        Stubborn.CancelsAFuture.class,
        Stubborn.TakesTheFirst.class,
        Stubborn.JoinsThoughInterrupted.class);
  }

  /** Its last step may be seen, and still it is there. */
  @ParameterizedTest
  @MethodSource("endings")
  void aThreadEndsAfterItsLastStep(Class<? extends InventoryProvider> provider) {
    Explorations sale = Explorations.of(1, 9, 1);

    var all = sale.with(Reduction.NONE).explore(provider);
    var reduced = sale.explore(provider);

    assertThat(reduced.explored().complete()).isTrue();
    assertThat(reduced.outcomes()).isEqualTo(all.outcomes());
    assertThat(
            reduced.explored().distinctOutcomes().map(outcome -> Sales.sold(outcome).soldUnits()))
        .contains(0L, 1L, 3L);
  }

  /** A lock is asked for only when it is free, unless it is of a class that nothing is known of. */
  @Test
  void threadsGetALockInTheSameOrdersWithAndWithoutReduction() {
    Explorations sale = Explorations.of(3, 3, 1);

    assertThat(orders(sale, Turns.OfALock.class)).isEqualTo(orders(sale, Turns.OfAnother.class));
    assertThat(orders(sale, Turns.OfAFairLock.class))
        .isEqualTo(orders(sale, Turns.OfAnotherFairOne.class));
  }

  static List<Class<? extends InventoryProvider>> interruptible() {
    return List.of(Turns.OfAnInterruptibleLock.class, Turns.KeptUntilAnotherGivesUp.class);
  }

  @Test
  void aThreadThatIsInterruptedWaitsForNoLock() {
    Explorations sale = Explorations.of(2, 2, 1).with(Fault.TIMEOUT, 2);

    assertThat(orders(sale, Turns.OfAnInterruptibleLock.class))
        .isEqualTo(orders(sale, Turns.OfAnotherInterruptibleOne.class))
        .hasSizeGreaterThan(orders(sale, Turns.OfALock.class).size());
    assertThat(orders(sale, Turns.KeptUntilAnotherGivesUp.class))
        .noneMatch(outcome -> outcome.startsWith("deadlock"));
    assertThat(orders(Explorations.of(2, 2, 1), Turns.KeptUntilAnotherGivesUp.class))
        .allMatch(outcome -> outcome.startsWith("deadlock"));
  }

  private static Set<String> orders(
      Explorations sale, Class<? extends InventoryProvider> provider) {
    var found = sale.explore(provider);
    assertThat(found.explored().complete()).isTrue();
    return found.outcomes().keySet();
  }

  static Stream<InventoryProvider> variants() {
    return oversell.inventory.Inventories.onClassPath().names().stream()
        .map(oversell.inventory.Inventories.onClassPath()::get)
        .filter(variant -> variant.getClass().getName().startsWith("oversell.variant."));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyVariantOfTheLabHasTheSameOutcomesWithAndWithout(InventoryProvider variant) {
    // With each of their guards a step these have more schedules than a test has time.
    boolean isLarge =
        variant.name().equals("single-writer")
            || variant.getClass().getPackageName().equals("oversell.variant.model");
    Granularity granularity = isLarge ? Granularity.PAUSE : Granularity.GUARD;
    for (Granularity at : List.of(Granularity.PAUSE, granularity)) {
      Explorations sale = Explorations.of(2, 3, 3).at(at);

      var all = sale.with(Reduction.NONE).explore(variant.getClass());
      var reduced = sale.explore(variant.getClass());

      assertThat(all.explored().complete()).isTrue();
      assertThat(reduced.explored().complete()).isTrue();
      assertThat(reduced.outcomes()).as("at %s", at).isEqualTo(all.outcomes());
    }
  }
}
