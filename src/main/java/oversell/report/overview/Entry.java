package oversell.report.overview;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import oversell.lab.fork.Environment;
import oversell.report.Report;
import oversell.report.table.Results;
import oversell.report.table.ResultsFolder;
import oversell.report.table.RowResult;
import oversell.report.table.Verdict;

/**
 * What the overview says of one experiment, as Markdown.
 *
 * @param experiment its name, with a link where there is a table
 * @param question the experiment's; empty where it cannot be read
 * @param answer what came of it, or why that cannot be said
 * @param isAnswered whether it ran to its end and its table leads with an answer
 * @param lastLines what the run said at its end; none if it was not as its file says
 * @param machine what it was measured on, and when; empty where it cannot be read
 */
record Entry(
    String experiment,
    String question,
    String answer,
    boolean isAnswered,
    List<String> lastLines,
    String machine) {
  private static final String TABLE = "table.md";
  private static final String ANSWER = "**Answer:** ";
  private static final Pattern BARE_BAR = Pattern.compile("(?<!\\\\)\\|");

  /** Reads a folder of results. One that cannot be read has an entry that says so. */
  static Entry read(Path folder) {
    String name = folder.getFileName().toString();
    String shown =
        Files.exists(folder.resolve(TABLE)) ? "[%s](%s/%s)".formatted(name, name, TABLE) : name;
    try {
      return of(shown, folder, Results.read(folder.resolve(ResultsFolder.RAW_LOG)));
    } catch (IOException unreadable) {
      return unreadable(shown, reason(folder, unreadable));
    } catch (RuntimeException strange) {
      // A log of an older lab lacks what this one takes for granted: one folder must not take the
      // lines of all others along.
      return unreadable(shown, "a log that this lab does not understand");
    }
  }

  private static Entry unreadable(String shown, String reason) {
    return new Entry(shown, "", "**Cannot be read:** " + escaped(reason), false, List.of(), "");
  }

  private static Entry of(String shown, Path folder, Results results) throws IOException {
    Optional<String> written = written(folder);
    boolean ended = results.ended().isPresent();
    String answer = written.orElseGet(() -> verdicts(results));
    if (!ended) {
      String kept = results.isExplored() ? "explorations" : "trials";
      answer = "**Interrupted;** of the " + kept + " that had ended by then: " + answer;
    }
    return new Entry(
        shown,
        escaped(results.run().question()),
        answer,
        ended && written.isPresent(),
        results.run().settings().isEmpty() ? Report.of(results).closing() : List.of(),
        machine(results.run().environment()));
  }

  /** The sentence in the folder's own table, which is Markdown already. */
  private static Optional<String> written(Path folder) throws IOException {
    Path table = folder.resolve(TABLE);
    if (!Files.exists(table)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(table)) {
      return lines
          .filter(line -> line.startsWith(ANSWER))
          .map(line -> line.substring(ANSWER.length()).strip())
          .filter(answer -> !answer.isEmpty())
          .map(answer -> BARE_BAR.matcher(answer).replaceAll("\\\\|"))
          .findFirst();
    }
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
    return escaped(
        environment.cpu()
            + ", "
            + processors
            + (processors == 1 ? " processor" : " processors")
            + ", JDK "
            + environment.shownJdks()
            + ", "
            + environment.started().atOffset(ZoneOffset.UTC).toLocalDate());
  }

  /** Why, with paths from the folder of results: the page is the same wherever the project is. */
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

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
  }
}
