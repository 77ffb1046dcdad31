package oversell;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import oversell.explorer.Explorer;
import oversell.lab.experiment.ExperimentError;
import oversell.lab.experiment.ExperimentFile;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.InvalidExperiment;
import oversell.lab.experiment.Key;
import oversell.lab.trial.LincheckExplorer;
import oversell.lab.trial.ScenarioNames;

/**
 * Whether scenarios can be explored, found out before a JVM is launched for it.
 *
 * @param own the user's classes
 * @param jdks the feature numbers of those that are to explore them
 */
record ScenarioCheck(OwnClasses own, List<Integer> jdks) {
  private static final int OF_JAVA_1 = 44;
  private static final int PREVIEW = 0xFFFF;

  ScenarioCheck {
    jdks = List.copyOf(jdks);
  }

  /**
   * Rejects scenarios that cannot be explored.
   *
   * @param scenarios as the user names them
   * @param tools those that explore them, as the user names them
   * @throws InvalidExperiment if there is one; the text says of each why, and what to do
   */
  void require(List<ExperimentFile.Entry> scenarios, List<ExperimentFile.Entry> tools)
      throws InvalidExperiment {
    List<ExperimentError> errors = new ArrayList<>();
    boolean byLincheck =
        tools.stream().anyMatch(tool -> tool.text().equals(Exploration.Tool.LINCHECK.toString()));
    try (URLClassLoader loader = own.loader()) {
      for (ExperimentFile.Entry tool : tools) {
        missing(tool, loader).ifPresent(errors::add);
      }
      for (ExperimentFile.Entry scenario : scenarios) {
        problem(scenario, loader)
            .or(() -> byLincheck ? untellable(scenario, loader) : Optional.empty())
            .ifPresent(errors::add);
      }
    } catch (IOException unread) {
      // Of a loader that is closed: it has nothing left to lose.
    }
    if (!errors.isEmpty()) {
      throw new InvalidExperiment(errors);
    }
  }

  /** A tool of others is on the class path only where Maven was asked for it. */
  static Optional<ExperimentError> missing(ExperimentFile.Entry tool, ClassLoader loader) {
    return tool.text().equals(Exploration.Tool.LINCHECK.toString())
            && !LincheckExplorer.isSeenBy(loader)
        ? Optional.of(
            new ExperimentError(
                tool.place(),
                Key.TOOL.toString(),
                '"' + tool.text() + "\", which is not on the class path",
                "it there: Maven fetches it for -Dexp=versus, and for an experiment that is named"
                    + " by its path; or leave it out with -D%s=oversell".formatted(Key.TOOL)))
        : Optional.empty();
  }

  private static Optional<ExperimentError> untellable(
      ExperimentFile.Entry scenario, ClassLoader loader) {
    return ScenarioNames.find(scenario.text(), loader).filter(LincheckExplorer::takes).isPresent()
        ? Optional.empty()
        : error(
            scenario,
            ", which lincheck cannot be told of",
            "a class that extends oversell.versus.Operations, or -D%s=oversell"
                .formatted(Key.TOOL));
  }

  private Optional<ExperimentError> problem(ExperimentFile.Entry scenario, ClassLoader loader)
      throws IOException {
    String name = scenario.text();
    Optional<String> file =
        ScenarioNames.files(name).stream()
            .filter(one -> loader.getResource(one) != null)
            .findFirst();
    if (file.isEmpty()) {
      return error(
          scenario,
          ", which is no class of the class path",
          alike(name).map(near -> "\"" + near + "\" perhaps, or ").orElse("")
              + "the name of a class, compiled, in one of the folders and jars of "
              + Key.CLASSPATH);
    }
    Optional<ExperimentError> tooNew = tooNew(scenario, file.get(), loader);
    return tooNew.isPresent() ? tooNew : unusable(scenario, loader);
  }

  private Optional<ExperimentError> tooNew(
      ExperimentFile.Entry scenario, String file, ClassLoader loader) throws IOException {
    int minor;
    int release;
    try (InputStream in = loader.getResourceAsStream(file)) {
      DataInputStream head = new DataInputStream(in);
      var unused = head.readInt();
      minor = head.readUnsignedShort();
      release = head.readUnsignedShort() - OF_JAVA_1;
    }
    return jdks.stream()
        .filter(jdk -> jdk < release || (minor == PREVIEW && jdk != release))
        .findFirst()
        .flatMap(
            jdk ->
                error(
                    scenario,
                    ", compiled for Java %d%s"
                        .formatted(release, minor == PREVIEW ? " with preview features" : ""),
                    "a class for JDK %d, which is to run it: compile it with --release %d, or explore it with -D%s=%d"
                        .formatted(jdk, jdk, Key.JDKS, release)));
  }

  private static Optional<ExperimentError> unusable(
      ExperimentFile.Entry scenario, ClassLoader loader) {
    try {
      ScenarioNames.find(scenario.text(), loader).ifPresent(Explorer::check);
      return Optional.empty();
    } catch (IllegalArgumentException refused) {
      return error(scenario, ": " + refused.getMessage(), "a class that can");
    } catch (UnsupportedClassVersionError hostIsOlder) {
      // Those that explore it are not.
      return Optional.empty();
    } catch (LinkageError incomplete) {
      return error(
          scenario,
          ", which cannot be loaded (%s)".formatted(incomplete),
          "what it needs on the class path as well: add it to " + Key.CLASSPATH);
    }
  }

  /** A scenario of the user's that has the same name in another place. */
  private Optional<String> alike(String name) throws IOException {
    String simple = name.replaceFirst(".*[.$]", "");
    for (Path path : own.paths()) {
      Optional<String> found =
          classFiles(path).stream()
              .map(file -> file.replaceFirst("[.]class$", "").replace('/', '.'))
              .filter(one -> one.replaceFirst(".*[.$]", "").equalsIgnoreCase(simple))
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static List<String> classFiles(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return classFilesBelow(path);
    }
    try (FileSystem jar = FileSystems.newFileSystem(path)) {
      return classFilesBelow(jar.getPath("/"));
    }
  }

  private static List<String> classFilesBelow(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.endsWith(".class"))
          .sorted()
          .toList();
    }
  }

  private static Optional<ExperimentError> error(
      ExperimentFile.Entry scenario, String found, String expected) {
    return Optional.of(
        new ExperimentError(
            scenario.place(),
            Key.SCENARIO.toString(),
            '"' + scenario.text() + '"' + found,
            expected));
  }
}
