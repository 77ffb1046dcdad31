package oversell.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oversell.report.table.Column;
import oversell.report.table.Table;

/** Explains the columns that a page shows, and no others. */
final class HowToRead {
  private HowToRead() {}

  /**
   * A line for each meaning, as Markdown.
   *
   * @param gate whether all buyers waited behind a gate until the last one was there
   */
  static String columns(Table table, ShownColumns shown, boolean gate) {
    Map<String, String> headings = new LinkedHashMap<>();
    Stream.concat(shown.inTable().stream(), shown.saidOnce().stream())
        .map(table::column)
        .filter(column -> !column.meaning().isEmpty())
        .forEach(
            column ->
                headings.merge(
                    column.meaning(),
                    "*" + column.heading() + "*",
                    (first, next) -> first + ", " + next));
    String start =
        gate
            ? "the opening of the gate, behind which all buyers wait,"
            : "the fork of the first buyer";
    return headings.entrySet().stream()
        .map(line -> "- " + line.getValue() + ": " + line.getKey() + ".\n")
        .map(line -> line.replace(Column.START, start))
        .collect(Collectors.joining());
  }
}
