package oversell.explorer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import oversell.explorer.Lap.Job;
import oversell.explorer.Lap.Tool;
import oversell.report.table.MarkdownTable;
import oversell.stats.MedianEstimate;

/** What the laps came to, side by side. */
record LapTable(List<Lap> laps) {
  private static final String NOTES =
      """
      Medians of %d rounds after one to warm up, in one JVM on JDK %s with %d processors; in each round the
      tools take turns. The ratios say how many times as fast Oversell is.

      Two buyers want 3 units each of a stock of 3. A schedule is what Lincheck calls an invocation: one run of
      the sale, from a fresh inventory to its end, with its answers verified. Lincheck (model checking, as it
      comes) has platform threads and switches them where they access what they share; Oversell (granularity
      access, no reduction) has virtual threads and switches them there, where a buyer begins, and where its
      pause ends. So they count different schedules of the same sale, and each runs all that it distinguishes
      again and again: Lincheck %d times in one call, which instruments once; Oversell until it has run as many
      schedules, and it weaves each time. A failure is told with its steps, and Oversell has looked for the
      shortest; here either instruments anew.
      """;

  String text() {
    return MarkdownTable.of(
            List.of("tool", "variant", "task", "schedules", "failing", "wall (ms)", "schedules/s"),
            rows())
        + "\n"
        + MarkdownTable.of(ratioHeadings(), ratios())
        + "\n"
        + NOTES.formatted(
            SideBySide.ROUNDS,
            Runtime.version(),
            Runtime.getRuntime().availableProcessors(),
            SideBySide.TIMES);
  }

  private List<List<Optional<?>>> rows() {
    List<List<Optional<?>>> rows = new ArrayList<>();
    for (Job job : Job.values()) {
      for (Tool tool : Tool.values()) {
        rows.add(
            List.of(
                Optional.of(tool.shown),
                Optional.of(job.variant),
                Optional.of(job.task),
                number(median(tool, job, Lap::schedules), 0),
                number(median(tool, job, Lap::failures), 0),
                number(median(tool, job, Lap::millis), 1),
                job == Job.FIRST_FAILURE
                    ? Optional.empty()
                    : number(median(tool, job, Lap::schedulesPerSecond), 0)));
      }
    }
    return rows;
  }

  private static List<String> ratioHeadings() {
    List<String> headings = new ArrayList<>(List.of("ratio", "variant"));
    IntStream.rangeClosed(1, SideBySide.ROUNDS).forEach(round -> headings.add("round " + round));
    headings.add("median");
    return headings;
  }

  private List<List<Optional<?>>> ratios() {
    List<List<Optional<?>>> rows = new ArrayList<>();
    for (Job job : Job.values()) {
      double[] ratios = ratios(job);
      List<Optional<?>> row = new ArrayList<>();
      row.add(
          Optional.of(job == Job.FIRST_FAILURE ? "time until a failure is told" : "schedules/s"));
      row.add(Optional.of(job.variant));
      Arrays.stream(ratios).forEach(ratio -> row.add(number(ratio, 1)));
      row.add(number(MedianEstimate.of(ratios).median(), 1));
      rows.add(row);
    }
    return rows;
  }

  /** Of the speeds, round by round. */
  private double[] ratios(Job job) {
    ToDoubleFunction<Lap> speed =
        job == Job.FIRST_FAILURE ? lap -> 1 / lap.millis() : Lap::schedulesPerSecond;
    double[] lincheck = each(Tool.LINCHECK, job, speed);
    double[] oversell = each(Tool.OVERSELL, job, speed);
    return IntStream.range(0, lincheck.length)
        .mapToDouble(i -> oversell[i] / lincheck[i])
        .toArray();
  }

  private double median(Tool tool, Job job, ToDoubleFunction<Lap> figure) {
    return MedianEstimate.of(each(tool, job, figure)).median();
  }

  /** In the order of the rounds, without the one that warmed up. */
  private double[] each(Tool tool, Job job, ToDoubleFunction<Lap> figure) {
    return laps.stream()
        .filter(lap -> lap.round() > 0 && lap.tool() == tool && lap.job() == job)
        .mapToDouble(figure)
        .toArray();
  }

  private static Optional<BigDecimal> number(double figure, int decimals) {
    return Optional.of(BigDecimal.valueOf(figure).setScale(decimals, RoundingMode.HALF_UP));
  }
}
