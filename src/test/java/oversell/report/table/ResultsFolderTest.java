package oversell.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsFolderTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir private Path results;
  private Path seed;

  @BeforeEach
  void nameFolder() {
    seed = results.resolve("seed");
  }

  private void run(String text, Instant started) throws IOException {
    try (ResultsFolder folder = ResultsFolder.open(results, "seed")) {
      Path work = folder.begin(started);
      Files.writeString(work.resolve("table.md"), text);
      folder.publish(work);
    }
  }

  private Path begin(Instant started) throws IOException {
    try (ResultsFolder folder = ResultsFolder.open(results, "seed")) {
      return folder.begin(started);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(".lock"))
          .sorted()
          .toList();
    }
  }

  private List<String> history() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String name : names(seed.resolve("history"))) {
      texts.add(Files.readString(seed.resolve("history").resolve(name).resolve("table.md")));
    }
    texts.sort(null);
    return texts;
  }

  @Test
  void publishesTheFirstRun() throws IOException {
    run("first", NOON);

    assertThat(seed.resolve("table.md")).hasContent("first");
    assertThat(names(results)).containsExactly("seed");
    assertThat(history()).isEmpty();
  }

  @Test
  void keepsEveryFormerRunInTheHistory() throws IOException {
    run("first", NOON);
    run("second", NOON.plusSeconds(60));
    run("third", NOON.plusSeconds(120));

    assertThat(seed.resolve("table.md")).hasContent("third");
    assertThat(history()).containsExactly("first", "second");
    assertThat(names(results)).containsExactly("seed");
  }

  @Test
  void aRunThatIsNotPublishedChangesNothing() throws IOException {
    run("first", NOON);
    Path work = begin(NOON.plusSeconds(60));
    Files.writeString(work.resolve("table.md"), "interrupted");

    assertThat(seed.resolve("table.md")).hasContent("first");

    run("second", NOON.plusSeconds(120));
    assertThat(seed.resolve("table.md")).hasContent("second");
    assertThat(history()).containsExactly("first", "interrupted");
  }

  /** This happens if a user restores the committed results from version control after a run. */
  @Test
  void keepsARunThatCameBackFromTheHistory() throws IOException {
    Path log = Path.of("src", "test", "resources", "oversell", "report", "matrix.jsonl");
    run("first", NOON);
    Files.copy(log, seed.resolve(ResultsFolder.RAW_LOG));
    run("second", NOON.plusSeconds(60));
    Files.copy(log, seed.resolve(ResultsFolder.RAW_LOG));
    Files.writeString(seed.resolve("table.md"), "first again");

    run("third", NOON.plusSeconds(120));

    assertThat(seed.resolve("table.md")).hasContent("third");
    assertThat(history()).containsExactly("first", "first again");
  }

  @Test
  void refusesToWorkInTheFolderOfAnotherRun() throws IOException {
    try (ResultsFolder folder = ResultsFolder.open(results, "seed")) {
      folder.begin(NOON);

      assertThatThrownBy(() -> folder.begin(NOON)).isInstanceOf(FileAlreadyExistsException.class);
    }
  }

  @Test
  void refusesASecondRunAtTheSameTime() throws IOException {
    ResultsFolder first = ResultsFolder.open(results, "seed");

    assertThatThrownBy(() -> ResultsFolder.open(results, "other"))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("another run is going on");

    first.close();
    ResultsFolder.open(results, "other").close();
  }

  @Test
  void cannotBeOpenedInAFolderThatIsReadOnly() throws IOException {
    Files.writeString(results.resolve("file"), "no folder");

    assertThatThrownBy(() -> ResultsFolder.open(results.resolve("file"), "seed"))
        .isInstanceOf(IOException.class);
  }

  /** The machine may stop after each move of a publication; the next run must make the others. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void finishesAPublicationThatWasInterrupted(int moves) throws IOException {
    run("first", NOON);
    Path work = begin(NOON.plusSeconds(60));
    Files.writeString(work.resolve("table.md"), "second");
    Path incoming = results.resolve(".seed.incoming");
    Path outgoing = results.resolve(".seed.outgoing");
    Path[][] all = {
      {work, incoming},
      {seed, outgoing},
      {incoming, seed},
      {outgoing.resolve("history"), seed.resolve("history")}
    };
    for (Path[] move : List.of(all).subList(0, moves)) {
      Files.move(move[0], move[1]);
    }

    ResultsFolder.open(results, "seed").close();

    assertThat(seed.resolve("table.md")).hasContent("second");
    assertThat(history()).containsExactly("first");
    assertThat(names(results)).containsExactly("seed");
  }
}
