package oversell.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import oversell.lab.fork.ForkOutcome;
import oversell.report.table.RowResult;
import oversell.report.table.Verdict;
import oversell.text.Words;

/**
 * The last lines on the console, in columns.
 *
 * @param rows of the table
 * @param labels of each row
 */
record Closing(List<RowResult> rows, List<String> labels) {
  List<String> lines() {
    List<List<String>> cells = IntStream.range(0, rows.size()).mapToObj(this::cells).toList();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      lines.add(aligned(cells.get(i), cells));
      rows.get(i).failures().stream()
          .map(ForkOutcome::describe)
          .forEach(failure -> lines.add("  a fork " + failure));
      claim(rows.get(i)).map(Claim::undecided).stream()
          .flatMap(List::stream)
          .forEach(why -> lines.add("  " + why));
    }
    return lines;
  }

  private List<String> cells(int number) {
    RowResult row = rows.get(number);
    return List.of(
        labels.get(number),
        claim(row).map(Claim::coverage).orElseGet(() -> ExplorationPage.found(row)),
        claim(row)
            .map(
                claim ->
                    claim.explored().isDecided() || claim.violations().signum() > 0
                        ? Words.many(claim.violations(), "violation")
                        : "nothing decided")
            .orElse(""),
        row.finding().filter(found -> !found.equals("undecided")).orElse(""),
        "expected " + row.row().expected(),
        row.verdict().map(Verdict::toString).orElse("–"));
  }

  private static Optional<Claim> claim(RowResult row) {
    return row.explored().map(explored -> new Claim(row.row().workload(), explored));
  }

  /** Aligns numbers to the right and words to the left. */
  private static String aligned(List<String> cells, List<List<String>> all) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      int column = i;
      int widest = all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
      String space = " ".repeat(widest - cells.get(i).length());
      line.append(i == 0 ? "" : "  ").append(i == 2 ? space + cells.get(i) : cells.get(i) + space);
    }
    return line.toString().stripTrailing();
  }
}
