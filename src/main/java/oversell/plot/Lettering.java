package oversell.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words and numbers as a plot prints them, and the width that they need. */
public final class Lettering {
  /** The size of all letters but those of a title, in pixels. */
  static final double SIZE = 12;

  private static final double MILLION = 1e6;
  private static final double BILLION = 1e9;
  private static final double TINY = 1e-5;
  private static final int EXACT = 9;
  private static final int ROUNDED = 3;
  private static final String NARROW = "fijlrtI.,:;'|!()[]/- ";
  private static final String WIDE = "mwMW@%";

  private Lettering() {}

  /**
   * @throws IllegalArgumentException if a text is blank
   */
  static void requireText(String what, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " must not be blank");
    }
  }

  static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** A number in full, such as 10,000 or 0.5 or 2.5M, to nine digits. */
  static String exact(double number) {
    return text(number, EXACT);
  }

  /** A number to three digits, or to the last before the point if there are more. */
  static String rounded(double number) {
    double size = Math.abs(number);
    int whole =
        size < 1 || size >= MILLION
            ? 0
            : BigDecimal.valueOf(size).setScale(0, RoundingMode.DOWN).precision();
    return text(number, Math.max(ROUNDED, whole));
  }

  private static String text(double number, int digits) {
    BigDecimal value = BigDecimal.valueOf(number).round(new MathContext(digits));
    double size = Math.abs(value.doubleValue());
    if (size >= BILLION * 1000 || (size > 0 && size < TINY)) {
      return format("0.########E0").format(value);
    }
    if (size >= BILLION) {
      return format("0.########").format(value.movePointLeft(9)) + "G";
    }
    if (size >= MILLION) {
      return format("0.########").format(value.movePointLeft(6)) + "M";
    }
    return format("#,##0.##############").format(value);
  }

  private static DecimalFormat format(String pattern) {
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
    symbols.setMinusSign('−');
    return new DecimalFormat(pattern, symbols);
  }

  /**
   * The most pixels that a text takes at {@link #SIZE} in any common sans serif font. It is an
   * estimate on the safe side: the fonts of the reader's system are not known here.
   */
  public static double width(String text) {
    return text.codePoints().mapToDouble(Lettering::width).sum() * SIZE;
  }

  private static double width(int letter) {
    if (letter >= 0x1100) {
      return 1.05;
    }
    if (WIDE.indexOf(letter) >= 0) {
      return 0.98;
    }
    if (NARROW.indexOf(letter) >= 0) {
      return 0.41;
    }
    return Character.isUpperCase(letter) ? 0.76 : 0.64;
  }

  /** A text cut to a width, with an ellipsis if it is longer. */
  public static String fitting(String text, double width) {
    if (width(text) <= width) {
      return text;
    }
    int[] letters = text.codePoints().toArray();
    int kept = letters.length;
    while (kept > 0 && width(new String(letters, 0, kept) + "…") > width) {
      kept--;
    }
    return new String(letters, 0, kept).strip() + "…";
  }

  /** A text in lines of a width at most, broken between words; a longer word is cut short. */
  public static List<String> lines(String text, double width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.strip().split("\\s+", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (width(longer) > width && !line.isEmpty()) {
        lines.add(fitting(line, width));
        longer = word;
      }
      line = longer;
    }
    lines.add(fitting(line, width));
    return lines;
  }
}
