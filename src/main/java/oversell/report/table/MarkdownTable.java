package oversell.report.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table in Markdown, its cells padded so that it reads well as text, too. */
public final class MarkdownTable {
  private final List<List<Optional<?>>> cells;
  private final List<Integer> widths = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private MarkdownTable(List<String> headings, List<List<Optional<?>>> cells) {
    this.cells = cells;
    for (int i = 0; i < headings.size(); i++) {
      int column = i;
      int widest = cells.stream().mapToInt(row -> text(row.get(column)).length()).max().orElse(0);
      widths.add(Math.max(widest, headings.get(i).length()));
    }
  }

  /** Headings, a rule, and a line a row. */
  public static String of(Table table) {
    List<List<Optional<?>>> cells = new ArrayList<>();
    for (List<Cell> row : table.cells()) {
      cells.add(new ArrayList<>(row.stream().map(Cell::content).toList()));
    }
    return of(table.columns().stream().map(Column::heading).toList(), cells);
  }

  /**
   * Headings, a rule, and a line a row.
   *
   * @param cells a list a row, a cell a heading: text, a {@link BigDecimal}, or empty
   */
  public static String of(List<String> headings, List<List<Optional<?>>> cells) {
    MarkdownTable markdown = new MarkdownTable(headings, cells);
    markdown.line(headings);
    markdown.rule();
    cells.forEach(
        row -> markdown.line(row.stream().map((Optional<?> cell) -> text(cell)).toList()));
    return markdown.text.toString();
  }

  private void line(List<String> shown) {
    text.append('|');
    for (int i = 0; i < shown.size(); i++) {
      String space = " ".repeat(widths.get(i) - shown.get(i).length());
      text.append(' ')
          .append(isNumber(i) ? space + shown.get(i) : shown.get(i) + space)
          .append(" |");
    }
    text.append('\n');
  }

  private void rule() {
    text.append('|');
    for (int i = 0; i < widths.size(); i++) {
      text.append("-".repeat(widths.get(i) + 1)).append(isNumber(i) ? ":|" : "-|");
    }
    text.append('\n');
  }

  private boolean isNumber(int column) {
    return cells.stream()
        .allMatch(row -> row.get(column).isEmpty() || row.get(column).get() instanceof BigDecimal);
  }

  private static String text(Optional<?> cell) {
    if (cell.isEmpty()) {
      return "–";
    }
    return escaped(
        cell.get() instanceof BigDecimal number ? number.toPlainString() : cell.get().toString());
  }

  /** A text that stays what it is between the bars of a table and outside of one. */
  public static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
  }
}
