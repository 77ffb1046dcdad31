package oversell.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Options;
import oversell.explorer.Reduction;
import oversell.explorer.Scenario;

/**
 * Exactly those outcomes are found that sequential consistency allows. Source of the programs: the
 * samples of <i>The Java Concurrency Stress Tests (jcstress)</i>, whose grades are in their
 * {@code @Outcome} annotations.
 */
@Timeout(120)
class SamplesTest {
  private static Arguments row(Class<? extends Scenario<String>> sample, String... outcomes) {
    return arguments(sample, Set.of(outcomes));
  }

  static Stream<Arguments> samples() {
    return Stream.of(
        row(Samples.Simple.class, "1,1", "1,2", "2,1"),
        row(Samples.Arbiters.class, "1", "2"),
        row(Samples.SameRead.class, "0,0", "0,1", "1,1"),
        row(Samples.SameVolatileRead.class, "0,0", "0,1", "1,1"),
        row(Samples.PlainReads.class, "0,0", "0,1", "1,1"),
        row(Samples.VolatileGuard.class, "0,0", "0,1", "1,1"),
        row(Samples.LockGuard.class, "0,0", "1,1"),
        row(Samples.PlainDekker.class, "0,1", "1,0", "1,1"),
        row(Samples.VolatileDekker.class, "0,1", "1,0", "1,1"),
        row(Samples.OutOfThinAir.class, "0,0"),
        row(Samples.DoubleRead.class, "42,42", "-1,42", "42,-1", "-1,-1"),
        arguments(Samples.IndependentReads.class, allOfFourBits("1,0,1,0")),
        row(Samples.Atomics.class, "10"),
        row(Samples.VolatileHolder.class, "-1", "42"),
        row(Samples.VolatileValue.class, "-1", "42"),
        row(Samples.SemiSynchronized.class, "-1", "4"),
        row(Samples.Synchronized.class, "-1", "4"),
        row(Samples.Volatiles.class, "0,0,0", "0,0,1", "0,1,1", "1,1,1"),
        row(Samples.Peterson.class, "1,2", "2,1"),
        row(Samples.Dekker.class, "1,2", "2,1"),
        row(Samples.Spin.class, "1,2", "2,1"),
        row(Samples.SynchronizedMutex.class, "1,2", "2,1"),
        row(Samples.LockMutex.class, "1,2", "2,1"),
        row(Samples.SemaphoreMutex.class, "1,2", "2,1"),
        row(Samples.Strong.class, "t,f", "f,t"),
        row(Samples.AcquireOnSuccess.class, "0,0", "1,1", "0,1"),
        row(Samples.Racy.class, "t,f", "f,t", "t,t"),
        row(Samples.Sync.class, "t,f", "f,t"),
        row(Samples.Atomic.class, "t,f", "f,t"),
        row(Samples.DoubleCheckedLocking.class, "d1,d1", "d2,d2"));
  }

  private static Set<String> allOfFourBits(String... without) {
    return IntStream.range(0, 16)
        .mapToObj(
            bits ->
                "%d,%d,%d,%d"
                    .formatted((bits >> 3) & 1, (bits >> 2) & 1, (bits >> 1) & 1, bits & 1))
        .filter(text -> !Arrays.asList(without).contains(text))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void exactlyTheOutcomesOfSequentialConsistencyAreFound(
      Class<? extends Scenario<String>> sample, Set<String> outcomes) {
    Exploration<String> explored = Explorer.explore(sample, Options.exhaustive());

    assertThat(explored.isComplete()).as(explored.toString()).isTrue();
    assertThat(explored.failures()).isZero();
    assertThat(explored.outcomes().keySet()).isEqualTo(outcomes);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void noOtherIsFoundWithoutTheReduction(
      Class<? extends Scenario<String>> sample, Set<String> outcomes) {
    Exploration<String> reduced = Explorer.explore(sample, Options.exhaustive());
    Exploration<String> full =
        Explorer.explore(sample, Options.exhaustive().reduction(Reduction.NONE).schedules(100_000));

    assertThat(outcomes).containsAll(full.outcomes().keySet());
    if (full.isComplete()) {
      assertThat(full.outcomes().keySet()).isEqualTo(outcomes);
      assertThat(reduced.schedules())
          .hasValueSatisfying(all -> assertThat(all.longValue()).isEqualTo(full.executions()));
    }
  }
}
