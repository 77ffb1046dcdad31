package oversell.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void keepsQuantilesToThreeDigits() {
    Latencies latencies = Latencies.empty();
    for (int millis = 1; millis <= 1000; millis++) {
      latencies.add(Duration.ofMillis(millis).toNanos());
    }

    assertThat(latencies.count()).isEqualTo(1000);
    assertThat(latencies.quantileMillis(0.5)).isCloseTo(500, Percentage.withPercentage(0.2));
    assertThat(latencies.quantileMillis(0.99)).isCloseTo(990, Percentage.withPercentage(0.2));
    assertThat(latencies.quantileMillis(1)).isCloseTo(1000, Percentage.withPercentage(0.2));
  }

  @Test
  void isWrittenDownAndReadBackWithoutLoss() {
    Latencies latencies = Latencies.empty();
    latencies.add(Duration.ofNanos(1_234).toNanos());
    latencies.add(Duration.ofHours(3).toNanos());

    Latencies read = Latencies.decode(latencies.encoded());

    assertThat(read.count()).isEqualTo(2);
    assertThat(read.quantileMillis(1)).isEqualTo(latencies.quantileMillis(1));
    assertThat(read.quantileMillis(0.1)).isEqualTo(latencies.quantileMillis(0.1));
  }

  @Test
  void addsUpShortAndLong() {
    Latencies all = Latencies.empty();
    Latencies more = Latencies.empty();
    all.add(2_000);
    more.add(Duration.ofHours(1).toNanos());

    all.addAll(Latencies.decode(more.encoded()));

    assertThat(all.count()).isEqualTo(2);
    assertThat(all.quantileMillis(1)).isCloseTo(3_600_000, within(3_600.0));
  }

  @Test
  void countsWhatIsOutOfRangeAsItsEnd() {
    Latencies latencies = Latencies.empty();
    latencies.add(-5);
    latencies.add(Long.MAX_VALUE);

    assertThat(latencies.count()).isEqualTo(2);
    assertThat(latencies.quantileMillis(1)).isCloseTo(86_400_000, within(86_400.0));
  }

  @Test
  void hasNoQuantilesOfNothing() {
    assertThat(Latencies.empty().quantileMillis(0.5)).isZero();
  }

  @Test
  void refusesWhatItDidNotWrite() {
    assertThatThrownBy(() -> Latencies.decode("AAAA")).isInstanceOf(IllegalArgumentException.class);
  }
}
