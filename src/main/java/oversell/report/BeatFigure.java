package oversell.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import oversell.plot.Axis;
import oversell.plot.Bar;
import oversell.plot.BarPlot;
import oversell.plot.LineStyle;
import oversell.plot.Scale;
import oversell.report.table.Results;
import oversell.report.table.RowResult;
import oversell.report.table.RowWords;
import oversell.report.table.Table;

/** The plot of how often bystanders woke up during the trials, with a bar for each row. */
record BeatFigure(Results results, Table table) {
  /** Empty if no row had a bystander. */
  Optional<BarPlot> plot() {
    List<Bar> bars = new ArrayList<>();
    IntStream.range(0, table.cells().size())
        .filter(row -> table.number(row, "bystander_beats").isPresent())
        .forEach(row -> bars.add(bar(row)));
    return bars.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new BarPlot(
                results.run().experiment() + ": beats of a bystander",
                "How often a virtual thread that never touches the guard woke up during a trial, of how often it"
                    + " would have alone.",
                new Axis("beats (median of trials)", Scale.LINEAR),
                "of",
                bars));
  }

  private Bar bar(int row) {
    RowResult result = results.rows().get(row);
    double beats = table.number(row, "bystander_beats").orElseThrow();
    return new Bar(
        RowWords.label(table, row, "stock"),
        beats,
        beats,
        beats,
        table.number(row, "bystander_beats_expected"),
        colour(result.row().workload().variant()));
  }

  // A variant has the same colour on every JDK.
  private int colour(String variant) {
    List<String> variants =
        results.rows().stream().map(row -> row.row().workload().variant()).distinct().toList();
    return variants.indexOf(variant) % LineStyle.COLOURS;
  }
}
