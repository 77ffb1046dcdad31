package oversell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A user's project: sources that are compiled against the lab, outside of it.
 *
 * @param classes where its class files go
 */
record OwnProject(Path classes) {
  /** An inventory with a guard that the source names, and its provider. */
  private static final String INVENTORY =
      """
      package shop;

      import oversell.inventory.*;

      public class %1$s implements Inventory, InventoryProvider {
        private int left;

        public %1$s() { this(0); }

        %1$s(int stock) { left = stock; }

        public String name() { return "%2$s"; }
        public boolean safe() { return %3$s; }
        public Inventory create(int stock) { return new %1$s(stock); }
        public %4$s Answer purchase(int units, Pause pause) throws InterruptedException {
          if (left < units) return Answer.refused(left);
          pause.pause();
          left -= units;
          return new Answer(units, left);
        }
        public int stock() { return left; }
      }
      """;

  static OwnProject in(Path folder) throws IOException {
    return new OwnProject(Files.createDirectories(folder.resolve("target").resolve("classes")));
  }

  /** A project with one variant that is safe and one that is not. */
  static OwnProject shop(Path folder) throws IOException {
    return in(folder)
        .compile(
            "shop.Guarded", INVENTORY.formatted("Guarded", "shop-guarded", true, "synchronized"))
        .compile("shop.Racy", INVENTORY.formatted("Racy", "shop-racy", false, ""))
        .provides("shop.Guarded", "shop.Racy");
  }

  /** Compiles a class; it sees the lab and what was compiled before. */
  OwnProject compile(String name, String source) throws IOException {
    Path file = classes.resolveSibling("sources").resolve(name.replace('.', '/') + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    String classPath = classes + java.io.File.pathSeparator + System.getProperty("java.class.path");
    int status =
        javac.run(
            null,
            null,
            null,
            "--release",
            "21",
            "-proc:none",
            "-nowarn",
            "-cp",
            classPath,
            "-d",
            classes.toString(),
            file.toString());
    if (status != 0) {
      throw new IllegalArgumentException("does not compile: " + source);
    }
    return this;
  }

  /** Writes the service file. */
  OwnProject provides(String... providers) throws IOException {
    Path services = Files.createDirectories(classes.resolve("META-INF").resolve("services"));
    Files.write(services.resolve("oversell.inventory.InventoryProvider"), List.of(providers));
    return this;
  }

  /** The same classes in a jar. */
  Path jar() throws IOException {
    Path jar = classes.resolveSibling("shop.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
