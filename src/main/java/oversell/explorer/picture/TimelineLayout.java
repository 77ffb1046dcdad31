package oversell.explorer.picture;

import java.util.List;
import oversell.explorer.picture.Story.Step;
import oversell.plot.Lettering;
import oversell.plot.Svg;

/**
 * Where things are drawn: time runs downwards, a row for each step; the lanes of threads are side
 * by side, the places of the source at their left, the watched values at their right.
 *
 * @param story what is drawn
 * @param lanes the threads that have a lane
 * @param watched the names of the values that are watched
 * @param first the first step that is drawn: of a very long story only the last steps are
 * @param note lines below the row of the broken step
 */
record TimelineLayout(
    Story story, List<Integer> lanes, List<String> watched, int first, List<String> note) {
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
    return new TimelineLayout(
        story, story.lanes(), story.watched(), Math.max(0, last - MOST_STEPS), note);
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

  /** The bottom of a step's row, above the note if it has one. */
  double below(int step) {
    return y(step) + ROW / 2;
  }

  /** The bottom of the last row. */
  double bottom() {
    return y(end()) - ROW / 2;
  }

  /** The line of a thread, near the left edge of its lane: labels are at its right. */
  double x(int thread) {
    return left() + lanes.indexOf(thread) * laneWidth() + 8;
  }

  /** The width of a lane; the last one needs room for the text of its steps. */
  double laneWidth() {
    double room = right() - left() - ROOM_FOR_WORDS;
    return lanes.size() == 1 ? room : Math.min(WIDEST_LANE, room / (lanes.size() - 1));
  }

  double right() {
    return Svg.WIDTH - (watched.isEmpty() ? 8 : BESIDE);
  }

  private double left() {
    double widest = 0;
    for (int i = first; i < end(); i++) {
      widest = Math.max(widest, Lettering.width(source(i)));
    }
    return SOURCE + widest + (widest == 0 ? 0 : 12);
  }

  /** The file and the line of a step, without the beginning of a name that is too long. */
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
