package oversell.plot;

import java.util.Comparator;
import java.util.List;

/**
 * A line: its name, its points and its style.
 *
 * @param name what its label says
 * @param points one or more, kept in the order of x
 * @param style what distinguishes it from other lines
 */
public record Series(String name, List<Point> points, LineStyle style) {
  /**
   * A line through points in any order.
   *
   * @throws IllegalArgumentException if the name is blank or there is no point
   */
  public Series {
    Lettering.requireText("the name of a series", name);
    if (points.isEmpty()) {
      throw new IllegalArgumentException(name + ": a series needs a point or more");
    }
    points = points.stream().sorted(Comparator.comparingDouble(Point::x)).toList();
  }

  Point last() {
    return points.getLast();
  }
}
