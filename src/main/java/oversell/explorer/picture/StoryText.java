package oversell.explorer.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An execution as text: a column for each thread, a row for each step, with its place, the values
 * that the scenario names, and the reason of each context switch. Long runs of one thread are
 * folded, so that the text fits on a screen.
 *
 * @param story the execution
 */
public record StoryText(Story story) {
  private static final int MOST_ROWS = 48;
  private static final int LONGEST_RUN = 7;
  private static final int KEPT = 2;
  private static final int WIDEST = 34;

  /** The rows, each ended by a line feed. */
  public String text() {
    List<Integer> lanes = story.lanes();
    List<String> watched = story.watched();
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("step"));
    lanes.forEach(lane -> head.add(story.threads().get(lane)));
    head.addAll(watched);
    head.add("place");
    rows.add(head);
    int hidden = 0;
    List<Integer> shown = shown();
    for (int step = 0; step < story.steps().size(); step++) {
      if (!shown.contains(step)) {
        hidden++;
        continue;
      }
      if (hidden > 0) {
        rows.add(folded(hidden, head.size()));
        hidden = 0;
      }
      rows.add(row(step, lanes, watched));
    }
    if (hidden > 0) {
      rows.add(folded(hidden, head.size()));
    }
    return aligned(rows);
  }

  /**
   * The steps that are shown: of a long run of one thread the first and the last, and of many rows
   * the last.
   */
  private List<Integer> shown() {
    List<Integer> shown = new ArrayList<>();
    for (Tracks.Stretch run : new Tracks(story.steps()).runs()) {
      boolean isLong = run.last() - run.first() >= LONGEST_RUN;
      for (int step = run.first(); step <= run.last(); step++) {
        boolean atAnEnd = step < run.first() + KEPT || step > run.last() - KEPT;
        if (!isLong || atAnEnd || step == story.brokenAt()) {
          shown.add(step);
        }
      }
    }
    return shown.size() <= MOST_ROWS
        ? shown
        : shown.subList(shown.size() - MOST_ROWS, shown.size());
  }

  private static List<String> folded(int hidden, int columns) {
    List<String> row = new ArrayList<>(List.of("…"));
    row.add(hidden + (hidden == 1 ? " more step" : " more steps"));
    while (row.size() < columns) {
      row.add("");
    }
    return row;
  }

  private List<String> row(int number, List<Integer> lanes, List<String> watched) {
    Story.Step step = story.steps().get(number);
    List<String> row =
        new ArrayList<>(List.of((number == story.brokenAt() ? "✕ " : "") + (number + 1)));
    for (int lane : lanes) {
      String cell =
          lane == step.thread() ? step.said() : step.waiting().contains(lane) ? "waits" : "";
      row.add(cell.length() > WIDEST ? cell.substring(0, WIDEST - 1) + "…" : cell);
    }
    for (String name : watched) {
      row.add(step.watched().getOrDefault(name, ""));
    }
    row.add(step.place() + reason(number).map(why -> "   <- " + why).orElse(""));
    return row;
  }

  /** The reason of the context switch at this step; empty if there is none. */
  private Optional<String> reason(int number) {
    if (number == 0) {
      return Optional.empty();
    }
    Story.Step before = story.steps().get(number - 1);
    int former = before.thread();
    if (former == story.steps().get(number).thread()) {
      return Optional.empty();
    }
    String name = story.threads().get(former);
    Optional<Story.Step> next =
        story.steps().stream().skip(number).filter(step -> step.thread() == former).findFirst();
    if (before.waiting().contains(former)) {
      return Optional.of(name + " has to wait");
    }
    if (next.isEmpty()) {
      return Optional.of(name + " has ended");
    }
    return Optional.of(next.get().isSleep() ? name + " sleeps" : name + " is preempted");
  }

  private static String aligned(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        // The text in place of a folded run may reach over the columns at its right.
        boolean isFolded = row.getFirst().equals("…") && i == 1;
        widths[i] = Math.max(widths[i], isFolded ? 0 : row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i);
        int room = Math.max(0, widths[i] - cell.length());
        line.append(i == 0 ? " ".repeat(room) + cell : cell + " ".repeat(room)).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
