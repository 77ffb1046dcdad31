package oversell.explorer.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import oversell.explorer.picture.Story.Step;

/**
 * What each thread does between the steps of others.
 *
 * @param steps all steps, in their order
 */
record Tracks(List<Step> steps) {
  /**
   * A stretch of one thread.
   *
   * @param first the step that it begins with
   * @param last the step that it ends with
   */
  record Stretch(int thread, int first, int last, Kind kind) {}

  /** What a thread does in a stretch. */
  enum Kind {
    /** It takes steps. */
    RUNS,
    /** It could run, and another one does. */
    STOPPED,
    /** It is blocked. */
    WAITS,
    /** It is blocked until the end. */
    STUCK
  }

  /** The runs: steps of one thread without a step of another between them, in their order. */
  List<Stretch> runs() {
    List<Stretch> runs = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= steps.size(); i++) {
      if (i == steps.size() || steps.get(i).thread() != steps.get(first).thread()) {
        runs.add(new Stretch(steps.get(first).thread(), first, i - 1, Kind.RUNS));
        first = i;
      }
    }
    return runs;
  }

  /** What a thread does while others run: between two of its steps, or after the last one. */
  List<Stretch> between(int thread) {
    int[] own =
        IntStream.range(0, steps.size())
            .filter(step -> steps.get(step).thread() == thread)
            .toArray();
    List<Stretch> all = new ArrayList<>();
    if (own.length > 0) {
      add(all, thread, 0, own[0]);
      // Before its first step a thread has not begun, unless it is blocked.
      all.removeIf(stretch -> stretch.kind() != Kind.WAITS);
    }
    for (int i = 0; i + 1 < own.length; i++) {
      if (own[i + 1] > own[i] + 1) {
        add(all, thread, own[i], own[i + 1]);
      }
    }
    // After its last step it has ended, unless it is blocked.
    int stuck = steps.size();
    int last = own.length == 0 ? 0 : own[own.length - 1];
    while (stuck > last && waits(thread, stuck - 1)) {
      stuck--;
    }
    if (stuck < steps.size()) {
      all.add(new Stretch(thread, stuck, steps.size() - 1, Kind.STUCK));
    }
    return all;
  }

  private void add(List<Stretch> all, int thread, int from, int to) {
    int first = from;
    for (int i = from + 1; i <= to; i++) {
      if (i == to || waits(thread, i) != waits(thread, first)) {
        all.add(new Stretch(thread, first, i, waits(thread, first) ? Kind.WAITS : Kind.STOPPED));
        first = i;
      }
    }
  }

  private boolean waits(int thread, int step) {
    return steps.get(step).waiting().contains(thread);
  }
}
