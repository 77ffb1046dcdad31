package oversell.text;

import java.math.BigInteger;
import java.util.Locale;

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
}
