package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.corpus.Atomics;
import oversell.corpus.Fields;
import oversell.corpus.Locks;
import oversell.corpus.Signals;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Conduct.Fault;
import oversell.lab.trial.Counterexample;
import oversell.lab.trial.Outcome.Grade;
import oversell.lab.trial.SaleExplorer;

/** Every mistake of the corpus is found, and nothing is found where it is not made. */
@Timeout(120)
class CorpusTest {
  private static final Set<String> OF_THREE =
      Set.of(
          "DoubleRelease",
          "WaitWithoutALoop",
          "ConditionWithoutALoop",
          "NotifyForNotifyAll",
          "VersionThatComesRound");
  private static final Map<String, Fault> FAULTS =
      Map.of(
          "UnlockMissing", Fault.THROW,
          "MonitorKept", Fault.THROW,
          "UnitsTakenTooEarly", Fault.THROW);
  private static final Map<String, Grade> STANDSTILLS =
      Map.of(
          "UnlockMissing", Grade.DEADLOCK,
          "MonitorKept", Grade.DEADLOCK,
          "OppositeOrder", Grade.DEADLOCK,
          "OppositeMonitors", Grade.DEADLOCK,
          "MissedSignal", Grade.DEADLOCK,
          "SignalBeforeTheWait", Grade.DEADLOCK,
          "NotifyForNotifyAll", Grade.DEADLOCK);

  record Pair(
      String name,
      Class<? extends InventoryProvider> broken,
      Class<? extends InventoryProvider> right) {
    static Pair of(Class<?> type) {
      return new Pair(type.getSimpleName(), member(type, "Broken"), member(type, "Right"));
    }

    private static Class<? extends InventoryProvider> member(Class<?> type, String name) {
      return Arrays.stream(type.getClasses())
          .filter(member -> member.getSimpleName().equals(name))
          .findFirst()
          .orElseThrow()
          .asSubclass(InventoryProvider.class);
    }

    Explorations sale() {
      Explorations sale =
          OF_THREE.contains(name) ? Explorations.of(3, 7, 3) : Explorations.of(2, 5, 3);
      Fault fault = FAULTS.getOrDefault(name, Fault.NONE);
      return fault == Fault.NONE ? sale : sale.with(fault, 2);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (Class<?> corpus : List.of(Locks.class, Signals.class, Atomics.class, Fields.class)) {
      Stream.of(corpus.getClasses())
          .sorted(Comparator.comparing(Class::getName))
          .map(Pair::of)
          .forEach(pairs::add);
    }
    return pairs;
  }

  static List<Pair> pairsOfTwo() {
    return pairs().stream().filter(pair -> !OF_THREE.contains(pair.name())).toList();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyMistakeIsFoundWithACounterexample(Pair pair) {
    var found = pair.sale().explore(pair.broken());

    assertThat(found.explored().uncontrolled()).isEmpty();
    assertThat(found.explored().violations()).isPositive();
    assertThat(found.explored().isProof()).isFalse();
    Grade worst = found.explored().outcomes().getFirst().outcome().grade();
    assertThat(worst.isViolation()).isTrue();
    if (STANDSTILLS.containsKey(pair.name())) {
      assertThat(worst).isEqualTo(STANDSTILLS.get(pair.name()));
    }
    Counterexample drawn = found.counterexample();
    assertThat(drawn.outcome().grade().isViolation()).isTrue();
    assertThat(pair.sale().explorer(pair.broken()).replay(drawn.schedule()))
        .isEqualTo(new SaleExplorer.Replayed(true, 0, drawn));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theCorrectTwinIsProved(Pair pair) {
    var found = pair.sale().explore(pair.right());

    assertThat(found.explored().uncontrolled()).isEmpty();
    assertThat(found.counterexamples()).as("%s", found.explored().outcomes()).isEmpty();
    assertThat(found.explored().isProof()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("pairsOfTwo")
  void reductionLeavesOutNoOutcome(Pair pair) {
    for (Class<? extends InventoryProvider> twin : List.of(pair.broken(), pair.right())) {
      var all = pair.sale().with(Reduction.NONE).atMost(60_000).explore(twin);
      var reduced = pair.sale().explore(twin);

      if (all.explored().complete()) {
        assertThat(reduced.outcomes()).isEqualTo(all.outcomes());
      } else {
        // Too many to run them all: those that were run must be known.
        assertThat(reduced.outcomes().keySet()).containsAll(all.outcomes().keySet());
      }
    }
  }

  @Test
  void aDeadlockShowsItsCycle() {
    var found = Explorations.of(2, 5, 3).explore(Locks.OppositeOrder.Broken.class);

    assertThat(found.counterexample().outcome().grade()).isEqualTo(Grade.DEADLOCK);
    assertThat(found.counterexample().waits())
        .containsExactly(
            "buyer 1 wants a ReentrantLock, which buyer 2 has",
            "buyer 2 wants a ReentrantLock, which buyer 1 has");
  }

  @Test
  void aDeadlockOfMonitorsShowsItsCycle() {
    var found = Explorations.of(2, 5, 3).explore(Locks.OppositeMonitors.Broken.class);

    assertThat(found.counterexample().waits())
        .containsExactly(
            "buyer 1 wants the monitor of a Object, which buyer 2 has",
            "buyer 2 wants the monitor of a Object, which buyer 1 has");
  }
}
