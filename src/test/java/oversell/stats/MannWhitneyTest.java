package oversell.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MannWhitneyTest {
  /** Against every way of dealing the values out to two samples of these sizes. */
  @ParameterizedTest
  @CsvSource({"1,1", "3,3", "3,5", "5,4", "6,6", "7,6"})
  void countsAsBruteForceDoes(int sizeOfBaseline, int sizeOfCandidate) {
    Random random = new Random(20_263);
    for (int i = 0; i < 20; i++) {
      double[] baseline = random.doubles(sizeOfBaseline).toArray();
      double[] candidate = random.doubles(sizeOfCandidate).map(value -> value * 2).toArray();

      MannWhitney ranks = MannWhitney.of(baseline, candidate);

      assertThat(ranks.exact()).isTrue();
      assertThat(ranks.p()).isCloseTo(bruteForce(baseline, candidate), within(1e-12));
      assertThat(ranks.superiority()).isCloseTo(superiority(baseline, candidate), within(1e-12));
    }
  }

  /** Twice the share of deals that are as uneven to one side, the rarer one; at most 1. */
  private static double bruteForce(double[] baseline, double[] candidate) {
    double[] all = concat(baseline, candidate);
    double observed = superiority(baseline, candidate);
    int[] deals =
        IntStream.range(0, 1 << all.length)
            .filter(deal -> Integer.bitCount(deal) == candidate.length)
            .toArray();
    double[] dealt =
        Arrays.stream(deals)
            .mapToDouble(deal -> superiority(pick(all, ~deal), pick(all, deal)))
            .toArray();
    long asLow = Arrays.stream(dealt).filter(value -> value <= observed + 1e-9).count();
    long asHigh = Arrays.stream(dealt).filter(value -> value >= observed - 1e-9).count();
    return Math.min(1, 2.0 * Math.min(asLow, asHigh) / deals.length);
  }

  private static double superiority(double[] baseline, double[] candidate) {
    double wins = 0;
    for (double theirs : baseline) {
      for (double ours : candidate) {
        wins += ours > theirs ? 1 : ours == theirs ? 0.5 : 0;
      }
    }
    return wins / (baseline.length * candidate.length);
  }

  private static double[] pick(double[] all, int chosen) {
    return IntStream.range(0, all.length)
        .filter(i -> (chosen >> i & 1) == 1)
        .mapToDouble(i -> all[i])
        .toArray();
  }

  private static double[] concat(double[] first, double[] second) {
    return IntStream.range(0, first.length + second.length)
        .mapToDouble(i -> i < first.length ? first[i] : second[i - first.length])
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({"49,49,true", "49,50,false", "50,1,false"})
  void isExactForUpTo49Values(int sizeOfBaseline, int sizeOfCandidate, boolean exact) {
    Random random = new Random(20_264);
    double[] baseline = random.doubles(sizeOfBaseline).toArray();
    double[] candidate = random.doubles(sizeOfCandidate).toArray();

    assertThat(MannWhitney.of(baseline, candidate).exact()).isEqualTo(exact);
  }

  @Test
  void isNotExactForTies() {
    double[] baseline = {1, 2, 3};
    double[] candidate = {3, 4, 5};

    MannWhitney ranks = MannWhitney.of(baseline, candidate);

    assertThat(ranks.exact()).isFalse();
    assertThat(ranks.superiority()).isCloseTo(8.5 / 9, within(1e-12));
  }

  /** The values are those of SciPy 1.17.1's mannwhitneyu. */
  @Test
  void countsAndApproximatesAsOthersDo() {
    double[] baseline = IntStream.range(0, 49).asDoubleStream().toArray();
    double[] candidate = Arrays.stream(baseline).map(value -> value + 12.5).toArray();
    // A single tie hardly changes the ranks, and decides how p is found.
    double[] tied = candidate.clone();
    tied[0] = 13;

    MannWhitney counted = MannWhitney.of(baseline, candidate);
    MannWhitney approximate = MannWhitney.of(baseline, tied);

    assertThat(counted.exact()).isTrue();
    assertThat(approximate.exact()).isFalse();
    assertThat(counted.p()).isCloseTo(0.0001102629889851, within(1e-12));
    assertThat(approximate.p()).isCloseTo(0.0001460171937539, within(1e-12));
  }

  @Test
  void nothingDiffersLessThanWhatIsAllTheSame() {
    assertThat(MannWhitney.of(new double[] {7, 7, 7}, new double[] {7, 7}))
        .isEqualTo(new MannWhitney(0.5, 1, false));
  }

  @Test
  void refusesWhatHasNoRanks() {
    double[] some = {1, 2};

    assertThatThrownBy(() -> MannWhitney.of(some, new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MannWhitney.of(new double[] {Double.NaN}, some))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"-0.1,0.5", "1.1,0.5", "0.5,-0.1", "0.5,1.1", "NaN,0.5", "0.5,NaN"})
  void sharesAreFromZeroToOne(double superiority, double p) {
    assertThatThrownBy(() -> new MannWhitney(superiority, p, true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
