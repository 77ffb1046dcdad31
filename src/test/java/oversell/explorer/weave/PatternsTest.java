package oversell.explorer.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oversell.explorer.hook.Hooks;
import oversell.explorer.hook.Uncontrolled;

/** Constructs that the formatter of the house cannot read yet, so as text. */
@Timeout(60)
class PatternsTest {
  private static final String SOURCE =
      """
      package modern;

      public final class Modern {
        private sealed interface Shape permits Circle, Square, Nothing {}

        private record Circle(double radius) implements Shape {}

        private record Square(long side) implements Shape {}

        private enum Nothing implements Shape {
          IT
        }

        private record Pair<T>(T x, Object y) {}

        private static int looked;

        private static boolean look(long side) {
          looked++;
          return side > 10;
        }

        public static String result() {
          StringBuilder text = new StringBuilder();
          for (Shape shape : new Shape[] {new Circle(1.5), new Square(2), new Square(30), Nothing.IT}) {
            text.append(
                switch (shape) {
                  case Circle(double radius) -> "circle " + radius;
                  case Square(long side) when look(side) -> "big " + side;
                  case Square square -> {
                    long side = square.side();
                    yield "square " + side;
                  }
                  case Nothing nothing -> nothing.name();
                });
          }
          for (Object any : new Object[] {null, "s", 42, 4, new Pair<>(new Pair<>(1, 2L), new Pair<>(3, null))}) {
          text.append(
              switch (any) {
                case null -> "null";
                case String string -> string;
                case Integer number when number > 40 -> "forty " + number;
                case Pair<?>(Pair<?>(Integer a, var b), Pair<?> other) -> a + "," + b + other;
                default -> "other";
              });
          }
          return text + (((Object) new Pair<>(5, 6)) instanceof Pair<?>(Integer c, Integer d) && c < d ? " less " : " not ") + looked;
        }
      }
      """;

  @Test
  void patternsMatchWhatTheyDid(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("Modern.java"), SOURCE);
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", folder.toString(), source.toString()))
        .isZero();
    Hooks.install(new Uncontrolled());
    try (URLClassLoader plain = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      for (boolean telling : new boolean[] {false, true}) {
        WeavingLoader woven = new WeavingLoader(plain, telling);

        assertThat(result(woven))
            .isEqualTo("circle 1.5square 2big 30ITnullsforty 42other1,2Pair[x=3, y=null] less 2");
      }
      assertThat(result(plain)).isEqualTo(result(new WeavingLoader(plain, false)));
    }
  }

  private static String result(ClassLoader loader) throws ReflectiveOperationException {
    return (String) loader.loadClass("modern.Modern").getMethod("result").invoke(null);
  }
}
