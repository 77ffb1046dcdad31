package oversell.report.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerListTest {
  private static final Logs.Row ROW =
      new Logs.Row(Logs.workload("synchronized", 5), 25, Logs.from(1_000_000, 2));
  private static final String STALE = "- [a](results/a/table.md): **old?** Old.";
  private static final String RENEWED =
      "- [a](results/a/table.md): **Is a\\|b safe?** $1 of 2 \\\\2.";

  @TempDir private Path project;

  @BeforeEach
  void writeResults() throws IOException {
    answered("a", true);
  }

  private void answered(String name, boolean endsWell) throws IOException {
    log(name, new Logs.Asked(Logs.ENVIRONMENT, Map.of(), "buyers: 5", endsWell), ROW);
  }

  private void log(String name, Logs.Asked asked, Logs.Row... rows) throws IOException {
    Path folder = project.resolve("results").resolve(name);
    Files.deleteIfExists(folder.resolve("trials.jsonl"));
    Logs.write(folder, asked.answering("$1 of {trials} \\2"), rows);
  }

  private String renewed(String page) throws IOException {
    Path readme = Files.writeString(project.resolve("README.md"), page);
    new Overview(project.resolve("results")).write();
    return Files.readString(readme);
  }

  @Test
  void putsQuestionAndAnswerBehindTheLink() throws IOException {
    assertThat(renewed("# Title\n\nText.\n\n- other\n" + STALE + "\n\nMore.\n"))
        .isEqualTo("# Title\n\nText.\n\n- other\n" + RENEWED + "\n\nMore.\n");
  }

  @Test
  void isInTheOrderOfThePageWithItsLineEndings() throws IOException {
    answered("b", true);

    assertThat(renewed("- [b](results/b/table.md): x\r\n" + STALE + "\r\n" + STALE))
        .isEqualTo(
            RENEWED.replace("a]", "b]").replace("/a/", "/b/")
                + "\r\n"
                + RENEWED
                + "\r\n"
                + RENEWED);
  }

  @Test
  void putsTheLastLinesOfTheRunBetweenTheFencesBehindAMark() throws IOException {
    String fenced = "Text.\n\n<!-- last lines of %s -->\n```\n%s\n```\n\n```\nkept\n```\n";

    assertThat(renewed(fenced.formatted("a", "old\nlines")))
        .isEqualTo(
            fenced.formatted(
                "a",
                "synchronized   2 trials  average final stock     5.00  negative   0 of 2    safe"
                    + "       expected safe       PASS"));
    assertThat(renewed(fenced.formatted("missing", "old")))
        .isEqualTo(fenced.formatted("missing", "old"));
  }

  /** A page that shows a run of fifty trials must not show one of two trials. */
  @Test
  void leavesAloneTheLastLinesIfTheRunWasOfAnotherSize() throws IOException {
    Path folder = project.resolve("results").resolve("a");
    Files.delete(folder.resolve("trials.jsonl"));
    Logs.write(
        folder, new Logs.Asked(Logs.ENVIRONMENT, Map.of("trials", "2"), "buyers: 5", true), ROW);
    String page = "<!-- last lines of a -->\n```\nold\n```\n";

    assertThat(renewed(page)).isEqualTo(page);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no list at all",
        "<!-- last lines of a -->\n\n```\nold\n```\n",
        "<!-- last lines of a -->\n```\nold\n",
        "- [a](results/a/table.md) without a colon",
        "text - [a](results/a/table.md): **old?** Old.",
        "- [a](results/b/table.md): **old?** Old.",
        "- [missing](results/missing/table.md): **old?** Old.",
        "- [a](elsewhere/a/table.md): **old?** Old.",
        "- see [a](results/a/table.md): **old?** Old."
      })
  void leavesAlonePagesWithoutSuchALine(String page) throws IOException {
    assertThat(renewed(page)).isEqualTo(page);
  }

  @Test
  void keepsTheAnswerIfTheRunWasInterruptedOrCannotBeRead() throws IOException {
    answered("a", false);
    assertThat(renewed(STALE)).isEqualTo(STALE);

    Files.writeString(project.resolve("results/a/trials.jsonl"), "something else");
    assertThat(renewed(STALE)).isEqualTo(STALE);
  }

  @Test
  void keepsTheAnswerIfTheRunHasNone() throws IOException {
    Path folder = project.resolve("results").resolve("a");
    Files.delete(folder.resolve("trials.jsonl"));
    Logs.write(folder, Logs.Asked.plain().answering("{trials where jdk=1}"), ROW);

    assertThat(renewed(STALE)).isEqualTo(STALE);
  }

  @Test
  void keepsTheAnswerIfAForkOfTheRunFailed() throws IOException {
    Logs.Row crashed =
        new Logs.Row(Logs.workload("unlocked", 5), 25, true, Logs.from(1_000_000, 2));
    log("a", Logs.Asked.plain(), ROW, crashed);

    assertThat(renewed(STALE)).isEqualTo(STALE);
    assertThat(project.resolve("results").resolve("README.md"))
        .content()
        .contains("**A fork failed;** of the trials that had ended: $1 of 2");
  }

  @Test
  void writesNothingWhereNothingChanges() throws IOException {
    Path readme = Files.writeString(project.resolve("README.md"), RENEWED);
    FileTime before = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(readme, before);

    new Overview(project.resolve("results")).write();

    assertThat(Files.getLastModifiedTime(readme)).isEqualTo(before);
  }

  @Test
  void keepsAPageThatItCannotRead() throws IOException {
    byte[] latin = (STALE + "\n\u00e9").getBytes(StandardCharsets.ISO_8859_1);
    Path readme = Files.write(project.resolve("README.md"), latin);

    assertThatThrownBy(() -> new Overview(project.resolve("results")).write())
        .isInstanceOf(IOException.class);
    assertThat(readme).hasBinaryContent(latin);
  }

  @Test
  void keepsAPageThatItCannotWrite() throws IOException {
    Path readme = Files.writeString(project.resolve("README.md"), STALE);
    Files.createDirectories(project.resolve(".README.md").resolve("in the way"));

    assertThatThrownBy(() -> new Overview(project.resolve("results")).write())
        .isInstanceOf(IOException.class);
    assertThat(readme).hasContent(STALE);
  }

  @Test
  void makesNoPageWhereThereIsNone() throws IOException {
    new Overview(project.resolve("results")).write();

    try (Stream<Path> files = Files.list(project)) {
      assertThat(files).containsExactly(project.resolve("results"));
    }
  }
}
