package oversell.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oversell.explorer.picture.Story.Step;
import oversell.report.table.MarkdownTable;

/**
 * A counterexample as a table in Markdown: a row a step, a column a thread, what is watched beside
 * them.
 *
 * @param words what it says of each step
 */
record StepTable(StepWords words) {
  String text() {
    List<Integer> lanes = words.lanes();
    List<String> headings = new ArrayList<>(List.of("step", "source"));
    lanes.forEach(lane -> headings.add(words.told().threads().get(lane)));
    List<String> watched = words.told().story().watched();
    headings.addAll(watched);
    List<List<Optional<?>>> rows = new ArrayList<>();
    for (int i = 0; i < words.told().steps().size(); i++) {
      rows.add(row(i, lanes, watched));
    }
    return MarkdownTable.of(headings, rows);
  }

  private List<Optional<?>> row(int number, List<Integer> lanes, List<String> watched) {
    Step step = words.told().steps().get(number);
    boolean broken = number == words.told().brokenAt();
    List<Optional<?>> row = new ArrayList<>();
    row.add(Optional.of(Integer.toString(number + 1)));
    row.add(Optional.of(step.place()));
    for (int lane : lanes) {
      row.add(Optional.of(cell(step, lane, broken)));
    }
    watched.forEach(name -> row.add(value(step.watched().getOrDefault(name, ""), broken)));
    return row;
  }

  private static Optional<?> value(String text, boolean broken) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        broken ? "**" + text + "**" : text.matches("-?\\d+") ? new BigDecimal(text) : text);
  }

  private static String cell(Step step, int lane, boolean broken) {
    if (step.thread() == lane) {
      String action = step.said();
      return broken ? "**✕ " + action + "**" : action;
    }
    return step.waiting().contains(lane) ? "*waits*" : "";
  }
}
