package oversell;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oversell.boot.Jdk;
import oversell.inventory.Inventories;
import oversell.lab.experiment.Deployment;
import oversell.lab.experiment.Experiment;
import oversell.lab.experiment.ExperimentError;
import oversell.lab.experiment.ExperimentFile;
import oversell.lab.experiment.InvalidExperiment;
import oversell.lab.experiment.Key;
import oversell.lab.fork.ForkPlan;
import oversell.lab.fork.ForkRunner;
import oversell.lab.fork.Joiner;
import oversell.lab.fork.MemoryEstimate;
import oversell.lab.fork.Message;
import oversell.lab.fork.RawLog;
import oversell.lab.fork.ScopeCompiler;
import oversell.lab.fork.Stores;
import oversell.report.AnswerSentence;
import oversell.report.Report;
import oversell.report.ShownColumns;
import oversell.report.overview.Overview;
import oversell.report.table.ResultsFolder;
import oversell.store.StoreAccess;
import oversell.store.StoreFailure;

/**
 * Runs experiments of a project and keeps their results.
 *
 * @param project the folder with {@code experiments} and {@code results}
 * @param classPath the lab's own
 * @param own the user's classes, which forks see as well
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
    OwnClasses own,
    Jdk host,
    Collection<Jdk> installed,
    PrintStream out,
    boolean terminal,
    InstantSource clock,
    LongSupplier nanoTime) {
  private static final String USER = "OVERSELL_STORE_USER";
  private static final String PASSWORD = "OVERSELL_STORE_PASSWORD";
  private static final String REDIS_USER = "OVERSELL_REDIS_USER";
  private static final String REDIS_PASSWORD = "OVERSELL_REDIS_PASSWORD";
  private static final Logger LOG = LoggerFactory.getLogger(Lab.class);

  /**
   * Runs an experiment.
   *
   * @throws InvalidExperiment if it makes no sense; nothing was touched then
   * @throws InterruptedException if it was interrupted; what was measured is kept
   */
  ExitStatus run(ExperimentFile file, Map<Key<?>, String> settings, Inventories inventories)
      throws InvalidExperiment, InterruptedException {
    Experiment experiment = file.parse(settings, inventories);
    requireWhatItTakes(file, experiment);
    ForkPlan plan = plan(file, settings, experiment, inventories);
    requireStores(settings.containsKey(Key.STORE) ? "-Dstore" : file.source(), plan);
    requireRedis(settings.containsKey(Key.REDIS) ? "-Dredis" : file.source(), plan);
    Path results = project.resolve("results");
    ResultsFolder folder;
    Path work;
    try {
      folder = ResultsFolder.open(results, experiment.name());
      work = folder.begin(clock.instant());
    } catch (IOException unusable) {
      console().cannotBegin(results.resolve(experiment.name()), unusable);
      return ExitStatus.BAD_INPUT;
    }
    try (folder) {
      Report report;
      try (ShutdownHook hook = ShutdownHook.register(console(), work)) {
        report = run(start(file, settings, experiment, plan), plan, work, hook);
        folder.publish(work);
        LOG.info("results of {} published in {}", experiment.name(), folder.published());
        writeOverview();
      }
      console().ends(report, folder.published());
      return ExitStatus.of(report.results());
    } catch (IOException unwritable) {
      console().cannotGoOn(work, unwritable);
      return ExitStatus.FORK_FAILED;
    }
  }

  /**
   * The forks of an experiment.
   *
   * @throws InvalidExperiment if a scenario cannot be explored in them
   */
  ForkPlan plan(
      ExperimentFile file,
      Map<Key<?>, String> settings,
      Experiment experiment,
      Inventories inventories)
      throws InvalidExperiment {
    ForkPlan plan = ForkPlan.of(experiment, inventories, host, installed);
    new ScenarioCheck(own, plan.jdks().stream().map(Jdk::feature).toList())
        .require(file.scenarios(settings), file.tools(settings));
    return plan;
  }

  /** Rejects what the file alone does not show: columns that do not exist, too little memory. */
  private static void requireWhatItTakes(ExperimentFile file, Experiment experiment)
      throws InvalidExperiment {
    ExperimentError.Place place = ExperimentError.Place.startOf(file.source());
    for (String clause : experiment.page().answer()) {
      requireColumns(place, "answer", AnswerSentence.problem(clause, experiment));
    }
    for (String column : experiment.page().show()) {
      requireColumns(place, "show", ShownColumns.problem(column, experiment));
    }
    MemoryEstimate memory = MemoryEstimate.of(experiment, Machine.memoryBytes());
    if (memory.isTooMuch()) {
      throw new ExperimentError(
              place,
              "buyers",
              "so many that a trial takes about %,d MiB".formatted(memory.bytes() >> 20),
              "fewer, or a heap of more than the %,d MiB of a fork"
                  .formatted(memory.available() >> 20))
          .alone();
    }
  }

  private static void requireStores(String source, ForkPlan plan) throws InvalidExperiment {
    try {
      Stores.check(plan, credentials());
    } catch (StoreFailure unusable) {
      throw new ExperimentError(
              ExperimentError.Place.startOf(source),
              "store",
              "no database to sell from: " + unusable.getMessage(),
              "a database that answers, and in %s and %s of the environment a user who may make a schema there"
                  .formatted(USER, PASSWORD))
          .alone();
    }
  }

  private static void requireRedis(String source, ForkPlan plan)
      throws InvalidExperiment, InterruptedException {
    try {
      Stores.checkRedis(plan, credentials());
    } catch (StoreFailure unusable) {
      throw new ExperimentError(
              ExperimentError.Place.startOf(source),
              "redis",
              "no Redis to lock in: " + unusable.getMessage(),
              "a Redis that answers, and in %s and %s of the environment a user who may run SET, GET and EVAL there"
                  .formatted(REDIS_USER, REDIS_PASSWORD))
          .alone();
    }
  }

  private static void requireColumns(
      ExperimentError.Place place, String key, Optional<String> problem) throws InvalidExperiment {
    if (problem.isPresent()) {
      throw new ExperimentError(place, key, problem.get(), "columns of table.csv").alone();
    }
  }

  private Report run(Message.RunStarted start, ForkPlan plan, Path work, ShutdownHook hook)
      throws IOException, InterruptedException {
    RawLog log = RawLog.open(work.resolve(ResultsFolder.RAW_LOG));
    LOG.info(
        "run of {}: {} rows, {} forks, host JDK {}, seed {}, raw log in {}",
        start.experiment(),
        plan.rows().size(),
        plan.forks().size(),
        host.build(),
        start.seed(),
        work.resolve(ResultsFolder.RAW_LOG));
    LOG.debug("settings {}, own classes {}, JDKs {}", start.settings(), own.paths(), installed);
    try (Stores stores = stores(plan);
        Run run = new Run(start, plan, runner(work, stores), log, clock)) {
      hook.ends(run, stores);
      console().begins(start, plan);
      try (Progress progress = Progress.of(plan.forks(), out, terminal)) {
        run.runAll(progress);
      }
    }
    Report report = Report.of(work);
    report.write(work);
    return report;
  }

  /** Launches forks; a folder takes what failed ones printed, and their thread dumps. */
  ForkRunner runner(Path work) {
    return runner(work, Stores.none());
  }

  private ForkRunner runner(Path work, Stores stores) {
    Path scopes = project.resolve("target").resolve("scopes");
    return new ForkRunner(
        new ScopeCompiler(scopes, classPath), own.after(classPath), work, nanoTime, stores);
  }

  private Stores stores(ForkPlan plan) {
    return Stores.start(
        plan,
        project.resolve("target").resolve("postgresql"),
        credentials(),
        () -> CodeVersion.of(project));
  }

  /**
   * Takes part in a run that another machine hosts.
   *
   * @param url of the database of the run
   * @throws InvalidExperiment if that cannot be done; the text says why
   * @throws InterruptedException if it was interrupted
   */
  ExitStatus join(String url) throws InvalidExperiment, InterruptedException {
    if (!Deployment.canBeJoined(url)) {
      throw cannotJoin('"' + url + '"');
    }
    StoreAccess access = new StoreAccess(url, credentials().user(), credentials().password(), "");
    Path target = project.resolve("target");
    Joiner.Machine machine =
        new Joiner.Machine(
            installed,
            new ScopeCompiler(target.resolve("scopes"), classPath),
            own.after(classPath),
            target.resolve("joined"));
    Joiner.Ending ending;
    try (Joiner joiner =
        new Joiner(access, CodeVersion.of(project), machine, console()::says, nanoTime)) {
      ending = joiner.run();
    } catch (StoreFailure unusable) {
      throw cannotJoin("no database to meet in: " + unusable.getMessage());
    }
    return switch (ending) {
      case Joiner.Ending.RunEnded end -> {
        console().says("the run has ended; this machine sold for %d forks".formatted(end.forks()));
        yield ExitStatus.AS_EXPECTED;
      }
      case Joiner.Ending.Refused refused -> {
        console().says(refused.reason());
        yield ExitStatus.BAD_INPUT;
      }
      case Joiner.Ending.Lost lost -> {
        console().says(lost.reason());
        yield ExitStatus.FORK_FAILED;
      }
    };
  }

  private static InvalidExperiment cannotJoin(String found) {
    return new ExperimentError(
            ExperimentError.Place.startOf("-Djoin"),
            "join",
            found,
            "a URL such as jdbc:postgresql://host/database of the PostgreSQL that a run was given as"
                + " -Dstore, with user and password in %s and %s of the environment"
                    .formatted(USER, PASSWORD))
        .alone();
  }

  private static Stores.Credentials credentials() {
    return new Stores.Credentials(
        fromEnvironment(USER),
        fromEnvironment(PASSWORD),
        fromEnvironment(REDIS_USER),
        fromEnvironment(REDIS_PASSWORD));
  }

  private static String fromEnvironment(String name) {
    return System.getenv().getOrDefault(name, "");
  }

  /**
   * Makes the tables of a folder again.
   *
   * @throws InvalidExperiment if it holds no raw log that can be read
   */
  ExitStatus remake(Path folder) throws InvalidExperiment {
    Report report;
    try {
      report = Report.of(folder);
      LOG.info("pages of {} are made again from its raw log", folder);
    } catch (IOException unreadable) {
      throw new ExperimentError(
              ExperimentError.Place.startOf("-Dreport"),
              "report",
              "\"%s\", which cannot be read (%s)".formatted(folder, Console.reason(unreadable)),
              "a folder of results with its trials.jsonl")
          .alone();
    }
    try {
      report.write(folder);
    } catch (IOException unwritable) {
      console().cannotGoOn(folder, unwritable);
      return ExitStatus.FORK_FAILED;
    }
    if (folder.startsWith(project.resolve("results"))) {
      writeOverview();
    }
    console().ends(report, folder);
    return ExitStatus.of(report.results());
  }

  /** A run does not fail if this fails: its results are there. */
  private void writeOverview() {
    try {
      new Overview(project.resolve("results")).write();
    } catch (IOException unwritten) {
      console().lacksOverview(unwritten);
    }
  }

  private Message.RunStarted start(
      ExperimentFile file, Map<Key<?>, String> settings, Experiment experiment, ForkPlan plan)
      throws InterruptedException {
    Map<String, String> named = new LinkedHashMap<>();
    settings.forEach((key, value) -> named.put(key.toString(), value));
    return new Message.RunStarted(
        Machine.look(project, clock.instant(), host, plan.jdks()),
        experiment.name(),
        experiment.page().question(),
        experiment.page().answer(),
        experiment.page().show(),
        experiment.page().sources(),
        file.source(),
        file.text(),
        named,
        experiment.runs().seed(),
        plan.rows(),
        experiment.runs().forks(),
        experiment.runs().trials(),
        experiment.runs().warmups());
  }

  private Console console() {
    return new Console(out, project);
  }
}
