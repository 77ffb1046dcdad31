package oversell.report.overview;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import oversell.report.table.Results;
import oversell.report.table.ResultsFolder;
import oversell.report.table.RowResult;

/**
 * The wall times of two runs, compared row by row.
 *
 * @param warnings other reasons for which the times may differ
 * @param rows those of the first run in its order, then those that only the second has
 */
public record RunComparison(List<String> warnings, List<ComparedRow> rows) {
  private static final List<String> FIGURES =
      List.of("first (ms)", "second (ms)", "ratio", "conclusion");

  /** Copies its lists. */
  public RunComparison {
    warnings = List.copyOf(warnings);
    rows = List.copyOf(rows);
  }

  /**
   * Compares what two folders hold.
   *
   * @throws IOException if one has no raw log that can be read, or of explorations, which have no
   *     wall times to compare; the text says which and why
   */
  public static RunComparison of(Path first, Path second) throws IOException {
    return of(read(first), read(second));
  }

  private static Results read(Path folder) throws IOException {
    Path log = folder.resolve(ResultsFolder.RAW_LOG);
    try {
      Results results = Results.read(log);
      if (results.isExplored()) {
        throw new IOException(
            log + ": explorations, which have no wall times of trials to compare");
      }
      // A log of an older lab may lack what the comparison needs. That shows here, where the name
      // of the log is known.
      of(results, results).lines();
      return results;
    } catch (RuntimeException broken) {
      throw new IOException(log + ": a log that this lab does not understand", broken);
    }
  }

  static RunComparison of(Results first, Results second) {
    List<ComparedRow> rows = new ArrayList<>();
    List<RowResult> unmatched = new ArrayList<>(second.rows());
    for (RowResult row : first.rows()) {
      RowKey key = RowKey.of(row);
      Optional<RowResult> partner =
          unmatched.stream().filter(other -> RowKey.of(other).equals(key)).findFirst();
      partner.ifPresent(unmatched::remove);
      rows.add(new ComparedRow(key, Optional.of(row), partner));
    }
    unmatched.forEach(
        row -> rows.add(new ComparedRow(RowKey.of(row), Optional.empty(), Optional.of(row))));
    List<String> warnings = new ArrayList<>(Circumstances.warnings(first, second));
    if (rows.stream().anyMatch(ComparedRow::restsOnOneFork)) {
      warnings.add(
          "one side has one fork a row, so a difference may be that of two JVMs; -Dforks=3 would show it");
    }
    return new RunComparison(warnings, rows);
  }

  /** The warnings, then the table, a line a row. */
  public List<String> lines() {
    List<String> heads = columns();
    List<List<String>> table = new ArrayList<>();
    table.add(Stream.concat(heads.stream(), FIGURES.stream()).toList());
    for (ComparedRow row : rows) {
      Map<String, String> parts = row.key().parts();
      table.add(Stream.concat(heads.stream().map(parts::get), row.cells().stream()).toList());
    }
    List<String> lines = new ArrayList<>();
    warnings.forEach(warning -> lines.add("Warning: " + warning));
    table.forEach(cells -> lines.add(aligned(cells, table, heads.size())));
    return lines;
  }

  /** The variant, the JDK, and everything that is not the same in all rows. */
  private List<String> columns() {
    Map<String, String> same = new LinkedHashMap<>();
    List<String> varied = new ArrayList<>(List.of("variant", "JDK"));
    for (ComparedRow row : rows) {
      row.key()
          .parts()
          .forEach(
              (name, value) -> {
                if (!same.computeIfAbsent(name, first -> value).equals(value)
                    && !varied.contains(name)) {
                  varied.add(name);
                }
              });
    }
    return varied;
  }

  /** Figures to the right, words to the left, and nothing behind the last word. */
  private static String aligned(List<String> cells, List<List<String>> table, int words) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      int column = i;
      int widest = table.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
      String space = " ".repeat(widest - cells.get(i).length());
      boolean isFigure = i >= words && i < cells.size() - 1;
      line.append(i == 0 ? "" : "  ")
          .append(isFigure ? space + cells.get(i) : cells.get(i) + space);
    }
    return line.toString().stripTrailing();
  }
}
