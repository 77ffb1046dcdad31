package oversell.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.report.table.Runs.completed;
import static oversell.report.table.Runs.crashed;
import static oversell.report.table.Runs.fork;
import static oversell.report.table.Runs.timedOut;
import static oversell.report.table.Runs.trial;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oversell.lab.experiment.Expectation;
import oversell.lab.fork.Fork;
import oversell.lab.fork.Message;

class RowsSoFarTest {
  private static final double MUCH = 0.5;

  private static RowResult row(Message... messages) {
    return Runs.results(Map.of(), messages).rows().getFirst();
  }

  @Test
  void doesNotCountTrialsOfAForkThatCountsPinnedThreads() {
    RowResult row =
        row(
            fork(0, Fork.Purpose.TRIALS),
            trial(0, 0, 0),
            new Message.MemoryMeasured(0, 2, 1),
            completed(0, 0),
            fork(1, Fork.Purpose.PINNING),
            trial(1, 1, 1),
            new Message.PinningCounted(1, 5, 77),
            new Message.MemoryMeasured(1, 4, 3),
            completed(1, MUCH));

    assertThat(row.trials()).hasSize(1);
    assertThat(row.heldOrLeft()).isZero();
    assertThat(row.memory()).containsExactly(new Message.MemoryMeasured(0, 2, 1));
    assertThat(row.pinned()).containsExactly(new Message.PinningCounted(1, 5, 77));
    assertThat(row.disturbed()).isZero();
  }

  @Test
  void countsForksThatAnotherMachineDisturbed() {
    assertThat(row(fork(0, Fork.Purpose.TRIALS), trial(0, 0, 0), completed(0, MUCH)).disturbed())
        .isEqualTo(1);
  }

  @Test
  void aRowHangsIfAForkTimedOutAndNoTrialEnded() {
    Message.ForkStarted started = fork(0, Fork.Purpose.TRIALS);

    assertThat(row(started, timedOut(0)).observed()).contains(Expectation.HANGS);
    assertThat(row(started, trial(0, 0, 0), timedOut(0)).observed()).contains(Expectation.SAFE);
    assertThat(row(started, crashed(0)).observed()).isEmpty();
    assertThat(row(started).observed()).isEmpty();
    assertThat(row(started).verdict()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0, PASS", "1, 0, FAIL", "0, 1, FAIL"})
  void aRowThatLeavesAGuardHeldOrABuyerRunningIsNotSafe(
      int guardsHeld, int leftBehind, Verdict verdict) {
    assertThat(
            row(fork(0, Fork.Purpose.TRIALS), trial(0, guardsHeld, leftBehind), completed(0, 0))
                .verdict())
        .isEqualTo(Optional.of(verdict));
  }

  @Test
  void ignoresAForkThatWasNotStarted() {
    RowResult row = row(trial(9, 0, 0), crashed(9), new Message.PinningCounted(9, 1, 1));

    assertThat(row.trials()).isEmpty();
    assertThat(row.outcomes()).isEmpty();
    assertThat(row.pinned()).isEmpty();
  }
}
