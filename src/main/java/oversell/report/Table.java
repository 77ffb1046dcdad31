package oversell.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Columns and cells, in no format yet.
 *
 * @param columns their names and headings
 * @param cells a list a row, a cell a column: text, a {@link BigDecimal}, or empty
 */
record Table(List<Column> columns, List<List<Optional<?>>> cells) {
  static Table of(Results results) {
    List<Column> columns = Column.all(results.run().experiment());
    List<List<Optional<?>>> cells = new ArrayList<>();
    for (RowResult row : results.rows()) {
      List<Optional<?>> values = new ArrayList<>();
      columns.forEach(column -> values.add(column.value().apply(row)));
      cells.add(values);
    }
    return new Table(columns, cells);
  }

  /** The columns with these names, in the order of the names. */
  Table select(List<String> names) {
    List<Integer> chosen =
        names.stream()
            .map(name -> columns.stream().map(Column::name).toList().indexOf(name))
            .toList();
    List<List<Optional<?>>> values = new ArrayList<>();
    for (List<Optional<?>> row : cells) {
      List<Optional<?>> selected = new ArrayList<>();
      chosen.forEach(index -> selected.add(row.get(index)));
      values.add(selected);
    }
    return new Table(chosen.stream().map(columns::get).toList(), values);
  }

  /** Whether a column has different values in different rows. */
  boolean varies(String name) {
    int index = columns.stream().map(Column::name).toList().indexOf(name);
    Set<Optional<?>> values = new HashSet<>();
    cells.forEach(row -> values.add(row.get(index)));
    return values.size() > 1;
  }

  /** A cell as text; empty text for an empty one. */
  static String text(Optional<?> cell) {
    if (cell.isEmpty()) {
      return "";
    }
    return cell.get() instanceof BigDecimal number ? number.toPlainString() : cell.get().toString();
  }
}
