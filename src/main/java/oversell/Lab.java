package oversell;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import oversell.boot.Jdk;
import oversell.experiment.Experiment;
import oversell.experiment.ExperimentFile;
import oversell.experiment.InvalidExperiment;
import oversell.experiment.Key;
import oversell.fork.Fork;
import oversell.fork.ForkPlan;
import oversell.fork.ForkRunner;
import oversell.fork.Message;
import oversell.fork.RawLog;
import oversell.fork.ScopeCompiler;
import oversell.inventory.Inventories;
import oversell.report.Report;
import oversell.report.ResultsFolder;

/**
 * Runs experiments of a project and keeps their results.
 *
 * @param project the folder with {@code experiments} and {@code results}
 * @param classPath what forks are launched with
 * @param host the JDK that runs the lab
 * @param installed those that forks may run on
 * @param out for the user
 * @param terminal whether {@code out} is a screen
 * @param clock for time stamps
 * @param nanoTime for durations
 */
record Lab(
    Path project,
    String classPath,
    Jdk host,
    Collection<Jdk> installed,
    PrintStream out,
    boolean terminal,
    InstantSource clock,
    LongSupplier nanoTime) {
  private static final String RESULTS = "results";

  /**
   * Runs an experiment.
   *
   * @throws InvalidExperiment if it makes no sense; nothing was touched then
   * @throws InterruptedException if it was interrupted; what was measured is kept
   */
  ExitStatus run(ExperimentFile file, Map<Key, String> settings, Inventories inventories)
      throws InvalidExperiment, InterruptedException {
    Experiment experiment = file.parse(settings, inventories);
    ForkPlan plan = ForkPlan.of(experiment, inventories, host, installed);
    Path results = project.resolve(RESULTS);
    ResultsFolder folder;
    Path work;
    try {
      Files.createDirectories(results);
      folder = ResultsFolder.open(results, experiment.name());
      work = folder.begin(clock.instant());
    } catch (IOException unwritable) {
      out.printf(
          "%s cannot be written: %s. Nothing was run.%n",
          shown(results.resolve(experiment.name())), reason(unwritable));
      return ExitStatus.BAD_INPUT;
    }
    try (FileChannel lockFile =
            FileChannel.open(
                results.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lockFile.tryLock()) {
      if (lock == null) {
        Files.delete(work);
        out.println(
            "Another run is going on in this project: two at once would measure one another. Nothing was run.");
        return ExitStatus.BAD_INPUT;
      }
      return run(start(file, settings, experiment, plan), plan, folder, work);
    } catch (IOException unwritable) {
      out.printf(
          "%s cannot be written: %s. What was written before is kept there; former results are whole.%n",
          shown(work), reason(unwritable));
      return ExitStatus.FORK_FAILED;
    }
  }

  private ExitStatus run(Message.RunStarted start, ForkPlan plan, ResultsFolder folder, Path work)
      throws IOException, InterruptedException {
    ScopeCompiler scopes =
        new ScopeCompiler(project.resolve("target").resolve("scopes"), classPath);
    RawLog log = RawLog.open(work.resolve(ResultsFolder.RAW_LOG));
    try (Run run =
        new Run(start, plan, new ForkRunner(scopes, classPath, work, nanoTime), log, clock)) {
      Thread farewell = new Thread(() -> farewell(run, work), "farewell");
      Runtime.getRuntime().addShutdownHook(farewell);
      announce(start, plan);
      try (Progress progress = Progress.of(plan.forks(), out, terminal)) {
        run.toItsEnd(progress);
      }
      Runtime.getRuntime().removeShutdownHook(farewell);
    }
    Report.of(work).write(work);
    folder.publish(work);
    return close(folder.published());
  }

  /**
   * Makes the tables of a folder again.
   *
   * @throws IOException if its raw log cannot be read or the tables cannot be written
   */
  ExitStatus remake(Path folder) throws IOException {
    Report.of(folder).write(folder);
    return close(folder);
  }

  private ExitStatus close(Path folder) throws IOException {
    Report report = Report.of(folder);
    out.println();
    report.closing().forEach(out::println);
    out.printf("%nResults: %s%n", shown(folder.resolve("table.md")));
    return ExitStatus.of(report.results());
  }

  private Message.RunStarted start(
      ExperimentFile file, Map<Key, String> settings, Experiment experiment, ForkPlan plan) {
    Map<String, String> shownSettings = new LinkedHashMap<>();
    settings.forEach((key, value) -> shownSettings.put(key.toString(), value));
    List<Jdk> jdks =
        plan.forks().stream()
            .map(Fork::jdk)
            .flatMap(Optional::stream)
            .distinct()
            .sorted(Comparator.comparingInt(Jdk::feature))
            .toList();
    return new Message.RunStarted(
        Machine.look(project, clock.instant(), host, jdks),
        experiment.name(),
        experiment.question(),
        file.source(),
        file.text(),
        shownSettings,
        experiment.seed(),
        plan.rows(),
        experiment.forks(),
        experiment.trials(),
        experiment.warmups());
  }

  private void announce(Message.RunStarted start, ForkPlan plan) {
    Duration floor = Duration.ZERO;
    for (Fork fork : plan.forks()) {
      floor = floor.plus(fork.row().floor().multipliedBy((long) fork.trials() + fork.warmups()));
    }
    out.printf("%s: %s%n", start.experiment(), start.question());
    out.printf(
        "forks: %d, trials a fork: %d + %d warmup, JDK: %s, order by seed %d; the holds alone take %d s%n",
        plan.forks().size(),
        start.trials(),
        start.warmups(),
        String.join(" and ", start.environment().jdks()),
        start.seed(),
        floor.toSeconds());
    start.environment().warnings().forEach(warning -> out.println("Warning: " + warning));
  }

  private void farewell(Run run, Path work) {
    try {
      run.close();
    } catch (IOException unwritten) {
      out.println(reason(unwritten));
    }
    out.printf(
        "%nInterrupted: the %d trials that had ended are kept in %s%nMake their tables with: mvn exec:java -Dreport=%s%n",
        run.trials(), shown(work), shown(work));
  }

  private String shown(Path path) {
    return project.relativize(path).toString();
  }

  private static String reason(IOException problem) {
    if (problem instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return problem.getClass().getSimpleName()
        + (problem.getMessage() == null ? "" : ": " + problem.getMessage());
  }
}
