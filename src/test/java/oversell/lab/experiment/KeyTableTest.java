package oversell.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KeyTableTest {
  private static final Path PAGE = Path.of("experiments", "README.md");
  private static final String BEGIN =
      "<!-- keys: made from Key.java; after a change run KeyTableTest with -Dgolden=write -->\n";
  private static final String END = "<!-- end of keys -->";

  /** The page is written by people, but for the table between the two marks. */
  @Test
  void theTableOfKeysIsMadeFromTheirDeclarations() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);

    if ("write".equals(System.getProperty("golden"))) {
      page = page.substring(0, begin) + KeyTable.markdown() + page.substring(end);
      Files.writeString(PAGE, page);
      end = page.indexOf(END);
    }

    assertThat(page.substring(begin, end)).isEqualTo(KeyTable.markdown());
  }

  @Test
  void everyKeyHasALineWithItsDefaultAndTheModesInWhichItMeansSomething() {
    assertThat(KeyTable.markdown().lines().skip(2)).hasSize(Key.names().size());
    assertThat(KeyTable.markdown())
        .contains(
            "| `units` | `1` | a whole number from 1 to 1000000 | units that each buyer wants |")
        .containsPattern("\\| `strategy` .* or a list \\| .*; only in mode explore \\|")
        .containsPattern("\\| `trials` .*; not in mode explore \\|");
  }
}
