package oversell.report.overview;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Expectation;
import oversell.lab.experiment.Workload;
import oversell.lab.fork.Environment;
import oversell.lab.fork.Fork;
import oversell.lab.fork.ForkOutcome;
import oversell.lab.fork.ForkPlan;
import oversell.lab.fork.MachineShare;
import oversell.lab.fork.Message;
import oversell.lab.fork.RawLog;
import oversell.lab.trial.Observations;
import oversell.lab.trial.TrialResult;
import oversell.report.table.ResultsFolder;
import oversell.stats.Latencies;

/** Raw logs for tests, as runs write them. */
final class Logs {
  static final Environment ENVIRONMENT =
      new Environment(
          Instant.parse("2026-11-24T23:59:00Z"),
          "Linux",
          "A|CPU",
          4,
          1L << 34,
          0.5,
          "25.0.3+9",
          List.of("25.0.3+9"),
          List.of(),
          "0123456789abcdef",
          true);

  /** One row of a log: what was sold, the wall times of each fork's trials, whether all crashed. */
  record Row(Workload workload, int jdk, boolean crashed, long[]... wallNanos) {
    Row(Workload workload, int jdk, long[]... wallNanos) {
      this(workload, jdk, false, wallNanos);
    }
  }

  /** What a run was asked, as far as tests change it. */
  record Asked(
      Environment environment,
      Map<String, String> settings,
      String text,
      boolean endsWell,
      List<String> answer) {
    Asked(Environment environment, Map<String, String> settings, String text, boolean endsWell) {
      this(environment, settings, text, endsWell, List.of());
    }

    Asked answering(String... clauses) {
      return new Asked(environment, settings, text, endsWell, List.of(clauses));
    }

    static Asked plain() {
      return new Asked(ENVIRONMENT, Map.of(), "buyers: 5", true);
    }
  }

  private Logs() {}

  static Workload workload(String variant, int buyers) {
    return new Workload(
        variant,
        OptionalInt.empty(),
        1,
        buyers,
        10,
        1,
        Duration.ofMillis(1),
        true,
        Conduct.plain());
  }

  /** The wall times of a number of trials, each a microsecond longer than the one before. */
  static long[] from(long nanos, int trials) {
    long[] walls = new long[trials];
    for (int i = 0; i < trials; i++) {
      walls[i] = nanos + 1000L * i;
    }
    return walls;
  }

  static Path write(Path folder, Asked asked, Row... rows) throws IOException {
    Files.createDirectories(folder);
    List<ForkPlan.Row> planned = new ArrayList<>();
    for (Row row : rows) {
      planned.add(
          new ForkPlan.Row(
              planned.size(), row.jdk(), row.workload(), Expectation.SAFE, Duration.ofMillis(1)));
    }
    try (RawLog log = RawLog.open(folder.resolve(ResultsFolder.RAW_LOG))) {
      log.append(
          new Message.RunStarted(
              asked.environment(),
              "name",
              "Is a|b safe?",
              asked.answer(),
              List.of(),
              List.of(),
              "name.yaml",
              asked.text(),
              asked.settings(),
              1,
              planned,
              1,
              1,
              0));
      int fork = 0;
      for (int row = 0; row < rows.length; row++) {
        for (long[] trials : rows[row].wallNanos()) {
          append(log, fork++, row, trials, rows[row].crashed());
        }
      }
      if (asked.endsWell()) {
        log.append(new Message.RunEnded(asked.environment().started(), 0.5));
      }
    }
    return folder;
  }

  private static void append(RawLog log, int fork, int row, long[] trials, boolean crashed)
      throws IOException {
    log.append(new Message.ForkStarted(fork, row, Fork.Purpose.TRIALS, "25.0.3+9", List.of()));
    for (int i = 0; i < trials.length; i++) {
      log.append(new Message.TrialEnded(fork, trial(i, trials[i])));
    }
    log.append(
        new Message.ForkEnded(
            fork,
            row,
            crashed
                ? new ForkOutcome.Crashed(137, "Killed", "fork.log")
                : new ForkOutcome.Completed(Duration.ofSeconds(1)),
            MachineShare.UNKNOWN));
  }

  private static TrialResult trial(int number, long wallNanos) {
    return new TrialResult(
        number,
        false,
        5,
        5,
        0,
        0,
        Optional.empty(),
        5,
        5,
        0,
        0,
        0,
        wallNanos,
        0,
        Latencies.empty().encoded(),
        new Observations(
            wallNanos, 5, 0, 0, 0, List.of(), List.of(), Optional.empty(), Optional.empty()));
  }
}
