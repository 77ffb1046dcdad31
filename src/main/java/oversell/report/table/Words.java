package oversell.report.table;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words and numbers that look the same in every locale. */
public final class Words {
  private Words() {}

  /** {@link String#format} with the same digits and decimal points in every locale. */
  @SuppressWarnings(
      "AnnotateFormatMethod") // The annotation is in a library that nothing else needs.
  public static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  /** A decimal number with a point. */
  public static String decimal(double number, int decimals) {
    return text("%." + decimals + "f", number);
  }

  /** A number and a noun, in the plural unless it is 1. */
  public static String counted(long number, String noun) {
    return text("%d %s%s", number, noun, number == 1 ? "" : "s");
  }

  /** The same for a number that may be large, with commas between thousands. */
  public static String many(BigInteger number, String noun) {
    return text("%,d %s%s", number, noun, number.equals(BigInteger.ONE) ? "" : "s");
  }

  /** The same for a number that may be large, with commas between thousands. */
  public static String many(long number, String noun) {
    return many(BigInteger.valueOf(number), noun);
  }

  /**
   * What tells the rows of a table apart: the variant, and what else varies.
   *
   * @param without columns that the label leaves out
   */
  public static String label(Table table, int row, String... without) {
    return table.varied().stream()
        .filter(name -> !List.of(without).contains(name))
        .map(name -> ", " + described(name, table.text(row, name)))
        .collect(Collectors.joining("", table.text(row, "variant"), ""));
  }

  /** A value of a column that varies, in words. */
  public static String described(String column, String value) {
    return switch (column) {
      case "jdk" -> "JDK " + value;
      case "granularity" -> "at " + value;
      case "strategy" -> value;
      case "reduction" -> value.equals("none") ? "without reduction" : value;
      case "threads" -> value + " threads";
      case "fault" -> value.equals("none") ? "no fault" : value;
      case "articles" -> counted(Long.parseLong(value), "article");
      case "buyers" -> counted(Long.parseLong(value), "buyer");
      case "stock" -> "stock " + value;
      case "hold_ms" -> "hold " + value + " ms";
      default -> column + " " + value;
    };
  }
}
