package oversell.report.table;

import static oversell.report.table.Column.decimal;
import static oversell.report.table.SaleColumns.text;
import static oversell.report.table.SaleColumns.whole;

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

/**
 * The columns of {@code table.csv} about what was watched beside the sales; empty where an
 * experiment does not watch it.
 */
final class WatchedColumns {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int ENOUGH_TO_WEIGH = 10_000;
  private static final double MEBIBYTE = 1 << 20;

  private WatchedColumns() {}

  /** What happened to bystanders, carriers and memory. */
  static List<Column> ofTheMachine() {
    return List.of(
        beats("bystander_beats", "bystander beats (median)", Observations.Beats::seen, 0),
        beats(
            "bystander_beats_expected", "beats expected (median)", Observations.Beats::expected, 0),
        worst(
            "bystander_worst_ms", "bystander's worst gap (ms)", Observations.Beats::worstGapNanos),
        worst(
            "bystander_last_beat_ms",
            "its last beat before the end (ms)",
            Observations.Beats::lastBeatAgeNanos),
        new Column("pinned_events", "pinned (events a trial)", row -> pinned(row, 1)),
        new Column("pinned_ms", "pinned (ms a trial)", row -> pinned(row, NANOS_PER_MILLI)),
        new Column("peak_rss_mib", "peak RSS (MiB)", WatchedColumns::peak),
        new Column("bytes_per_buyer", "bytes a buyer", WatchedColumns::bytesPerBuyer));
  }

  /** What happened to buyers. */
  static List<Column> ofBuyers() {
    return List.of(
        new Column(
            "jain_index",
            "Jain's index (median)",
            row -> fairness(row).map(all -> decimal(all.median(), 3))),
        acquired("acquisitions_min", "purchases of the unluckiest", Summary::min),
        acquired("acquisitions_max", "purchases of the luckiest", Summary::max),
        new Column(
            "inversions",
            "inversions (median)",
            row -> inversions(row).map(all -> decimal(all.median(), 0))),
        new Column("retries_mean", "retries a purchase", WatchedColumns::retries),
        conduct("threads", "threads", Conduct::threads),
        conduct("pause", "pause", Conduct::pause),
        conduct("fault", "fault", Conduct::fault),
        whole("faulted_buyers", "faulted buyers", row -> sum(row, Observations::faulted)),
        whole("guards_held", "guards held", row -> sum(row, Observations::guardsHeld)),
        whole("left_behind", "left behind", row -> sum(row, Observations::leftBehind)),
        whole("disturbed_forks", "disturbed forks", RowResult::disturbed));
  }

  private static Column conduct(String name, String heading, Function<Conduct, Object> part) {
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

  private static Column beats(
      String name, String heading, ToDoubleFunction<Observations.Beats> figure, int decimals) {
    return new Column(
        name,
        heading,
        row -> summary(beats(row, figure)).map(all -> decimal(all.median(), decimals)));
  }

  private static Column worst(
      String name, String heading, ToDoubleFunction<Observations.Beats> nanos) {
    return new Column(
        name,
        heading,
        row -> summary(beats(row, nanos)).map(all -> decimal(all.max() / NANOS_PER_MILLI, 3)));
  }

  private static Optional<Summary> summary(double... sample) {
    return sample.length == 0 ? Optional.empty() : Optional.of(Summary.of(sample));
  }

  private static Optional<BigDecimal> pinned(RowResult row, double nanosOrEvents) {
    return summary(
            row.pinned().stream()
                .mapToDouble(
                    pinned -> nanosOrEvents == 1 ? pinned.events() : pinned.nanos() / nanosOrEvents)
                .toArray())
        .map(all -> decimal(all.median(), nanosOrEvents == 1 ? 0 : 3));
  }

  private static Optional<BigDecimal> peak(RowResult row) {
    return summary(
            row.memory().stream().mapToDouble(Message.MemoryMeasured::peakRssBytes).toArray())
        .filter(all -> all.max() > 0)
        .map(all -> decimal(all.max() / MEBIBYTE, 0));
  }

  /** With fewer buyers it would be the JVM's own start that is divided among them. */
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

  private static Column acquired(String name, String heading, ToDoubleFunction<Summary> statistic) {
    return new Column(
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
    double inVain = row.trials().stream().mapToDouble(WatchedColumns::inVain).sum();
    return purchases == 0 ? Optional.empty() : Optional.of(decimal(inVain / purchases, 2));
  }

  private static double inVain(TrialResult trial) {
    return Math.max(0, trial.seen().pauses() - trial.purchases() - trial.seen().faulted());
  }
}
