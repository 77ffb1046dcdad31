package oversell.plot;

/**
 * The label of an axis and how its values are spaced.
 *
 * @param label what is measured, and its unit, such as {@code wall time (ms)}
 * @param scale how values are spaced
 */
public record Axis(String label, Scale scale) {
  /**
   * An axis with a label.
   *
   * @throws IllegalArgumentException if the label is blank
   */
  public Axis {
    Lettering.requireText("the label of an axis", label);
  }

  /**
   * @throws IllegalArgumentException if a value has no place on this axis
   */
  void requirePlaceFor(double value) {
    if (!scale.admits(value)) {
      throw new IllegalArgumentException(
          "%s: %s has no place on a %s axis"
              .formatted(label, Double.toString(value), Lettering.lowerCase(scale.name())));
    }
  }

  /**
   * @throws IllegalArgumentException if the scale is by nines, which is for percentiles only
   */
  void requireMeasure() {
    if (scale == Scale.NINES) {
      throw new IllegalArgumentException(
          label + ": nines are a scale of percentiles, found values");
    }
  }
}
