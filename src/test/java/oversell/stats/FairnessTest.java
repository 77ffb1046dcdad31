package oversell.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FairnessTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 1000})
  void isOneOverNIfOneHasItAll(int size) {
    long[] counts = new long[size];
    counts[size / 2] = 12_345;

    assertThat(Fairness.of(counts).index()).isCloseTo(1.0 / size, within(1e-12));
  }

  /** The paper's own reading: 0.2 is fair to a fifth of them and unfair to the others. */
  @Test
  void isTheShareThatGotSomethingIfTheyGotTheSame() {
    long[] counts = new long[100];
    for (int i = 0; i < 20; i++) {
      counts[i] = 20;
    }

    assertThat(Fairness.of(counts).index()).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void isTheSquareOfTheSumOverTheSquares() {
    assertThat(Fairness.of(1, 2, 3, 4).index()).isCloseTo(100.0 / (4 * 30), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, 1_000_003, Long.MAX_VALUE})
  void isOneIfAllHaveTheSameAndBeItNothing(long count) {
    assertThat(Fairness.of(count, count, count).index()).isEqualTo(1);
  }

  @Test
  void staysBetweenOneOverNAndOne() {
    Random random = new Random(20_270);
    for (int i = 0; i < 1000; i++) {
      long[] counts = random.longs(1 + random.nextInt(20), 0, Long.MAX_VALUE).toArray();

      assertThat(Fairness.of(counts).index()).isBetween(1.0 / counts.length - 1e-12, 1.0);
    }
  }

  @Test
  void refusesNobodyAndLessThanNothing() {
    assertThatThrownBy(Fairness::of).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fairness.of(1, -1)).hasMessageContaining("-1");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.5, 1.1, Double.NaN})
  void isAboveZeroAndAtMostOne(double index) {
    assertThatThrownBy(() -> new Fairness(index)).isInstanceOf(IllegalArgumentException.class);
  }
}
