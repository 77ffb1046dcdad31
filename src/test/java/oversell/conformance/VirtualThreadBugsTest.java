package oversell.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.FailureKind;
import oversell.explorer.Options;
import oversell.explorer.Reduction;
import oversell.explorer.Scenario;

/** Two bugs of the JDK's virtual threads, as models. */
@Timeout(300)
class VirtualThreadBugsTest {
  @ParameterizedTest
  @ValueSource(classes = {ParkedThread.Stuck.class, ScopeShutdown.OnlyAlive.class})
  void aThreadThatWaitsForeverIsFound(Class<? extends Scenario<String>> model) {
    Exploration<String> explored = Explorer.explore(model, Options.exhaustive());

    assertThat(explored.isComplete()).as(explored.toString()).isTrue();
    assertThat(explored.failure())
        .hasValueSatisfying(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.DEADLOCK));
  }

  @Test
  void aMendedParkIsProved() {
    Exploration<String> explored =
        Explorer.explore(ParkedThread.Mended.class, Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes().keySet()).containsExactly("ready");
  }

  @Test
  void aMendedShutdownIsProved() {
    Exploration<String> explored =
        Explorer.explore(ScopeShutdown.AllKnown.class, Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes().keySet()).containsExactlyInAnyOrder("interrupted", "not forked");
  }

  @ParameterizedTest
  @ValueSource(classes = {ScopeShutdown.OnlyAlive.class, ScopeShutdown.AllKnown.class})
  void theReductionStandsForAllSchedules(Class<? extends Scenario<String>> model) {
    Exploration<String> reduced = Explorer.explore(model, Options.exhaustive());
    Exploration<String> full =
        Explorer.explore(model, Options.exhaustive().reduction(Reduction.NONE));

    assertThat(full.isComplete()).isTrue();
    assertThat(reduced.schedules()).hasValue(BigInteger.valueOf(full.executions()));
    assertThat(reduced.outcomes().keySet()).isEqualTo(full.outcomes().keySet());
  }
}
