package oversell.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oversell.lab.trial.Observations;
import oversell.lab.trial.TrialResult;
import oversell.stats.Latencies;

class PartsTest {
  /** What a JVM reports whose buyers bought three units each of a stock of ten. */
  private static TrialResult part(int purchases, int refused, int lowest, long wallNanos) {
    Latencies waits = Latencies.empty();
    waits.add(wallNanos / 2);
    return new TrialResult(
        4,
        false,
        3L * purchases,
        purchases,
        refused,
        0,
        Optional.empty(),
        99,
        lowest,
        0,
        0,
        0,
        wallNanos,
        wallNanos / 2,
        waits.encoded(),
        new Observations(
            wallNanos,
            purchases,
            0,
            0,
            0,
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty()));
  }

  private static List<Parts.Article> article(int sold, int left) {
    return List.of(new Parts.Article(sold, left));
  }

  @Test
  void partsThatAreWithinTheStockTogetherAreSafe() {
    TrialResult joined =
        new Parts(List.of(part(2, 1, 4, 1_000_000), part(1, 2, 1, 3_000_000)))
            .joined(10, article(9, 1));

    assertThat(joined.isViolation()).isFalse();
    assertThat(joined.trial()).isEqualTo(4);
    assertThat(joined.sold()).isEqualTo(9);
    assertThat(joined.purchases()).isEqualTo(3);
    assertThat(joined.refused()).isEqualTo(3);
    assertThat(joined.wallNanos()).isEqualTo(3_000_000);
    assertThat(joined.longestWaitNanos()).isEqualTo(1_500_000);
    assertThat(Latencies.decode(joined.waits()).count()).isEqualTo(2);
    assertThat(joined.seen().pauses()).isEqualTo(3);
  }

  @Test
  void partsThatAreWithinTheStockEachAndNotTogetherOversell() {
    TrialResult joined =
        new Parts(List.of(part(2, 0, 4, 1), part(2, 0, -2, 1))).joined(10, article(12, -2));

    assertThat(joined.oversold()).isEqualTo(2);
    assertThat(joined.lowestStock()).isEqualTo(-2);
    assertThat(joined.breaksConservation()).isFalse();
  }

  @Test
  void whatAnAbsoluteWriteHidesIsALostUpdate() {
    TrialResult joined =
        new Parts(List.of(part(3, 0, 1, 1), part(3, 0, 1, 1))).joined(10, article(18, 1));

    assertThat(joined.oversold()).isEqualTo(8);
    assertThat(joined.lostUpdates()).isEqualTo(9);
    assertThat(joined.lowestStock()).isEqualTo(1);
  }

  @Test
  void unitsThatNobodyBoughtHaveVanished() {
    assertThat(new Parts(List.of(part(1, 0, 7, 1))).joined(10, article(3, 4)).vanished())
        .isEqualTo(3);
  }

  /** Together the two articles look as if nothing had happened. */
  @Test
  void whatOneArticleLacksDoesNotMakeUpForWhatAnotherHasTooMuchOf() {
    TrialResult joined =
        new Parts(List.of(part(6, 0, 0, 1)))
            .joined(10, List.of(new Parts.Article(9, 4), new Parts.Article(9, -2)));

    assertThat(joined.sold() + joined.finalStock()).isEqualTo(20);
    assertThat(joined.lostUpdates()).isEqualTo(3);
    assertThat(joined.vanished()).isEqualTo(3);
    assertThat(joined.lowestStock()).isEqualTo(-2);
  }
}
