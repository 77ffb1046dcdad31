package oversell.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** How the values of an axis are spaced. */
public enum Scale {
  /** By their difference. */
  LINEAR,

  /** By their ratio: for values above zero. Zero has no place on it and is rejected, not moved. */
  LOGARITHMIC,

  /**
   * By their number of nines: for percentiles from 0 to 100. From 90 to 99 it is as far as from 99
   * to 99.9; 100, infinitely far away, lies a little beyond the last percentile below it.
   */
  NINES;

  private static final double WIDE = 50;
  private static final int MOST_STEPS = 6;
  private static final int MOST_DECADES = 8;
  private static final int FEW_DECADES = 2;
  private static final int MOST_NINES = 6;
  private static final List<BigDecimal> ROUND =
      List.of(BigDecimal.ONE, BigDecimal.TWO, BigDecimal.valueOf(5));

  /**
   * The scale that shows values best: logarithmic if all are above zero and the largest is 50 times
   * the smallest or more, else linear.
   */
  public static Scale fitting(double... values) {
    double min = DoubleStream.of(values).min().orElse(0);
    double max = DoubleStream.of(values).max().orElse(0);
    return min > 0 && max / min >= WIDE ? LOGARITHMIC : LINEAR;
  }

  boolean admits(double value) {
    return switch (this) {
      case LINEAR -> true;
      case LOGARITHMIC -> value > 0;
      case NINES -> value >= 0 && value <= 100;
    };
  }

  /** Where a value lies, in arbitrary units; by nines, 100 is at infinity. */
  double position(double value) {
    // StrictMath, so that a plot does not depend on the machine that drew it.
    return switch (this) {
      case LINEAR -> value;
      case LOGARITHMIC -> StrictMath.log10(value);
      case NINES -> -StrictMath.log10((100 - value) / 100);
    };
  }

  /** The round values from one value to another, both included, and few enough to read. */
  List<Double> ticks(double from, double to) {
    List<Double> ticks =
        switch (this) {
          case LINEAR -> multiples(from, to);
          case LOGARITHMIC -> decades(from, to);
          case NINES -> nines(from, to);
        };
    // From 11 to 19 there is neither a decade nor a nine.
    return ticks.size() > 1 ? ticks : multiples(from, to);
  }

  /**
   * The round values at or below the first value and at or above the second, and never the same
   * twice; a linear range begins or ends at zero unless it crosses it, so that heights compare.
   *
   * @throws IllegalStateException by nines, which are never rounded
   */
  List<Double> rounded(double min, double max) {
    return switch (this) {
      case LINEAR -> roundedMultiples(Math.min(0, min), Math.max(0, max));
      case LOGARITHMIC -> roundedDecades(min, max);
      case NINES -> throw new IllegalStateException("percentiles are not rounded");
    };
  }

  private static List<Double> roundedMultiples(double min, double max) {
    double top = min == max ? 1 : max;
    BigDecimal step = step(top - min);
    double low = units(min, step, RoundingMode.FLOOR).multiply(step).doubleValue();
    double high = units(top, step, RoundingMode.CEILING).multiply(step).doubleValue();
    // A rounded range may be wide enough for larger steps, and must end at one of those.
    return step(high - low).compareTo(step) > 0 ? roundedMultiples(low, high) : List.of(low, high);
  }

  private static List<Double> roundedDecades(double min, double max) {
    double low = round(min / 10, min).max().orElseThrow();
    double high = round(max, max * 10).min().orElseThrow();
    return low < high
        ? List.of(low, high)
        : List.of(
            round(low / 9, low / 1.1).max().orElseThrow(),
            round(low * 1.1, low * 9).min().orElseThrow());
  }

  private static List<Double> multiples(double from, double to) {
    BigDecimal step = step(to - from);
    long first = units(from, step, RoundingMode.CEILING).longValueExact();
    long last = units(to, step, RoundingMode.FLOOR).longValueExact();
    return LongStream.rangeClosed(first, last)
        .mapToObj(count -> step.multiply(BigDecimal.valueOf(count)).doubleValue())
        .toList();
  }

  private static BigDecimal units(double value, BigDecimal step, RoundingMode rounding) {
    return BigDecimal.valueOf(value).divide(step, 0, rounding);
  }

  /** The smallest of 1, 2 and 5 times a power of ten that divides a range in six steps or fewer. */
  private static BigDecimal step(double range) {
    double least = range / MOST_STEPS;
    double step = round(least, least * 10).min().orElseThrow();
    return BigDecimal.valueOf(step).stripTrailingZeros();
  }

  /** Decades, parted in 1, 2 and 5 if they are few. */
  private static List<Double> decades(double from, double to) {
    double decades = StrictMath.log10(to / from);
    if (decades <= FEW_DECADES) {
      return round(from, to).boxed().toList();
    }
    int every = (int) Math.ceil(decades / MOST_DECADES);
    return IntStream.rangeClosed(power(from), power(to))
        .filter(power -> power % every == 0)
        .mapToObj(power -> BigDecimal.ONE.scaleByPowerOfTen(power).doubleValue())
        .filter(tick -> tick >= from && tick <= to)
        .toList();
  }

  private static List<Double> nines(double from, double to) {
    DoubleStream all =
        DoubleStream.concat(
            DoubleStream.of(0, 50),
            IntStream.rangeClosed(1, MOST_NINES)
                .mapToObj(
                    nines ->
                        BigDecimal.valueOf(100).subtract(BigDecimal.ONE.movePointLeft(nines - 2)))
                .mapToDouble(BigDecimal::doubleValue));
    return DoubleStream.concat(all, DoubleStream.of(100))
        .filter(tick -> tick >= from && tick <= to)
        .boxed()
        .toList();
  }

  /** The numbers 1, 2 and 5 times a power of ten from one number to another, both above zero. */
  private static DoubleStream round(double from, double to) {
    return IntStream.rangeClosed(power(from), power(to))
        .boxed()
        .flatMap(power -> ROUND.stream().map(digit -> digit.scaleByPowerOfTen(power)))
        .mapToDouble(BigDecimal::doubleValue)
        .filter(number -> number >= from && number <= to);
  }

  private static int power(double value) {
    return (int) Math.floor(StrictMath.log10(value));
  }
}
