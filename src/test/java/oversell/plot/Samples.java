package oversell.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Plots like those of the lab, with invented numbers. */
final class Samples {
  private static final List<String> VARIANTS =
      List.of(
          "unlocked",
          "synchronized",
          "reentrant-lock",
          "fair-reentrant-lock",
          "stamped-lock",
          "read-write-lock",
          "semaphore",
          "atomic-compare-and-set",
          "expiring-reservation",
          "striped-by-article",
          "single-writer-queue");

  private Samples() {}

  /** Wall time against buyers, both logarithmic: with a lock it grows with the number of buyers. */
  static LinePlot wallTimes() {
    List<Series> lines = new ArrayList<>();
    for (int i = 0; i < VARIANTS.size(); i++) {
      int variant = i;
      // The slowest variants have no value for the most buyers.
      DoubleStream buyers = DoubleStream.of(10, 100, 1000, 10_000).limit(i == 9 ? 3 : 4);
      lines.add(
          new Series(
              VARIANTS.get(i),
              buyers.mapToObj(n -> around(n, wallTime(variant, n), 0.04 + 0.03 * variant)).toList(),
              LineStyle.of(i)));
    }
    return new LinePlot(
        "Every guard costs in proportion to its buyers",
        "Median wall time of a sale against the number of buyers, for eleven variants.",
        new Axis("buyers", Scale.LOGARITHMIC),
        new Axis("wall time (ms), median and 95 % interval", Scale.LOGARITHMIC),
        lines);
  }

  private static double wallTime(int variant, double buyers) {
    return variant == 0 || variant == 7
        ? 1.2 + 0.004 * buyers + 0.1 * variant
        : 0.4 * variant + buyers * (1.06 + 0.012 * variant * variant);
  }

  private static Point around(double x, double y, double part) {
    return new Point(x, y, y * (1 - part), y * (1 + part));
  }

  /** Three variants on three JDKs: a colour for each variant, a dash for each JDK. */
  static LinePlot holds() {
    List<Series> lines = new ArrayList<>();
    for (int variant = 1; variant <= 3; variant++) {
      for (int jdk = 0; jdk < 3; jdk++) {
        double slope = variant == 1 && jdk == 0 ? 26 : 10 + variant;
        int plus = 2 * jdk + variant;
        lines.add(
            new Series(
                VARIANTS.get(variant) + ", JDK " + List.of(21, 25, 27).get(jdk),
                DoubleStream.of(0, 1, 2, 5, 10)
                    .mapToObj(hold -> around(hold, plus + slope * hold, 0.08))
                    .toList(),
                new LineStyle(
                    variant, LineStyle.Mark.values()[variant], LineStyle.Dash.values()[jdk])));
      }
    }
    return new LinePlot(
        "On JDK 21 a buyer that holds synchronized keeps its carrier, and the sale takes twice as"
            + " long; from JDK 24 on it does not",
        "Median wall time against hold, for three variants on three JDKs.",
        new Axis("hold (ms)", Scale.LINEAR),
        new Axis("wall time (ms)", Scale.LINEAR),
        lines);
  }

  /** How long buyers waited, by percentile. */
  static LinePlot waits() {
    double[] percentiles = {0, 50, 90, 99, 99.9, 99.99, 100};
    List<Series> lines = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      int variant = i;
      lines.add(
          new Series(
              VARIANTS.get(i),
              IntStream.range(0, percentiles.length)
                  .mapToObj(p -> Point.of(percentiles[p], 0.3 * Math.pow(1.4 + variant, p)))
                  .toList(),
              LineStyle.of(i)));
    }
    return new LinePlot(
        "A fair lock pays at the median for what it saves at the end",
        "Wait of buyers by percentile, for three variants.",
        new Axis("percentile of buyers", Scale.NINES),
        new Axis("wait (ms)", Scale.LOGARITHMIC),
        lines);
  }

  /** How often a bystander woke up, and how often it should have. */
  static BarPlot beats() {
    return new BarPlot(
        "A bystander starves where carriers are pinned",
        "Beats of a bystander during a sale, of those that were due, by variant and JDK.",
        new Axis("beats of the bystander", Scale.LINEAR),
        "of",
        List.of(
            beat("synchronized, JDK 21", 22, 1030, 1),
            beat("synchronized, JDK 25", 1036, 1040, 1),
            beat("synchronized, JDK 27", 1031.4, 1038, 1),
            beat("fair-reentrant-lock, JDK 21", 1029, 1041, 3),
            beat("fair-reentrant-lock, JDK 25", 988, 1037, 3),
            Bar.of("unlocked, JDK 25", 0, 0)));
  }

  private static Bar beat(String label, double value, double due, int colour) {
    return new Bar(label, value, value * 0.93, value * 1.005, OptionalDouble.of(due), colour);
  }

  /** More lines than a plot should have. */
  static LinePlot crowd(int series, int points) {
    return new LinePlot(
        "A crowd",
        "More lines than can be told apart.",
        new Axis("x", Scale.LINEAR),
        new Axis("y", Scale.LINEAR),
        IntStream.range(0, series)
            .mapToObj(
                line ->
                    new Series(
                        "series " + line,
                        IntStream.range(0, points)
                            .mapToObj(x -> around(x * 7.3, 50 + 40 * Math.sin(line + x * 0.3), 0.1))
                            .toList(),
                        LineStyle.of(line)))
            .toList());
  }
}
