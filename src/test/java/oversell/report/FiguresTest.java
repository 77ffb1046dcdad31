package oversell.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Expectation;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.Observations;
import oversell.lab.trial.TrialResult;
import oversell.report.table.Results;
import oversell.report.table.RowResult;
import oversell.report.table.Table;
import oversell.stats.Latencies;

class FiguresTest {
  private static final int LARGEST = 60_000;
  private static final Duration HOLD = Duration.ofMillis(1);

  /** The figures, each of them well-formed and small. */
  private static Map<String, String> figures(RowResult... rows) throws Exception {
    Results results = Sold.results(rows);
    Map<String, String> files = Figures.of(results, Table.of(results));
    for (Map.Entry<String, String> file : files.entrySet()) {
      String svg = file.getValue();
      assertThat(svg.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(LARGEST);
      assertThat(
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(new InputSource(new StringReader(svg)))
                  .getDocumentElement()
                  .getTagName())
          .as(file.getKey())
          .isEqualTo("svg");
    }
    return files;
  }

  private static TrialResult noted() {
    Latencies waits = Latencies.empty();
    IntStream.range(0, 1_000).forEach(i -> waits.add(i * 10_000L));
    return Sold.trial(0, waits, Optional.of(new Observations.Beats(7, 9, 1, 1)));
  }

  private static RowResult silent(Workload workload) {
    return Sold.row(workload, Sold.from(10, 8));
  }

  private static RowResult noted(Workload workload) {
    return Sold.row(workload, 25, Expectation.SAFE, noted(), Sold.from(10, 8));
  }

  private static Workload of(int buyers, Duration hold) {
    return Sold.workload("synchronized", OptionalInt.empty(), buyers, hold);
  }

  private static Workload on(OptionalInt carriers) {
    return Sold.workload("synchronized", carriers, 5, HOLD);
  }

  @Test
  void wallTimesAreDrawnAlongBuyers() throws Exception {
    Map<String, String> files = figures(silent(of(5, HOLD)), silent(of(50, HOLD)));

    assertThat(files).containsOnlyKeys("wall.svg");
    assertThat(files.get("wall.svg")).contains("against buyers", "wall (ms)");
  }

  @Test
  void wallTimesAreDrawnAlongHoldsFromZeroOn() throws Exception {
    Map<String, String> files =
        figures(
            silent(of(5, Duration.ZERO)),
            silent(of(5, HOLD)),
            silent(of(5, HOLD.multipliedBy(99))));

    assertThat(files).containsOnlyKeys("wall.svg");
    assertThat(files.get("wall.svg")).contains("against hold", "hold (ms)");
  }

  @Test
  void wallTimesAreDrawnAlongCarriersIfAllAreNumbers() throws Exception {
    assertThat(figures(silent(on(OptionalInt.of(1))), silent(on(OptionalInt.of(2)))))
        .containsOnlyKeys("wall.svg");
    assertThat(figures(silent(on(OptionalInt.of(1))), silent(on(OptionalInt.empty())))).isEmpty();
  }

  @Test
  void noPlotIsDrawnAlongVariants() throws Exception {
    assertThat(figures(silent(Sold.workload("synchronized")), silent(Sold.workload("semaphore"))))
        .isEmpty();
  }

  @Test
  void aRowWithoutObservationsHasNoPlot() throws Exception {
    assertThat(figures(silent(of(5, HOLD)))).isEmpty();
  }

  @Test
  void waitsAndBeatsAreDrawnEvenForASingleRow() throws Exception {
    Map<String, String> files = figures(noted(of(5, HOLD)));

    assertThat(files).containsOnlyKeys("latency.svg", "bystander.svg");
    assertThat(files.get("latency.svg")).contains("waiting for the guard");
  }

  @Test
  void plotsAreAlwaysInTheSameOrder() throws Exception {
    assertThat(figures(noted(of(5, HOLD)), noted(of(50, HOLD))).keySet())
        .containsExactly("wall.svg", "latency.svg", "bystander.svg");
  }

  @Test
  void waitsAreDrawnOnlyForTheLargestValueIfThereAreManyRows() throws Exception {
    RowResult[] many =
        IntStream.rangeClosed(1, 13).mapToObj(i -> noted(of(i, HOLD))).toArray(RowResult[]::new);

    assertThat(figures(many).get("latency.svg"))
        .contains("waiting for the guard at 13 buyers", ">synchronized<")
        .doesNotContain("12 buyers");
  }

  /** The stock usually follows from the other numbers, and names must fit beside a plot. */
  @Test
  void namesOfLinesLeaveOutTheStock() throws Exception {
    Map<String, String> files = figures(noted(of(5, HOLD)), noted(stocked(of(50, HOLD), 100)));

    assertThat(files.values()).noneMatch(svg -> svg.contains("stock"));
  }

  private static Workload stocked(Workload like, int stock) {
    return new Workload(
        like.variant(),
        like.carriers(),
        like.articles(),
        like.buyers(),
        stock,
        like.units(),
        like.hold(),
        like.gate(),
        like.conduct());
  }

  @ParameterizedTest
  @EnumSource(Conduct.Mode.class)
  void waitsAreDrawnOnlyInModesWhereTheGuardCausesThem(Conduct.Mode mode) throws Exception {
    Conduct plain = Conduct.plain();
    Conduct conduct =
        new Conduct(
            mode,
            plain.threads(),
            plain.pause(),
            plain.fault(),
            plain.faultEvery(),
            plain.bystander(),
            plain.baseline(),
            plain.exploration());
    Workload like = of(5, HOLD);
    Workload workload =
        new Workload("synchronized", like.carriers(), 1, 5, 10, 1, HOLD, true, conduct);

    assertThat(figures(noted(workload)).containsKey("latency.svg"))
        .isEqualTo(mode == Conduct.Mode.SALE || mode == Conduct.Mode.RETURNING);
  }

  /** The median of so few trials may be far off. */
  @Test
  void wallTimesWithoutAnyIntervalAreNotDrawn() throws Exception {
    assertThat(
            figures(
                Sold.row(of(5, HOLD), Sold.from(10, 5)), Sold.row(of(50, HOLD), Sold.from(20, 5))))
        .isEmpty();
  }

  @Test
  void tooManyLinesAreNotDrawn() throws Exception {
    RowResult[] many =
        IntStream.rangeClosed(1, 66)
            .mapToObj(i -> silent(Sold.workload("v" + i / 2, OptionalInt.empty(), 1 + i % 2, HOLD)))
            .toArray(RowResult[]::new);

    assertThat(figures(many)).isEmpty();
  }

  @Test
  void rowsWithoutTrialsAreLeftOut() throws Exception {
    RowResult none = Sold.row(of(5, HOLD));

    assertThat(figures(none)).isEmpty();
    assertThat(figures(none, Sold.row(of(50, HOLD)))).isEmpty();
    assertThat(figures(none, noted(of(50, HOLD))))
        .containsOnlyKeys("wall.svg", "latency.svg", "bystander.svg");
  }
}
