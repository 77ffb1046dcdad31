package oversell.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import oversell.lab.experiment.Expectation;
import oversell.report.table.RowResult;
import oversell.report.table.Table;

class ShownColumnsTest {
  private static final List<String> NONE = List.of();
  private static final RowResult FAST = row("synchronized", 5, Expectation.SAFE, 10);
  private static final RowResult SLOW = row("semaphore", 5, Expectation.SAFE, 20);

  private static RowResult row(String variant, int buyers, Expectation expected, double millis) {
    return Sold.row(
        Sold.workload(variant, OptionalInt.empty(), buyers, Duration.ofMillis(1)),
        25,
        expected,
        Sold.trial(),
        Sold.from(millis, 6));
  }

  private static ShownColumns shown(List<String> show, List<String> answer, RowResult... rows) {
    return ShownColumns.of(Table.of(Sold.results(rows)), show, answer);
  }

  @Test
  void showsWhatTellsTheRowsApartAndWhatTheAnswerRefersTo() {
    ShownColumns shown =
        shown(NONE, List.of("{purchases_per_s where variant=semaphore}"), FAST, SLOW);

    assertThat(shown.inTable()).containsExactly("variant", "purchases_per_s", "wall_ms_median");
    assertThat(shown.saidOnce()).containsExactly("oversold_trials");
    assertThat(shown.leftOut()).isEmpty();
  }

  @Test
  void showsTheColumnsThatTheFileAsksForAndNoOthers() {
    assertThat(shown(List.of("wall_ms_low"), List.of("{trials}"), FAST, SLOW))
        .isEqualTo(new ShownColumns(List.of("variant", "wall_ms_low"), NONE, NONE));
  }

  /** The number of trials is in the sentence about the workload. */
  @Test
  void saysAColumnOnceIfAllItsCellsAreEqualAndNotAtAllIfAllAreEmpty() {
    ShownColumns shown =
        shown(List.of("trials", "floor_ms", "jain_index", "wall_ms_median"), NONE, FAST, SLOW);

    assertThat(shown.saidOnce()).containsExactly("floor_ms");
    assertThat(shown.inTable()).containsExactly("variant", "wall_ms_median");
  }

  @Test
  void keepsEveryFigureInTheTableIfItHasOneRow() {
    assertThat(shown(List.of("trials", "wall_ms_median"), NONE, FAST).inTable())
        .containsExactly("variant", "trials", "wall_ms_median");
  }

  @Test
  void showsVerdictsIfTheyDiffer() {
    RowResult failed = row("unlocked", 5, Expectation.OVERSELLS, 10);

    assertThat(shown(NONE, NONE, FAST, failed).inTable()).endsWith("verdict");
    assertThat(shown(NONE, NONE, FAST, SLOW).inTable()).doesNotContain("verdict");
  }

  @Test
  void hasTenColumnsAtMostAndNamesThoseThatFoundNoRoom() {
    List<String> many =
        List.of(
            "wall_ms_median",
            "wall_ms_low",
            "wall_ms_high",
            "purchases_per_s",
            "vs_floor",
            "floor_ms",
            "purchases_mean",
            "sold_units_mean",
            "oversold_trials");
    RowResult[] rows =
        IntStream.of(5, 50)
            .mapToObj(buyers -> row("synchronized", buyers, Expectation.SAFE, buyers))
            .toArray(RowResult[]::new);
    ShownColumns shown = shown(many, NONE, rows);

    assertThat(shown.inTable()).hasSizeLessThanOrEqualTo(ShownColumns.MOST);
    assertThat(List.of(shown.inTable(), shown.saidOnce(), shown.leftOut()))
        .flatExtracting(names -> names)
        .containsAll(many);
  }
}
