package oversell.plot;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * An axis in pixels: where its values lie, and which of them are marked.
 *
 * @param axis its label and scale
 * @param from the position of its scale where it begins
 * @param to the position where it ends, another one
 * @param start where it begins in pixels
 * @param end where it ends in pixels
 * @param ticks the values that are marked, in their order
 */
record Ruler(Axis axis, double from, double to, double start, double end, List<Double> ticks) {
  private static final int MOST_VALUES = 8;
  private static final double BEYOND = 0.6; // From the last percentile to 100, in nines.
  private static final double GAP = 8; // Between two labels side by side, in pixels.

  /** An axis from the smallest value to the largest one, marked at each value if they are few. */
  static Ruler exact(Axis axis, double... values) {
    double[] distinct = DoubleStream.of(values).sorted().distinct().toArray();
    Scale scale = axis.scale();
    DoubleSummaryStatistics finite =
        DoubleStream.of(distinct).map(scale::position).filter(Double::isFinite).summaryStatistics();
    double from = finite.getCount() == 0 ? 0 : finite.getMin();
    double last = finite.getCount() == 0 ? 0 : finite.getMax();
    double to = finite.getCount() < distinct.length ? last + BEYOND : last;
    List<Double> ticks =
        distinct.length <= MOST_VALUES
            ? DoubleStream.of(distinct).boxed().toList()
            : scale.ticks(distinct[0], distinct[distinct.length - 1]).stream()
                // Between the last percentile and 100 there is no scale.
                .filter(
                    tick -> scale.position(tick) <= last || Double.isInfinite(scale.position(tick)))
                .toList();
    return from < to ? of(axis, from, to, ticks) : of(axis, from - 1, to + 1, ticks);
  }

  /** An axis between two round values that has room for all values, marked at round values. */
  static Ruler rounded(Axis axis, double... values) {
    Scale scale = axis.scale();
    List<Double> ends =
        scale.rounded(
            DoubleStream.of(values).min().orElseThrow(),
            DoubleStream.of(values).max().orElseThrow());
    return of(
        axis,
        scale.position(ends.getFirst()),
        scale.position(ends.getLast()),
        scale.ticks(ends.getFirst(), ends.getLast()));
  }

  private static Ruler of(Axis axis, double from, double to, List<Double> ticks) {
    return new Ruler(axis, from, to, 0, 1, ticks);
  }

  /** The same axis between two pixels; it goes upwards if the first is the greater one. */
  Ruler between(double newStart, double newEnd) {
    return new Ruler(axis, from, to, newStart, newEnd, ticks);
  }

  /** Where a value lies, in pixels. */
  double at(double value) {
    double position = Math.min(axis.scale().position(value), to);
    return start + (position - from) / (to - from) * (end - start);
  }

  String label(double tick) {
    return Lettering.exact(tick) + (axis.scale() == Scale.NINES ? " %" : "");
  }

  /** The width of its widest label, in pixels. */
  double labelWidth() {
    return ticks.stream().mapToDouble(tick -> Lettering.width(label(tick))).max().orElse(0);
  }

  /** Draws a line across the drawing at each tick, and the label to the left of it. */
  void drawUpwards(Svg svg, double left, double right) {
    for (double tick : ticks) {
      double y = at(tick);
      svg.path("grid", "M" + Svg.at(left, y) + "H" + Svg.number(right));
      svg.text("quiet end", left - 8, y + 4, label(tick));
    }
  }

  /**
   * Draws the axis from left to right, its ticks, the labels that have room beside the one before,
   * and the axis label below them.
   */
  void drawBelow(Svg svg, double left, double right, double y) {
    svg.path("axis", "M" + Svg.at(left, y) + "H" + Svg.number(right));
    double free = Double.NEGATIVE_INFINITY;
    for (double tick : ticks) {
      double half = Lettering.width(label(tick)) / 2;
      svg.path("axis", "M" + Svg.at(at(tick), y) + "v5");
      if (at(tick) - half >= free) {
        svg.text("quiet middle", at(tick), y + 19, label(tick));
        free = at(tick) + half + GAP;
      }
    }
    svg.text("middle", (left + right) / 2, y + 40, axis.label());
  }
}
