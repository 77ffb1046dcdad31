package oversell.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulerTest {
  private static Axis axis(Scale scale) {
    return new Axis("values", scale);
  }

  @Test
  void marksFewValuesThemselves() {
    assertThat(Ruler.exact(axis(Scale.LOGARITHMIC), 1000, 10, 100, 10_000, 10).ticks())
        .containsExactly(10.0, 100.0, 1000.0, 10_000.0);
    assertThat(Ruler.exact(axis(Scale.LINEAR), 3, 7, 4.5).ticks()).containsExactly(3.0, 4.5, 7.0);
  }

  @Test
  void marksRoundValuesIfThereAreMany() {
    double[] values = IntStream.rangeClosed(3, 47).asDoubleStream().toArray();

    assertThat(Ruler.exact(axis(Scale.LINEAR), values).ticks())
        .containsExactly(10.0, 20.0, 30.0, 40.0);
    assertThat(Ruler.exact(axis(Scale.LOGARITHMIC), values).ticks())
        .containsExactly(5.0, 10.0, 20.0);
  }

  @Test
  void beginsAtZeroIfLinearAndEndsAtARoundValue() {
    Ruler ruler = Ruler.rounded(axis(Scale.LINEAR), 41, 263).between(0, 300);

    assertThat(ruler.ticks()).containsExactly(0.0, 50.0, 100.0, 150.0, 200.0, 250.0, 300.0);
    assertThat(ruler.at(0)).isZero();
    assertThat(ruler.at(263)).isCloseTo(263, within(1e-9));
    assertThat(Ruler.rounded(axis(Scale.LINEAR), -0.3, 0.1).ticks())
        .containsExactly(-0.3, -0.2, -0.1, 0.0, 0.1);
  }

  /** Rounding may widen a range so much that its ticks must be farther apart. */
  @ParameterizedTest
  @CsvSource({"-45, 12", "-1, 5.1", "0, 3.1", "-99, 1", "0, 1e-15", "-1e15, 1e15"})
  void beginsAndEndsAtATick(double min, double max) {
    Ruler ruler = Ruler.rounded(axis(Scale.LINEAR), min, max);

    assertThat(ruler.ticks()).hasSizeBetween(3, 7).startsWith(ruler.from()).endsWith(ruler.to());
  }

  @Test
  void dividesFewDecadesAndSkipsSomeOfMany() {
    assertThat(Ruler.rounded(axis(Scale.LOGARITHMIC), 0.3, 4).ticks())
        .containsExactly(0.2, 0.5, 1.0, 2.0, 5.0);
    assertThat(Ruler.rounded(axis(Scale.LOGARITHMIC), 3, 4000).ticks())
        .containsExactly(10.0, 100.0, 1000.0);
    assertThat(Ruler.rounded(axis(Scale.LOGARITHMIC), 1e-9, 1e6).ticks())
        .containsExactly(1e-8, 1e-6, 1e-4, 1e-2, 1.0, 100.0, 1e4, 1e6);
  }

  @Test
  void spacesPercentilesByNinesAndPutsAHundredBeyondTheLast() {
    Ruler ruler = Ruler.exact(axis(Scale.NINES), 0, 90, 99, 99.9, 100).between(0, 360);

    assertThat(ruler.at(99) - ruler.at(90)).isCloseTo(ruler.at(90) - ruler.at(0), within(1e-9));
    assertThat(ruler.at(99.9) - ruler.at(99)).isCloseTo(ruler.at(90), within(1e-9));
    assertThat(ruler.at(100)).isEqualTo(360).isGreaterThan(ruler.at(99.9) + 40);
  }

  @Test
  void marksNinesIfThereAreManyPercentiles() {
    double[] percentiles = {0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99, 99.5, 99.99, 100};

    assertThat(Ruler.exact(axis(Scale.NINES), percentiles).ticks())
        .containsExactly(0.0, 50.0, 90.0, 99.0, 99.9, 99.99, 100.0);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.5, 0.5",
    "10000, '10,000'",
    "2500000, 2.5M",
    "3e9, 3G",
    "1e15, 1E15",
    "1e-7, 1E−7",
    "-1234.5, '−1,234.5'",
    "0.30000000000000004, 0.3",
    "99.9999, 99.9999"
  })
  void printsTicksInFull(double number, String printed) {
    assertThat(Lettering.exact(number)).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1036.4, '1,036'",
    "22.04, 22",
    "0.0012345, 0.00123",
    "12345678, 12.3M",
    "999.96, '1,000'",
    "999999.9, 1M",
    "123456, '123,456'"
  })
  void printsValuesWithThreeDigits(double number, String printed) {
    assertThat(Lettering.rounded(number)).isEqualTo(printed);
  }

  @Test
  void marksMultiplesIfThereIsNoRounderValue() {
    double[] values = IntStream.rangeClosed(11, 19).asDoubleStream().toArray();

    assertThat(Ruler.exact(axis(Scale.LOGARITHMIC), values).ticks())
        .containsExactly(12.0, 14.0, 16.0, 18.0);
    assertThat(Ruler.exact(axis(Scale.NINES), values).ticks())
        .containsExactly(12.0, 14.0, 16.0, 18.0);
  }

  @Test
  void leavesOutLabelsThatHaveNoRoom() {
    Svg svg = new Svg("t", "d", 100);
    Ruler.exact(axis(Scale.LINEAR), 0, 1, 2, 1000).between(10, 500).drawBelow(svg, 0, 510, 50);

    assertThat(svg.end()).contains(">0<", ">1,000<").doesNotContain(">1<", ">2<");
  }

  @Test
  void isLogarithmicIfOneValueIsFiftyTimesAnother() {
    assertThat(Scale.fitting(1, 50)).isEqualTo(Scale.LOGARITHMIC);
    assertThat(Scale.fitting(1, 49)).isEqualTo(Scale.LINEAR);
    assertThat(Scale.fitting(0, 50)).isEqualTo(Scale.LINEAR);
    assertThat(Scale.fitting()).isEqualTo(Scale.LINEAR);
  }

  @Test
  void aTitleIsBrokenBetweenWordsAndCutWithinOne() {
    assertThat(Lettering.lines("  one two   three ", 60)).isEqualTo(List.of("one two", "three"));
    assertThat(Lettering.lines("x".repeat(50), 60)).containsExactly("xxxxxx…");
  }
}
