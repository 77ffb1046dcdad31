package oversell.junit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import oversell.explorer.Explorer;

/**
 * A JVM of its own for tests whose JVM lacks what it takes to explore: with the same class path,
 * started once, and ended with the one that started it. Requests and reports go through files; a
 * line on its input says that there is one, and a line on its output that it was done. Whatever
 * else it prints is passed on.
 */
final class ExploringJvm {
  private static @Nullable ExploringJvm started;

  private final Process process;
  private final Writer requests;
  private final BufferedReader lines;
  private final String token = UUID.randomUUID().toString();

  private ExploringJvm() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Explorer.FLAGS);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.equals("--enable-preview") || argument.startsWith("-D"))
        .forEach(command::add);
    command.add("-cp");
    command.add(classPath());
    command.add(ExploringJvm.class.getName());
    command.add(token);
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    System.getLogger("oversell.junit")
        .log(
            System.Logger.Level.INFO,
            "explores in a JVM of its own, since this one was launched without "
                + String.join(" ", Explorer.FLAGS));
  }

  private static String classPath() {
    // What surefire puts behind a jar that has only a manifest.
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  static synchronized ExploringJvm ofThisJvm() throws IOException {
    ExploringJvm known = started;
    if (known == null || !known.process.isAlive()) {
      known = new ExploringJvm();
      started = known;
    }
    return known;
  }

  /**
   * Explores a test there.
   *
   * @throws IOException if it cannot be told or does not answer
   */
  synchronized Report run(Request request) throws IOException {
    Path asked = Files.createTempFile("interleavings", ".request");
    Path answered = Files.createTempFile("interleavings", ".report");
    try {
      try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(asked))) {
        out.writeObject(request);
      }
      requests.write(asked + "\n" + answered + "\n");
      requests.flush();
      awaitAnswer(request);
      try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(answered))) {
        return (Report) in.readObject();
      } catch (ClassNotFoundException impossible) {
        throw new IOException(impossible);
      }
    } finally {
      Files.deleteIfExists(asked);
      Files.deleteIfExists(answered);
    }
  }

  private void awaitAnswer(Request request) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals(token)) {
        return;
      }
      System.getLogger("oversell.junit").log(System.Logger.Level.INFO, line);
    }
    throw new IOException(
        "the JVM that explores ended while it ran %s.%s: its last lines are above"
            .formatted(request.type(), request.method()));
  }

  /** The other side: reads where a request is and where its report goes, until there is no more. */
  public static void main(String[] arguments) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String asked = in.readLine(); asked != null; asked = in.readLine()) {
        Path answer = Path.of(in.readLine());
        Request request;
        try (ObjectInputStream stream =
            new ObjectInputStream(Files.newInputStream(Path.of(asked)))) {
          request = (Request) stream.readObject();
        }
        Report report = new Runner(ExploringJvm.class.getClassLoader()).run(request);
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(answer))) {
          out.writeObject(report);
        }
        System.out.println(arguments[0]);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (ClassNotFoundException ofAnotherClassPath) {
      throw new IllegalStateException(ofAnotherClassPath);
    }
  }
}
