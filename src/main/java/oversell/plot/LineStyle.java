package oversell.plot;

import java.util.List;

/**
 * What distinguishes a line from others: its colour, and for readers who cannot see colours its
 * marks and dashes.
 *
 * @param colour an index into a palette that colour-blind readers can tell apart, from 0 to {@value
 *     #COLOURS} - 1
 * @param mark what its points are marked with
 * @param dash how it is broken
 */
public record LineStyle(int colour, Mark mark, Dash dash) {
  /** How many colours there are. */
  public static final int COLOURS = 8;

  /**
   * The colours on a light page, after Okabe and Ito, "Color Universal Design": those too pale for
   * thin lines on white are darker, and their yellow is an olive.
   */
  static final List<String> LIGHT =
      List.of(
          "#0072b2", "#d55e00", "#00875f", "#b5588c", "#b87a00", "#2b8cc9", "#24292f", "#7a6a00");

  /** The same on a dark page, and lighter. */
  static final List<String> DARK =
      List.of(
          "#4a9be8", "#ff7f33", "#1fc194", "#e39bc5", "#e69f00", "#a5dafa", "#e6edf3", "#f0e442");

  /**
   * A style.
   *
   * @throws IllegalArgumentException if there is no such colour
   */
  public LineStyle {
    requireColour(colour);
  }

  /**
   * The style of one line of many. The first 8 differ in colour, the first 16 in mark or dash, the
   * first 32 in something; then they begin again.
   *
   * @throws IllegalArgumentException if the index is negative
   */
  public static LineStyle of(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("index must not be negative: " + index);
    }
    Mark[] marks = Mark.values();
    Dash[] dashes = Dash.values();
    int patterns = marks.length * dashes.length;
    // The second sixteen repeat the marks and dashes of the first with the other half of the
    // colours.
    return new LineStyle(
        (index + index / patterns * (COLOURS / 2)) % COLOURS,
        marks[index % marks.length],
        dashes[index / marks.length % dashes.length]);
  }

  static void requireColour(int colour) {
    if (colour < 0 || colour >= COLOURS) {
      throw new IllegalArgumentException(
          "colour: found " + colour + ", expected 0 to " + (COLOURS - 1));
    }
  }

  /** The shape of a point, all of about the same weight. */
  public enum Mark {
    /** A filled circle. */
    CIRCLE("m-3.2,0a3.2,3.2 0 1,0 6.4,0a3.2,3.2 0 1,0 -6.4,0z"),
    /** A filled square. */
    SQUARE("m-3,-3h6v6h-6z"),
    /** A filled triangle that stands on its side. */
    TRIANGLE("m0,-4.2l4.2,7.2h-8.4z"),
    /** A filled square that stands on its corner. */
    DIAMOND("m0,-4.4l4.4,4.4l-4.4,4.4l-4.4,-4.4z");

    private final String outline;

    Mark(String outline) {
      this.outline = outline;
    }

    /** The mark around a point, as path data. */
    public String at(double x, double y) {
      return "M" + Svg.at(x, y) + outline;
    }
  }

  /** How a line is broken; the stylesheet has the lengths in pixels. */
  public enum Dash {
    /** Not at all. */
    SOLID,
    /** Long dashes. */
    LONG,
    /** Short dashes. */
    SHORT,
    /** Dots. */
    DOTTED;

    String cssClass() {
      return Lettering.lowerCase(name());
    }
  }

  /** The rules of a stylesheet for some colours, in the order of their indices. */
  static String style(List<String> colours) {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < colours.size(); i++) {
      rules.append(
          ".plot .%1$s path { stroke: %2$s } .plot .%1$s .mark { fill: %2$s }\n"
              .formatted(cssClass(i), colours.get(i)));
    }
    return rules.toString();
  }

  String cssClass() {
    return cssClass(colour);
  }

  static String cssClass(int colour) {
    return "colour" + colour;
  }
}
