package oversell.report.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * One column of a table.
 *
 * @param name as programs read it
 * @param heading as people read it, with the unit
 * @param meaning what a page says of it below its table; empty if the heading says enough
 * @param cell the cell of a row
 * @param <R> the type of a row
 */
public record Column<R>(String name, String heading, String meaning, Function<R, Cell> cell) {
  /** In a column's meaning, the moment at which a trial starts, which depends on the gate. */
  public static final String START = "{start}";

  /** A column of texts. */
  static <R> Column<R> text(String name, String heading, Function<R, String> text) {
    return new Column<>(name, heading, "", row -> new Cell.Text(text.apply(row)));
  }

  /** A column of whole numbers. */
  static <R> Column<R> whole(String name, String heading, Function<R, ? extends Number> number) {
    return number(
        name, heading, row -> Optional.of(BigDecimal.valueOf(number.apply(row).longValue())));
  }

  /** A column of numbers, which some rows may lack. */
  static <R> Column<R> number(
      String name, String heading, Function<R, Optional<BigDecimal>> number) {
    return new Column<>(name, heading, "", row -> Cell.number(number.apply(row)));
  }

  /** The same column with an explanation: a clause without a subject and without a full stop. */
  Column<R> means(String explanation) {
    return new Column<>(name, heading, explanation, cell);
  }

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
