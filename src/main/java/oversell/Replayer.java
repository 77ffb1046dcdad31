package oversell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oversell.explorer.picture.Story;
import oversell.explorer.schedule.Schedule;
import oversell.inventory.Inventories;
import oversell.lab.experiment.Experiment;
import oversell.lab.experiment.ExperimentError;
import oversell.lab.experiment.ExperimentFile;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.InvalidExperiment;
import oversell.lab.experiment.Key;
import oversell.lab.fork.Fork;
import oversell.lab.fork.ForkOutcome;
import oversell.lab.fork.ForkRunner;
import oversell.lab.fork.Message;
import oversell.lab.trial.Counterexample;
import oversell.lab.trial.Outcome;
import oversell.lab.trial.SaleOutcome;
import oversell.lab.trial.ScenarioOutcome;
import oversell.report.ExplorationPage;

/**
 * Runs one schedule of an experiment once more, on each of its JDKs, and prints its steps. Writes
 * no results.
 *
 * @param lab whose forks it runs in
 * @param inventories the variants that there are
 */
record Replayer(Lab lab, Inventories inventories) {
  private static final Logger LOG = LoggerFactory.getLogger(Replayer.class);

  /**
   * Replays.
   *
   * @param replay a variant and a schedule, separated by a colon
   * @throws InvalidExperiment if that makes no sense, or not of this experiment
   * @throws InterruptedException if it was interrupted
   */
  ExitStatus replay(ExperimentFile file, Map<Key<?>, String> settings, String replay)
      throws InvalidExperiment, InterruptedException {
    String[] sides = replay.split(":", 2);
    if (sides.length < 2) {
      throw error(replay, "a variant or a scenario and a schedule, as in unlocked:0005010171");
    }
    try {
      var unused = Schedule.parse(sides[1]);
    } catch (IllegalArgumentException broken) {
      throw error(replay, String.valueOf(broken.getMessage()), "the schedule of a page of results");
    }
    Map<Key<?>, String> ofOne = new TreeMap<>();
    ofOne.putAll(settings);
    List<ExperimentFile.Entry> scenarios = file.scenarios(settings);
    if (scenarios.isEmpty()) {
      ofOne.put(Key.VARIANTS, sides[0]);
    } else {
      ofOne.put(Key.SCENARIO, named(sides[0], scenarios));
      // No other tool shares its schedules.
      ofOne.put(Key.TOOL, Exploration.Tool.OVERSELL.toString());
    }
    ofOne.put(Key.FORKS, "1");
    Experiment experiment = file.parse(ofOne, inventories);
    requireOne(experiment, replay);
    List<Fork> forks = lab.plan(file, ofOne, experiment, inventories).forks();
    try {
      return run(forks, sides[1]);
    } catch (IOException broken) {
      lab.out().printf("The replay cannot go on: %s.%n", Console.reason(broken));
      return ExitStatus.FORK_FAILED;
    }
  }

  /** What a short name stands for among the scenarios of the experiment. */
  private static String named(String name, List<ExperimentFile.Entry> scenarios) {
    return scenarios.stream()
        .map(ExperimentFile.Entry::text)
        .filter(one -> one.equals(name) || one.replace('$', '.').endsWith("." + name))
        .findFirst()
        .orElse(name);
  }

  private static void requireOne(Experiment experiment, String replay) throws InvalidExperiment {
    if (experiment.matrix().conducts().getFirst().exploration().isEmpty()) {
      throw error(replay, "an experiment of mode explore");
    }
    if (experiment.workloads().size() > 1) {
      throw error(
          replay,
          "of an experiment that explores %d sales of this variant"
              .formatted(experiment.workloads().size()),
          "one: choose by settings such as -Dgranularity and -Dbuyers");
    }
  }

  private static InvalidExperiment error(String replay, String expected) {
    return error(replay, "", expected);
  }

  private static InvalidExperiment error(String replay, String problem, String expected) {
    String found = '"' + replay + '"' + (problem.isEmpty() ? "" : ", " + problem);
    return new ExperimentError(
            ExperimentError.Place.startOf("-D" + Request.REPLAY), "replay", found, expected)
        .alone();
  }

  private ExitStatus run(List<Fork> forks, String schedule)
      throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("oversell-replay-");
    LOG.info(
        "replays {} in {} forks; what failed ones print is in {}", schedule, forks.size(), work);
    List<Message.Replayed> told = new ArrayList<>();
    boolean failed = false;
    try (ForkRunner runner = lab.runner(work)) {
      for (Fork fork : forks) {
        ForkOutcome outcome =
            runner.run(
                fork.replaying(schedule),
                message -> {
                  if (message instanceof Message.Replayed replayed) {
                    told.add(replayed);
                    tell(fork, replayed);
                  }
                });
        if (outcome.isFailure()) {
          failed = true;
          lab.out().printf("JDK %d: %s%n", fork.row().jdk(), outcome.describe());
        }
      }
    }
    if (!failed) {
      Files.delete(work);
    }
    boolean same =
        told.stream().map(Message.Replayed::told).map(Replayer::steps).distinct().count() <= 1;
    if (!same) {
      lab.out().println("The JDKs differ.");
    }
    return failed
        ? ExitStatus.FORK_FAILED
        : same ? ExitStatus.AS_EXPECTED : ExitStatus.VERDICT_FAILED;
  }

  /** What is the same on every JDK: lines of the lab's own classes are. */
  private static List<Story.Step> steps(Counterexample told) {
    return told.steps();
  }

  private static String ended(Outcome outcome) {
    return switch (outcome) {
      case SaleOutcome sold ->
          "%s: final stock %d, sold %d"
              .formatted(sold.grade(), sold.finalStock(), sold.soldUnits());
      case ScenarioOutcome one ->
          one.grade().isViolation()
              ? one.grade() + (one.failure().isEmpty() ? "" : ": " + one.failure())
              : "returned: " + one.returned();
    };
  }

  private void tell(Fork fork, Message.Replayed replayed) {
    Counterexample told = replayed.told();
    lab.out()
        .printf(
            "%s on JDK %s: %d steps, %d switches, %s%n",
            fork.row().workload().variant(),
            fork.jdk().map(jdk -> jdk.build()).orElse(""),
            told.steps().size(),
            told.switches(),
            ended(told.outcome()));
    if (!replayed.strictly()) {
      lab.out()
          .printf(
              "It is a schedule of another %s: %s that should have gone on had to wait instead.%n",
              fork.row().workload().isScenario() ? "program" : "sale",
              replayed.passedOver() == 1 ? "a thread" : replayed.passedOver() + " times one");
    }
    lab.out().printf("%n%s%n", ExplorationPage.steps(told));
    told.waits().forEach(lab.out()::println);
  }
}
