package oversell.report.table;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oversell.lab.experiment.Key;
import oversell.lab.fork.Environment;
import oversell.lab.fork.Fork;
import oversell.lab.fork.ForkOutcome;
import oversell.lab.fork.ForkPlan;
import oversell.lab.fork.MachineShare;
import oversell.lab.fork.Message;
import oversell.lab.fork.Plans;
import oversell.lab.trial.Observations;
import oversell.lab.trial.TrialResult;
import oversell.stats.Latencies;

/** Messages of runs, for tests. */
public final class Runs {
  private Runs() {}

  /** The start of a run of one row: of synchronized, with some keys of the seed changed. */
  public static Message.RunStarted started(Map<Key<?>, String> settings) {
    ForkPlan plan = Plans.seed(settings);
    Environment nowhere =
        new Environment(Instant.EPOCH, "", "", 2, 1, 0, "25", List.of("25"), List.of(), "", true);
    return new Message.RunStarted(
        nowhere,
        "seed",
        "Who?",
        List.of(),
        List.of(),
        List.of(),
        "seed.yaml",
        "",
        Map.of(),
        1,
        plan.rows(),
        1,
        2,
        1);
  }

  public static Message.ForkStarted fork(int fork, Fork.Purpose purpose) {
    return new Message.ForkStarted(fork, 0, purpose, "25", List.of());
  }

  public static Message.ForkEnded timedOut(int fork) {
    return ended(fork, new ForkOutcome.TimedOut(Duration.ofSeconds(1), ""), 0);
  }

  public static Message.ForkEnded crashed(int fork) {
    return ended(fork, new ForkOutcome.Crashed(7, "", "fork.log"), 0);
  }

  public static Message.ForkEnded completed(int fork, double stolen) {
    return ended(fork, new ForkOutcome.Completed(Duration.ofSeconds(1)), stolen);
  }

  private static Message.ForkEnded ended(int fork, ForkOutcome outcome, double stolen) {
    return new Message.ForkEnded(fork, 0, outcome, new MachineShare(stolen, 1));
  }

  /** A safe trial, but for guards held and buyers left behind. */
  public static Message.TrialEnded trial(int fork, int guardsHeld, int leftBehind) {
    return new Message.TrialEnded(
        fork,
        new TrialResult(
            0,
            false,
            9,
            3,
            2,
            0,
            Optional.empty(),
            1,
            1,
            0,
            0,
            0,
            60_000_000,
            1,
            Latencies.empty().encoded(),
            new Observations(
                61_000_000,
                3,
                0,
                guardsHeld,
                leftBehind,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty())));
  }

  /** A run that ended. */
  public static Results results(Map<Key<?>, String> settings, Message... messages) {
    Message.RunStarted run = started(settings);
    RowsSoFar rows = new RowsSoFar(run);
    List.of(messages).forEach(rows::add);
    return new Results(
        run, rows.forks(), rows.results(), Optional.of(new Message.RunEnded(Instant.EPOCH, 0)));
  }
}
