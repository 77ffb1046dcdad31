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
  // By its first packages: one class of each jar that a library for tests comes in.
  private static final Map<String, List<String>> TEST_LIBRARIES =
      Map.of(
          "org/junit/",
          List.of(
              "org/junit/jupiter/api/Test",
              "org/junit/jupiter/params/ParameterizedTest",
              "org/junit/jupiter/engine/JupiterTestEngine",
              "org/junit/platform/commons/JUnitException",
              "org/junit/platform/engine/TestEngine",
              "org/junit/platform/launcher/Launcher"),
          "org/opentest4j/",
          List.of("org/opentest4j/AssertionFailedError"),
          "org/apiguardian/",
          List.of("org/apiguardian/api/API"),
          "org/assertj/",
          List.of("org/assertj/core/api/Assertions"),
          "org/hamcrest/",
          List.of("org/hamcrest/Matcher", "org/hamcrest/CoreMatchers"),
          "org/mockito/",
          List.of("org/mockito/Mockito"),
          "org/objenesis/",
          List.of("org/objenesis/Objenesis"),
          "net/bytebuddy/",
          List.of("net/bytebuddy/ByteBuddy"));
  private static final String LAB = root();
  // Where a class of these packages is does not change while the JVM runs.
  private static final Map<String, Boolean> IN_THE_LAB = new ConcurrentHashMap<>();
  private static final Map<String, Boolean> IN_A_TEST_LIBRARY = new ConcurrentHashMap<>();

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
   * Of which library for tests a class is, by its first packages; empty if it is in the jar of
   * none. They check what came of an execution, mostly when its threads have ended.
   */
  static String testLibrary(String internalName) {
    if (internalName.startsWith("org/") || internalName.startsWith("net/")) {
      for (String library : TEST_LIBRARIES.keySet()) {
        if (internalName.startsWith(library)) {
          boolean isIn =
              IN_A_TEST_LIBRARY.computeIfAbsent(internalName, name -> isIn(name, library));
          return isIn ? library : "";
        }
      }
    }
    return "";
  }

  private static boolean isIn(String internalName, String library) {
    String root = rootOf(internalName);
    return !root.isEmpty()
        && TEST_LIBRARIES.getOrDefault(library, List.of()).stream()
            .anyMatch(one -> rootOf(one).equals(root));
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
