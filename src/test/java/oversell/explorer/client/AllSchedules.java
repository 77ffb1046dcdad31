package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Options;
import oversell.explorer.Reduction;
import oversell.explorer.Scenario;

/** Holds an exploration with the reduction to one that runs every schedule. */
final class AllSchedules {
  private AllSchedules() {}

  static <R> Exploration<R> explored(Class<? extends Scenario<R>> scenario) {
    return Explorer.explore(scenario, Options.exhaustive());
  }

  /** Both come to the same outcomes, and the one stands for as many schedules as the other runs. */
  static <R> void checkAgainstAllSchedules(Class<? extends Scenario<R>> scenario) {
    checkAgainstAllSchedules(scenario, explored(scenario));
  }

  static <R> void checkAgainstAllSchedules(
      Class<? extends Scenario<R>> scenario, Exploration<R> reduced) {
    Exploration<R> full = exploredInFull(scenario);

    assertThat(reduced.uncontrolled()).isEmpty();
    assertThat(full.isComplete()).as(full.toString()).isTrue();
    assertThat(reduced.schedules()).hasValue(BigInteger.valueOf(full.executions()));
    assertThat(reduced.outcomes().keySet()).isEqualTo(full.outcomes().keySet());
    assertThat(reduced.failures() > 0).isEqualTo(full.failures() > 0);
  }

  /** The same where nothing is proved, since calls of what two threads share overlap. */
  static <R> void checkOutcomesAgainstAllSchedules(Class<? extends Scenario<R>> scenario) {
    assertThat(explored(scenario).outcomes().keySet())
        .isEqualTo(exploredInFull(scenario).outcomes().keySet());
  }

  private static <R> Exploration<R> exploredInFull(Class<? extends Scenario<R>> scenario) {
    return Explorer.explore(scenario, Options.exhaustive().reduction(Reduction.NONE));
  }
}
