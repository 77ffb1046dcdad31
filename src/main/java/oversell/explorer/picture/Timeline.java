package oversell.explorer.picture;

import java.util.List;
import oversell.explorer.picture.Story.Step;
import oversell.plot.Lettering;
import oversell.plot.Look;
import oversell.plot.Svg;
import oversell.text.Words;

/**
 * An execution as a picture: a lane a thread, a row a step, and the watched values beside them.
 * Each row has one step only, so that what it says may reach into the lanes at its right.
 *
 * @param story the execution
 * @param caption what is said of it
 */
public record Timeline(Story story, Caption caption) {
  private static final double BELOW = 44;

  /** The picture as SVG: 820 pixels wide, as high as it needs, on whatever is behind it. */
  public String svg() {
    Ground ground = Ground.of(story, story.isBroken() ? caption.notes() : List.of());
    boolean isWhole = ground.end() - ground.first() == story.steps().size();
    Svg svg =
        new Svg(
            caption.title()
                + (isWhole
                    ? ""
                    : Words.text(" (steps %d to %d of them)", ground.first() + 1, ground.end())),
            caption.description(),
            ground.bottom() + BELOW,
            TimelineKey.STYLE,
            TimelineKey.DARK_STYLE);
    drawBreak(svg, ground);
    new Gauge(ground).draw(svg);
    boolean anyWaits = new Lanes(ground).draw(svg);
    for (int i = ground.first(); i < ground.end(); i++) {
      drawStep(svg, ground, i);
    }
    drawNote(svg, ground);
    TimelineKey.draw(svg, ground.bottom() + 26, anyWaits);
    return svg.end();
  }

  private static void drawBreak(Svg svg, Ground ground) {
    int broken = ground.story().brokenAt();
    if (!ground.story().isBroken() || !ground.isShown(broken)) {
      return;
    }
    double top = ground.y(broken) - Ground.ROW / 2;
    double height = Ground.ROW + ground.noteHeight();
    svg.path(
        "band",
        "M" + Svg.at(0, top) + "H" + Svg.number(Svg.WIDTH) + "v" + Svg.number(height) + "H0z");
  }

  private static void drawNote(Svg svg, Ground ground) {
    if (!ground.story().isBroken() || !ground.isShown(ground.story().brokenAt())) {
      return;
    }
    double y = ground.below(ground.story().brokenAt()) + 14;
    for (int i = 0; i < ground.note().size(); i++) {
      String line = ground.note().get(i);
      svg.text(i == 0 ? "alarm" : "", Ground.SOURCE, y, Lettering.fitting(line, 640));
      y += Ground.NOTE_LINE;
    }
  }

  private static void drawStep(Svg svg, Ground ground, int number) {
    Step step = ground.step(number);
    double x = ground.x(step.thread());
    double y = ground.y(number);
    svg.text("end quiet", Ground.SOURCE - 8, y + 4, Integer.toString(number + 1));
    if (!step.place().isEmpty()) {
      svg.text("quiet", Ground.SOURCE, y + 4, ground.source(number));
    }
    boolean broken = number == ground.story().brokenAt();
    if (broken) {
      TimelineKey.cross(svg, x, y);
    } else if (step.isRead()) {
      svg.path("read", Look.Mark.CIRCLE.at(x, y));
    } else if (step.isWrite()) {
      svg.path("write", Look.Mark.SQUARE.at(x, y));
    } else {
      TimelineKey.dot(svg, x, y);
    }
    String action = step.said();
    boolean fits = Lettering.width(action) <= ground.right() - x - 12;
    String weight = broken ? "alarm" : step.isWrite() ? "said strong" : "said";
    svg.text(fits ? weight : weight + " end", fits ? x + 12 : x - 12, y + 4, action);
  }
}
