package oversell.explorer.picture;

import java.util.List;
import java.util.stream.IntStream;
import oversell.plot.Lettering;
import oversell.plot.Svg;

/**
 * Draws the first two watched values beside the steps: both as figures where they change, and the
 * first, if it is a number, also as a level.
 *
 * @param layout where to draw
 */
record Gauge(TimelineLayout layout) {
  private static final double WIDTH = 58;
  private static final double LEFT = Svg.WIDTH - 118;
  private static final double FIRST = Svg.WIDTH - 34;
  private static final double SECOND = Svg.WIDTH - 4;
  private static final double ROOM = 40;

  void draw(Svg svg) {
    List<String> names = layout.watched();
    if (names.isEmpty()) {
      return;
    }
    for (int i = 0; i < Math.min(2, names.size()); i++) {
      svg.text("end quiet", x(i), TimelineLayout.TOP - 14, Lettering.fitting(names.get(i), ROOM));
    }
    if (isLevel()) {
      drawLevel(svg);
      svg.path("axis", "M" + Svg.at(at(0), TimelineLayout.TOP) + "V" + Svg.number(layout.bottom()));
    }
    for (int i = layout.first(); i < layout.end(); i++) {
      drawFigures(svg, i);
    }
  }

  private double x(int number) {
    return number == 0 && layout.watched().size() > 1 ? FIRST : SECOND;
  }

  private String value(int step, int number) {
    return layout.step(step).watched().getOrDefault(layout.watched().get(number), "");
  }

  /** Whether the first value is a whole number wherever it is known. */
  private boolean isLevel() {
    return IntStream.range(layout.first(), layout.end())
        .mapToObj(step -> value(step, 0))
        .allMatch(value -> value.matches("-?\\d{0,17}"));
  }

  private void drawLevel(Svg svg) {
    double y = TimelineLayout.TOP;
    long level = before(layout.first());
    StringBuilder edge = new StringBuilder("M" + Svg.at(at(level), y));
    for (int i = layout.first(); i <= layout.end(); i++) {
      boolean ends = i == layout.end();
      long next = ends ? level : after(i, level);
      if (next == level && !ends) {
        continue;
      }
      double to = ends ? layout.bottom() : layout.y(i);
      String box = "M" + Svg.at(at(0), y) + "H" + Svg.number(at(level)) + "V" + Svg.number(to);
      svg.path(level < 0 ? "below" : "level", box + "H" + Svg.number(at(0)) + "z");
      edge.append("V").append(Svg.number(to)).append("H").append(Svg.number(at(next)));
      level = next;
      y = to;
    }
    svg.path("edge", edge.toString());
  }

  private void drawFigures(Svg svg, int step) {
    int shown = Math.min(2, layout.watched().size());
    boolean isBroken = step == layout.story().brokenAt();
    boolean differs = IntStream.range(0, shown).anyMatch(i -> step == 0 || changes(step, i));
    if (isBroken || step == layout.first() || differs) {
      for (int i = 0; i < shown; i++) {
        String value = value(step, i);
        String text = value.isEmpty() ? "?" : value.replace('-', '−');
        svg.text(
            isBroken ? "end alarm" : "end",
            x(i),
            layout.y(step) + 4,
            Lettering.fitting(text, ROOM));
      }
    }
  }

  /** Whether a value that is known differs from the one before the step. */
  private boolean changes(int step, int number) {
    String value = value(step, number);
    return !value.isEmpty() && !value.equals(value(step - 1, number));
  }

  private long before(int step) {
    // The value at the start is not known: the one after the first step takes its place.
    long level = after(0, 0);
    for (int i = 0; i < step; i++) {
      level = after(i, level);
    }
    return level;
  }

  /** The first value after a step; where it is not known, the one before the step. */
  private long after(int step, long before) {
    String value = value(step, 0);
    return value.isEmpty() ? before : Long.parseLong(value);
  }

  private double at(long units) {
    long low = 0;
    long high = Math.max(1, before(layout.first()));
    for (int i = layout.first(); i < layout.end(); i++) {
      low = Math.min(low, after(i, 0));
      high = Math.max(high, after(i, 0));
    }
    return LEFT + WIDTH * (units - low) / (high - low);
  }
}
