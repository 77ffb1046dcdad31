package oversell.explorer.picture;

import java.util.List;
import oversell.explorer.picture.Story.Step;
import oversell.plot.Lettering;
import oversell.plot.LineStyle;
import oversell.plot.Svg;
import oversell.text.Words;

/**
 * An execution as a picture: a lane for each thread, a row for each step, and the watched values
 * beside them. Each row has only one step, so that its text may reach into the lanes at its right.
 *
 * @param story the execution
 * @param caption the texts around it
 */
public record Timeline(Story story, Caption caption) {
  private static final double BELOW = 44;

  /** The picture as SVG: 820 pixels wide, as high as it needs to be, without a background. */
  public String svg() {
    TimelineLayout layout =
        TimelineLayout.of(story, story.isBroken() ? caption.notes() : List.of());
    boolean isWhole = layout.end() - layout.first() == story.steps().size();
    Svg svg =
        new Svg(
            caption.title()
                + (isWhole
                    ? ""
                    : Words.text(" (steps %d to %d of them)", layout.first() + 1, layout.end())),
            caption.description(),
            layout.bottom() + BELOW,
            TimelineKey.STYLE,
            TimelineKey.DARK_STYLE);
    drawBreak(svg, layout);
    new Gauge(layout).draw(svg);
    boolean anyWaits = new Lanes(layout).draw(svg);
    for (int i = layout.first(); i < layout.end(); i++) {
      drawStep(svg, layout, i);
    }
    drawNote(svg, layout);
    TimelineKey.draw(svg, layout.bottom() + 26, anyWaits);
    return svg.end();
  }

  private static void drawBreak(Svg svg, TimelineLayout layout) {
    int broken = layout.story().brokenAt();
    if (!layout.story().isBroken() || !layout.isShown(broken)) {
      return;
    }
    double top = layout.y(broken) - TimelineLayout.ROW / 2;
    double height = TimelineLayout.ROW + layout.noteHeight();
    svg.path(
        "band",
        "M" + Svg.at(0, top) + "H" + Svg.number(Svg.WIDTH) + "v" + Svg.number(height) + "H0z");
  }

  private static void drawNote(Svg svg, TimelineLayout layout) {
    if (!layout.story().isBroken() || !layout.isShown(layout.story().brokenAt())) {
      return;
    }
    double y = layout.below(layout.story().brokenAt()) + 14;
    for (int i = 0; i < layout.note().size(); i++) {
      String line = layout.note().get(i);
      svg.text(i == 0 ? "alarm" : "", TimelineLayout.SOURCE, y, Lettering.fitting(line, 640));
      y += TimelineLayout.NOTE_LINE;
    }
  }

  private static void drawStep(Svg svg, TimelineLayout layout, int number) {
    Step step = layout.step(number);
    double x = layout.x(step.thread());
    double y = layout.y(number);
    svg.text("end quiet", TimelineLayout.SOURCE - 8, y + 4, Integer.toString(number + 1));
    if (!step.place().isEmpty()) {
      svg.text("quiet", TimelineLayout.SOURCE, y + 4, layout.source(number));
    }
    boolean broken = number == layout.story().brokenAt();
    if (broken) {
      TimelineKey.cross(svg, x, y);
    } else if (step.isRead()) {
      svg.path("read", LineStyle.Mark.CIRCLE.at(x, y));
    } else if (step.isWrite()) {
      svg.path("write", LineStyle.Mark.SQUARE.at(x, y));
    } else {
      TimelineKey.dot(svg, x, y);
    }
    String action = step.said();
    boolean fits = Lettering.width(action) <= layout.right() - x - 12;
    String weight = broken ? "alarm" : step.isWrite() ? "said strong" : "said";
    svg.text(fits ? weight : weight + " end", fits ? x + 12 : x - 12, y + 4, action);
  }
}
