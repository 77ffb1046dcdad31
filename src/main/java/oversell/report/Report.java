package oversell.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import oversell.lab.trial.TrialResult;
import oversell.report.table.CsvWriter;
import oversell.report.table.Results;
import oversell.report.table.ResultsFolder;
import oversell.report.table.RowResult;
import oversell.report.table.RowWords;
import oversell.report.table.Table;
import oversell.report.table.WholeFile;
import oversell.text.Words;

/**
 * Everything that is made from a run: the files beside its raw log, and the last lines on the
 * console.
 */
public final class Report {
  private final Results results;
  private final Table table;

  private Report(Results results) {
    this.results = results;
    table = Table.of(results);
  }

  /**
   * The report of a folder that holds a raw log.
   *
   * @throws IOException if there is none, or it cannot be read; the text says what is wrong
   */
  public static Report of(Path folder) throws IOException {
    Path log = folder.resolve(ResultsFolder.RAW_LOG);
    try {
      return of(Results.read(log));
    } catch (IllegalArgumentException broken) {
      throw new IOException(Words.text("%s: %s", log, String.valueOf(broken.getMessage())), broken);
    }
  }

  /** The report of a run. */
  public static Report of(Results results) {
    return new Report(results);
  }

  /** The run that it is made from. */
  public Results results() {
    return results;
  }

  /**
   * Writes the tables.
   *
   * @param folder takes {@code table.md}, {@code table.csv}, {@code results.json}, {@code
   *     environment.json}, the plots, and of explorations {@code outcomes.csv}
   */
  public void write(Path folder) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("table.md", MarkdownWriter.write(results, table, folder));
    if (results.isExplored()) {
      files.putAll(new ExplorationPage(results, table).pictures());
      files.put("outcomes.csv", CsvWriter.write(Table.ofOutcomes(results)));
    } else {
      files.putAll(Figures.of(results, table));
    }
    files.put("table.csv", CsvWriter.write(table));
    files.put("results.json", JsonWriter.results(results, table));
    files.put("environment.json", JsonWriter.environment(results));
    for (Map.Entry<String, String> file : files.entrySet()) {
      WholeFile.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  /** The last lines on the console: a row each, and what went wrong with its forks. */
  public List<String> closing() {
    if (results.isExplored()) {
      return new ExplorationPage(results, table).closing();
    }
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < results.rows().size(); i++) {
      labels.add(RowWords.label(table, i));
    }
    int widest = labels.stream().mapToInt(String::length).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      RowResult row = results.rows().get(i);
      lines.add(Words.text("%-" + widest + "s  %s", labels.get(i), closing(row)));
      Phrases.failures(row).forEach(failure -> lines.add("  a fork " + failure));
    }
    return lines;
  }

  private static String closing(RowResult row) {
    if (!row.hasTrials()) {
      return Phrases.finding(row) + "  " + Phrases.verdict(row);
    }
    LongStream finals = row.trials().stream().mapToLong(TrialResult::finalStock);
    int trials = row.trials().size();
    return Words.text(
        "%9s  average final stock %8s  negative %3d of %-3d  %-9s  expected %-9s  %s",
        Words.counted(trials, "trial"),
        Words.decimal(finals.average().orElse(0), 2),
        row.count(trial -> trial.finalStock() < 0),
        trials,
        row.observed().map(Object::toString).orElse(""),
        row.row().expected(),
        Phrases.verdict(row));
  }
}
