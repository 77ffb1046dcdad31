package oversell.explorer.weave;

import java.net.URL;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Hooks;

/**
 * The classes that are not woven: those of the JDK, what the explorer shares with what is explored,
 * loggers, and libraries for tests. A name alone says nothing: {@code javax.shop} may be a user's,
 * and anybody may put a class into a package of the lab. What is passed over here is not explored,
 * so it is decided by who defines a class: the loaders of the JDK, or the lab's own jar. Users may
 * name more of their own accord, and take loggers and libraries for tests from them.
 */
public final class Unwoven {
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

  private static final Pattern RULE =
      Pattern.compile(
          "(!?)((?:[\\p{javaJavaIdentifierPart}]+\\.)*)([\\p{javaJavaIdentifierPart}]+|\\*)");
  private static final Unwoven STANDARD = new Unwoven(List.of());

  private final List<Rule> rules;

  private Unwoven(List<Rule> rules) {
    this.rules = rules;
  }

  /**
   * What a user says of some classes.
   *
   * @param text as it was written, without an exclamation mark
   * @param name a package and what is in it, with a slash at its end, or a class
   * @param woven whether they are woven
   */
  private record Rule(String text, String name, boolean woven) {
    static Rule of(String text) {
      Matcher matcher = RULE.matcher(text.strip());
      boolean fits = matcher.matches();
      boolean ofPackage = fits && matcher.group(3).equals("*");
      if (!fits || (ofPackage && matcher.group(2).isEmpty())) {
        throw new IllegalArgumentException(
            "\"%s\" names no classes: write com.acme.legacy.* for a package and what is in it,"
                    .formatted(text)
                + " com.acme.Legacy for a class, and ! before it for what is to be woven after all");
      }
      boolean woven = !matcher.group(1).isEmpty();
      String name = matcher.group(2) + (ofPackage ? "" : matcher.group(3));
      Rule rule = new Rule(text.strip().substring(woven ? 1 : 0), name.replace('.', '/'), woven);
      if (woven && OF_THE_JDK.contains(packageOf(rule.name))) {
        throw new IllegalArgumentException(
            "\"%s\" is of the JDK, whose classes cannot be woven; take it away".formatted(text));
      }
      return rule;
    }

    boolean fits(String internalName) {
      return internalName.startsWith(name)
          && (name.endsWith("/")
              || internalName.length() == name.length()
              || internalName.charAt(name.length()) == '$');
    }
  }

  /** Those that nobody weaves unless a user says so. */
  public static Unwoven standard() {
    return STANDARD;
  }

  /**
   * The standard ones, but for what a user says. Of rules that fit a class the last counts.
   *
   * @param rules {@code com.acme.legacy.*} for a package and all that is in it, {@code
   *     com.acme.Legacy} for a class and those nested in it; woven after all if an exclamation mark
   *     stands before it
   * @throws IllegalArgumentException if that names no classes, or those of the JDK are to be woven
   */
  public static Unwoven with(List<String> rules) {
    return rules.isEmpty() ? STANDARD : new Unwoven(rules.stream().map(Rule::of).toList());
  }

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
  boolean contains(String internalName) {
    if (isOfTheJdk(internalName) || isOfTheLab(internalName)) {
      return true;
    }
    return rule(internalName)
        .map(rule -> !rule.woven())
        .orElseGet(() -> isLogger(internalName) || !testLibrary(internalName).isEmpty());
  }

  private Optional<Rule> rule(String internalName) {
    for (int i = rules.size() - 1; i >= 0; i--) {
      if (rules.get(i).fits(internalName)) {
        return Optional.of(rules.get(i));
      }
    }
    return Optional.empty();
  }

  /**
   * How one of them is named to whoever reads what was proved: it is not covered. Empty if it is
   * the JDK's or the lab's.
   */
  Optional<String> told(String internalName) {
    if (isOfTheJdk(internalName) || isOfTheLab(internalName)) {
      return Optional.empty();
    }
    Optional<String> named = rule(internalName).map(Rule::text);
    if (named.isPresent()) {
      return named;
    }
    String library = testLibrary(internalName);
    return Optional.of((library.isEmpty() ? internalName : library + "*").replace('/', '.'));
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
    if (root.isEmpty()) {
      return isOfTheJvm(internalName);
    }
    return TEST_LIBRARIES.getOrDefault(library, List.of()).stream()
        .anyMatch(one -> rootOf(one).equals(root));
  }

  /** Whether a library has given a class to the JVM itself, as one does that changes classes. */
  private static boolean isOfTheJvm(String internalName) {
    try {
      var unused = Class.forName(internalName.replace('/', '.'), false, null);
      return true;
    } catch (ClassNotFoundException nowhere) {
      return false;
    }
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
