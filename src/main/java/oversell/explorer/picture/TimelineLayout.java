package oversell.explorer.picture;

import java.util.List;
import oversell.explorer.picture.Story.Step;
import oversell.plot.Lettering;
import oversell.plot.Svg;

/**
 * Where things are drawn: time goes down, a row a step; lanes of threads stand side by side, places
 * of the source at their left, the watched values at their right.
 *
 * @param story what is drawn
 * @param lanes the threads that have one
 * @param first the first step that is drawn: of very long counterexamples the last ones must do
 * @param note lines below the row of the broken step
 */
record TimelineLayout(Story story, List<Integer> lanes, int first, List<String> note) {
  static final double ROW = 24;
  static final double TOP = 44;
  static final double SOURCE = 30;
  static final double NOTE_LINE = 18;

  private static final int MOST_STEPS = 80;
  private static final double WIDEST_SOURCE = 180;
  private static final double WIDEST_LANE = 190;
  private static final double ROOM_FOR_WORDS = 136;
  private static final double BESIDE = 128;

  static TimelineLayout of(Story story, List<String> note) {
    int steps = story.steps().size();
    int last = Math.min(steps, story.isBroken() ? story.brokenAt() + MOST_STEPS / 3 : steps);
    return new TimelineLayout(story, story.lanes(), Math.max(0, last - MOST_STEPS), note);
  }

  /** One more than the last step that is drawn. */
  int end() {
    return Math.min(story.steps().size(), first + MOST_STEPS);
  }

  Step step(int number) {
    return story.steps().get(number);
  }

  boolean isShown(int step) {
    return step >= first && step < end();
  }

  /** The middle of a step's row. */
  double y(int step) {
    boolean belowNote = story.isBroken() && step > story.brokenAt();
    return TOP + (step - first + 0.5) * ROW + (belowNote ? noteHeight() : 0);
  }

  double noteHeight() {
    return note.isEmpty() ? 0 : note.size() * NOTE_LINE + 10;
  }

  /** Below a step's row, and above the note if it has one. */
  double below(int step) {
    return y(step) + ROW / 2;
  }

  /** Below the last row. */
  double bottom() {
    return y(end()) - ROW / 2;
  }

  /** The middle of a thread's lane, near its left: labels stand at its right. */
  double x(int thread) {
    return left() + lanes.indexOf(thread) * laneWidth() + 8;
  }

  /** The last one needs room for what its steps say. */
  double laneWidth() {
    double room = right() - left() - ROOM_FOR_WORDS;
    return lanes.size() == 1 ? room : Math.min(WIDEST_LANE, room / (lanes.size() - 1));
  }

  double right() {
    return Svg.WIDTH - (story.watched().isEmpty() ? 8 : BESIDE);
  }

  private double left() {
    double widest = 0;
    for (int i = first; i < end(); i++) {
      widest = Math.max(widest, Lettering.width(source(i)));
    }
    return SOURCE + widest + (widest == 0 ? 0 : 12);
  }

  /** File and line of a step, its beginning left out where it is too long. */
  String source(int step) {
    String place = step(step).place();
    if (Lettering.width(place) > WIDEST_SOURCE) {
      place = place.replace(".java:", ":");
    }
    if (Lettering.width(place) <= WIDEST_SOURCE) {
      return place;
    }
    int cut = 0;
    while (Lettering.width("…" + place.substring(cut)) > WIDEST_SOURCE) {
      cut++;
    }
    return "…" + place.substring(cut);
  }
}
