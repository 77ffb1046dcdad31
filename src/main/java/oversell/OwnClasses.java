package oversell;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import oversell.inventory.Inventories;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.ExperimentError;
import oversell.lab.experiment.ExperimentFile;
import oversell.lab.experiment.Experiments;
import oversell.lab.experiment.InvalidExperiment;
import oversell.lab.experiment.Key;

/**
 * The classes of the user's own project, in which the lab looks for inventories and scenarios. They
 * come after its own: a library that both have is the lab's.
 *
 * @param entries as the user wrote them
 * @param paths folders and jars, absolute
 */
record OwnClasses(List<ExperimentFile.Entry> entries, List<Path> paths) {
  private static final String SERVICE = "META-INF/services/" + InventoryProvider.class.getName();

  OwnClasses {
    entries = List.copyOf(entries);
    paths = List.copyOf(paths);
  }

  /** Finds what the user means by an entry. */
  @FunctionalInterface
  interface Resolve {
    Path path(ExperimentFile.Entry entry, String text);
  }

  /** Without any. */
  static OwnClasses none() {
    return new OwnClasses(List.of(), List.of());
  }

  /**
   * Those that an experiment names, or the command line instead of it.
   *
   * @throws InvalidExperiment if one is missing or of no use; each is named
   */
  static OwnClasses of(Path project, ExperimentFile file, Map<Key<?>, String> settings)
      throws InvalidExperiment {
    Path besideIt = Experiments.path(project, file.source()).toAbsolutePath().normalize();
    return parse(
        file.classPath(settings),
        (entry, text) -> {
          Path beside = besideIt.resolveSibling(text);
          boolean isOfFile = entry.place().source().equals(file.source());
          return isOfFile && Files.exists(beside) ? beside : Experiments.path(project, text);
        });
  }

  /**
   * Those that the user names.
   *
   * @param entries each a folder or a jar, or several with the system's separator between them
   * @param resolve finds what the user means by one
   * @throws InvalidExperiment if one is missing or of no use; each is named
   */
  static OwnClasses parse(List<ExperimentFile.Entry> entries, Resolve resolve)
      throws InvalidExperiment {
    List<Path> paths = new ArrayList<>();
    List<ExperimentError> errors = new ArrayList<>();
    for (ExperimentFile.Entry entry : entries) {
      for (String text : entry.text().split(File.pathSeparator, -1)) {
        if (text.isBlank()) {
          continue;
        }
        Path path = resolve.path(entry, text.strip()).toAbsolutePath().normalize();
        String problem = problem(path);
        if (problem.isEmpty()) {
          paths.add(path);
        } else {
          errors.add(
              error(
                  entry.place(),
                  '"' + text.strip() + "\", " + problem,
                  "folders of classes and jars, compiled before; on the command line with \"%s\" between them"
                      .formatted(File.pathSeparator)));
        }
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidExperiment(errors);
    }
    return new OwnClasses(entries, paths);
  }

  private static String problem(Path path) {
    if (Files.isDirectory(path)) {
      return "";
    }
    if (!Files.exists(path)) {
      return "which does not exist (looked for " + path + ")";
    }
    try (ZipFile jar = new ZipFile(path.toFile())) {
      return jar.size() > 0 ? "" : "a jar without a class";
    } catch (IOException noJar) {
      return "which is neither a folder nor a jar";
    }
  }

  /** A loader of them, which sees the lab's own classes first. */
  URLClassLoader loader() {
    return new URLClassLoader(
        paths.stream().map(OwnClasses::url).toArray(URL[]::new), OwnClasses.class.getClassLoader());
  }

  /**
   * The variants that there are: the built-in ones and the user's.
   *
   * @throws InvalidExperiment if one of the user's cannot be used; the text says why
   */
  Inventories inventories() throws InvalidExperiment {
    if (paths.isEmpty()) {
      return Inventories.onClassPath();
    }
    // Never closed: whatever the providers load later comes from it, until this JVM ends.
    URLClassLoader loader = loader();
    requireServiceFile(loader);
    try {
      return Inventories.seenBy(loader);
    } catch (IllegalStateException unusable) {
      throw error(reason(unusable), "inventories that can be made, each with a name of its own")
          .alone();
    }
  }

  private void requireServiceFile(URLClassLoader loader) throws InvalidExperiment {
    try {
      if (loader.findResources(SERVICE).hasMoreElements()) {
        return;
      }
    } catch (IOException unreadable) {
      throw error(quoted() + ", which cannot be read", "folders and jars that can").alone();
    }
    throw error(
            quoted() + ", without a file " + SERVICE,
            "that file in one of them, with the name of a class that implements "
                + InventoryProvider.class.getName()
                + ", or scenario: the name of a class to explore")
        .alone();
  }

  private static String reason(IllegalStateException unusable) {
    if (unusable.getCause() instanceof ServiceConfigurationError broken) {
      String text =
          String.valueOf(broken.getMessage())
              .replace(InventoryProvider.class.getName() + ": ", "")
              .replace("Provider ", "provider ");
      Throwable cause = broken.getCause();
      // What a static initializer threw says more than that it threw.
      boolean wrapped = cause instanceof ExceptionInInitializerError && cause.getCause() != null;
      return cause == null ? text : text + " (" + (wrapped ? cause.getCause() : cause) + ")";
    }
    return String.valueOf(unusable.getMessage());
  }

  private String quoted() {
    return entries.stream()
        .map(entry -> '"' + entry.text() + '"')
        .collect(Collectors.joining(" and "));
  }

  private ExperimentError error(String found, String expected) {
    return error(entries.getFirst().place(), found, expected);
  }

  private static ExperimentError error(ExperimentError.Place place, String found, String expected) {
    return new ExperimentError(place, Key.CLASSPATH.toString(), found, expected);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException("a path without a URL: " + path, impossible);
    }
  }

  /** A class path of the lab, and these after it. */
  String after(String classPath) {
    StringBuilder all = new StringBuilder(classPath);
    paths.forEach(path -> all.append(File.pathSeparator).append(path));
    return all.toString();
  }
}
