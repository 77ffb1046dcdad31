package oversell.report.table;

import java.io.IOException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A table as CSV after RFC 4180: a header, CRLF, a decimal point whatever the locale. */
public final class CsvWriter {
  private CsvWriter() {}

  /**
   * The text.
   *
   * @throws IOException never, in fact: it is written into memory
   */
  public static String write(Table table) throws IOException {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
      printer.printRecord(table.columns().stream().map(Column::name));
      for (var row : table.cells()) {
        printer.printRecord(row.stream().map(Cell::text));
      }
    }
    return text.toString();
  }
}
