package oversell.explore;

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

/** A method that is too large once it is woven is named, and nothing crashes. */
@Timeout(120)
class LargeMethodTest {
  private static final String SOURCE =
      """
      package large;

      import oversell.inventory.*;

      public final class Large implements InventoryProvider {
        public String name() { return "large"; }

        public Inventory create(int stock) {
          return new Inventory() {
            private int left = stock;

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

  private Explored explore(String modifier, int accesses) throws Exception {
    String source = SOURCE.formatted("sum += left;\n".repeat(accesses)).replace("SYNC", modifier);
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
  void oneThatIsTooLargeIsNamed(String modifier) throws Exception {
    assertThat(explore(modifier, 8_000).uncontrolled())
        .singleElement()
        .asString()
        .contains("a method too large to be explored", "purchase (Large.java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "synchronized"})
  void oneThatIsNotIsExplored(String modifier) throws Exception {
    assertThat(explore(modifier, 80).uncontrolled()).isEmpty();
  }
}
