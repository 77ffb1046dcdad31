package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.corpus.OwnMonitors;
import oversell.explorer.CorpusTest.Pair;
import oversell.lab.trial.Explored;

/** A monitor that an object of the JDK takes itself is the one that code under test takes. */
@Timeout(120)
class OwnMonitorsTest {
  private static final int FIRST_THAT_UNMOUNTS_IN_MONITORS = 24;

  /** Before that a thread that is called back in a monitor cannot be stopped. */
  private static final Set<String> PINNED_BEFORE =
      Set.of(
          "CalledBackByAVector",
          "CalledBackByASynchronizedMap",
          "CalledBackByAView",
          "CalledBackByAPart",
          "CalledBackByAnIterator",
          "CalledBackAndThrows",
          "ComputedByATable");

  /** Signals need somebody who is kept waiting, and one signal too many. */
  private static final String OF_THREE = "SignalsOfAVector";

  static List<Pair> pairs() {
    return Stream.of(OwnMonitors.class.getClasses())
        .sorted(Comparator.comparing(Class::getName))
        .map(Pair::of)
        .toList();
  }

  private static Explorations sale(Pair pair) {
    return pair.name().equals(OF_THREE) ? Explorations.of(3, 8, 3) : Explorations.of(2, 5, 3);
  }

  private static void assumeThatItCanBeStopped(Pair pair) {
    assumeThat(
            Runtime.version().feature() >= FIRST_THAT_UNMOUNTS_IN_MONITORS
                || !PINNED_BEFORE.contains(pair.name()))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aBrokenProgramIsRefuted(Pair pair) {
    Explored explored = sale(pair).explore(pair.broken()).explored();

    assertThat(explored.isProof()).as("is proved").isFalse();
    assumeThatItCanBeStopped(pair);
    assertThat(explored.violations()).as("violations: %s", explored).isPositive();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aCorrectProgramIsProved(Pair pair) {
    assumeThatItCanBeStopped(pair);

    Explored explored = sale(pair).explore(pair.right()).explored();

    assertThat(explored.violations()).as("violations: %s", explored.outcomes()).isZero();
    assertThat(explored.isProof()).as("is proved: %s", explored).isTrue();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aCorrectProgramIsProvedAtPause(Pair pair) {
    assumeThatItCanBeStopped(pair);

    Explored explored = sale(pair).at(Granularity.PAUSE).explore(pair.right()).explored();

    assertThat(explored.violations()).as("violations: %s", explored.outcomes()).isZero();
    assertThat(explored.isProof()).as("is proved: %s", explored).isTrue();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void reductionLeavesOutNoOutcome(Pair pair) {
    assumeThatItCanBeStopped(pair);

    for (var program : List.of(pair.broken(), pair.right())) {
      Explorations two = Explorations.of(2, 5, 3);
      var reduced = two.explore(program);
      var all = two.with(Reduction.NONE).atMost(200_000).explore(program);

      assertThat(reduced.explored().complete()).isTrue();
      assertThat(reduced.outcomes().keySet()).containsAll(all.outcomes().keySet());
      if (all.explored().complete()) {
        assertThat(reduced.outcomes()).isEqualTo(all.outcomes());
      }
    }
  }
}
