package oversell.report.overview;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oversell.report.table.Column;
import oversell.report.table.ResultsFolder;
import oversell.report.table.Table;
import oversell.report.table.WholeFile;
import oversell.text.Words;

/**
 * The page of all results: how to read them, an answer for each experiment, and what each column
 * means. It is made again from the raw logs each time.
 *
 * @param results the folder with a folder for each experiment
 */
public record Overview(Path results) {
  /** The page's name in the folder of results. */
  public static final String PAGE = "README.md";

  private static final String GUIDE = "reading.md";

  private static final String ANSWERS =
      """
      | experiment | question | answer | measured on |
      |---|---|---|---|
      """;
  private static final String COLUMNS =
      """
      | column | heading | meaning |
      |---|---|---|
      """;

  /**
   * Writes the page, and renews the answers on the page of the same name beside the folder. Does
   * nothing if there is no folder of results.
   *
   * @throws IOException if the folder cannot be listed or a page written; both pages are whole then
   */
  public void write() throws IOException {
    if (!Files.isDirectory(results)) {
      return;
    }
    Map<String, Entry> entries = entries();
    WholeFile.write(results.resolve(PAGE), page(entries));
    new AnswerList(results.resolveSibling(PAGE)).renew(entries);
  }

  private static String page(Map<String, Entry> entries) throws IOException {
    StringBuilder page = new StringBuilder(guide());
    if (entries.isEmpty()) {
      page.append("No experiment has results yet.\n");
    } else {
      page.append(ANSWERS);
      entries.values().forEach(entry -> page.append(entry.line()).append('\n'));
    }
    return page.append("\n## Columns\n\nOf `table.csv` where sales are measured:\n\n")
        .append(columns(false))
        .append("\nWhere sales are explored:\n\n")
        .append(columns(true))
        .toString();
  }

  private static String guide() throws IOException {
    try (InputStream guide = Overview.class.getResourceAsStream(GUIDE)) {
      return new String(
          Objects.requireNonNull(guide, GUIDE).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String columns(boolean explored) {
    return Table.columns(explored).stream()
        .map(
            column ->
                Words.text(
                    "| `%s` | %s | %s |\n",
                    column.name(),
                    column.heading(),
                    column
                        .meaning()
                        .replace(
                            Column.START,
                            "the opening of the gate, or without one the fork of the first buyer,")))
        .collect(Collectors.joining("", COLUMNS, ""));
  }

  private Map<String, Entry> entries() throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    folders().forEach(folder -> entries.put(folder.getFileName().toString(), Entry.read(folder)));
    return entries;
  }

  /** The folders with a raw log, by name. A hidden one is being published or retired. */
  private List<Path> folders() throws IOException {
    try (Stream<Path> entries = Files.list(results)) {
      return entries
          .filter(folder -> !folder.getFileName().toString().startsWith("."))
          .filter(folder -> Files.exists(folder.resolve(ResultsFolder.RAW_LOG)))
          .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
          .toList();
    }
  }
}
