package oversell.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadTest {
  private static Workload workload(int articles, int buyers, int stock, int units) {
    return new Workload(
        "synchronized",
        OptionalInt.empty(),
        articles,
        buyers,
        stock,
        units,
        Duration.ofMillis(100),
        true,
        Conduct.plain());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5, 10, 3, 300",
    "1, 2, 10, 3, 200",
    "1, 5, 2, 3, 0",
    "10, 100, 5, 1, 500",
    "10, 95, 100, 1, 1000",
  })
  void theFloorIsTheHoldsThatFollowOneAnother(
      int articles, int buyers, int stock, int units, long millis) {
    assertThat(workload(articles, buyers, stock, units).floor(true))
        .isEqualTo(Duration.ofMillis(millis));
  }

  /** Buyers that come back buy everything, however few they are. */
  @ParameterizedTest
  @CsvSource({
    "1, 5, 1000, 3, 33300, 33300",
    "10, 100, 50, 1, 5000, 50000",
    "10, 4, 50, 1, 5000, 20000",
    "1, 5, 2, 3, 0, 0",
  })
  void returningBuyersHoldUntilNothingIsLeft(
      int articles, int buyers, int stock, int units, long floorMillis, long allMillis) {
    Workload once = workload(articles, buyers, stock, units);
    Workload returning =
        new Workload(
            once.variant(),
            once.carriers(),
            articles,
            buyers,
            stock,
            units,
            once.hold(),
            once.gate(),
            new Conduct(
                Conduct.Mode.RETURNING,
                Conduct.Threads.VIRTUAL,
                Conduct.PauseKind.SLEEP,
                Conduct.Fault.NONE,
                1,
                false,
                Conduct.Baseline.NONE,
                Optional.empty()));

    assertThat(returning.floor(true)).isEqualTo(Duration.ofMillis(floorMillis));
    assertThat(returning.allHolds()).isEqualTo(Duration.ofMillis(allMillis));
  }

  @Test
  void rejectsAFaultThatHitsNoBuyer() {
    assertThatThrownBy(
            () ->
                new Conduct(
                    Conduct.Mode.SALE,
                    Conduct.Threads.VIRTUAL,
                    Conduct.PauseKind.SLEEP,
                    Conduct.Fault.THROW,
                    0,
                    false,
                    Conduct.Baseline.NONE,
                    Optional.empty()))
        .hasMessage("faultEvery must be 1 or more: 0");
  }

  @Test
  void theFloorOfHoldsThatOverlapIsOneHold() {
    assertThat(workload(1, 5, 10, 3).floor(false)).isEqualTo(Duration.ofMillis(100));
    assertThat(workload(1, 5, 2, 3).floor(false)).isZero();
  }

  @Test
  void aStockThatGrowsIsSpreadOverTheArticles() {
    Experiment.Stock stock = new Experiment.Stock.PerBuyer(2);

    assertThat(stock.of(1000, 1)).isEqualTo(2000);
    assertThat(stock.of(1000, 10)).isEqualTo(200);
    assertThat(stock.of(5, 3)).isEqualTo(4);
    assertThat(new Experiment.Stock.Fixed(10).of(1000, 10)).isEqualTo(10);
  }

  @Test
  void rejectsASaleThatCannotBeHeld() {
    assertThatThrownBy(() -> workload(0, 5, 10, 3)).hasMessage("articles must be 1 or more: 0");
    assertThatThrownBy(() -> workload(1, 0, 10, 3)).hasMessage("buyers must be 1 or more: 0");
    assertThatThrownBy(() -> workload(1, 5, -1, 3)).hasMessage("stock must be 0 or more: -1");
    assertThatThrownBy(() -> workload(1, 5, 10, 0)).hasMessage("units must be 1 or more: 0");
  }
}
