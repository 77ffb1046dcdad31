package oversell.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void summarisesASample() {
    assertThat(Summary.of(4, 1, 2, 9)).isEqualTo(new Summary(1, 4, 3, 9));
  }

  @Test
  void summarisesOneValue() {
    assertThat(Summary.of(-5)).isEqualTo(new Summary(-5, -5, -5, -5));
  }

  @Test
  void leavesTheSampleAsItIs() {
    double[] sample = {3, 1, 2};
    Summary.of(sample);

    assertThat(sample).containsExactly(3, 1, 2);
  }

  @Test
  void hasNothingToSayOfNothing() {
    assertThatThrownBy(Summary::of).isInstanceOf(IllegalArgumentException.class);
  }
}
