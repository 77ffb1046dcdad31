package oversell.plot;

/**
 * A value measured at another value, and the interval in which it may lie.
 *
 * @param x what it was measured at
 * @param y the value
 * @param low where its interval begins; the value itself if there is none
 * @param high where its interval ends; the value itself if there is none
 */
public record Point(double x, double y, double low, double high) {
  private static final double LARGEST = 1e15;

  /**
   * A point with its interval.
   *
   * @throws IllegalArgumentException if a plot cannot show one of the numbers, or the value is
   *     outside its interval
   */
  public Point {
    requireNumber(x);
    requireInterval(low, y, high);
  }

  /** A point without an interval. */
  public static Point of(double x, double y) {
    return new Point(x, y, y, y);
  }

  public boolean hasInterval() {
    return low < high;
  }

  static void requireInterval(double low, double value, double high) {
    requireNumber(low);
    requireNumber(value);
    requireNumber(high);
    if (low > value || value > high) {
      throw new IllegalArgumentException(
          "expected low <= value <= high, found " + low + ", " + value + ", " + high);
    }
  }

  /**
   * Rejects numbers with more than fifteen digits before or after the point, where ticks would fall
   * on the same double.
   */
  static void requireNumber(double number) {
    double size = Math.abs(number);
    if (!(size <= LARGEST) || (size > 0 && size < 1 / LARGEST)) {
      throw new IllegalArgumentException(
          "expected zero, or a number from 1e-15 to 1e15 in size, found " + number);
    }
  }
}
