package oversell.junit;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import oversell.explorer.Explorer;

/**
 * A JVM of its own for tests whose JVM lacks what it takes to explore: with the same class path,
 * started once, and ended with the one that started it. Requests and reports go through files; a
 * line on its input says that there is one, and a line on its output that it was done. What the
 * tests print there goes to its standard error.
 */
final class ExploringJvm {
  /** How long it may take to start, and to answer once it has given up a test by itself. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private static final Pattern OF_MODULE =
      Pattern.compile("--add-(?:modules|reads|opens|exports)=([^/=]+).*");
  private static final String PATCH_MODULE = "--patch-module=";
  private static final int GAVE_UP = 3;
  private static final int KILLED = 128;

  // What a test may depend on. Assertions are no matter of flags alone: see below.
  private static final Pattern KEPT =
      Pattern.compile(
          "--(enable-preview|add-opens|add-exports|add-modules|add-reads|enable-native-access).*"
              + "|-D.*|-Xm[sx].*|-Xss.*|-XX:MaxRAM.*|-(ea|da|enableassertions|disableassertions).*");

  private static @Nullable ExploringJvm started;

  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final Duration grace;
  private final Process process;
  private final Writer requests;
  // What it printed, line by line; empty where it has ended.
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private final String token = UUID.randomUUID().toString();

  /**
   * Starts one.
   *
   * @param grace how long after its own limit a test is given up
   */
  ExploringJvm(Duration grace) throws IOException {
    this.grace = grace;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Explorer.FLAGS);
    arguments().filter(ExploringJvm::isKept).forEach(command::add);
    if (ExploringJvm.class.desiredAssertionStatus()) {
      // Surefire enables them by the class loader.
      command.add("-ea");
    }
    command.add("-cp");
    command.add(classPath());
    command.add(ExploringJvm.class.getName());
    command.add(token);
    command.add(grace.toString());
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "output of the JVM that explores");
    reader.setDaemon(true);
    reader.start();
  }

  private static Stream<String> arguments() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream();
  }

  private static boolean isKept(String argument) {
    Matcher ofModule = OF_MODULE.matcher(argument);
    return KEPT.matcher(argument).matches()
        && (!ofModule.matches() || isOfTheJdk(ofModule.group(1)));
  }

  /** Those of the user are on the class path there. */
  private static boolean isOfTheJdk(String modules) {
    return Arrays.stream(modules.split(","))
        .allMatch(module -> ModuleFinder.ofSystem().find(module).isPresent());
  }

  /** All that this JVM has, modules included: a class path is enough to explore. */
  private static String classPath() {
    // What surefire puts behind a jar that has only a manifest.
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
    Stream<String> patches =
        arguments()
            .filter(argument -> argument.startsWith(PATCH_MODULE))
            .map(argument -> argument.substring(argument.indexOf('=', PATCH_MODULE.length()) + 1));
    return Stream.of(
            Stream.of(classes), patches, Stream.of(System.getProperty("jdk.module.path", "")))
        .flatMap(paths -> paths)
        .flatMap(path -> Arrays.stream(path.split(File.pathSeparator)))
        .filter(entry -> !entry.isEmpty())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The one that was started for all tests. */
  static synchronized ExploringJvm ofThisJvm() throws IOException {
    ExploringJvm known = started;
    if (known == null || !known.isAlive()) {
      known = new ExploringJvm(LimitedRunner.GRACE);
      started = known;
      log(
          Explorer.canExplore()
              ? "explores in a JVM of its own, since a test that was given up still runs in this one"
              : "explores in a JVM of its own, since this one was launched without "
                  + String.join(" ", Explorer.FLAGS));
    }
    return known;
  }

  private static void log(String line) {
    System.getLogger("oversell.junit").log(System.Logger.Level.INFO, line);
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(Optional.of(line));
      }
    } catch (IOException killed) {
      // That is its end, too.
    }
    lines.add(Optional.empty());
  }

  /**
   * Explores a test there.
   *
   * @throws IOException if files for it cannot be written
   * @throws InterruptedException if the caller is interrupted meanwhile, and then it is killed
   */
  Report run(Request request) throws IOException, InterruptedException {
    oneAtATime.lockInterruptibly();
    try {
      return runAlone(request);
    } finally {
      oneAtATime.unlock();
    }
  }

  private Report runAlone(Request request) throws IOException, InterruptedException {
    Path asked = Files.createTempFile("interleavings", ".request");
    Path answered = Files.createTempFile("interleavings", ".report");
    boolean isReadyForMore = false;
    try {
      try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(asked))) {
        out.writeObject(request);
      }
      ask(asked, answered);
      Duration limit = request.how().within().plus(grace).plus(MARGIN);
      Answer answer = answer(System.nanoTime() + limit.toNanos());
      if (answer == Answer.DONE) {
        Report report = read(answered);
        isReadyForMore = report.verdict() != Report.Verdict.GIVEN_UP;
        return report;
      }
      return Report.givenUp(
          request,
          answer == Answer.NONE
              ? "the JVM that explores did not answer within %,d s, and was killed"
                  .formatted(limit.toSeconds())
              : "the JVM that explores ended while it ran this, " + ending(),
          limit.toMillis());
    } finally {
      if (!isReadyForMore) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(asked);
      Files.deleteIfExists(answered);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  private void ask(Path asked, Path answered) {
    try {
      requests.write(asked + "\n" + answered + "\n");
      requests.flush();
    } catch (IOException ended) {
      // So there will be no answer, which says it.
    }
  }

  private static Report read(Path answered) throws IOException {
    try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(answered))) {
      return (Report) in.readObject();
    } catch (ClassNotFoundException impossible) {
      throw new IOException(impossible);
    }
  }

  /** What it says to a request. */
  private enum Answer {
    DONE,
    ENDED,
    NONE
  }

  private Answer answer(long untilNanos) throws InterruptedException {
    while (true) {
      Optional<String> line = lines.poll(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        return Answer.NONE;
      }
      if (line.isEmpty()) {
        return Answer.ENDED;
      }
      if (line.get().equals(token)) {
        return Answer.DONE;
      }
      log(line.get());
    }
  }

  private String ending() throws InterruptedException {
    if (!process.waitFor(MARGIN.toSeconds(), TimeUnit.SECONDS)) {
      return "or closed its output; it was killed";
    }
    int status = process.exitValue();
    return (status > KILLED
            ? "killed by signal %d, as when the machine runs out of memory"
                .formatted(status - KILLED)
            : "with exit status " + status)
        + "; what it printed last is above";
  }

  /** The other side: reads where a request is and where its report goes, until there is no more. */
  public static void main(String[] arguments) {
    PrintStream answers = System.out;
    // What tests print must not stand in the line of an answer.
    System.setOut(System.err);
    LimitedRunner runner = new LimitedRunner(Duration.parse(arguments[1]));
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String asked = in.readLine(); asked != null; asked = in.readLine()) {
        Path answer = Path.of(in.readLine());
        Request request;
        try (ObjectInputStream stream =
            new ObjectInputStream(Files.newInputStream(Path.of(asked)))) {
          request = (Request) stream.readObject();
        }
        Report report = runner.run(request, ExploringJvm.class.getClassLoader());
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(answer))) {
          out.writeObject(report);
        }
        answers.println(arguments[0]);
        answers.flush();
        if (!runner.isFree()) {
          Runtime.getRuntime().halt(GAVE_UP);
        }
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (ClassNotFoundException | InterruptedException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
