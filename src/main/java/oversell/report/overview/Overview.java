package oversell.report.overview;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import oversell.report.table.ResultsFolder;
import oversell.report.table.WholeFile;

/**
 * The page of all results: a line an experiment. It is made anew from the folders each time, so it
 * says of each what its own table does.
 *
 * @param results the folder with a folder for each experiment
 */
public record Overview(Path results) {
  /** The page's name in the folder of results. */
  public static final String PAGE = "README.md";

  private static final String HEAD =
      """
      # Results

      What each experiment asked, and what came of it. This page is made again after every run from
      the folders beside it, each of which holds the raw log that its numbers are made from.

      """;
  private static final String COLUMNS =
      """
      | experiment | question | answer | measured on |
      |---|---|---|---|
      """;

  /**
   * Writes the page, and renews the answers on the page of the same name beside the folder; nothing
   * where there is no folder of results.
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

  private static String page(Map<String, Entry> entries) {
    if (entries.isEmpty()) {
      return HEAD + "No experiment has results yet.\n";
    }
    StringBuilder page = new StringBuilder(HEAD).append(COLUMNS);
    entries.values().forEach(entry -> page.append(entry.line()).append('\n'));
    return page.toString();
  }

  private Map<String, Entry> entries() throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    folders().forEach(folder -> entries.put(folder.getFileName().toString(), Entry.read(folder)));
    return entries;
  }

  /** Those with a raw log, by name. A hidden one is on its way in or out. */
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
