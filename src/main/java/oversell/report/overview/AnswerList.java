package oversell.report.overview;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oversell.report.table.WholeFile;

/**
 * The answers on a page that people write: lines that begin with a link to a page of results,
 * {@code - [NAME](results/NAME/table.md):}. People choose which lines there are, and their order;
 * what stands behind the link is renewed. So is the text that is fenced behind a mark, {@code <!--
 * last lines of NAME -->}: what such a run prints at its end. The rest of the page is never
 * changed.
 *
 * @param page the page
 */
record AnswerList(Path page) {
  private static final Pattern LINE =
      Pattern.compile("(?m)^- \\[([A-Za-z0-9._-]+)]\\(results/\\1/table\\.md\\):[^\r\n]*");

  private static final Pattern LAST_LINES =
      Pattern.compile(
          "(?m)^(<!-- last lines of ([A-Za-z0-9._-]+) -->\\R```\\R)(?:(?!```)[^\r\n]*\\R)*(?=```$)");

  /**
   * Renews the lines of those experiments that are answered. All others keep theirs, and where
   * nothing changes nothing is written.
   *
   * @param entries by the names of the experiments
   * @throws IOException if the page is there and cannot be read or written; it is whole then
   */
  void renew(Map<String, Entry> entries) throws IOException {
    if (!Files.exists(page)) {
      return;
    }
    String before = Files.readString(page);
    String lines = LINE.matcher(before).replaceAll(line -> renewed(line, entries));
    String after = LAST_LINES.matcher(lines).replaceAll(fenced -> lastLines(fenced, entries));
    if (!after.equals(before)) {
      WholeFile.write(page, after);
    }
  }

  private static String lastLines(MatchResult fenced, Map<String, Entry> entries) {
    return Matcher.quoteReplacement(
        Optional.ofNullable(entries.get(fenced.group(2)))
            .filter(Entry::isAnswered)
            .filter(entry -> !entry.lastLines().isEmpty())
            .map(entry -> fenced.group(1) + String.join("\n", entry.lastLines()) + "\n")
            .orElse(fenced.group()));
  }

  private static String renewed(MatchResult line, Map<String, Entry> entries) {
    String name = line.group(1);
    return Matcher.quoteReplacement(
        Optional.ofNullable(entries.get(name))
            .filter(Entry::isAnswered)
            .map(
                entry ->
                    "- [%s](results/%s/table.md): **%s** %s"
                        .formatted(name, name, entry.question(), entry.answer()))
            .orElse(line.group()));
  }
}
