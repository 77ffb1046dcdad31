package oversell.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MedianEstimateTest {
  /** As in textbook tables of intervals for a median at 95 % or more. */
  @ParameterizedTest
  @CsvSource({"6,1", "8,1", "9,2", "11,2", "12,3", "14,3", "15,4", "17,5", "20,6", "100,40"})
  void beginsAtTheRankOfTheTables(int size, int rank) {
    assertThat(MedianEstimate.lowerRank(size)).isEqualTo(rank);
  }

  /**
   * Every way in which values can lie below or above the true median, all equally likely: the
   * interval misses it if fewer than its rank lie on one side.
   */
  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18})
  void isTheNarrowestThatCoversEnough(int size) {
    int rank = MedianEstimate.lowerRank(size);

    assertThat(coverage(size, rank)).isGreaterThanOrEqualTo(0.95);
    assertThat(coverage(size, rank + 1)).isLessThan(0.95);
  }

  private static double coverage(int size, int rank) {
    long covered =
        IntStream.range(0, 1 << size)
            .map(Integer::bitCount)
            .filter(below -> below >= rank && size - below >= rank)
            .count();
    return (double) covered / (1 << size);
  }

  @Test
  void coversTheTrueMedianOfASkewedDistribution() {
    Random random = new Random(20_261);
    int simulations = 2000;
    int covered = 0;
    for (int i = 0; i < simulations; i++) {
      double[] sample = IntStream.range(0, 25).mapToDouble(k -> logNormal(random)).toArray();
      if (MedianEstimate.of(sample).interval().orElseThrow().contains(1)) {
        covered++;
      }
    }

    assertThat((double) covered / simulations).isBetween(0.93, 0.98);
  }

  private static double logNormal(Random random) {
    return Math.exp(random.nextGaussian());
  }

  @Test
  void countsFromBothEndsOfAnUnsortedSample() {
    double[] sample = {9, 1, 8, 2, 7, 3, 6, 4, 5};

    assertThat(MedianEstimate.of(sample))
        .isEqualTo(new MedianEstimate(5, Optional.of(new Interval(2, 8))));
    assertThat(sample).containsExactly(9, 1, 8, 2, 7, 3, 6, 4, 5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void hasNoIntervalForFiveValuesOrFewer(int size) {
    assertThat(MedianEstimate.of(new double[size]))
        .isEqualTo(new MedianEstimate(0, Optional.empty()));
  }

  @Test
  void takesTheMiddleOfRatiosByPair() {
    double[] numerators = {2, 30, 400, 8, 10, 12};
    double[] denominators = {1, 10, 100, 1, 1, 1};

    MedianEstimate estimate = MedianEstimate.ofRatios(numerators, denominators);

    assertThat(estimate.median()).isEqualTo(6);
    assertThat(estimate.interval()).contains(new Interval(2, 12));
  }

  /** What drifts by a factor of a thousand, and all alike, hides nothing from a pair. */
  @Test
  void pairsCancelADrift() {
    Random random = new Random(20_262);
    double[] drift = IntStream.range(0, 20).mapToDouble(i -> Math.exp(i * 0.35)).toArray();
    double[] baseline = IntStream.range(0, 20).mapToDouble(i -> drift[i]).toArray();
    double[] candidate =
        IntStream.range(0, 20)
            .mapToDouble(i -> drift[i] * 1.1 * (1 + 0.01 * random.nextGaussian()))
            .toArray();

    Interval paired = MedianEstimate.ofRatios(candidate, baseline).interval().orElseThrow();

    assertThat(paired.low()).isCloseTo(1.1, within(0.02));
    assertThat(paired.high()).isCloseTo(1.1, within(0.02));
    Interval unpaired = MedianEstimate.of(candidate).interval().orElseThrow();
    assertThat(MedianEstimate.of(baseline).interval().orElseThrow().overlaps(unpaired)).isTrue();
  }

  @Test
  void everyNumeratorNeedsADenominatorAboveZero() {
    assertThatThrownBy(() -> MedianEstimate.ofRatios(new double[] {1, 2}, new double[] {1}))
        .hasMessageContaining("2 and 1");
    assertThatThrownBy(() -> MedianEstimate.ofRatios(new double[] {1, 2}, new double[] {1, 0}))
        .hasMessageContaining("denominator 1");
    assertThatThrownBy(() -> MedianEstimate.ofRatios(new double[] {1}, new double[] {Double.NaN}))
        .hasMessageContaining("denominator 0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesWhatIsNotFinite(double value) {
    assertThatThrownBy(() -> MedianEstimate.of(1, value, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasNothingToSayOfNothing() {
    assertThatThrownBy(MedianEstimate::of).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theMedianIsInItsInterval() {
    Optional<Interval> interval = Optional.of(new Interval(2, 3));

    assertThatThrownBy(() -> new MedianEstimate(1, interval))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
