package oversell;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import oversell.boot.Jdk;
import oversell.lab.fork.Environment;
import oversell.lab.fork.MachineShare;

/** Looks at the machine and the project, to write down what the numbers depend on. */
final class Machine {
  private static final long PATIENCE_SECONDS = 20;
  private static final Runtime.Version FIXED_25 = Runtime.Version.parse("25.0.3");

  private Machine() {}

  static Environment look(Path project, Instant now, Jdk host, List<Jdk> jdks)
      throws InterruptedException {
    Optional<String> commit = git(project, "rev-parse", "HEAD");
    // Results, and the answers that are taken from them, change while experiments are run.
    Optional<String> changes =
        git(project, "status", "--porcelain", "--", ".", ":!results", ":!README.md");
    return new Environment(
        now,
        Stream.of("os.name", "os.version", "os.arch")
            .map(System::getProperty)
            .reduce((a, b) -> a + " " + b)
            .orElse(""),
        cpu(),
        Runtime.getRuntime().availableProcessors(),
        memoryBytes(),
        load(),
        host.build(),
        jdks.stream().map(Jdk::build).toList(),
        Stream.concat(
                jdks.stream().flatMap(jdk -> warning(jdk).stream()),
                warning(MachineShare.now()).stream())
            .toList(),
        commit.orElse(""),
        changes.isPresent() && changes.get().isEmpty());
  }

  /** The load average over the last minute; negative where the system has none. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /**
   * Whether other programs keep the machine busy. Not from its load average: that contains, for
   * minutes, what the experiment before this one did.
   */
  static Optional<String> warning(MachineShare before) {
    return before.isBusy()
        ? Optional.of(
            "before the first fork others kept %.0f %% of the processors busy, so times say little."
                .formatted(before.busy() * 100))
        : Optional.empty();
  }

  /** A known bug of a JDK that matters here. */
  static Optional<String> warning(Jdk jdk) {
    if (jdk.feature() != FIXED_25.feature()) {
      return Optional.empty();
    }
    try {
      return Runtime.Version.parse(jdk.build()).compareToIgnoreOptional(FIXED_25) < 0
          ? Optional.of(
              "JDK %s has JDK-8369227: a virtual thread may stay parked for ever. 25.0.3 has not."
                  .formatted(jdk.build()))
          : Optional.empty();
    } catch (IllegalArgumentException unusual) {
      return Optional.empty();
    }
  }

  private static String cpu() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("an unknown processor");
    } catch (IOException notLinux) {
      return Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER"))
          .orElse("an unknown processor");
    }
  }

  /** Of the machine; 0 if unknown. */
  static long memoryBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }

  /** What git prints; empty where there is no git, or the project is not a clone. */
  private static Optional<String> git(Path project, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", project.toString()));
    command.addAll(List.of(arguments));
    try {
      Process git =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        // Waits before it reads: git that prints more than the pipe holds, or never ends, is given
        // up after the same time.
        if (!git.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || git.exitValue() != 0) {
          return Optional.empty();
        }
        return Optional.of(
            new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
      } finally {
        git.destroyForcibly();
      }
    } catch (IOException noGit) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
