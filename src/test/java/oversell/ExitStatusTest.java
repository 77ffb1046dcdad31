package oversell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oversell.lab.experiment.Key;
import oversell.lab.fork.Fork;
import oversell.lab.fork.Message;
import oversell.report.table.Results;
import oversell.report.table.Runs;

class ExitStatusTest {
  private static ExitStatus status(String expected, Message... messages) {
    Results results = Runs.results(Map.of(Key.EXPECT, "synchronized=" + expected), messages);
    return ExitStatus.of(results);
  }

  @ParameterizedTest
  @CsvSource({
    "any, AS_EXPECTED, FORK_FAILED",
    "hangs, AS_EXPECTED, FORK_FAILED",
    "safe, FORK_FAILED, FORK_FAILED",
    "oversells, FORK_FAILED, FORK_FAILED",
  })
  void aForkMayMissItsDeadlineWhereItsRowMayHang(
      String expected, ExitStatus ifTimedOut, ExitStatus ifCrashed) {
    Message.ForkStarted started = Runs.fork(0, Fork.Purpose.TRIALS);

    assertThat(status(expected, started, Runs.timedOut(0))).isEqualTo(ifTimedOut);
    assertThat(status(expected, started, Runs.crashed(0))).isEqualTo(ifCrashed);
  }

  @ParameterizedTest
  @CsvSource({
    "any, AS_EXPECTED",
    "safe, AS_EXPECTED",
    "hangs, VERDICT_FAILED",
    "oversells, VERDICT_FAILED",
  })
  void aSafeRowIsAsExpectedOrAFailedVerdict(String expected, ExitStatus status) {
    assertThat(
            status(
                expected,
                Runs.fork(0, Fork.Purpose.TRIALS),
                Runs.trial(0, 0, 0),
                Runs.completed(0, 0)))
        .isEqualTo(status);
  }
}
