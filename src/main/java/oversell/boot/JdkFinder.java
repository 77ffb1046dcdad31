package oversell.boot;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Looks for installed JDKs where people and their tools put them.
 *
 * <p>The rule of choice is that of the Maven toolchains plugin, and so are most of the places, so
 * that the JDK which compiles the lab is the one which runs it.
 */
public final class JdkFinder {
  private static final String[] SYSTEM_FOLDERS = {
    "/usr/lib/jvm",
    "/usr/lib/java",
    "/usr/java",
    "/usr/jdk",
    "/opt/java",
    "/Library/Java/JavaVirtualMachines"
  };
  private static final String[] USER_FOLDERS = {
    ".sdkman/candidates/java",
    ".jdks",
    ".m2/jdks",
    ".gradle/jdks",
    ".jenv/versions",
    ".jbang/cache/jdks",
    ".asdf/installs/java",
    ".local/share/mise/installs/java",
    "Library/Java/JavaVirtualMachines"
  };
  private static final String[] WINDOWS_FOLDERS = {
    "Java", "Eclipse Adoptium", "Microsoft", "Zulu", "Amazon Corretto"
  };

  private final Map<String, String> environment;
  private final Path userHome;
  private final Path running;
  private final List<Path> systemFolders;

  /**
   * Describes a machine to search.
   *
   * @param environment its environment variables
   * @param userHome the user's home folder
   * @param running the home of the JVM that searches
   * @param systemFolders the folders that hold one JDK in each subfolder, beside those of the user
   */
  JdkFinder(
      Map<String, String> environment, Path userHome, Path running, List<Path> systemFolders) {
    this.environment = environment;
    this.userHome = userHome;
    this.running = running;
    this.systemFolders = systemFolders;
  }

  /** Searches this machine, from this JVM. */
  public static JdkFinder ofThisMachine() {
    List<Path> folders = new ArrayList<>();
    for (String folder : SYSTEM_FOLDERS) {
      folders.add(Paths.get(folder));
    }
    String programs = System.getenv("ProgramFiles");
    if (programs != null) {
      for (String folder : WINDOWS_FOLDERS) {
        folders.add(Paths.get(programs, folder));
      }
    }
    return new JdkFinder(
        System.getenv(),
        Paths.get(System.getProperty("user.home")),
        Paths.get(System.getProperty("java.home")),
        folders);
  }

  /**
   * The JDK to run the lab on: that of this JVM if it can, else the newest long-term one, else the
   * newest.
   */
  public Optional<Jdk> host() {
    Optional<Jdk> mine = Jdk.read(running);
    if (mine.isPresent() && mine.get().hasVirtualThreads()) {
      return mine;
    }
    return all().stream().max(Comparator.comparing(Jdk::isLongTerm).thenComparing(Jdk::feature));
  }

  /** Every JDK that can run the lab, by feature number, one a feature: the first that was found. */
  public Collection<Jdk> all() {
    Map<Path, Jdk> found = new LinkedHashMap<>();
    for (Path candidate : candidates()) {
      Jdk.read(candidate)
          .filter(Jdk::hasVirtualThreads)
          .ifPresent(jdk -> found.putIfAbsent(jdk.path(), jdk));
    }
    Map<Integer, Jdk> byFeature = new TreeMap<>();
    for (Jdk jdk : found.values()) {
      byFeature.putIfAbsent(jdk.feature(), jdk);
    }
    return byFeature.values();
  }

  private List<Path> candidates() {
    List<Path> candidates = new ArrayList<>();
    candidates.add(running);
    environment.forEach(
        (name, value) -> {
          if (name.matches("JAVA\\d*_HOME|JDK_HOME")) {
            addPath(candidates, value);
          }
        });
    for (String folder : USER_FOLDERS) {
      addSubfolders(candidates, userHome.resolve(folder));
    }
    for (Path folder : systemFolders) {
      addSubfolders(candidates, folder);
    }
    return candidates;
  }

  private static void addPath(List<Path> candidates, String text) {
    try {
      candidates.add(Paths.get(text));
    } catch (InvalidPathException notAPath) {
      // A variable that names no path names no JDK either; the others still count.
      return;
    }
  }

  private static void addSubfolders(List<Path> candidates, Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> subfolders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(subfolders::add);
    } catch (IOException unreadable) {
      return;
    }
    // Newest first by name, and always in the same order, so that two builds of one feature don't
    // take turns.
    subfolders.sort(Comparator.reverseOrder());
    for (Path subfolder : subfolders) {
      candidates.add(subfolder);
      candidates.add(subfolder.resolve("Contents").resolve("Home"));
    }
  }
}
