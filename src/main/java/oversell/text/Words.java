package oversell.text;

import java.math.BigInteger;
import java.util.Locale;

/** Words and numbers that look the same in every locale. */
public final class Words {
  private Words() {}

  /** {@link String#format} with digits and points that every reader knows, whatever the locale. */
  @SuppressWarnings(
      "AnnotateFormatMethod") // Its annotation is in a library that nothing else needs.
  public static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  /** A decimal number with a point. */
  public static String decimal(double number, int decimals) {
    return text("%." + decimals + "f", number);
  }

  /** A number and what there are so many of. */
  public static String counted(long number, String noun) {
    return text("%d %s%s", number, noun, number == 1 ? "" : "s");
  }

  /** The same of a number that may be large, thousands apart. */
  public static String many(BigInteger number, String noun) {
    return text("%,d %s%s", number, noun, number.equals(BigInteger.ONE) ? "" : "s");
  }

  /** The same of a number that may be large, thousands apart. */
  public static String many(long number, String noun) {
    return many(BigInteger.valueOf(number), noun);
  }
}
