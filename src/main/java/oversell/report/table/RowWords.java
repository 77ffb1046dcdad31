package oversell.report.table;

import java.util.List;
import java.util.stream.Collectors;
import oversell.text.Words;

/** What tells the rows of a table apart, in words. */
public final class RowWords {
  private RowWords() {}

  /**
   * What tells the rows of a table apart: the variant, and what else varies.
   *
   * @param without columns that the label leaves out
   */
  public static String label(Table table, int row, String... without) {
    return table.varied().stream()
        .filter(name -> !List.of(without).contains(name))
        // A fork that was not launched has told nothing of these.
        .filter(name -> !table.text(row, name).isEmpty())
        .map(name -> ", " + described(name, table.text(row, name)))
        .collect(Collectors.joining("", table.text(row, "variant"), ""));
  }

  /** A value of a column that varies, in words. */
  public static String described(String column, String value) {
    return switch (column) {
      case "jdk" -> "JDK " + value;
      case "tool" -> "by " + value;
      case "granularity" -> "at " + value;
      case "strategy" -> value;
      case "reduction" -> value.equals("none") ? "without reduction" : value;
      case "store" -> "on " + value;
      case "processes" -> Words.counted(Long.parseLong(value), "JVM");
      case "durable" -> value.equals("true") ? "durable" : "not durable";
      case "idempotency_key" -> value.equals("true") ? "with a key" : "without a key";
      case "isolation" -> "at " + value;
      case "connections" -> Words.counted(Long.parseLong(value), "connection");
      case "threads" -> value + " threads";
      case "fault" -> value.equals("none") ? "no fault" : value;
      case "articles" -> Words.counted(Long.parseLong(value), "article");
      case "buyers" -> Words.counted(Long.parseLong(value), "buyer");
      case "stock" -> "stock " + value;
      case "hold_ms" -> "hold " + value + " ms";
      default -> column + " " + value;
    };
  }
}
