package oversell.explorer.picture;

import oversell.plot.Lettering;
import oversell.plot.LineStyle;
import oversell.plot.Svg;

/**
 * The shapes of a timeline, and the key below it. The colours are those of {@link LineStyle}: blue
 * for a thread that runs, vermilion for what is broken, green for the level; each has a shape of
 * its own, too.
 */
final class TimelineKey {
  static final String STYLE =
      """
      .plot .strong { font-weight: 600 }
      .plot .alarm { font-weight: 700; fill: #a84300 }
      .plot .said { paint-order: stroke; stroke: #ffffff; stroke-opacity: .85; stroke-width: 3; stroke-linejoin: round }
      .plot .run { stroke: #0072b2; stroke-opacity: .26; stroke-width: 11; stroke-linecap: round }
      .plot .stopped { stroke: #0072b2; stroke-width: 1.5; stroke-dasharray: 1.5 3.5 }
      .plot .waits { stroke: #57606a; fill: #8c959f; fill-opacity: .16 }
      .plot .hatch { stroke: #57606a; stroke-opacity: .7 }
      .plot .hop { stroke: #57606a; stroke-width: 1.25 }
      .plot .tip { fill: #57606a }
      .plot .read { fill: #ffffff; stroke: #0072b2; stroke-width: 2 }
      .plot .write { fill: #0072b2 }
      .plot .other { fill: #0072b2; fill-opacity: .75 }
      .plot .level { fill: #00875f; fill-opacity: .2 }
      .plot .below { fill: #d55e00; fill-opacity: .35 }
      .plot .edge { stroke: #00875f; stroke-width: 2 }
      .plot .band { fill: #d55e00; fill-opacity: .13 }
      .plot .cross { stroke: #d55e00; stroke-width: 3.5; stroke-linecap: round }
      """;

  static final String DARK_STYLE =
      """
      .plot .alarm { fill: #ff9a5c }
      .plot .said { stroke: #0d1117 }
      .plot .run, .plot .stopped { stroke: #4a9be8 }
      .plot .run { stroke-opacity: .34 }
      .plot .waits, .plot .hatch, .plot .hop { stroke: #9da7b3 }
      .plot .tip { fill: #9da7b3 }
      .plot .read { fill: #0d1117; stroke: #4a9be8 }
      .plot .write, .plot .other { fill: #4a9be8 }
      .plot .level { fill: #1fc194 }
      .plot .edge { stroke: #1fc194 }
      .plot .below, .plot .band { fill: #ff7f33 }
      .plot .band { fill-opacity: .17 }
      .plot .cross { stroke: #ff7f33 }
      """;

  private static final double HATCH = 6;
  private static final double HALF = 4.5;
  private static final double SAMPLE = 22;

  private TimelineKey() {}

  /** Draws the line that explains the shapes. */
  static void draw(Svg svg, double y, boolean anyWaits) {
    double x = 8;
    svg.path("run", upright(x, y - 4, y + 4));
    x = word(svg, x, y, "runs");
    svg.path("run", upright(x, y - 4, y + 4));
    svg.path("read", LineStyle.Mark.CIRCLE.at(x, y));
    x = word(svg, x, y, "reads");
    svg.path("run", upright(x, y - 4, y + 4));
    svg.path("write", LineStyle.Mark.SQUARE.at(x, y));
    x = word(svg, x, y, "writes");
    svg.path("run", upright(x, y - 4, y + 4));
    dot(svg, x, y);
    x = word(svg, x, y, "does something else");
    svg.path("stopped", upright(x, y - 9, y + 9));
    x = word(svg, x, y, "is stopped");
    if (anyWaits) {
      waits(svg, x, y - 8, y + 8);
      x = word(svg, x, y, "has to wait");
    }
    svg.path("hop", "M" + Svg.at(x - 8, y) + "h10");
    svg.path("tip", "M" + Svg.at(x + 2, y - 4) + "v8l6,-4z");
    x = word(svg, x + 6, y, "switch");
    cross(svg, x, y);
    word(svg, x, y, "here it breaks");
  }

  private static double word(Svg svg, double x, double y, String word) {
    svg.text("quiet", x + 12, y + 4, word);
    return x + 12 + Lettering.width(word) * 0.9 + SAMPLE;
  }

  /** A box that is hatched, around a line from top to bottom. */
  static void waits(Svg svg, double x, double top, double bottom) {
    svg.path(
        "waits",
        "M"
            + Svg.at(x - HALF, top)
            + "h"
            + Svg.number(2 * HALF)
            + "V"
            + Svg.number(bottom)
            + "h"
            + Svg.number(-2 * HALF)
            + "z");
    StringBuilder lines = new StringBuilder();
    for (double y = top + HATCH; y + 2 * HALF < bottom + HATCH; y += HATCH) {
      double end = Math.max(top, y - 2 * HALF);
      double begin = Math.min(bottom, y);
      lines
          .append("M")
          .append(Svg.at(x - HALF + (y - begin), begin))
          .append("L")
          .append(Svg.at(x - HALF + (y - end), end));
    }
    svg.path("hatch", lines.toString());
  }

  static void dot(Svg svg, double x, double y) {
    svg.path("other", "M" + Svg.at(x - 2, y) + "a2,2 0 1,0 4,0a2,2 0 1,0 -4,0z");
  }

  static void cross(Svg svg, double x, double y) {
    svg.path("cross", "M" + Svg.at(x - 6, y - 6) + "l12,12m0,-12l-12,12");
  }

  static String upright(double x, double top, double bottom) {
    return "M" + Svg.at(x, top) + "V" + Svg.number(bottom);
  }
}
