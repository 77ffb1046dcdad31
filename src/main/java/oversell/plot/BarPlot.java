package oversell.plot;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Horizontal bars, each with its name, its value as a number, its interval, and a tick at its
 * reference value.
 *
 * <p>On a logarithmic axis, which has no zero for a bar to begin at, each value is a dot.
 *
 * @param title what it shows, printed above it; best as a sentence
 * @param description the same in more words, for screen readers
 * @param value what was measured
 * @param reference a word or two for the reference values, such as {@code due}; empty if there are
 *     none
 * @param bars one bar or more, drawn in this order, with a space where the colour changes
 */
public record BarPlot(
    String title, String description, Axis value, String reference, List<Bar> bars) {
  private static final double TOP = 6;
  private static final double ROW = 24;
  private static final double THICK = 14;
  private static final double BETWEEN_GROUPS = 10;
  private static final double BELOW = 48;
  private static final double WIDEST_LABEL = 300;

  /**
   * A plot of bars.
   *
   * @throws IllegalArgumentException if a text is blank, there is no bar, a value has no place on
   *     the axis, the scale is by nines, or there is no word for the reference values
   */
  public BarPlot {
    Lettering.requireText("the title of a plot", title);
    Lettering.requireText("the description of a plot", description);
    value.requireMeasure();
    bars = List.copyOf(bars);
    if (bars.isEmpty()) {
      throw new IllegalArgumentException(title + ": a plot needs a bar or more");
    }
    for (Bar bar : bars) {
      value.requirePlaceFor(bar.low());
      if (bar.reference().isPresent()) {
        value.requirePlaceFor(bar.reference().getAsDouble());
        Lettering.requireText("what a bar is held against", reference);
      }
    }
  }

  /** The plot as SVG: 820 pixels wide, as high as it needs, with a transparent background. */
  public String svg() {
    double widest = bars.stream().mapToDouble(bar -> Lettering.width(bar.label())).max().orElse(0);
    double left = Math.min(widest, WIDEST_LABEL) + 10;
    double figures =
        bars.stream()
            .mapToDouble(bar -> Lettering.width(Lettering.rounded(bar.value()) + beside(bar)))
            .max()
            .orElse(0);
    Ruler across = Ruler.rounded(value, values()).between(left, Svg.WIDTH - figures - 14);
    double bottom =
        TOP
            + bars.size() * ROW
            + IntStream.range(1, bars.size()).filter(this::beginsGroup).count() * BETWEEN_GROUPS;

    Svg svg = new Svg(title, description, bottom + BELOW);
    // No grid: every value stands beside its bar, and lines would cross these numbers.
    double y = TOP + ROW / 2;
    for (int i = 0; i < bars.size(); i++) {
      y += beginsGroup(i) ? BETWEEN_GROUPS : 0;
      draw(svg, bars.get(i), across, y);
      y += ROW;
    }
    across.drawBelow(svg, across.start(), across.end(), bottom);
    return svg.end();
  }

  private double[] values() {
    return bars.stream()
        .flatMapToDouble(
            bar ->
                DoubleStream.concat(
                    DoubleStream.of(bar.low(), bar.high()), bar.reference().stream()))
        .toArray();
  }

  private boolean beginsGroup(int index) {
    return index > 0 && bars.get(index).colour() != bars.get(index - 1).colour();
  }

  private void draw(Svg svg, Bar bar, Ruler across, double y) {
    svg.text("end", across.start() - 8, y + 4, Lettering.fitting(bar.label(), WIDEST_LABEL));
    svg.open(LineStyle.cssClass(bar.colour()));
    svg.path(value.scale() == Scale.LOGARITHMIC ? "mark" : "mark bar", shape(bar, across, y));
    svg.close();
    double high = across.at(bar.high());
    if (bar.hasInterval()) {
      double low = across.at(bar.low());
      svg.path(
          "over",
          upright(low, y, 4) + upright(high, y, 4) + "M" + Svg.at(low, y) + "H" + Svg.number(high));
    }
    double free = Math.max(high, origin(across));
    if (bar.reference().isPresent()) {
      double mark = across.at(bar.reference().getAsDouble());
      svg.path("reference", upright(mark, y, ROW / 2 - 2));
      free = Math.max(free, mark);
    }
    svg.text("figure", free + 7, y + 4, Lettering.rounded(bar.value()), beside(bar));
  }

  private String shape(Bar bar, Ruler ruler, double y) {
    double end = ruler.at(bar.value());
    if (value.scale() == Scale.LOGARITHMIC) {
      return LineStyle.Mark.CIRCLE.at(end, y);
    }
    String across = "H" + Svg.number(end) + "v" + Svg.number(THICK);
    return "M"
        + Svg.at(origin(ruler), y - THICK / 2)
        + across
        + "H"
        + Svg.number(origin(ruler))
        + "z";
  }

  /** Where bars begin, in pixels. */
  private double origin(Ruler across) {
    return value.scale() == Scale.LOGARITHMIC ? across.start() : across.at(0);
  }

  private static String upright(double x, double y, double half) {
    return "M" + Svg.at(x, y - half) + "v" + Svg.number(2 * half);
  }

  private String beside(Bar bar) {
    return bar.reference().isPresent()
        ? reference + " " + Lettering.rounded(bar.reference().getAsDouble())
        : "";
  }
}
