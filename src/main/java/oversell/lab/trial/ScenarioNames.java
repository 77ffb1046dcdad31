package oversell.lab.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How scenarios are named: by a class, whose nested classes follow a dot or a dollar sign. */
public final class ScenarioNames {
  private ScenarioNames() {}

  /**
   * The class files that a name may stand for, as resources: the dots at its end may each be of a
   * package or of a class that encloses another.
   */
  public static List<String> files(String name) {
    List<String> files = new ArrayList<>();
    String path = name.replace('.', '/');
    files.add(path + ".class");
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/')) {
      path = path.substring(0, slash) + '$' + path.substring(slash + 1);
      files.add(path + ".class");
    }
    return files;
  }

  /**
   * The class of a name, not initialised; empty if there is none.
   *
   * @throws LinkageError if it cannot be loaded
   */
  public static Optional<Class<?>> find(String name, ClassLoader classes) {
    Optional<String> file =
        files(name).stream().filter(one -> classes.getResource(one) != null).findFirst();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String binary = file.get().replaceFirst("[.]class$", "").replace('/', '.');
    try {
      return Optional.of(Class.forName(binary, false, classes));
    } catch (ClassNotFoundException removedMeanwhile) {
      return Optional.empty();
    }
  }
}
