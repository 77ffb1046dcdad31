package oversell.report.table;

import static oversell.report.table.Column.decimal;
import static oversell.report.table.Column.number;
import static oversell.report.table.Column.text;
import static oversell.report.table.Column.whole;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import oversell.lab.experiment.Conduct;
import oversell.lab.fork.Message;
import oversell.lab.trial.Observations;
import oversell.lab.trial.TrialResult;
import oversell.stats.Fairness;
import oversell.stats.Inversions;
import oversell.stats.Summary;
import oversell.store.Audit;

/**
 * The columns of {@code table.csv} about bystanders, carriers, memory, fairness and faults; empty
 * if an experiment does not observe them.
 */
final class WatchedColumns {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int ENOUGH_TO_WEIGH = 10_000;
  private static final double MEBIBYTE = 1 << 20;

  private WatchedColumns() {}

  /** What happened to bystanders, carriers and memory. */
  static List<Column<RowResult>> ofTheMachine() {
    return List.of(
        beats("bystander_beats", "bystander beats (median)", Observations.Beats::seen)
            .means(
                "how often a virtual thread that never touches a guard woke up during a trial; it"
                    + " sleeps 1 ms in a loop"),
        beats("bystander_beats_expected", "beats expected (median)", Observations.Beats::expected)
            .means("how often the bystander would have woken up in that time without any buyers"),
        worst("bystander_worst_ms", "bystander's worst gap (ms)", Observations.Beats::worstGapNanos)
            .means("the longest time between two beats of the bystander"),
        worst(
                "bystander_last_beat_ms",
                "its last beat before the end (ms)",
                Observations.Beats::lastBeatAgeNanos)
            .means("the time from the bystander's last beat to the end of the trial, at most"),
        number("pinned_events", "pinned (events a trial)", WatchedColumns::pinnedEvents)
            .means(
                "how often a virtual thread blocked without leaving its carrier, counted by Flight"
                    + " Recorder in a JVM of its own"),
        number("pinned_ms", "pinned (ms a trial)", WatchedColumns::pinnedMillis)
            .means(
                "for how long virtual threads blocked without leaving their carriers, summed up"),
        number("peak_rss_mib", "peak RSS (MiB)", WatchedColumns::peak)
            .means("the most memory that the JVM of a fork had, code and stacks included"),
        number("bytes_per_buyer", "bytes a buyer", WatchedColumns::bytesPerBuyer)
            .means(
                "the memory that a JVM had more than before its first trial, divided by buyers"));
  }

  /** What happened to buyers. */
  static List<Column<RowResult>> ofBuyers() {
    return List.of(
        number(
                "jain_index",
                "Jain's index (median)",
                (RowResult row) -> fairness(row).map(all -> decimal(all.median(), 3)))
            .means(
                "how evenly purchases were spread over buyers: 1 if all made the same number, 1/n"
                    + " if one of n made all of them"),
        acquired("acquisitions_min", "purchases of the unluckiest", Summary::min),
        acquired("acquisitions_max", "purchases of the luckiest", Summary::max),
        number(
                "inversions",
                "inversions (median)",
                (RowResult row) -> inversions(row).map(all -> decimal(all.median(), 0)))
            .means("pairs of buyers that were served in another order than they came"),
        number("retries_mean", "retries a purchase", WatchedColumns::retries)
            .means(
                "pauses whose result was thrown away, or in a database transactions that were run"
                    + " again, divided by purchases"),
        conduct("threads", "threads", Conduct::threads),
        conduct("pause", "pause", Conduct::pause),
        conduct("fault", "fault", Conduct::fault),
        whole(
                "faulted_buyers",
                "faulted buyers",
                (RowResult row) -> sum(row, Observations::faulted))
            .means("buyers that the fault hit, or that were cancelled because of it"),
        whole("guards_held", "guards held", (RowResult row) -> sum(row, Observations::guardsHeld))
            .means("guards that were still held when the scope of a trial had ended"),
        whole("left_behind", "left behind", (RowResult row) -> sum(row, Observations::leftBehind))
            .means("buyers that were still running when the scope of a trial had ended"),
        whole("disturbed_forks", "disturbed forks", RowResult::disturbed)
            .means(
                "JVMs from which another machine of the same host took more than 5 % of the"
                    + " processors' time"));
  }

  private static Column<RowResult> conduct(
      String name, String heading, Function<Conduct, Object> part) {
    return text(name, heading, row -> part.apply(row.row().workload().conduct()).toString());
  }

  private static long sum(RowResult row, ToDoubleFunction<Observations> figure) {
    return (long)
        row.trials().stream().mapToDouble(trial -> figure.applyAsDouble(trial.seen())).sum();
  }

  private static double[] beats(RowResult row, ToDoubleFunction<Observations.Beats> figure) {
    return row.trials().stream()
        .flatMap(trial -> trial.seen().bystander().stream())
        .mapToDouble(figure)
        .toArray();
  }

  private static Column<RowResult> beats(
      String name, String heading, ToDoubleFunction<Observations.Beats> figure) {
    return number(
        name, heading, row -> summary(beats(row, figure)).map(all -> decimal(all.median(), 0)));
  }

  private static Column<RowResult> worst(
      String name, String heading, ToDoubleFunction<Observations.Beats> nanos) {
    return number(
        name,
        heading,
        row -> summary(beats(row, nanos)).map(all -> decimal(all.max() / NANOS_PER_MILLI, 3)));
  }

  private static Optional<Summary> summary(double... sample) {
    return sample.length == 0 ? Optional.empty() : Optional.of(Summary.of(sample));
  }

  private static Optional<BigDecimal> pinnedEvents(RowResult row) {
    return summary(row.pinned().stream().mapToDouble(Message.PinningCounted::events).toArray())
        .map(all -> decimal(all.median(), 0));
  }

  private static Optional<BigDecimal> pinnedMillis(RowResult row) {
    return summary(
            row.pinned().stream().mapToDouble(all -> all.nanos() / NANOS_PER_MILLI).toArray())
        .map(all -> decimal(all.median(), 3));
  }

  private static Optional<BigDecimal> peak(RowResult row) {
    return summary(
            row.memory().stream().mapToDouble(Message.MemoryMeasured::peakRssBytes).toArray())
        .filter(all -> all.max() > 0)
        .map(all -> decimal(all.max() / MEBIBYTE, 0));
  }

  /**
   * Empty with few buyers: the memory that the JVM itself takes at its start would be divided among
   * them.
   */
  private static Optional<BigDecimal> bytesPerBuyer(RowResult row) {
    if (row.row().workload().buyers() < ENOUGH_TO_WEIGH) {
      return Optional.empty();
    }
    return summary(
            row.memory().stream()
                .mapToDouble(memory -> memory.peakRssBytes() - memory.idleRssBytes())
                .toArray())
        .filter(all -> all.max() > 0)
        .map(all -> decimal(all.max() / row.row().workload().buyers(), 0));
  }

  private static Optional<Summary> fairness(RowResult row) {
    return summary(
        row.trials().stream()
            .map(trial -> trial.seen().acquisitions())
            .filter(counts -> !counts.isEmpty())
            .mapToDouble(
                counts ->
                    Fairness.of(counts.stream().mapToLong(Integer::longValue).toArray()).index())
            .toArray());
  }

  private static Column<RowResult> acquired(
      String name, String heading, ToDoubleFunction<Summary> statistic) {
    return number(
        name,
        heading,
        row ->
            summary(
                    row.trials().stream()
                        .flatMap(trial -> trial.seen().acquisitions().stream())
                        .mapToDouble(Integer::doubleValue)
                        .toArray())
                .map(all -> decimal(statistic.applyAsDouble(all), 0)));
  }

  private static Optional<Summary> inversions(RowResult row) {
    return summary(
        row.trials().stream()
            .map(trial -> trial.seen().served())
            .filter(served -> !served.isEmpty())
            .mapToDouble(
                served ->
                    Inversions.of(served.stream().mapToInt(Integer::intValue).toArray()).count())
            .toArray());
  }

  private static Optional<BigDecimal> retries(RowResult row) {
    long purchases = row.trials().stream().mapToLong(TrialResult::purchases).sum();
    double inVain =
        row.stored()
            .sum(Audit::retries)
            .map(Long::doubleValue)
            .orElseGet(() -> row.trials().stream().mapToDouble(WatchedColumns::inVain).sum());
    return purchases == 0 ? Optional.empty() : Optional.of(decimal(inVain / purchases, 2));
  }

  private static double inVain(TrialResult trial) {
    return Math.max(0, trial.seen().pauses() - trial.purchases() - trial.seen().faulted());
  }
}
