package oversell.explorer.picture;

import java.util.ArrayList;
import java.util.List;
import oversell.explorer.Counterexample;
import oversell.explorer.Counterexample.Step;
import oversell.plot.Lettering;
import oversell.plot.Look;
import oversell.plot.Svg;
import oversell.report.table.Words;

/**
 * A counterexample as a picture: a lane a thread, a row a step, and the stock beside them. Each row
 * has one step only, so that what it says may reach into the lanes at its right.
 *
 * @param label what failed
 * @param words how
 */
record Timeline(String label, StepWords words) {
  private static final double BELOW = 44;

  /** The picture as SVG: 820 pixels wide, as high as it needs, on whatever is behind it. */
  String svg() {
    Counterexample told = words.told();
    Ground ground = Ground.of(words, note());
    Svg svg =
        new Svg(
            Words.text(
                "%s fails in %s and %s%s",
                label,
                Words.counted(told.steps().size(), "step"),
                StepWords.switches(told.switches()),
                ground.end() - ground.first() == told.steps().size()
                    ? ""
                    : Words.text(" (steps %d to %d of them)", ground.first() + 1, ground.end())),
            words.headline() + "." + (words.isBroken() ? " " + words.moment() + "." : ""),
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

  /** What stands below the broken step. */
  private List<String> note() {
    if (!words.isBroken()) {
      return List.of();
    }
    List<String> note = new ArrayList<>(List.of(words.broken()));
    String meaning = words.told().outcome().grade().meaning();
    if (!meaning.equals(words.broken())) {
      note.add(meaning);
    }
    note.addAll(words.told().waits());
    return note;
  }

  private static void drawBreak(Svg svg, Ground ground) {
    int broken = ground.words().told().brokenAt();
    if (!ground.words().isBroken() || !ground.isShown(broken)) {
      return;
    }
    double top = ground.y(broken) - Ground.ROW / 2;
    double height = Ground.ROW + ground.noteHeight();
    svg.path(
        "band",
        "M" + Svg.at(0, top) + "H" + Svg.number(Svg.WIDTH) + "v" + Svg.number(height) + "H0z");
  }

  private static void drawNote(Svg svg, Ground ground) {
    if (!ground.words().isBroken() || !ground.isShown(ground.words().told().brokenAt())) {
      return;
    }
    double y = ground.below(ground.words().told().brokenAt()) + 14;
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
    boolean broken = number == ground.words().told().brokenAt();
    if (broken) {
      TimelineKey.cross(svg, x, y);
    } else if (StepWords.isRead(step)) {
      svg.path("read", Look.Mark.CIRCLE.at(x, y));
    } else if (StepWords.isWrite(step)) {
      svg.path("write", Look.Mark.SQUARE.at(x, y));
    } else {
      TimelineKey.dot(svg, x, y);
    }
    String action = StepWords.action(step);
    boolean fits = Lettering.width(action) <= ground.right() - x - 12;
    String weight = broken ? "alarm" : StepWords.isWrite(step) ? "said strong" : "said";
    svg.text(fits ? weight : weight + " end", fits ? x + 12 : x - 12, y + 4, action);
  }
}
