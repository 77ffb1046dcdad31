package oversell.explorer.picture;

import oversell.plot.Svg;

/**
 * The stock and what was sold, beside the steps: a level that goes up and down, and figures where
 * they change.
 *
 * @param ground where
 */
record Gauge(Ground ground) {
  private static final double WIDTH = 58;
  private static final double LEFT = Svg.WIDTH - 118;
  private static final double STOCK = Svg.WIDTH - 34;
  private static final double SOLD = Svg.WIDTH - 4;

  void draw(Svg svg) {
    svg.text("end quiet", STOCK, Ground.TOP - 14, "stock");
    svg.text("end quiet", SOLD, Ground.TOP - 14, "sold");
    drawLevel(svg);
    svg.path("axis", "M" + Svg.at(at(0), Ground.TOP) + "V" + Svg.number(ground.bottom()));
    for (int i = ground.first(); i < ground.end(); i++) {
      drawFigures(svg, i);
    }
  }

  private void drawLevel(Svg svg) {
    double y = Ground.TOP;
    long level = before(ground.first());
    StringBuilder edge = new StringBuilder("M" + Svg.at(at(level), y));
    for (int i = ground.first(); i <= ground.end(); i++) {
      boolean ends = i == ground.end();
      long next = ends ? level : after(i, level);
      if (next == level && !ends) {
        continue;
      }
      double to = ends ? ground.bottom() : ground.y(i);
      String box = "M" + Svg.at(at(0), y) + "H" + Svg.number(at(level)) + "V" + Svg.number(to);
      svg.path(level < 0 ? "below" : "level", box + "H" + Svg.number(at(0)) + "z");
      edge.append("V").append(Svg.number(to)).append("H").append(Svg.number(at(next)));
      level = next;
      y = to;
    }
    svg.path("edge", edge.toString());
  }

  private void drawFigures(Svg svg, int step) {
    long stock = before(step);
    long sold = step == 0 ? 0 : ground.step(step - 1).sold();
    long soldNow = ground.step(step).sold();
    long stockNow = after(step, stock);
    boolean broken = step == ground.words().told().brokenAt();
    if (broken || step == ground.first() || stock != stockNow || sold != soldNow) {
      String classes = broken ? "end alarm" : "end";
      String shown = ground.step(step).stock();
      double y = ground.y(step) + 4;
      svg.text(classes, STOCK, y, shown.isEmpty() ? "?" : shown.replace('-', '−'));
      svg.text(classes, SOLD, y, Long.toString(soldNow));
    }
  }

  private long before(int step) {
    long level = ground.words().initial();
    for (int i = 0; i < step; i++) {
      level = after(i, level);
    }
    return level;
  }

  /** The stock after a step; where it could not be told, that before it. */
  private long after(int step, long before) {
    String stock = ground.step(step).stock();
    return stock.isEmpty() ? before : Long.parseLong(stock);
  }

  private double at(long units) {
    long low = 0;
    long high = Math.max(1, ground.words().initial());
    for (int i = ground.first(); i < ground.end(); i++) {
      low = Math.min(low, after(i, 0));
      high = Math.max(high, after(i, 0));
    }
    return LEFT + WIDTH * (units - low) / (high - low);
  }
}
