package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.corpus.Everyday;
import oversell.inventory.InventoryProvider;
import oversell.lab.trial.Explored;

/** What common code does with the JDK is under control: proved if it is right, refuted if not. */
@Timeout(120)
class CommonCodeTest {
  record Pair(
      Granularity granularity,
      Class<? extends InventoryProvider> broken,
      Class<? extends InventoryProvider> right) {}

  static List<Pair> pairs() {
    return List.of(
        new Pair(
            Granularity.PAUSE,
            Everyday.ExecutorPerPurchase.Broken.class,
            Everyday.ExecutorPerPurchase.Right.class),
        new Pair(
            Granularity.ACCESS, Everyday.HoldsLock.Broken.class, Everyday.HoldsLock.Right.class),
        new Pair(Granularity.ACCESS, Everyday.AService.Broken.class, Everyday.AService.Right.class),
        new Pair(
            Granularity.ACCESS,
            Everyday.ComputeInAMap.Broken.class,
            Everyday.ComputeInAMap.Right.class),
        new Pair(
            Granularity.PAUSE,
            Everyday.ComputeInAMap.Broken.class,
            Everyday.ComputeInAMap.Right.class),
        new Pair(
            Granularity.ACCESS,
            Everyday.MergeInAMap.Broken.class,
            Everyday.MergeInAMap.Right.class),
        new Pair(
            Granularity.ACCESS,
            Everyday.LocksInAMap.Broken.class,
            Everyday.LocksInAMap.Right.class),
        new Pair(
            Granularity.ACCESS,
            Everyday.ComputeInCompute.Broken.class,
            Everyday.ComputeInCompute.Right.class));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aCorrectProgramIsProved(Pair pair) {
    Explored explored =
        Explorations.of(2, 5, 3).at(pair.granularity()).explore(pair.right()).explored();

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.isProof()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aBrokenProgramIsRefuted(Pair pair) {
    Explored explored =
        Explorations.of(2, 5, 3).at(pair.granularity()).explore(pair.broken()).explored();

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.violations()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Everyday.ComputeInAMap.Broken.class,
        Everyday.ComputeInAMap.Right.class,
        Everyday.MergeInAMap.Right.class,
        Everyday.ComputeInCompute.Broken.class,
        Everyday.ComputeInCompute.Right.class
      })
  void reductionLeavesOutNoOutcomeOfAMap(Class<? extends InventoryProvider> provider) {
    Explorations sale = Explorations.of(2, 5, 3);

    assertThat(sale.explore(provider).outcomes())
        .isEqualTo(sale.with(Reduction.NONE).explore(provider).outcomes());
  }

  @Test
  void twoThreadsThatComputeInEachOthersBinsDeadlock() {
    var found = Explorations.of(2, 5, 3).explore(Everyday.ComputeInCompute.Broken.class);

    assertThat(found.counterexample().waits())
        .containsExactly(
            "buyer 1 wants a bin of a ConcurrentHashMap, which buyer 2 has",
            "buyer 2 wants a bin of a ConcurrentHashMap, which buyer 1 has");
  }

  @Test
  void aRecursiveUpdateFailsAsItDoesInTheJdk() {
    var found = Explorations.of(2, 5, 3).explore(Everyday.RecursiveUpdate.class);

    assertThat(found.counterexample().outcome().failure())
        .isEqualTo("java.lang.IllegalStateException: Recursive update");
  }

  @ParameterizedTest
  @ValueSource(classes = {Everyday.GrowsMeanwhile.class, Everyday.ChangesAViewMeanwhile.class})
  void aMapThatChangesWhileItComputesIsNotUnderControl(
      Class<? extends InventoryProvider> provider) {
    Explored explored = Explorations.of(2, 5, 3).explore(provider).explored();

    assertThat(explored.uncontrolled())
        .singleElement()
        .asString()
        .contains("ConcurrentHashMap", "(Everyday.java:");
  }
}
