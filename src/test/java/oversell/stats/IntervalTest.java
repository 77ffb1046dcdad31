package oversell.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
  @ParameterizedTest
  @CsvSource({"0,true", "1,true", "2,true", "-0.001,false", "2.001,false", "NaN,false"})
  void holdsWhatIsInsideOrOnAnEnd(double value, boolean held) {
    assertThat(new Interval(0, 2).contains(value)).isEqualTo(held);
  }

  @ParameterizedTest
  @CsvSource({"2,3,true", "-1,0,true", "0.5,1,true", "-5,5,true", "2.001,3,false", "-3,-1,false"})
  void overlapsWhatItSharesAValueWith(double low, double high, boolean overlap) {
    Interval one = new Interval(0, 2);
    Interval other = new Interval(low, high);

    assertThat(one.overlaps(other)).isEqualTo(overlap);
    assertThat(other.overlaps(one)).isEqualTo(overlap);
  }

  @ParameterizedTest
  @CsvSource({"2,1", "NaN,1", "1,NaN", "-Infinity,0", "0,Infinity"})
  void endsMustBeFiniteAndInOrder(double low, double high) {
    assertThatThrownBy(() -> new Interval(low, high)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mayBeAPoint() {
    assertThat(new Interval(1, 1).contains(1)).isTrue();
  }
}
