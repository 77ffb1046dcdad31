package oversell.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import oversell.plot.Axis;
import oversell.plot.LinePlot;
import oversell.plot.LineStyle;
import oversell.plot.Point;
import oversell.plot.Scale;
import oversell.plot.Series;
import oversell.report.table.Results;
import oversell.report.table.RowWords;
import oversell.report.table.Table;
import oversell.stats.Latencies;

/** The plots of a run, by what varies in it. */
final class Figures {
  private static final List<String> NUMERIC = List.of("buyers", "hold_ms", "articles", "carriers");
  private static final double[] PERCENTILES = {0, 50, 75, 90, 95, 99, 99.5, 99.9};
  private static final double LEAST_MILLIS = 0.001;
  private static final int MOST_SERIES = 32;
  private static final int MOST_LATENCIES = 12;

  private final Results results;
  private final Table table;

  private Figures(Results results, Table table) {
    this.results = results;
    this.table = table;
  }

  /** SVG by the name of its file, in the order in which a page shows them. */
  static Map<String, String> of(Results results, Table table) {
    Figures figures = new Figures(results, table);
    Map<String, String> files = new LinkedHashMap<>();
    figures.wall().ifPresent(plot -> files.put("wall.svg", plot.svg()));
    figures.latency().ifPresent(plot -> files.put("latency.svg", plot.svg()));
    new BeatFigure(results, table).plot().ifPresent(plot -> files.put("bystander.svg", plot.svg()));
    return files;
  }

  /** The column of the horizontal axis: the first that varies and has only numbers. */
  private Optional<String> abscissa() {
    return NUMERIC.stream()
        .filter(table::varies)
        .filter(name -> rows().allMatch(row -> table.number(row, name).isPresent()))
        .findFirst();
  }

  private IntStream rows() {
    return IntStream.range(0, table.cells().size());
  }

  private Optional<LinePlot> wall() {
    Optional<String> along = abscissa();
    if (along.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<Point>> lines = new LinkedHashMap<>();
    rows()
        .filter(row -> table.number(row, "wall_ms_median").orElse(0) > 0)
        .forEach(
            row ->
                lines
                    .computeIfAbsent(label(row, along.get()), name -> new ArrayList<>())
                    .add(wallPoint(row, along.get())));
    return lines(lines)
        .filter(Figures::hasInterval)
        .map(
            series ->
                new LinePlot(
                    results.run().experiment() + ": wall time",
                    "Median wall time of a trial against "
                        + along.get().replace("_ms", "")
                        + ", with the interval that holds it at 95 %.",
                    new Axis(along.get().replace("_ms", " (ms)"), scale(series, true)),
                    new Axis("wall (ms)", scale(series, false)),
                    series));
  }

  /**
   * Medians of so few trials that none has an interval are not drawn: they may be far off, and the
   * plot could not show it.
   */
  private static boolean hasInterval(List<Series> series) {
    return series.stream().flatMap(line -> line.points().stream()).anyMatch(Point::hasInterval);
  }

  private Point wallPoint(int row, String along) {
    double median = table.number(row, "wall_ms_median").orElseThrow();
    return new Point(
        table.number(row, along).orElseThrow(),
        median,
        Math.min(median, table.number(row, "wall_ms_low").orElse(median)),
        Math.max(median, table.number(row, "wall_ms_high").orElse(median)));
  }

  private static Scale scale(List<Series> series, boolean abscissa) {
    return Scale.fitting(
        series.stream()
            .flatMap(line -> line.points().stream())
            .flatMapToDouble(
                point ->
                    abscissa
                        ? DoubleStream.of(point.x())
                        : DoubleStream.of(point.low(), point.high()))
            .toArray());
  }

  private static Optional<List<Series>> lines(Map<String, List<Point>> points) {
    if (points.isEmpty() || points.size() > MOST_SERIES) {
      return Optional.empty();
    }
    List<Series> series = new ArrayList<>();
    points.forEach((name, line) -> series.add(new Series(name, line, LineStyle.of(series.size()))));
    return Optional.of(series);
  }

  /**
   * How long buyers waited. If there are many rows, only those with the largest value of what
   * varies.
   */
  private Optional<LinePlot> latency() {
    Optional<String> along = table.cells().size() <= MOST_LATENCIES ? Optional.empty() : abscissa();
    double end =
        along
            .map(
                name ->
                    rows().mapToDouble(row -> table.number(row, name).orElse(0)).max().orElse(0))
            .orElse(0.0);
    Map<String, List<Point>> lines = new LinkedHashMap<>();
    rows()
        .filter(this::isWaitedFor)
        .filter(row -> along.isEmpty() || table.number(row, along.get()).orElse(0) == end)
        .forEach(
            row ->
                results
                    .rows()
                    .get(row)
                    .waits()
                    .ifPresent(
                        waits -> lines.put(label(row, along.orElse("")), percentiles(waits))));
    String where =
        along
            .map(
                name ->
                    " at "
                        + RowWords.described(
                            name, BigDecimal.valueOf(end).stripTrailingZeros().toPlainString()))
            .orElse("");
    return lines(lines)
        .map(
            series ->
                new LinePlot(
                    results.run().experiment() + ": waiting for the guard" + where,
                    "Time until buyers were inside the guard, by percentile of all buyers.",
                    new Axis("percentile of buyers", Scale.NINES),
                    new Axis("wait (ms)", scale(series, false)),
                    series));
  }

  /** Whether the guard causes the waits; in some modes the lab itself makes buyers queue. */
  private boolean isWaitedFor(int row) {
    return switch (results.rows().get(row).row().workload().conduct().mode()) {
      case SALE, RETURNING -> true;
      case ONE_BY_ONE, STANDSTILL, EXPLORE -> false;
    };
  }

  /**
   * A line's name, without the column of the horizontal axis, without the stock, which usually
   * follows from it, and without a variant that all lines have.
   */
  private String label(int row, String along) {
    String label = RowWords.label(table, row, along, "stock");
    String variant = table.text(row, "variant") + ", ";
    return table.varies("variant") || !label.startsWith(variant)
        ? label
        : label.substring(variant.length());
  }

  private static List<Point> percentiles(Latencies waits) {
    return DoubleStream.of(PERCENTILES)
        .mapToObj(
            percentile ->
                Point.of(
                    percentile, Math.max(LEAST_MILLIS, waits.quantileMillis(percentile / 100))))
        .toList();
  }
}
