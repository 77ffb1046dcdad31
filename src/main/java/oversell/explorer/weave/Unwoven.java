package oversell.explorer.weave;

import java.net.URL;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Hooks;

/**
 * The classes that are not woven: those of the JDK, what the explorer shares with what is explored,
 * loggers, and libraries for tests. A name alone says nothing: {@code javax.shop} may be a user's,
 * and anybody may put a class into a package of the lab. What is passed over here is not explored,
 * so it is decided by who defines a class: the loaders of the JDK, or the lab's own jar.
 */
final class Unwoven {
  // The JDK's loaders define every class of these packages, and nobody else can.
  private static final Set<String> OF_THE_JDK = packagesOfTheJdk();
  private static final Set<String> OF_THE_LAB =
      Set.of("oversell/inventory", "oversell/explorer", "oversell/explorer/hook", "oversell/junit");
  private static final String ANNOTATIONS = "org/jspecify/annotations";
  // One class of each jar that they come in: who only calls a package so is no logger.
  private static final List<String> OF_LOGGERS =
      List.of(
          rootOf("org/slf4j/LoggerFactory"),
          rootOf("ch/qos/logback/classic/Logger"),
          rootOf("ch/qos/logback/core/Context"));
  private static final List<String> TEST_LIBRARIES =
      List.of(
          "org/junit/",
          "org/opentest4j/",
          "org/apiguardian/",
          "org/assertj/",
          "org/hamcrest/",
          "org/mockito/",
          "org/objenesis/",
          "net/bytebuddy/");
  private static final String LAB = root();
  // Where a class of these packages is does not change while the JVM runs.
  private static final Map<String, Boolean> IN_THE_LAB = new ConcurrentHashMap<>();

  private Unwoven() {}

  // A loader is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  private static Set<String> packagesOfTheJdk() {
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    Set<String> packages = new HashSet<>();
    for (Module module : ModuleLayer.boot().modules()) {
      if (module.getClassLoader() == null || module.getClassLoader() == platform) {
        for (String name : module.getPackages()) {
          packages.add(name.replace('.', '/'));
        }
      }
    }
    return packages;
  }

  /** Where the lab's classes are. */
  private static String root() {
    return rootOf(Hooks.class.getName().replace('.', '/'));
  }

  /** The folder or the jar that a class is in; empty if it is nowhere. */
  private static String rootOf(String internalName) {
    String url = place(internalName);
    return url.isEmpty() ? "" : url.substring(0, url.length() - (internalName + ".class").length());
  }

  private static String place(String internalName) {
    @Nullable URL url = Hooks.class.getClassLoader().getResource(internalName + ".class");
    return url == null ? "" : url.toString();
  }

  /** Whether a class is one of them, by its internal name. */
  static boolean contains(String internalName) {
    return isOfTheJdk(internalName)
        || isOfTheLab(internalName)
        || isLogger(internalName)
        || !testLibrary(internalName).isEmpty();
  }

  /**
   * Of which library for tests a class is, by its first packages; empty if of none. They check what
   * came of an execution, mostly when its threads have ended.
   */
  static String testLibrary(String internalName) {
    if (internalName.startsWith("org/") || internalName.startsWith("net/")) {
      for (String library : TEST_LIBRARIES) {
        if (internalName.startsWith(library)) {
          return library;
        }
      }
    }
    return "";
  }

  static boolean isOfTheJdk(String internalName) {
    // No other loader than the JDK's may define a class in java.
    return internalName.startsWith("java/") || OF_THE_JDK.contains(packageOf(internalName));
  }

  private static boolean isOfTheLab(String internalName) {
    String of = packageOf(internalName);
    return of.equals(ANNOTATIONS)
        || (OF_THE_LAB.contains(of)
            && IN_THE_LAB.computeIfAbsent(internalName, Unwoven::isInTheLab));
  }

  private static boolean isInTheLab(String internalName) {
    return place(internalName).equals(LAB + internalName + ".class");
  }

  /** Whether it is of a logger, which only says what was done, as far as we know. */
  static boolean isLogger(String internalName) {
    return (internalName.startsWith("org/slf4j/") || internalName.startsWith("ch/qos/logback/"))
        && !rootOf(internalName).isEmpty()
        && OF_LOGGERS.contains(rootOf(internalName));
  }

  private static String packageOf(String internalName) {
    return internalName.substring(0, Math.max(0, internalName.lastIndexOf('/')));
  }
}
