package oversell.report;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Expectation;
import oversell.lab.experiment.Workload;
import oversell.lab.fork.ForkPlan;
import oversell.lab.trial.Observations;
import oversell.lab.trial.TrialResult;
import oversell.report.table.Results;
import oversell.report.table.RowResult;
import oversell.report.table.Runs;
import oversell.report.table.StoredRow;
import oversell.stats.Latencies;

/** Rows with trials of given wall times, for tests. */
final class Sold {
  private Sold() {}

  static Workload workload(String variant, OptionalInt carriers, int buyers, Duration hold) {
    return new Workload(variant, carriers, 1, buyers, 10, 1, hold, true, Conduct.plain());
  }

  static Workload workload(String variant) {
    return workload(variant, OptionalInt.empty(), 5, Duration.ofMillis(1));
  }

  /** Wall times that begin with a number of milliseconds and grow by a microsecond each. */
  static double[] from(double millis, int trials) {
    double[] walls = new double[trials];
    Arrays.setAll(walls, i -> millis + i / 1e3);
    return walls;
  }

  /** A safe row on JDK 25; each array holds the times of one fork. */
  static RowResult row(Workload workload, double[]... millis) {
    return row(workload, 25, Expectation.SAFE, trial(), millis);
  }

  static RowResult row(
      Workload workload, int jdk, Expectation expected, TrialResult trial, double[]... millis) {
    List<List<TrialResult>> samples =
        Arrays.stream(millis)
            .map(
                fork ->
                    DoubleStream.of(fork)
                        .mapToObj(wall -> lasting(Math.round(wall * 1e6), trial))
                        .toList())
            .toList();
    return new RowResult(
        new ForkPlan.Row(0, jdk, workload, expected, Duration.ofMillis(1)),
        Math.max(1, millis.length),
        List.of(),
        samples,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        StoredRow.none());
  }

  /** A safe trial without any waits. */
  static TrialResult trial() {
    return trial(0, Latencies.empty(), Optional.empty());
  }

  static TrialResult trial(long oversold, Latencies waits, Optional<Observations.Beats> bystander) {
    return new TrialResult(
        0,
        false,
        5,
        5,
        0,
        0,
        Optional.empty(),
        5,
        5,
        oversold,
        0,
        0,
        1,
        1_000_000,
        waits.encoded(),
        new Observations(1, 5, 0, 0, 0, List.of(), List.of(), bystander, Optional.empty()));
  }

  private static TrialResult lasting(long wallNanos, TrialResult trial) {
    return new TrialResult(
        trial.trial(),
        trial.warmup(),
        trial.sold(),
        trial.purchases(),
        trial.refused(),
        trial.failed(),
        trial.firstFailure(),
        trial.finalStock(),
        trial.lowestStock(),
        trial.oversold(),
        trial.lostUpdates(),
        trial.vanished(),
        wallNanos,
        trial.longestWaitNanos(),
        trial.waits(),
        trial.seen());
  }

  static Results results(RowResult... rows) {
    return new Results(Runs.started(Map.of()), List.of(), List.of(rows), Optional.empty());
  }
}
