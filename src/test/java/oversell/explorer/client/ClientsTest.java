package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Failure;
import oversell.explorer.FailureKind;
import oversell.explorer.Options;
import oversell.explorer.Reduction;
import oversell.explorer.Scenario;

/** What users of the library write. */
class ClientsTest {
  @Test
  void transfersWithoutALockLoseMoney() {
    Exploration<Integer> explored =
        Explorer.explore(Transfers.Unlocked.class, Options.exhaustive());

    assertThat(explored.isComplete()).isTrue();
    assertThat(explored.failures()).isZero();
    assertThat(explored.outcomes().keySet()).contains(200, 190, 220);
  }

  @Test
  void transfersThatLockTheirOwnSideFirstDeadlock() {
    Exploration<Integer> explored =
        Explorer.explore(Transfers.FromFirst.class, Options.exhaustive());

    assertThat(explored.isComplete()).isTrue();
    assertThat(explored.outcomes().keySet()).containsExactly(200);
    Failure failure = explored.failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.DEADLOCK);
    assertThat(failure.toString())
        .contains("Transfers.java:", "there wants", "back wants", "sum", failure.schedule());
    assertThat(Explorer.replay(Transfers.FromFirst.class, failure.schedule()).failure())
        .hasValueSatisfying(again -> assertThat(again).hasToString(failure.toString()));
  }

  @Test
  void transfersThatLockInOneOrderAreProved() {
    Exploration<Integer> explored = Explorer.explore(Transfers.InOrder.class, Options.exhaustive());

    assertThat(explored.outcomes().keySet()).containsExactly(200);
    assertThat(explored.executions()).isEqualTo(2);
    assertThat(explored.certificate())
        .hasValueSatisfying(
            certificate -> assertThat(certificate.toString()).startsWith("InOrder: each of its"));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {Transfers.Unlocked.class, Transfers.FromFirst.class, Transfers.InOrder.class})
  void theReductionStandsForAllSchedules(Class<? extends Scenario<Integer>> scenario) {
    Exploration<Integer> reduced = Explorer.explore(scenario, Options.exhaustive());
    Exploration<Integer> full =
        Explorer.explore(scenario, Options.exhaustive().reduction(Reduction.NONE));

    assertThat(full.isComplete()).isTrue();
    assertThat(reduced.schedules()).hasValue(BigInteger.valueOf(full.executions()));
    assertThat(reduced.outcomes().keySet()).isEqualTo(full.outcomes().keySet());
  }

  @Test
  void aBufferThatChecksOnceIsBroken() {
    Exploration<Integer> explored = Explorer.explore(Buffers.WithIf.class, Options.exhaustive());

    assertThat(explored.isComplete()).isTrue();
    assertThat(explored.outcomes().keySet()).contains(2, 3);
  }

  @Test
  void aBufferThatChecksAgainIsProved() {
    Exploration<Integer> explored = Explorer.explore(Buffers.WithWhile.class, Options.exhaustive());

    assertThat(explored.outcomes().keySet()).containsExactly(3);
    assertThat(explored.certificate()).isPresent();
  }
}
