package oversell.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oversell.results.Column;
import oversell.results.Table;

/** A table in Markdown, its cells padded so that it reads well as text, too. */
final class MarkdownTable {
  private final Table table;
  private final List<Integer> widths = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private MarkdownTable(Table table) {
    this.table = table;
    for (int i = 0; i < table.columns().size(); i++) {
      int column = i;
      int widest =
          table.cells().stream().mapToInt(row -> text(row.get(column)).length()).max().orElse(0);
      widths.add(Math.max(widest, table.columns().get(i).heading().length()));
    }
  }

  /** Headings, a rule, and a line a row. */
  static String of(Table table) {
    MarkdownTable markdown = new MarkdownTable(table);
    markdown.line(table.columns().stream().map(Column::heading).toList());
    markdown.rule();
    table
        .cells()
        .forEach(row -> markdown.line(row.stream().map((Optional<?> cell) -> text(cell)).toList()));
    return markdown.text.toString();
  }

  private void line(List<String> cells) {
    text.append('|');
    for (int i = 0; i < cells.size(); i++) {
      String space = " ".repeat(widths.get(i) - cells.get(i).length());
      text.append(' ')
          .append(isNumber(i) ? space + cells.get(i) : cells.get(i) + space)
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
    return table.cells().stream()
        .allMatch(row -> row.get(column).isEmpty() || row.get(column).get() instanceof BigDecimal);
  }

  private static String text(Optional<?> cell) {
    return cell.isEmpty() ? "–" : escaped(Table.text(cell));
  }

  /** A text that stays what it is between the bars of a table and outside of one. */
  static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
  }
}
