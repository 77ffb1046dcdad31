package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.inventory.InventoryProvider;
import oversell.lab.trial.Explored;

/** A method that is too large once it is woven is named, and nothing crashes. */
@Timeout(120)
class LargeMethodTest {
  private static final String SOURCE =
      """
      package large;

      import oversell.inventory.*;

      public final class Large implements InventoryProvider {
        static long total;

        public String name() { return "large"; }

        public Inventory create(int stock) {
          return new Inventory() {
            private int left = stock;
            private final int[] row = new int[1];
            private final Object[] names = new Object[1];
            private Object name = "one";

            public SYNC Answer purchase(int units, Pause pause) {
              int sum = 0;
              %s
              left = left - units;
              return new Answer(units, left + 0 * sum);
            }

            public int stock() { return left; }
          };
        }
      }
      """;

  @TempDir private Path folder;

  private Explored explore(String modifier, String statement, int times) throws Exception {
    String source = SOURCE.formatted((statement + "\n").repeat(times)).replace("SYNC", modifier);
    Path file = Files.writeString(folder.resolve("Large.java"), source);
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(
                    null,
                    null,
                    null,
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    folder.toString(),
                    file.toString()))
        .isZero();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      return Explorations.of(2, 6, 3)
          .atMost(1)
          .explore(loader.loadClass("large.Large").asSubclass(InventoryProvider.class))
          .explored();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "synchronized"})
  void aMethodThatIsTooLargeIsNamed(String modifier) throws Exception {
    assertThat(explore(modifier, "new Object();", 8_000).uncontrolled())
        .singleElement()
        .asString()
        .contains("a method too large to be explored", "purchase (Large.java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "synchronized"})
  void aMethodThatIsNotTooLargeIsExplored(String modifier) throws Exception {
    assertThat(explore(modifier, "sum += left;", 80).uncontrolled()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum += left;",
        "left += 1;",
        "total += left;",
        "sum += row[0];",
        "row[0] = left;",
        "names[0] = name;",
        "synchronized (this) { sum++; }"
      })
  void aMethodNearTheLimitIsExplored(String statement) throws Exception {
    int times = 56_000 / size(statement);

    assertThat(explore("", statement, times).uncontrolled()).isEmpty();
    assertThat(explore("synchronized", statement, times).uncontrolled()).isEmpty();
  }

  /** As many bytes as a statement takes, or more if it has instructions of one byte for a hook. */
  private static int size(String statement) {
    return switch (statement) {
      case "sum += left;" -> 7;
      case "sum += row[0];" -> 10;
      case "left += 1;" -> 10;
      case "total += left;", "row[0] = left;" -> 12;
      case "names[0] = name;" -> 14;
      default -> 40;
    };
  }
}
