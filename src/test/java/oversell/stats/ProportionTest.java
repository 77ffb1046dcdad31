package oversell.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProportionTest {
  @ParameterizedTest
  @CsvSource({
    "0,10,0,0.2775",
    "10,10,0.7225,1",
    "5,10,0.2366,0.7634",
    "1,10,0.0179,0.4042",
    "81,263,0.2553,0.3662",
    "0,1,0,0.7935",
    "1,1,0.2065,1"
  })
  void isTheScoreIntervalOfTheTextbooks(long part, long whole, double low, double high) {
    Interval interval = new Proportion(part, whole).interval();

    assertThat(interval.low()).isCloseTo(low, within(0.00005));
    assertThat(interval.high()).isCloseTo(high, within(0.00005));
  }

  /** By definition: the shares at which the score test just accepts what was counted. */
  @ParameterizedTest
  @CsvSource({"1,10", "3,40", "20,40", "39,40", "5,1000000"})
  void itsEndsAreWhereTheScoreTestTurns(long part, long whole) {
    Proportion proportion = new Proportion(part, whole);
    Interval interval = proportion.interval();

    for (double end : new double[] {interval.low(), interval.high()}) {
      double score = Math.abs(proportion.share() - end) / Math.sqrt(end * (1 - end) / whole);
      assertThat(score).isCloseTo(1.959963984540054, within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 7, 40, 1000, 1_000_000_007, Long.MAX_VALUE})
  void noneBeginsAtZeroAndAllEndsAtOne(long whole) {
    assertThat(new Proportion(0, whole).interval().low()).isZero();
    assertThat(new Proportion(0, whole).interval().high()).isPositive();
    assertThat(new Proportion(whole, whole).interval().high()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "-1,3", "4,3"})
  void isOfAWhole(long part, long whole) {
    assertThatThrownBy(() -> new Proportion(part, whole))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
