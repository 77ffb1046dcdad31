package oversell.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static oversell.stats.Comparison.Conclusion.GREATER;
import static oversell.stats.Comparison.Conclusion.LESS;
import static oversell.stats.Comparison.Conclusion.NO_DIFFERENCE_SEEN;
import static oversell.stats.Comparison.Doubt.FORKS_OVERLAP;
import static oversell.stats.Comparison.Doubt.MAY_BE_CHANCE;
import static oversell.stats.Comparison.Doubt.MEDIANS_OVERLAP;
import static oversell.stats.Comparison.Doubt.RANKS_CONTRADICT;
import static oversell.stats.Comparison.Doubt.TOO_FEW_VALUES;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {
  private static final int SIMULATIONS = 1000;
  private static final double[] ONE_TO_TEN = from(1, 10);

  @Test
  void theCandidateIsLessOrGreaterByItsValues() {
    double[] greater = from(101, 10);

    assertThat(Comparison.of(greater, ONE_TO_TEN).conclusion()).isEqualTo(LESS);
    assertThat(Comparison.of(ONE_TO_TEN, greater).conclusion()).isEqualTo(GREATER);
    assertThat(Comparison.of(ONE_TO_TEN, greater).doubts()).isEmpty();
  }

  @Test
  void theRatioIsTheCandidatesMedianOverTheBaselines() {
    assertThat(Comparison.of(new double[] {1, 2, 9}, new double[] {5}).ratio().orElseThrow())
        .isCloseTo(2.5, within(1e-12));
    assertThat(Comparison.of(new double[] {0}, new double[] {5}).ratio()).isEmpty();
  }

  /** However far apart they are; with six there is an interval, and the difference is seen. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void fiveValuesOrFewerAreTooFew(int size) {
    Comparison comparison = Comparison.of(from(1, size), from(1_000_000, size));

    assertThat(comparison.doubts().contains(TOO_FEW_VALUES)).isEqualTo(size <= 5);
    assertThat(comparison.conclusion()).isEqualTo(size <= 5 ? NO_DIFFERENCE_SEEN : GREATER);
  }

  @Test
  void aSampleDoesNotDifferFromItself() {
    Comparison comparison = Comparison.of(ONE_TO_TEN, ONE_TO_TEN);

    assertThat(comparison.doubts()).containsExactly(MEDIANS_OVERLAP, MAY_BE_CHANCE);
    assertThat(comparison.conclusion()).isEqualTo(NO_DIFFERENCE_SEEN);
  }

  @Test
  void aLowPIsNotEnoughWhereMediansOverlap() {
    double[] baseline = from(1, 40);
    double[] candidate = Arrays.stream(baseline).map(value -> value + 8.5).toArray();

    Comparison comparison = Comparison.of(baseline, candidate);

    assertThat(comparison.ranks().p()).isLessThan(0.01);
    assertThat(comparison.doubts()).containsExactly(MEDIANS_OVERLAP);
  }

  /** Two of five candidates are below all of the baseline, though their median is above its. */
  @Test
  void mediansApartAreNotEnoughWhereRanksDoNotDiffer() {
    double[] baseline = concat(from(1000, 83), from(3000, 17));
    double[] candidate = concat(from(1, 39), from(2000, 61));

    Comparison comparison = Comparison.of(baseline, candidate);

    assertThat(comparison.doubts()).containsExactly(MAY_BE_CHANCE);
  }

  @Test
  void aGreaterMedianOfMostlySmallerValuesIsNoDifference() {
    double[] baseline = concat(from(1000, 120), from(3000, 80));
    double[] candidate = concat(from(1, 80), from(2000, 120));

    Comparison comparison = Comparison.of(baseline, candidate);

    assertThat(comparison.ratio().orElseThrow()).isGreaterThan(1.5);
    assertThat(comparison.ranks().p()).isLessThan(0.01);
    assertThat(comparison.doubts()).containsExactly(RANKS_CONTRADICT);
    assertThat(comparison.conclusion()).isEqualTo(NO_DIFFERENCE_SEEN);
  }

  @Test
  void equalDistributionsAreHardlyEverSaidToDiffer() {
    assertThat(falseClaims((baseline, candidate) -> claims(Comparison.of(baseline, candidate))))
        .isLessThan(0.02);
  }

  /** The broken twins: a rule that looks at means, and one that is content with p below 0.05. */
  @Test
  void theCheckCatchesARuleThatClaimsTooSoon() {
    assertThat(
            falseClaims(
                (baseline, candidate) ->
                    Summary.of(baseline).mean() != Summary.of(candidate).mean()))
        .isGreaterThan(0.99);
    assertThat(falseClaims((baseline, candidate) -> MannWhitney.of(baseline, candidate).p() < 0.05))
        .isBetween(0.03, 0.07);
  }

  private static double falseClaims(BiPredicate<double[], double[]> rule) {
    Random random = new Random(20_267);
    long claims =
        IntStream.range(0, SIMULATIONS)
            .filter(i -> rule.test(logNormal(random, 20, 0), logNormal(random, 20, 0)))
            .count();
    return (double) claims / SIMULATIONS;
  }

  @Test
  void aDifferenceThatIsThereIsSeen() {
    Random random = new Random(20_268);
    long seen =
        IntStream.range(0, SIMULATIONS)
            .mapToObj(
                i -> Comparison.of(logNormal(random, 20, 0), logNormal(random, 20, Math.log(8))))
            .filter(comparison -> comparison.conclusion() == GREATER)
            .count();

    assertThat(seen).isGreaterThan(SIMULATIONS * 9 / 10);
  }

  /**
   * Each JVM is slower or faster by luck, and no side is: the trials together are sure of a
   * difference that isn't there, which is the broken twin; by fork it is hardly ever claimed.
   */
  @Test
  void theLuckOfAJvmIsNotTakenForADifference() {
    Random random = new Random(20_269);
    int byTrial = 0;
    int byFork = 0;
    for (int i = 0; i < SIMULATIONS; i++) {
      double[][] baseline = luckyForks(random);
      double[][] candidate = luckyForks(random);
      byTrial += claims(Comparison.of(pool(baseline), pool(candidate))) ? 1 : 0;
      byFork += claims(Comparison.ofForks(baseline, candidate)) ? 1 : 0;
    }

    assertThat((double) byTrial / SIMULATIONS).isGreaterThan(0.2);
    assertThat((double) byFork / SIMULATIONS).isLessThan(0.02);
  }

  private static double[][] luckyForks(Random random) {
    return IntStream.range(0, 5)
        .mapToObj(fork -> logNormal(random, 10, 2 * random.nextGaussian()))
        .toArray(double[][]::new);
  }

  @Test
  void forksThatOverlapAreADoubt() {
    double[][] baseline = {from(100, 10), from(200, 10), from(5000, 3)};
    double[][] candidate = {from(1000, 10), from(2000, 10)};

    Comparison comparison = Comparison.ofForks(baseline, candidate);

    assertThat(comparison.doubts()).containsExactly(FORKS_OVERLAP);
    assertThat(Comparison.of(pool(baseline), pool(candidate)).conclusion()).isEqualTo(GREATER);
  }

  @Test
  void forksThatAreAllOnOneSideAreNone() {
    double[][] baseline = {from(100, 10), from(200, 10)};
    double[][] candidate = {from(1000, 10), from(2000, 10)};

    assertThat(Comparison.ofForks(baseline, candidate))
        .isEqualTo(Comparison.of(pool(baseline), pool(candidate)));
  }

  /** One fork of a side has no range: nothing is known of its luck, and nothing is said of it. */
  @Test
  void aSingleForkIsComparedByItsTrials() {
    double[][] baseline = {from(100, 10), from(200, 10), from(5000, 3)};
    double[][] candidate = {from(1000, 20)};

    assertThat(Comparison.ofForks(baseline, candidate).conclusion()).isEqualTo(GREATER);
  }

  @Test
  void everySideHasAForkAndEveryForkAValue() {
    double[][] some = {{1, 2}};

    assertThatThrownBy(() -> Comparison.ofForks(some, new double[0][]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Comparison.ofForks(new double[][] {{1}, {}}, some))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsItsDoubtsToItself() {
    Comparison self = Comparison.of(ONE_TO_TEN, ONE_TO_TEN);
    Set<Comparison.Doubt> doubts = EnumSet.of(FORKS_OVERLAP);
    Comparison comparison = new Comparison(self.baseline(), self.candidate(), self.ranks(), doubts);
    doubts.clear();

    assertThat(comparison.doubts()).containsExactly(FORKS_OVERLAP);
    assertThatThrownBy(() -> comparison.doubts().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(
            () -> new Comparison(self.baseline(), self.candidate(), self.ranks(), Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean claims(Comparison comparison) {
    return comparison.conclusion() != NO_DIFFERENCE_SEEN;
  }

  private static double[] logNormal(Random random, int size, double shift) {
    return IntStream.range(0, size)
        .mapToDouble(i -> Math.exp(shift + random.nextGaussian()))
        .toArray();
  }

  private static double[] from(int first, int size) {
    return IntStream.range(first, first + size).asDoubleStream().toArray();
  }

  private static double[] concat(double[]... parts) {
    return pool(parts);
  }

  private static double[] pool(double[][] forks) {
    return Arrays.stream(forks).flatMapToDouble(Arrays::stream).toArray();
  }
}
