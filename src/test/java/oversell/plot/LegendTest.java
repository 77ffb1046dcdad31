package oversell.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegendTest {
  @Test
  void doesNotMoveNamesThatHaveRoom() {
    assertThat(Legend.spread(new double[] {10, 40, 90}, 0, 100)).containsExactly(10, 40, 90);
  }

  @Test
  void movesNamesApartAroundTheirMiddle() {
    assertThat(Legend.spread(new double[] {50, 50, 50}, 0, 100))
        .containsExactly(50 - Legend.LINE, 50, 50 + Legend.LINE);
  }

  @Test
  void keepsNamesWithinBounds() {
    assertThat(Legend.spread(new double[] {0, 0}, 0, 100)).containsExactly(0, Legend.LINE);
    assertThat(Legend.spread(new double[] {100, 100}, 0, 100))
        .containsExactly(100 - Legend.LINE, 100);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void neverLetsTwoNamesOverlap(long seed) {
    double[] wanted = new Random(seed).doubles(20, 0, 400).sorted().toArray();

    double[] places = Legend.spread(wanted, 0, 400);

    assertThat(places[0]).as("seed %d", seed).isGreaterThanOrEqualTo(0);
    assertThat(places[19]).as("seed %d", seed).isLessThanOrEqualTo(400);
    for (int i = 1; i < places.length; i++) {
      assertThat(places[i] - places[i - 1])
          .as("seed %d", seed)
          .isCloseTo(Math.max(Legend.LINE, places[i] - places[i - 1]), within(1e-9));
    }
  }
}
