package oversell.explorer.picture;

import java.util.List;
import java.util.stream.IntStream;
import oversell.explorer.picture.Story.Step;
import oversell.plot.Lettering;
import oversell.plot.Svg;

/**
 * Draws the lanes of threads: where each runs, where it is stopped or blocked, and the switches
 * between them.
 *
 * @param layout where to draw
 */
record Lanes(TimelineLayout layout) {
  private static final double BEND = 5;
  private static final double CLEAR = 8;

  /**
   * Draws them, without the steps.
   *
   * @return whether any thread waits
   */
  boolean draw(Svg svg) {
    drawGuides(svg);
    boolean anyWaits = drawBetween(svg);
    drawRuns(svg, tracks().runs());
    return anyWaits;
  }

  private Story told() {
    return layout.story();
  }

  private Tracks tracks() {
    return new Tracks(told().steps());
  }

  private void drawGuides(Svg svg) {
    for (int lane : layout.lanes()) {
      List<String> name = Lettering.lines(told().threads().get(lane), layout.laneWidth() - 4);
      for (int i = 0; i < name.size(); i++) {
        double y = TimelineLayout.TOP - 14 - (name.size() - 1 - i) * 15;
        svg.text("strong", layout.x(lane) - 6, y, name.get(i));
      }
      svg.path(
          "grid", TimelineKey.upright(layout.x(lane), TimelineLayout.TOP - 4, layout.bottom()));
    }
    svg.path("axis", "M" + Svg.at(0, TimelineLayout.TOP - 6) + "H" + Svg.number(Svg.WIDTH));
  }

  /** Whether any of them waits. */
  private boolean drawBetween(Svg svg) {
    boolean anyWaits = false;
    for (int lane : layout.lanes()) {
      for (Tracks.Stretch stretch : tracks().between(lane)) {
        if (stretch.last() < layout.first() || stretch.first() >= layout.end()) {
          continue;
        }
        double top =
            layout.y(Math.max(layout.first(), stretch.first())) + gap(stretch.first(), lane);
        int last = Math.min(layout.end() - 1, stretch.last());
        double bottom = layout.y(last) - gap(last, lane);
        switch (stretch.kind()) {
          case RUNS -> {}
          case STOPPED -> {
            svg.path("stopped", TimelineKey.upright(layout.x(lane), top, bottom));
            drawInHand(svg, stretch);
          }
          case WAITS -> TimelineKey.waits(svg, layout.x(lane), top, bottom);
          case STUCK -> TimelineKey.waits(svg, layout.x(lane), top, layout.below(last) - 1);
        }
        anyWaits |= stretch.kind() == Tracks.Kind.WAITS || stretch.kind() == Tracks.Kind.STUCK;
      }
    }
    return anyWaits;
  }

  /** Draws the value that a thread has read before it was stopped, where there is room for it. */
  private void drawInHand(Svg svg, Tracks.Stretch stopped) {
    Step before = told().steps().get(stopped.first());
    if (!before.isRead() || before.values().size() != 1) {
      return;
    }
    double x = layout.x(stopped.thread());
    IntStream.range(stopped.first() + 1, stopped.last())
        .filter(row -> layout.isShown(row) && layout.x(layout.step(row).thread()) > x)
        // The places of the source are at the left of the first lane.
        .filter(row -> stopped.thread() != layout.lanes().getFirst())
        .skip(1)
        .findFirst()
        .ifPresent(
            row ->
                svg.text(
                    "end quiet",
                    x - 9,
                    layout.y(row) + 4,
                    "has read " + before.values().getFirst()));
  }

  /** The room for the mark of the thread's own step. */
  private double gap(int step, int lane) {
    return told().steps().get(step).thread() == lane ? CLEAR : 0;
  }

  private void drawRuns(Svg svg, List<Tracks.Stretch> runs) {
    for (int i = 0; i < runs.size(); i++) {
      Tracks.Stretch run = runs.get(i);
      if (run.last() < layout.first() || run.first() >= layout.end()) {
        continue;
      }
      int first = Math.max(layout.first(), run.first());
      int last = Math.min(layout.end() - 1, run.last());
      double x = layout.x(run.thread());
      svg.path("run", TimelineKey.upright(x, layout.y(first), layout.y(last) + 0.1));
      if (i + 1 < runs.size() && layout.isShown(run.last() + 1) && layout.isShown(run.last())) {
        drawSwitch(svg, run, runs.get(i + 1));
      }
    }
  }

  private void drawSwitch(Svg svg, Tracks.Stretch from, Tracks.Stretch to) {
    double x = layout.x(from.thread());
    double next = layout.x(to.thread());
    double bend = Math.signum(next - x) * BEND;
    double y = layout.y(from.last());
    double end = layout.y(to.first()) - CLEAR;
    String corner = Svg.at(0, BEND) + " " + Svg.at(bend, BEND);
    String back = Svg.at(bend, 0) + " " + Svg.at(bend, BEND);
    svg.path(
        "hop",
        "M"
            + Svg.at(x, y + CLEAR - 2)
            + "V"
            + Svg.number(y + TimelineLayout.ROW / 2 - BEND)
            + "q"
            + corner
            + "H"
            + Svg.number(next - bend)
            + "q"
            + back
            + "V"
            + Svg.number(end - 4));
    svg.path("tip", "M" + Svg.at(next - 4, end - 5) + "h8l-4,6z");
  }
}
