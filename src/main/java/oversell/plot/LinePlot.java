package oversell.plot;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Lines over a common axis, each named where it ends, with the intervals of their points.
 *
 * @param title what it shows, printed above it; best as a sentence
 * @param description the same in more words, for screen readers
 * @param x what the values were measured at
 * @param y what was measured; if linear, from zero
 * @param series one line or more
 */
public record LinePlot(String title, String description, Axis x, Axis y, List<Series> series) {
  private static final double HEIGHT = 380;
  private static final double TOP = 30;
  private static final double BELOW = 48;
  private static final double INSET = 16; // Room for marks and labels at both ends.

  /**
   * A plot of lines.
   *
   * @throws IllegalArgumentException if a text is blank, there is no line, a value has no place on
   *     its axis, or y is spaced by nines
   */
  public LinePlot {
    Lettering.requireText("the title of a plot", title);
    Lettering.requireText("the description of a plot", description);
    y.requireMeasure();
    series = List.copyOf(series);
    if (series.isEmpty()) {
      throw new IllegalArgumentException(title + ": a plot needs a line or more");
    }
    for (Series line : series) {
      for (Point point : line.points()) {
        x.requirePlaceFor(point.x());
        y.requirePlaceFor(point.low());
      }
    }
  }

  /** The plot as SVG: 820 pixels wide, as high as it needs, with a transparent background. */
  public String svg() {
    double bottom = TOP + Math.max(HEIGHT, series.size() * Legend.LINE);
    Ruler up =
        Ruler.rounded(
                y, points().flatMapToDouble(p -> DoubleStream.of(p.low(), p.high())).toArray())
            .between(bottom, TOP);
    double left = up.labelWidth() + 10;
    double right = Svg.WIDTH - Legend.width(series);
    Ruler across =
        Ruler.exact(x, points().mapToDouble(Point::x).toArray())
            .between(left + INSET, right - INSET);

    Svg svg = new Svg(title, description, bottom + BELOW);
    svg.text("axis-label", 0, 14, y.label());
    up.drawUpwards(svg, left, right);
    across.drawBelow(svg, left, right, bottom);
    series.forEach(line -> draw(svg, line, across, up));
    legend(across, up).draw(svg, right - INSET + 4, TOP, bottom);
    return svg.end();
  }

  private Stream<Point> points() {
    return series.stream().flatMap(line -> line.points().stream());
  }

  private static void draw(Svg svg, Series line, Ruler across, Ruler up) {
    LineStyle style = line.style();
    svg.open(style.cssClass());
    // One path for a series and not one for a point keeps a plot of hundreds of points at a few
    // kilobytes.
    svg.path(
        "line " + style.dash().cssClass(),
        "M" + data(line, point -> Svg.at(across.at(point.x()), up.at(point.y())), " "));
    if (line.points().stream().anyMatch(Point::hasInterval)) {
      svg.path("whisker", data(line, point -> whisker(point, across, up), ""));
    }
    svg.path(
        "mark", data(line, point -> style.mark().at(across.at(point.x()), up.at(point.y())), ""));
    svg.close();
  }

  private static String whisker(Point point, Ruler across, Ruler up) {
    return point.hasInterval()
        ? "M"
            + Svg.at(across.at(point.x()), up.at(point.low()))
            + "V"
            + Svg.number(up.at(point.high()))
        : "";
  }

  private static String data(Series line, Function<Point, String> part, String separator) {
    return line.points().stream().map(part).collect(Collectors.joining(separator));
  }

  private Legend legend(Ruler across, Ruler up) {
    return new Legend(
        series.stream()
            .map(
                line ->
                    new Legend.Entry(
                        line,
                        up.at(line.last().y()),
                        across.at(line.last().x()) > across.end() - 1))
            .toList());
  }
}
