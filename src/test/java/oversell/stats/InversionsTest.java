package oversell.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InversionsTest {
  /** The permutation is the one that Knuth counts in section 5.1.1: it has twenty. */
  @Test
  void countsAsInTheBook() {
    assertThat(Inversions.of(5, 9, 1, 8, 2, 6, 4, 7, 3)).isEqualTo(new Inversions(20, 36));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 17, 100_000})
  void aSortedOrderHasNoneAndAReversedOneAll(int size) {
    long pairs = (long) size * (size - 1) / 2;

    assertThat(Inversions.of(IntStream.range(0, size).toArray()))
        .isEqualTo(new Inversions(0, pairs));
    assertThat(Inversions.of(IntStream.range(0, size).map(i -> -i).toArray()))
        .isEqualTo(new Inversions(pairs, pairs));
  }

  @Test
  void countsAsEveryPairLookedAtDoes() {
    Random random = new Random(20_271);
    for (int size = 0; size < 100; size++) {
      // Fewer ranks than values: some are tied, and a tie is in order.
      int[] ranks = random.ints(size, 0, 50).toArray();

      assertThat(Inversions.of(ranks).count()).as("%d values", size).isEqualTo(pairByPair(ranks));
    }
  }

  private static long pairByPair(int[] ranks) {
    return IntStream.range(0, ranks.length)
        .mapToLong(
            first ->
                IntStream.range(first + 1, ranks.length)
                    .filter(second -> ranks[first] > ranks[second])
                    .count())
        .sum();
  }

  @Test
  void leavesTheRanksAsTheyAre() {
    int[] ranks = {3, 1, 2};
    Inversions.of(ranks);

    assertThat(ranks).containsExactly(3, 1, 2);
  }

  @ParameterizedTest
  @CsvSource({"-1,3", "4,3"})
  void areAmongAllPairs(long count, long pairs) {
    assertThatThrownBy(() -> new Inversions(count, pairs))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
