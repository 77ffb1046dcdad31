package oversell.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oversell.lab.experiment.Key;
import oversell.lab.fork.Fork;
import oversell.lab.fork.Message;
import oversell.lab.trial.Observations;
import oversell.lab.trial.TrialResult;

class DisturbanceTest {
  /** A run of one trial, with the number of beats of its bystander. */
  private static Results beside(String variant, long seen, long expected) {
    TrialResult plain = Runs.trial(0, 0, 0).result();
    TrialResult watched =
        new TrialResult(
            plain.trial(),
            plain.warmup(),
            plain.sold(),
            plain.purchases(),
            plain.refused(),
            plain.failed(),
            plain.firstFailure(),
            plain.finalStock(),
            plain.lowestStock(),
            plain.oversold(),
            plain.lostUpdates(),
            plain.vanished(),
            plain.wallNanos(),
            plain.longestWaitNanos(),
            plain.waits(),
            new Observations(
                1,
                3,
                0,
                0,
                0,
                List.of(),
                List.of(),
                Optional.of(new Observations.Beats(seen, expected, 1, 1)),
                Optional.empty()));
    return Runs.results(
        Map.of(Key.VARIANTS, variant, Key.EXPECT, variant + ":any"),
        Runs.fork(0, Fork.Purpose.TRIALS),
        new Message.TrialEnded(0, watched),
        Runs.completed(0, 0));
  }

  private static Results stolen(double share) {
    return Runs.results(
        Map.of(), Runs.fork(0, Fork.Purpose.TRIALS), Runs.trial(0, 0, 0), Runs.completed(0, share));
  }

  @Test
  void reportsTimeThatAnotherMachineTook() {
    assertThat(stolen(0).disturbances()).isEmpty();
    assertThat(stolen(0.5).disturbances()).singleElement().asString().contains("1 of the forks");
  }

  /** Beside a guard, missing beats are a finding and not a disturbance. */
  @ParameterizedTest
  @CsvSource({
    "unlocked, 4, 10, 1",
    "unlocked, 5, 10, 0",
    "unlocked, 0, 0, 0",
    "synchronized, 0, 10, 0"
  })
  void reportsABystanderThatStandsStillBesideUnlocked(
      String variant, long seen, long expected, int told) {
    assertThat(beside(variant, seen, expected).disturbances()).hasSize(told);
  }
}
