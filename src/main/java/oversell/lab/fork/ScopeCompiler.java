package oversell.lab.fork;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oversell.boot.Jdk;
import oversell.lab.trial.BuyerScope;

/**
 * Compiles the scope for a JDK with that JDK's own compiler, once: the classes stay in a folder
 * named by the JDK's build and the source.
 */
public final class ScopeCompiler {
  private static final int FIRST_WITH_SCOPES = 21;
  private static final int FIRST_WITH_JOINERS = 25;
  private static final long PATIENCE_SECONDS = 120;

  private static final Logger LOG = LoggerFactory.getLogger(ScopeCompiler.class);

  private final Path cache;
  private final String classPath;
  private final Map<Jdk, Path> compiled = new HashMap<>();

  /**
   * With a folder of its own.
   *
   * @param cache holds a folder for each JDK and source; made if it is missing
   * @param classPath sees {@link BuyerScope}
   */
  public ScopeCompiler(Path cache, String classPath) {
    this.cache = cache;
    this.classPath = classPath;
  }

  /**
   * The folder with the classes of a JDK.
   *
   * @throws IOException if its compiler fails or the folder cannot be written; the text says why
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  public Path classesFor(Jdk jdk) throws IOException, InterruptedException {
    Path known = compiled.get(jdk);
    if (known != null) {
      return known;
    }
    String name = BuyerScope.IMPLEMENTATION.replace('.', '/');
    String seam = read("/" + BuyerScope.class.getName().replace('.', '/') + ".class");
    int shape = jdk.feature() >= FIRST_WITH_JOINERS ? FIRST_WITH_JOINERS : FIRST_WITH_SCOPES;
    String source = read("/seam/" + shape + "/" + name + ".java");
    String version = Integer.toHexString((jdk.build() + seam + source).hashCode());
    Path classes = cache.resolve(jdk.feature() + "-" + version);
    if (Files.exists(classes.resolve(name + ".class"))) {
      LOG.debug("the scope for JDK {} was compiled before, into {}", jdk.build(), classes);
    } else {
      compile(jdk, source, name, classes);
    }
    compiled.put(jdk, classes);
    return classes;
  }

  private void compile(Jdk jdk, String source, String name, Path classes)
      throws IOException, InterruptedException {
    Files.createDirectories(cache);
    Path work = Files.createTempDirectory(cache, "compiling-");
    Path file = work.resolve("source").resolve(name + ".java");
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, source);
    Path output = Files.createDirectory(work.resolve("classes"));
    Path log = work.resolve("javac.log");
    List<String> command =
        List.of(
            jdk.program("javac").toString(),
            "--enable-preview",
            "--release",
            Integer.toString(jdk.feature()),
            "-proc:none",
            "-cp",
            classPath,
            "-d",
            output.toString(),
            file.toString());
    LOG.info("compiles the scope for JDK {}", jdk.build());
    LOG.debug("{}", command);
    Process javac =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!javac.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || javac.exitValue() != 0) {
        throw new IOException(
            "its compiler refused the scope: " + Files.readString(log).strip().replace('\n', ' '));
      }
      // Moved as a whole: another lab that compiles the same at the same time finds all of it or
      // nothing.
      Files.move(output, classes, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException otherWasFirst) {
      LOG.debug("another lab has compiled the scope meanwhile: {}", otherWasFirst.toString());
      return;
    } finally {
      javac.destroyForcibly();
      delete(work);
    }
  }

  private static String read(String resource) throws IOException {
    try (InputStream stream = ScopeCompiler.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
