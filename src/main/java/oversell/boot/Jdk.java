package oversell.boot;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * An installed JDK: a folder with {@code bin/java} and {@code bin/javac}, described by its {@code
 * release} file.
 */
public final class Jdk {
  private static final int FIRST_VIRTUAL_THREADS = 21;
  private static final int RELEASES_BETWEEN_LONG_TERM = 4;

  private final Path path;
  private final int feature;
  private final String build;

  private Jdk(Path path, int feature, String build) {
    this.path = path;
    this.feature = feature;
    this.build = build;
  }

  /**
   * Reads what a folder holds, without starting anything.
   *
   * @return empty where the folder is no JDK: a JRE, for one, has no compiler for the scopes
   */
  public static Optional<Jdk> read(Path folder) {
    if (!hasProgram(folder, "java") || !hasProgram(folder, "javac")) {
      return Optional.empty();
    }
    Properties release = new Properties();
    try (Reader reader =
        Files.newBufferedReader(folder.resolve("release"), StandardCharsets.UTF_8)) {
      release.load(reader);
      String version = unquoted(release, "JAVA_VERSION");
      return Optional.of(
          new Jdk(
              folder.toRealPath(),
              featureOf(version),
              release.containsKey("JAVA_RUNTIME_VERSION")
                  ? unquoted(release, "JAVA_RUNTIME_VERSION")
                  : version));
    } catch (IOException | IllegalArgumentException notAJdk) {
      return Optional.empty();
    }
  }

  /** The feature number of a version string: 25 for "25.0.3", 8 for "1.8.0_402". */
  static int featureOf(String version) {
    String[] numbers = version.split("[.+_-]");
    int first = Integer.parseInt(numbers[0]);
    return first == 1 && numbers.length > 1 ? Integer.parseInt(numbers[1]) : first;
  }

  private static boolean hasProgram(Path home, String name) {
    return Files.isExecutable(home.resolve("bin").resolve(name))
        || Files.isExecutable(home.resolve("bin").resolve(name + ".exe"));
  }

  private static String unquoted(Properties release, String key) {
    return release.getProperty(key, "").replace("\"", "").trim();
  }

  /** Where it is installed, links resolved. */
  public Path path() {
    return path;
  }

  /** Its feature number: 21, 25, 27. */
  public int feature() {
    return feature;
  }

  /**
   * Its full build, such as {@code 25.0.3+9-LTS}: bugs of virtual threads differ between builds.
   */
  public String build() {
    return build;
  }

  /** Whether the lab runs on it. */
  public boolean hasVirtualThreads() {
    return feature >= FIRST_VIRTUAL_THREADS;
  }

  /** Whether it is a long-term release: 21, 25, 29 and so on, one every two years. */
  boolean isLongTerm() {
    return feature >= FIRST_VIRTUAL_THREADS
        && (feature - FIRST_VIRTUAL_THREADS) % RELEASES_BETWEEN_LONG_TERM == 0;
  }

  /** The path of one of its programs. */
  public Path program(String name) {
    return path.resolve("bin").resolve(name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Jdk
        && path.equals(((Jdk) other).path)
        && build.equals(((Jdk) other).build);
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  @Override
  public String toString() {
    return build + " in " + path;
  }
}
