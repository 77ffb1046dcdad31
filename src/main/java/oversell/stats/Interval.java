package oversell.stats;

/**
 * A closed range of numbers, both ends of it included, in the unit of what it is a range of.
 *
 * @param low the lower end, finite
 * @param high the upper end, finite, not below the lower one
 */
public record Interval(double low, double high) {
  /**
   * Checks the ends.
   *
   * @throws IllegalArgumentException if one is not finite or the lower one is above the upper one
   */
  public Interval {
    if (!Double.isFinite(low) || !Double.isFinite(high) || low > high) {
      throw new IllegalArgumentException(
          "expected two finite ends, the lower one first: " + low + ", " + high);
    }
  }

  /** Whether the value is inside or on an end. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** Whether some value is in both; one that they only touch in is enough. */
  public boolean overlaps(Interval other) {
    return low <= other.high && other.low <= high;
  }
}
