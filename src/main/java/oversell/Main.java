package oversell;

import static oversell.Console.reason;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import oversell.boot.Jdk;
import oversell.boot.JdkFinder;
import oversell.inventory.Inventories;
import oversell.lab.experiment.ExperimentError;
import oversell.lab.experiment.ExperimentFile;
import oversell.lab.experiment.Experiments;
import oversell.lab.experiment.InvalidExperiment;
import oversell.lab.experiment.Key;
import oversell.report.overview.RunComparison;

/** Reads the command line, connects the packages, exits with a status. */
final class Main {
  private static final Duration LOOK_FOR_LAUNCHER = Duration.ofMillis(300);

  private Main() {}

  /**
   * Does what the command line asks.
   *
   * @param arguments the project's folder, then settings of the form {@code name=value}
   */
  public static void main(String[] arguments) {
    // Before anything is formatted: numbers look the same whatever the user's language.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ExitStatus status =
        run(
            Path.of(arguments[0]).toAbsolutePath(),
            Arrays.asList(arguments).subList(1, arguments.length),
            out);
    System.exit(status.code());
  }

  /** Does what settings ask; whatever happens is an exit status. */
  static ExitStatus run(Path project, List<String> settings, PrintStream out) {
    try {
      if (Boolean.getBoolean("oversell.launched")) {
        ProcessHandle.current().parent().ifPresent(Main::watch);
      }
      // Before the first logger: `-Dlog=debug` shows how each fork is launched and what it broke
      // off with.
      settings.stream()
          .filter(setting -> setting.startsWith("log="))
          .forEach(setting -> System.setProperty(LogSetup.LEVEL, setting.substring(4)));
      Request.Understood understood = Request.parse(settings);
      understood
          .ignored()
          .forEach(
              name -> out.printf("-D%s is no setting of the lab and changes nothing.%n", name));
      return answer(understood, project, out);
    } catch (InvalidExperiment invalid) {
      invalid.errors().forEach(out::println);
      return ExitStatus.BAD_INPUT;
    } catch (InterruptedException interrupted) {
      return ExitStatus.INTERRUPTED;
    } catch (RuntimeException | Error bug) {
      report(bug, out);
      return ExitStatus.BUG;
    }
  }

  /** Says that the lab is broken, and where. */
  static void report(Throwable bug, PrintStream out) {
    out.println("This is a bug in the lab, please report it:");
    bug.printStackTrace(out);
  }

  private static ExitStatus answer(Request.Understood understood, Path project, PrintStream out)
      throws InvalidExperiment, InterruptedException {
    Experiments experiments =
        new Experiments(project, (file, settings) -> variants(project, file, settings));
    return switch (understood.request()) {
      case Request.ListExperiments list -> {
        experiments.list(out);
        yield ExitStatus.AS_EXPECTED;
      }
      case Request.Run run -> run(experiments.find(run.experiment()), run.settings(), project, out);
      case Request.Replay replay -> {
        ExperimentFile file = experiments.find(replay.experiment());
        OwnClasses own = OwnClasses.of(project, file, replay.settings());
        yield new Replayer(lab(project, own, out), variants(project, file, replay.settings()))
            .replay(file, replay.settings(), replay.schedule());
      }
      case Request.RunAll run -> {
        List<ExperimentFile> all = experiments.all(run.settings());
        yield new RunOfAll(out)
            .run(
                all, file -> run(file, Experiments.applicable(file, run.settings()), project, out));
      }
      case Request.Remake remake ->
          lab(project, OwnClasses.none(), out).remake(experiments.path(remake.folder()));
      case Request.Join join -> lab(project, OwnClasses.none(), out).join(join.url());
      case Request.Compare compare -> {
        compare(compare.folders(), experiments).lines().forEach(out::println);
        yield ExitStatus.AS_EXPECTED;
      }
    };
  }

  private static ExitStatus run(
      ExperimentFile file, Map<Key<?>, String> settings, Path project, PrintStream out)
      throws InvalidExperiment, InterruptedException {
    OwnClasses own = OwnClasses.of(project, file, settings);
    return lab(project, own, out).run(file, settings, variants(project, file, settings));
  }

  /** The inventories that an experiment may compare; one that explores scenarios compares none. */
  private static Inventories variants(
      Path project, ExperimentFile file, Map<Key<?>, String> settings) throws InvalidExperiment {
    return file.scenarios(settings).isEmpty()
        ? OwnClasses.of(project, file, settings).inventories()
        : Inventories.onClassPath();
  }

  private static RunComparison compare(String folders, Experiments experiments)
      throws InvalidExperiment {
    String found = '"' + folders + '"';
    List<String> names = Stream.of(folders.split(",", -1)).map(String::strip).toList();
    if (names.size() == 2 && !names.contains("")) {
      try {
        return RunComparison.of(
            experiments.path(names.getFirst()), experiments.path(names.getLast()));
      } catch (IOException unreadable) {
        found += ", of which one cannot be read (" + reason(unreadable) + ")";
      }
    }
    throw new ExperimentError(
            ExperimentError.Place.startOf("-Dcompare"),
            "compare",
            found,
            "two folders of results with their trials.jsonl, separated by a comma")
        .alone();
  }

  private static Lab lab(Path project, OwnClasses own, PrintStream out) {
    JdkFinder finder = JdkFinder.ofThisMachine();
    Jdk host =
        finder
            .host()
            .orElseThrow(() -> new IllegalStateException("runs on a JDK that cannot be found"));
    return new Lab(
        project,
        System.getProperty("java.class.path"),
        own,
        host,
        finder.all(),
        out,
        isTerminal(),
        InstantSource.system(),
        System::nanoTime);
  }

  /** From JDK 22 on there is a console even where there is no terminal, and it can tell. */
  @SuppressWarnings(
      "SystemConsoleNull") // On 21 it is; the check thinks of the newest release only.
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException jdk21) {
      return true;
    } catch (ReflectiveOperationException unknown) {
      return false;
    }
  }

  private static void watch(ProcessHandle launcher) {
    Thread.ofPlatform().daemon().name("launcher-watch").start(() -> endWith(launcher));
  }

  /**
   * Ends the lab when its launcher is killed: it prints its last lines and ends its forks. Asks for
   * the parent of this JVM, since a dead launcher whose exit status was not read still counts as
   * alive.
   */
  private static void endWith(ProcessHandle launcher) {
    try {
      while (ProcessHandle.current().parent().filter(launcher::equals).isPresent()) {
        Thread.sleep(LOOK_FOR_LAUNCHER);
      }
    } catch (InterruptedException neverHappens) {
      Thread.currentThread().interrupt();
    }
    System.exit(ExitStatus.INTERRUPTED.code());
  }
}
