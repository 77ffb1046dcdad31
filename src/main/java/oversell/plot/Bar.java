package oversell.plot;

import java.util.OptionalDouble;

/**
 * A value with a name, the interval in which it may lie, and a reference value.
 *
 * @param label what stands at its left
 * @param value how long the bar is
 * @param low where its interval begins; the value itself if there is none
 * @param high where its interval ends; the value itself if there is none
 * @param reference a value of the same unit, marked by a tick
 * @param colour an index into the palette, see {@link LineStyle}; bars of one colour in a row are a
 *     group
 */
public record Bar(
    String label, double value, double low, double high, OptionalDouble reference, int colour) {
  /**
   * A bar with its interval.
   *
   * @throws IllegalArgumentException if the label is blank, a plot cannot show one of the numbers,
   *     the value is outside its interval, or there is no such colour
   */
  public Bar {
    Lettering.requireText("the label of a bar", label);
    Point.requireInterval(low, value, high);
    reference.ifPresent(Point::requireNumber);
    LineStyle.requireColour(colour);
  }

  /** A bar without an interval and without a reference value. */
  public static Bar of(String label, double value, int colour) {
    return new Bar(label, value, value, value, OptionalDouble.empty(), colour);
  }

  boolean hasInterval() {
    return low < high;
  }
}
