package oversell.explorer.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.hook.Hooks;
import oversell.explorer.hook.Uncontrolled;
import oversell.inventory.Inventory;

/** Which classes are woven, and what they are told of themselves. */
@Timeout(60)
class LoaderTest {
  @TempDir private Path folder;

  @BeforeEach
  void runUncontrolled() {
    Hooks.install(new Uncontrolled());
  }

  /** Compiles sources, by the names of their classes. */
  private URLClassLoader compiled(Map<String, String> sources) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = folder.resolve("src").resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javax.shop.Till",
        "com.sun.shop.Till",
        "sun.shop.Till",
        "jdk.shop.Till",
        "oversell.inventory.Till",
        "oversell.inventory.mine.Till",
        "oversell.explorer.hook.Till",
        "org.slf4jx.Till",
        "org.jspecify.Till"
      })
  void aClassOfAUserIsWovenWhateverItsPackageIsCalled(String name) throws Exception {
    String of = name.substring(0, name.lastIndexOf('.'));
    try (URLClassLoader plain =
        compiled(Map.of(name, "package " + of + "; public class Till { int stock; }"))) {
      WeavingLoader loader = new WeavingLoader(plain, false);

      assertThat(loader.loadClass(name).getClassLoader()).isSameAs(loader);
    }
  }

  @Test
  void theJdkAndTheLabsOwnDoorAreNotWoven() throws ClassNotFoundException {
    WeavingLoader loader = new WeavingLoader(getClass().getClassLoader(), false);

    for (Class<?> type :
        List.of(String.class, java.sql.Driver.class, Inventory.class, Hooks.class)) {
      assertThat(loader.loadClass(type.getName())).isSameAs(type);
    }
    assertThat(loader.unwoven()).isEmpty();
  }

  @Test
  void aLoggerIsNotWovenAndThatIsTold() throws ClassNotFoundException {
    WeavingLoader loader = new WeavingLoader(getClass().getClassLoader(), false);

    Class<?> logger = loader.loadClass("org.slf4j.Logger");

    assertThat(logger.getClassLoader()).isNotSameAs(loader);
    assertThat(loader.unwoven()).containsExactly("org.slf4j.Logger");
  }

  @Test
  void aWovenClassIsToldOfItselfWhatItWasBefore() throws Exception {
    String source =
        """
        package shop;

        public class Asking {
          public static String result() {
            return Asking.class.getProtectionDomain().getCodeSource().getLocation()
                + " " + Asking.class.getPackage().getName()
                + " " + Asking.class.getPackage().getImplementationVersion()
                + " " + Asking.class.getResource("Asking.class")
                + " " + (Asking.class.getClassLoader().getResource("shop/Asking.class") != null);
          }
        }
        """;
    try (URLClassLoader plain = compiled(Map.of("shop.Asking", source))) {
      WeavingLoader woven = new WeavingLoader(plain, false);

      assertThat(result(woven, "shop.Asking")).isEqualTo(result(plain, "shop.Asking"));
    }
  }

  /** Of a jar that has a manifest. */
  @Test
  void aWovenClassOfAJarIsToldOfItsPackageWhatItWasBefore() throws Exception {
    WeavingLoader woven = new WeavingLoader(getClass().getClassLoader(), false);
    Class<?> type = woven.loadClass("tools.jackson.core.Version");
    Class<?> plain = Class.forName("tools.jackson.core.Version");

    assertThat(type.getPackage().getImplementationVersion())
        .isEqualTo(plain.getPackage().getImplementationVersion())
        .isNotNull();
    assertThat(type.getProtectionDomain().getCodeSource().getLocation())
        .isEqualTo(plain.getProtectionDomain().getCodeSource().getLocation());
  }

  @Test
  void aClassThatIsNotThereIsNotFound() {
    WeavingLoader loader = new WeavingLoader(getClass().getClassLoader(), false);

    assertThatThrownBy(() -> loader.loadClass("shop.Nothing"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  private static Object result(ClassLoader loader, String name)
      throws ReflectiveOperationException {
    return loader.loadClass(name).getMethod("result").invoke(null);
  }
}
