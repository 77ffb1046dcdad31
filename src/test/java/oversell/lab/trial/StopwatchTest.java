package oversell.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Workload;
import oversell.stats.Latencies;
import oversell.variant.BuiltIn;

@Timeout(120)
class StopwatchTest {
  private static IntStream sample(int buyers) {
    return IntStream.range(0, buyers).filter(buyer -> Stopwatch.isFor(buyer, buyers));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10_000})
  void everyBuyerOfASmallSaleHasOne(int buyers) {
    assertThat(sample(buyers)).hasSize(buyers);
  }

  @ParameterizedTest
  @ValueSource(ints = {10_001, 20_000, 99_999, 1_000_000, 10_000_000})
  void aboutAThousandOfALargeSaleHaveOne(int buyers) {
    assertThat(sample(buyers).count()).isBetween(990L, 1_110L);
  }

  /** With every twentieth of 20,000 buyers, only 5 of 100 articles would be looked at. */
  @Test
  void theSampleIsOfEveryArticleAndOfEveryPartOfTheSale() {
    var articles = sample(20_000).boxed().collect(Collectors.groupingBy(i -> i % 100));
    var parts = sample(20_000).boxed().collect(Collectors.groupingBy(i -> i / 2_000));

    assertThat(articles).hasSize(100);
    assertThat(parts).hasSize(10).allSatisfy((part, buyers) -> assertThat(buyers).hasSize(100));
  }

  private static TrialResult sale(int buyers, AtomicInteger readings) throws InterruptedException {
    Workload workload =
        new Workload(
            "reentrant-lock",
            OptionalInt.empty(),
            1,
            buyers,
            buyers - 100,
            1,
            Duration.ZERO,
            false,
            Conduct.plain());
    return new Trial(
            workload,
            BuiltIn.get("reentrant-lock"),
            Scopes.ofThisJvm(),
            () -> {},
            () -> {
              readings.incrementAndGet();
              return System.nanoTime();
            })
        .run(0, false);
  }

  @Test
  void aLargeSaleCountsEveryBuyerAndReadsTheClockForASample() throws InterruptedException {
    AtomicInteger readings = new AtomicInteger();

    TrialResult result = sale(20_000, readings);

    assertThat(result.sold()).isEqualTo(19_900);
    assertThat(result.refused()).isEqualTo(100);
    assertThat(Latencies.decode(result.waits()).count()).isEqualTo(1_000);
    assertThat(readings.get()).isBetween(2_900, 3_010);
    assertThat(result.isSampled(20_000)).isTrue();
    assertThat(result.wallNanos()).isGreaterThan(result.longestWaitNanos());
  }

  @Test
  void aSmallSaleReadsItForEveryBuyer() throws InterruptedException {
    AtomicInteger readings = new AtomicInteger();

    TrialResult result = sale(10_000, readings);

    assertThat(Latencies.decode(result.waits()).count()).isEqualTo(10_000);
    assertThat(readings.get()).isGreaterThan(29_000);
    assertThat(result.isSampled(10_000)).isFalse();
  }
}
