package oversell.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.conformance.Cell.Means;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Options;
import oversell.explorer.Reduction;
import oversell.explorer.Scenario;

/**
 * With the reduction as many executions are run to their end as there are Mazurkiewicz traces.
 * Sources of the numbers: the tests of GenMC (files {@code expected.sc.mo.in} under <i>GenMC: A
 * Model Checker for Weak Memory Models</i>) and of JMC (<i>JMC: a Java model checker</i>,
 * {@code @JmcExpectExecutions}).
 */
@Timeout(300)
class TracesTest {
  private static final Set<Means> ALL = EnumSet.allOf(Means.class);
  private static final Set<Means> ATOMIC = EnumSet.complementOf(EnumSet.of(Means.FIELD));
  private static final Set<Means> ONE = EnumSet.of(Means.ATOMIC);

  private record Row(Class<? extends Scenario<String>> program, long traces, Set<Means> means) {}

  private static Row row(Class<? extends Scenario<String>> program, long traces) {
    return new Row(program, traces, ALL);
  }

  private static Row attempts(Class<? extends Scenario<String>> program, long traces) {
    return new Row(program, traces, ATOMIC);
  }

  private static Row other(Class<? extends Scenario<String>> program, long traces) {
    return new Row(program, traces, ONE);
  }

  private static Stream<Row> rows() {
    return Stream.of(
        row(Traces.MessagePassing.class, 3),
        row(Traces.LoadBuffering.class, 3),
        row(Traces.StoreBuffering.class, 3),
        row(Traces.TwoPlusTwoWrites.class, 3),
        row(Traces.CoherenceOfReads.class, 6),
        row(Traces.CoherenceOfReads1.class, 36),
        row(Traces.CoherenceOfReads2.class, 72),
        row(Traces.IndependentReads.class, 15),
        row(Traces.IndependentReadsOfACopy.class, 27),
        row(Traces.ThreeReadsBetweenWriters.class, 20),
        row(Traces.FourReadsOfThreeWriters.class, 210),
        row(Traces.Small0.class, 9),
        row(Traces.MessagePassing2.class, 9),
        attempts(Traces.IncrementsAndReads.class, 600),
        row(Traces.Increments2.class, 4),
        row(Traces.Increments3.class, 36),
        row(Traces.Increments4.class, 576),
        attempts(Traces.AtomicIncrements2.class, 2),
        attempts(Traces.AtomicIncrements3.class, 6),
        attempts(Traces.AtomicIncrements4.class, 24),
        attempts(Traces.AtomicIncrements5.class, 120),
        row(Traces.LockedIncrements2.class, 2),
        row(Traces.LockedIncrements3.class, 6),
        row(Traces.LockedIncrements4.class, 24),
        row(Traces.LockedIncrements5.class, 120),
        row(Traces.SynchronizedIncrements4.class, 24),
        attempts(Traces.ThreeCounters2.class, 8),
        attempts(Traces.ThreeCounters3.class, 216),
        attempts(Traces.Rotation2.class, 2),
        attempts(Traces.Rotation3.class, 5),
        attempts(Traces.Rotation4.class, 14),
        attempts(Traces.Rotation5.class, 43),
        attempts(Traces.Rotation6.class, 144),
        attempts(Traces.AttemptAndWrite2.class, 6),
        attempts(Traces.AttemptAndWrite3.class, 66),
        attempts(Traces.AttemptAndWrite4.class, 1_200),
        other(Traces.LastZero5.class, 64),
        other(Traces.Indexer12.class, 8),
        other(Traces.CoarseList4.class, 24),
        // Of no source: nothing in it conflicts.
        other(Traces.ManyElements.class, 1),
        other(Traces.Big0.class, 69_112));
  }

  static Stream<Arguments> published() {
    return rows()
        .flatMap(
            row ->
                row.means().stream().map(means -> arguments(row.program(), means, row.traces())));
  }

  /** Those that have few enough schedules to run each of them. */
  static Stream<Arguments> small() {
    Set<Class<?>> few =
        Set.of(
            Traces.TwoPlusTwoWrites.class,
            Traces.Increments2.class,
            Traces.AtomicIncrements2.class,
            Traces.Rotation2.class,
            Traces.AttemptAndWrite2.class);
    return published().filter(row -> few.contains((Class<?>) row.get()[0]));
  }

  @AfterEach
  void forgetTheMeans() {
    System.clearProperty(Litmus.MEANS);
  }

  @ParameterizedTest
  @MethodSource("published")
  void asManyExecutionsAreRunAsArePublished(
      Class<? extends Scenario<String>> program, Means means, long traces) {
    System.setProperty(Litmus.MEANS, means.name());

    Exploration<String> explored = Explorer.explore(program, Options.exhaustive());

    assertThat(explored.isComplete()).as(explored.toString()).isTrue();
    assertThat(explored.failures()).isZero();
    assertThat(explored.executions()).isEqualTo(traces);
  }

  @ParameterizedTest
  @MethodSource("small")
  void theyStandForEverySchedule(Class<? extends Scenario<String>> program, Means means) {
    System.setProperty(Litmus.MEANS, means.name());

    Exploration<String> reduced = Explorer.explore(program, Options.exhaustive());
    Exploration<String> full =
        Explorer.explore(program, Options.exhaustive().reduction(Reduction.NONE));

    assertThat(full.isComplete()).isTrue();
    assertThat(reduced.outcomes().keySet()).isEqualTo(full.outcomes().keySet());
    assertThat(reduced.schedules())
        .hasValueSatisfying(all -> assertThat(all.longValue()).isEqualTo(full.executions()));
  }

  static Stream<Class<? extends Scenario<String>>> locking() {
    return Stream.of(
        Traces.LockedIncrements2.class,
        Traces.LockedIncrements5.class,
        Traces.SynchronizedIncrements4.class,
        Traces.CoarseList4.class);
  }

  /** Before the owner of a lock gives it back nobody else can take it, so that is not tried. */
  @ParameterizedTest
  @MethodSource("locking")
  void noExecutionOfThreadsThatLockIsCutShort(Class<? extends Scenario<String>> program) {
    assertThat(Explorer.explore(program, Options.exhaustive()).blocked()).isZero();
  }
}
