package oversell.report.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * One column of the table. Values are text or decimal numbers, which look the same in every locale.
 *
 * @param name as programs read it
 * @param heading as people do, with the unit
 * @param value of a row; empty where there is none
 */
public record Column(String name, String heading, Function<RowResult, Optional<?>> value) {
  /** Rounded to so many decimals. */
  static BigDecimal decimal(double number, int decimals) {
    return BigDecimal.valueOf(number).setScale(decimals, RoundingMode.HALF_UP);
  }

  /** A duration in milliseconds, without zeros at its end. */
  public static BigDecimal millis(Duration duration) {
    return plain(new BigDecimal(duration.toNanos()).movePointLeft(6).stripTrailingZeros());
  }

  /** The same number without an exponent. */
  static BigDecimal plain(BigDecimal number) {
    return number.scale() < 0 ? number.setScale(0) : number;
  }
}
