package oversell.boot;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What {@code mvn exec:java} runs, inside Maven's JVM: starts the lab on a JDK that has virtual
 * threads, on the same terminal, and ends as it ends.
 */
public final class Launcher {
  private static final int BAD_INPUT = 2;
  private static final long GRACE_SECONDS = 20;

  private Launcher() {}

  /**
   * Starts the lab.
   *
   * @param arguments the project's folder
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, URISyntaxException {
    Jdk jdk = requireJdk();
    List<String> command = command(jdk, arguments[0], settings());
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    Process lab = builder.start();
    // Ctrl-C reaches Maven and the lab, a plain kill reaches Maven alone. In both cases this JVM
    // waits for the lab: its last lines come before the shell's prompt, and no lab is left running.
    Thread hook = new Thread(() -> end(lab), "launcher-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    int status = lab.waitFor();
    if (status != 0) {
      // Without Maven's own report of a failed build: a failed verdict or a wrong key is none.
      System.exit(status);
    }
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  /**
   * The JDK to run on; where there is none, one sentence says what to do and this JVM ends with
   * status 2.
   */
  public static Jdk requireJdk() {
    Optional<Jdk> jdk = JdkFinder.ofThisMachine().host();
    if (!jdk.isPresent()) {
      System.err.println(
          "Oversell needs a JDK 21 or newer and found none on this machine: install one, for example with"
              + " \"sdk env install\" in this folder, or set JAVA_HOME to one you have.");
      System.exit(BAD_INPUT);
    }
    return jdk.get();
  }

  private static List<String> command(Jdk jdk, String project, Map<String, String> settings)
      throws URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(jdk.program("java").toString());
    // The host only plans, watches and reports: it should start fast and leave the machine to the
    // forks.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-Doversell.launched=true");
    command.add("-cp");
    command.add(classPath());
    command.add("oversell.Main");
    command.add(project);
    settings.forEach((name, value) -> command.add(name + "=" + value));
    return command;
  }

  /**
   * Settings are the system properties without a dot in their names, which leaves out those of Java
   * and Maven but for one: Maven 4 sets {@code guice_custom_class_loading} for itself.
   */
  private static Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.indexOf('.') < 0 && !name.startsWith("guice_")) {
        settings.put(name, System.getProperty(name));
      }
    }
    return settings;
  }

  private static String classPath() throws URISyntaxException {
    ClassLoader loader = Launcher.class.getClassLoader();
    if (!(loader instanceof URLClassLoader)) {
      return System.getProperty("java.class.path");
    }
    StringBuilder path = new StringBuilder();
    for (URL url : ((URLClassLoader) loader).getURLs()) {
      path.append(path.length() == 0 ? "" : File.pathSeparator).append(Paths.get(url.toURI()));
    }
    return path.toString();
  }

  private static void end(Process lab) {
    lab.destroy();
    try {
      if (!lab.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        lab.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      lab.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
