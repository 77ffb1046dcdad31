package oversell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeVersionTest {
  @TempDir private Path one;
  @TempDir private Path other;

  @BeforeEach
  void twoClones() throws IOException {
    write(one, "src/main/java/a/A.java", "class A {\n}\n");
    write(one, "pom.xml", "<project/>\n");
    write(other, "src/main/java/a/A.java", "class A {\n}\n");
    write(other, "pom.xml", "<project/>\n");
  }

  private static void write(Path clone, String name, String text) throws IOException {
    Path file = clone.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void twoClonesOfOneCommitAreOfTheSameVersion() {
    assertThat(CodeVersion.of(one)).isEqualTo(CodeVersion.of(other)).startsWith("sources ");
  }

  @Test
  void soTheyAreWithTheEndsOfLinesOfWindows() throws IOException {
    write(other, "src/main/java/a/A.java", "class A {\r\n}\r\n");

    assertThat(CodeVersion.of(one)).isEqualTo(CodeVersion.of(other));
  }

  @Test
  void aChangeThatIsNotCommittedMakesAnotherVersion() throws IOException {
    write(other, "src/main/java/a/A.java", "class A { int i; }\n");

    assertThat(CodeVersion.of(one)).isNotEqualTo(CodeVersion.of(other));
  }

  @Test
  void soDoesAFileUnderAnotherName() throws IOException {
    Files.move(other.resolve("src/main/java/a/A.java"), other.resolve("src/main/java/a/B.java"));

    assertThat(CodeVersion.of(one)).isNotEqualTo(CodeVersion.of(other));
  }

  @Test
  void testsAndResultsAreNoPartOfIt() throws IOException {
    write(other, "src/test/java/a/ATest.java", "class ATest {}\n");
    write(other, "results/README.md", "more\n");

    assertThat(CodeVersion.of(one)).isEqualTo(CodeVersion.of(other));
  }

  @Test
  void whereThereAreNoSourcesItIsOfTheClassesThatRun(@TempDir Path empty) {
    assertThat(CodeVersion.of(empty)).isEqualTo(CodeVersion.of(empty)).startsWith("classes ");
  }
}
