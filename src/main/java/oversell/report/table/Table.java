package oversell.report.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Columns and cells, in no format yet.
 *
 * @param columns their names and headings
 * @param cells a list a row, a cell a column: text, a {@link BigDecimal}, or empty
 */
public record Table(List<Column> columns, List<List<Optional<?>>> cells) {
  private static final List<String> TELLING_APART =
      List.of(
          "jdk",
          "granularity",
          "strategy",
          "reduction",
          "threads",
          "pause",
          "fault",
          "articles",
          "buyers",
          "stock",
          "hold_ms",
          "carriers");

  /** Every column of every row. */
  public static Table of(Results results) {
    return of(columnsOf(results.run().experiment(), results.isExplored()), results.rows());
  }

  /** Every outcome that explorations came to: a line an outcome and row. */
  public static Table ofOutcomes(Results results) {
    return of(
        OutcomeColumns.of(results.run().experiment()),
        results.rows().stream().flatMap(OutcomeColumns::narrowed).toList());
  }

  private static Table of(List<Column> columns, List<RowResult> rows) {
    List<List<Optional<?>>> cells = new ArrayList<>();
    for (RowResult row : rows) {
      List<Optional<?>> values = new ArrayList<>();
      columns.forEach(column -> values.add(column.value().apply(row)));
      cells.add(values);
    }
    return new Table(columns, cells);
  }

  /**
   * The name of every column.
   *
   * @param explored of an experiment that explores
   */
  public static List<String> columnNames(boolean explored) {
    return columnsOf("", explored).stream().map(Column::name).toList();
  }

  private static List<Column> columnsOf(String experiment, boolean explored) {
    if (explored) {
      return ExplorationColumns.of(experiment);
    }
    List<Column> columns = new ArrayList<>(SaleColumns.ofSales(experiment));
    columns.addAll(WatchedColumns.ofTheMachine());
    columns.addAll(TimeColumns.ratios());
    columns.addAll(WatchedColumns.ofBuyers());
    columns.addAll(TimeColumns.intervals());
    return columns;
  }

  /** A cell by the name of its column. */
  public Optional<?> cell(int row, String name) {
    return cells.get(row).get(indexOf(name));
  }

  /** The columns with these names, in the order of the names. */
  public Table select(List<String> names) {
    List<Integer> chosen = names.stream().map(this::indexOf).toList();
    List<List<Optional<?>>> values = new ArrayList<>();
    for (List<Optional<?>> row : cells) {
      List<Optional<?>> selected = new ArrayList<>();
      chosen.forEach(index -> selected.add(row.get(index)));
      values.add(selected);
    }
    return new Table(chosen.stream().map(columns::get).toList(), values);
  }

  /** The columns that tell rows of one variant apart: those that vary here. */
  public List<String> varied() {
    List<String> names = columns.stream().map(Column::name).toList();
    return TELLING_APART.stream().filter(names::contains).filter(this::varies).toList();
  }

  /** Whether a column has different values in different rows. */
  public boolean varies(String name) {
    int index = indexOf(name);
    return cells.stream().map(row -> row.get(index)).distinct().count() > 1;
  }

  /** A cell by the name of its column, as text. */
  public String text(int row, String name) {
    return text(cells.get(row).get(indexOf(name)));
  }

  /** A cell that is a number, if only as text: carriers are, unless they are the default. */
  public OptionalDouble number(int row, String name) {
    String text = text(row, name);
    return text.matches("-?[0-9.]+")
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }

  private int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no column is named " + name);
  }

  /** A cell as text; empty text for an empty one. */
  public static String text(Optional<?> cell) {
    if (cell.isEmpty()) {
      return "";
    }
    return cell.get() instanceof BigDecimal number ? number.toPlainString() : cell.get().toString();
  }
}
