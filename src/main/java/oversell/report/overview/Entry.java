package oversell.report.overview;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import oversell.lab.fork.Environment;
import oversell.report.AnswerSentence;
import oversell.report.Report;
import oversell.report.table.MarkdownTable;
import oversell.report.table.Results;
import oversell.report.table.ResultsFolder;
import oversell.report.table.RowResult;
import oversell.report.table.Table;
import oversell.report.table.Verdict;
import oversell.text.Words;

/**
 * What the list of answers says of one experiment, made from its raw log, as Markdown.
 *
 * @param experiment its name, with a link where there is a page
 * @param question the experiment's; empty where the log cannot be read
 * @param answer what came of it, or why that cannot be said
 * @param isAnswered whether the run ended, no fork of it failed, and it has an answer
 * @param lastLines what the run printed at its end; none if it was not as its file says
 * @param machine what it was measured on, and when; empty where the log cannot be read
 */
record Entry(
    String experiment,
    String question,
    String answer,
    boolean isAnswered,
    List<String> lastLines,
    String machine) {
  private static final String PAGE = "table.md";

  /** Reads a folder of results. If it cannot be read, the entry says so. */
  static Entry read(Path folder) {
    String name = folder.getFileName().toString();
    String shown =
        Files.exists(folder.resolve(PAGE)) ? "[%s](%s/%s)".formatted(name, name, PAGE) : name;
    try {
      return of(shown, Results.read(folder.resolve(ResultsFolder.RAW_LOG)));
    } catch (IOException unreadable) {
      return unreadable(shown, reason(folder, unreadable));
    } catch (RuntimeException strange) {
      // A log of an older lab lacks what this one takes for granted. One folder that cannot be read
      // must not cost all others their lines.
      return unreadable(shown, "a log that this lab does not understand");
    }
  }

  private static Entry unreadable(String shown, String reason) {
    return new Entry(
        shown, "", "**Cannot be read:** " + MarkdownTable.escaped(reason), false, List.of(), "");
  }

  private static Entry of(String shown, Results results) {
    Optional<String> said =
        AnswerSentence.of(results.run().answer(), Table.of(results)).map(MarkdownTable::escaped);
    boolean ended = results.ended().isPresent();
    boolean failed = results.anyForkFailed();
    String answer = said.orElseGet(() -> verdicts(results));
    if (!ended || failed) {
      answer =
          Words.text(
              "**%s;** of the %s that had ended: %s",
              ended ? "A fork failed" : "Interrupted",
              results.isExplored() ? "explorations" : "trials",
              answer);
    }
    return new Entry(
        shown,
        MarkdownTable.escaped(results.run().question()),
        answer,
        ended && !failed && said.isPresent(),
        results.run().settings().isEmpty() ? Report.of(results).closing() : List.of(),
        machine(results.run().environment()));
  }

  private static String verdicts(Results results) {
    long asExpected =
        results.rows().stream()
            .map(RowResult::verdict)
            .filter(Optional.of(Verdict.PASS)::equals)
            .count();
    int rows = results.rows().size();
    return asExpected + " of " + rows + (rows == 1 ? " row" : " rows") + " as expected";
  }

  private static String machine(Environment environment) {
    int processors = environment.processors();
    return MarkdownTable.escaped(
        environment.cpu()
            + ", "
            + processors
            + (processors == 1 ? " processor" : " processors")
            + ", JDK "
            + environment.shownJdks()
            + ", "
            + environment.started().atOffset(ZoneOffset.UTC).toLocalDate());
  }

  /**
   * The reason, with paths from the folder of results on, so that the page does not depend on where
   * the project is.
   */
  private static String reason(Path folder, IOException problem) {
    String text =
        problem instanceof FileSystemException || problem.getMessage() == null
            ? problem.getClass().getSimpleName()
            : problem.getMessage();
    return text.replace(folder + folder.getFileSystem().getSeparator(), "");
  }

  /** The entry as a line of a Markdown table. */
  String line() {
    return "| " + String.join(" | ", experiment, question, answer, machine) + " |";
  }
}
