package oversell.explorer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strategies on programs without code, against plain recursion. */
class StrategiesTest {
  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void depthFirstRunsEveryExecutionOnce(long seed) {
    Trees tree = Trees.random(seed);

    assertThat(tree.run(new DepthFirst(false))).containsExactlyInAnyOrderElementsOf(tree.all());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void withReductionItRunsOneExecutionOfEachTrace(long seed) {
    checkThatItRunsOneOfEachKind(Trees.random(seed));
  }

  /** Others can keep a thread from going on there, for a while or, in a deadlock, for ever. */
  @ParameterizedTest
  @MethodSource("manySeeds")
  void withReductionItRunsOneExecutionOfEachTraceWithLocks(long seed) {
    checkThatItRunsOneOfEachKind(Trees.randomWithLocks(seed));
  }

  /** What a step touches depends on who came before. */
  @ParameterizedTest
  @MethodSource("manySeeds")
  void withReductionItRunsOneExecutionOfEachTraceOfCompareAndSet(long seed) {
    checkThatItRunsOneOfEachKind(Trees.randomWithSwaps(seed));
  }

  /** Nothing keeps back a thread that waits for the ends of others once they have ended. */
  @ParameterizedTest
  @MethodSource("manySeeds")
  void withReductionItRunsOneExecutionOfEachTraceWithJoins(long seed) {
    checkThatItRunsOneOfEachKind(Trees.randomWithJoins(seed));
  }

  @ParameterizedTest
  @MethodSource("manySeeds")
  void noExecutionIsCutShortOfThreadsThatWaitForTheEndsOfOthers(long seed) {
    AtomicInteger cut = new AtomicInteger();

    Trees.randomWithPlainJoins(seed)
        .run(new Watched(new DepthFirst(true), cut, new AtomicInteger()));

    assertThat(cut).hasValue(0);
  }

  /** Those whose order alone shows them in another light: they are few among many. */
  @ParameterizedTest
  @ValueSource(longs = {295, 296, 428, 963, 970, 1339, 1402, 1613, 1785, 2191, 2750, 11253})
  void withReductionItRunsOneExecutionOfEachTraceOfThoseThatAreHard(long seed) {
    checkThatItRunsOneOfEachKind(Trees.randomWithSwaps(seed));
  }

  /** Then some of the executions are cut short, and others make up for what those leave out. */
  @ParameterizedTest
  @MethodSource("manySeeds")
  void itDoesWhereItKeepsOneStepThatReversesARace(long seed) {
    for (Trees tree :
        List.of(Trees.random(seed), Trees.randomWithLocks(seed), Trees.randomWithSwaps(seed))) {
      checkThatItRunsOneOfEachKind(tree, new DepthFirst(true, 0, Integer.MAX_VALUE));
    }
  }

  @ParameterizedTest
  @MethodSource("manySeeds")
  void itDoesWhereItForgetsSomeOfWhatIsToBeTried(long seed) {
    for (Trees tree :
        List.of(Trees.random(seed), Trees.randomWithLocks(seed), Trees.randomWithSwaps(seed))) {
      for (int most : List.of(0, 3)) {
        checkThatItRunsOneOfEachKind(tree, new DepthFirst(true, Integer.MAX_VALUE, most));
      }
    }
  }

  @Test
  void whatIsToBeTriedDoesNotGrowWithTheNumberOfExecutions() {
    Trees tree = Trees.random(2999);

    assertThat(mostPending(tree, Integer.MAX_VALUE)).isGreaterThan(30);
    assertThat(mostPending(tree, 4)).isLessThan(10);
  }

  /** How many steps are to be tried at most after an execution, where so many may be. */
  private static int mostPending(Trees tree, int most) {
    AtomicInteger pending = new AtomicInteger();
    DepthFirst strategy = new DepthFirst(true, Integer.MAX_VALUE, most);
    tree.run(new Watched(strategy, new AtomicInteger(), pending));
    return pending.get();
  }

  @ParameterizedTest
  @MethodSource("manySeeds")
  void noExecutionIsCutShortOfThreadsThatNeitherWaitNorLookAtValues(long seed) {
    AtomicInteger cut = new AtomicInteger();
    for (Trees tree : List.of(Trees.random(seed), Trees.randomWithLocks(seed))) {
      tree.withoutSignals().run(new Watched(new DepthFirst(true), cut, new AtomicInteger()));
    }

    assertThat(cut).hasValue(0);
  }

  /** Counts the executions that a search cuts short, and what is to be tried at most. */
  private record Watched(DepthFirst strategy, AtomicInteger cut, AtomicInteger pending)
      implements Strategy {
    @Override
    public boolean begin() {
      return strategy.begin();
    }

    @Override
    public int choose(Trace trace, long enabled, int running) {
      int chosen = strategy.choose(trace, enabled, running);
      cut.addAndGet(chosen == CUT ? 1 : 0);
      return chosen;
    }

    @Override
    public boolean end(Trace trace) {
      boolean ended = strategy.end(trace);
      pending.accumulateAndGet(strategy.pending(), Math::max);
      return ended;
    }

    @Override
    public double share() {
      return strategy.share();
    }

    @Override
    public boolean isExhaustive() {
      return strategy.isExhaustive();
    }
  }

  static LongStream manySeeds() {
    return LongStream.rangeClosed(1, 400);
  }

  private static void checkThatItRunsOneOfEachKind(Trees tree) {
    checkThatItRunsOneOfEachKind(tree, new DepthFirst(true));
  }

  private static void checkThatItRunsOneOfEachKind(Trees tree, Strategy strategy) {
    Set<Set<String>> kinds = new HashSet<>();
    tree.all().forEach(threads -> kinds.add(tree.kindOf(threads)));

    List<List<Integer>> run = tree.run(strategy);

    assertThat(run.stream().map(tree::kindOf)).containsExactlyInAnyOrderElementsOf(kinds);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void eachExecutionStandsForAllOfItsTrace(long seed) {
    checkThatEachStandsForAllOfItsKind(Trees.random(seed));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void eachExecutionStandsForAllOfItsTraceWithLocks(long seed) {
    checkThatEachStandsForAllOfItsKind(Trees.randomWithLocks(seed));
  }

  private static void checkThatEachStandsForAllOfItsKind(Trees tree) {
    Map<Set<String>, Long> sizes =
        tree.all().stream()
            .map(tree::kindOf)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    Linearizations linearizations = new Linearizations();

    for (List<Integer> threads : tree.run(new DepthFirst(true))) {
      assertThat(linearizations.of(tree.traceOf(threads)))
          .isEqualTo(OptionalLong.of(sizes.get(tree.kindOf(threads))));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void fewestSwitchesRunsEveryExecutionOnceAndInTheOrderOfItsPreemptions(long seed) {
    Trees tree = Trees.random(seed);

    List<List<Integer>> run = tree.run(new FewestSwitches());

    assertThat(run).containsExactlyInAnyOrderElementsOf(tree.all());
  }

  @Test
  void fewestSwitchesComeFirst() {
    // Three threads that never wait: what is a switch too many is a preemption.
    Trees tree = Trees.idle(3, 3);

    List<Integer> preemptions =
        tree.run(new FewestSwitches()).stream().map(StrategiesTest::preemptions).toList();

    assertThat(preemptions).isSorted().hasSize(1680);
  }

  private static int preemptions(List<Integer> threads) {
    int[] left = {3, 3, 3};
    int preemptions = 0;
    for (int i = 0; i < threads.size(); i++) {
      if (i > 0 && !threads.get(i).equals(threads.get(i - 1)) && left[threads.get(i - 1)] > 0) {
        preemptions++;
      }
      left[threads.get(i)]--;
    }
    return preemptions;
  }

  @Test
  void randomOrderRunsTheNumberThatIsAskedForAndTheSameForOneSeed() {
    Trees tree = Trees.idle(3, 3);

    assertThat(tree.run(new RandomOrder(5, 40)))
        .hasSize(40)
        .isEqualTo(tree.run(new RandomOrder(5, 40)))
        .isNotEqualTo(tree.run(new RandomOrder(6, 40)));
    assertThat(tree.run(new Priorities(5, 40, 3)))
        .hasSize(40)
        .isEqualTo(tree.run(new Priorities(5, 40, 3)))
        .isNotEqualTo(tree.run(new Priorities(6, 40, 3)));
  }

  @Test
  void randomOrderRunsEveryScheduleInTheEnd() {
    Trees tree = Trees.random(3);

    assertThat(Set.copyOf(tree.run(new RandomOrder(1, 5000)))).isEqualTo(Set.copyOf(tree.all()));
  }

  /** A bug of depth 2: the second step of one thread between two of another's. */
  @Test
  void prioritiesFindABugAsOftenAsPublished() {
    Trees tree = Trees.idle(2, 4);
    Priorities strategy = new Priorities(11, 4000, 2);

    long found =
        tree.run(strategy).stream()
            .filter(threads -> threads.subList(0, 3).equals(List.of(0, 0, 1)))
            .count();

    // 2 threads, 8 steps.
    assertThat(strategy.leastProbability()).isEqualTo(1.0 / (2 * 8));
    assertThat(found / 4000.0).isGreaterThan(0.9 * strategy.leastProbability());
  }

  @Test
  void aBugOfDepthOneNeedsNoChangeOfPriorities() {
    Trees tree = Trees.idle(3, 2);
    Priorities strategy = new Priorities(1, 600, 1);

    List<List<Integer>> run = tree.run(strategy);

    assertThat(Set.copyOf(run)).hasSize(6);
    assertThat(strategy.leastProbability()).isEqualTo(1.0 / 3);
  }

  @Test
  void anExecutionThatDoesNotRepeatDiverges() {
    DepthFirst strategy = new DepthFirst(false);
    Trace trace = new Trace();
    strategy.begin();
    for (int step = 0; step < 3; step++) {
      int thread = strategy.choose(trace, 0b11, -1);
      trace.begin(thread, Trace.NO_CAUSE, step);
      trace.end(1, 0);
    }
    strategy.end(trace);
    strategy.begin();
    trace.clear();
    assertThat(strategy.choose(trace, 0b11, -1)).isNotNegative();
    trace.begin(0, Trace.NO_CAUSE, 0);
    trace.end(2, 0);

    assertThat(strategy.choose(trace, 0b11, 0)).isEqualTo(Strategy.DIVERGED);
  }

  @Test
  void anExecutionThatIsTooLongIsNotCounted() {
    Trace trace = new Trace();
    for (int step = 0; step < 100; step++) {
      trace.begin(0, Trace.NO_CAUSE, 0);
      trace.end(0, 0);
    }

    assertThat(new Linearizations().of(trace)).isEmpty();
  }

  @Test
  void moreSchedulesThanALongHoldsAreNotCountedAndLeaveNoTrace() {
    Linearizations linearizations = new Linearizations();
    Trace trace = new Trace();
    for (int thread = 0; thread < 8; thread++) {
      for (int step = 0; step < 12; step++) {
        trace.begin(thread, Trace.NO_CAUSE, 0);
        trace.end(0, 0);
      }
    }
    assertThat(linearizations.of(trace)).isEmpty();

    trace.clear();
    for (int step = 0; step < 10; step++) {
      trace.begin(step % 2, Trace.NO_CAUSE, 0);
      trace.end(0, 0);
    }
    assertThat(linearizations.of(trace)).hasValue(252);
  }

  /**
   * Of six threads there are fewer sets of first steps than a table takes, of nine there are more.
   */
  @ParameterizedTest
  @CsvSource({"2, 6", "6, 7484400", "8, 81729648000", "9, 12504636144000"})
  void stepsThatDoNotConflictAreCountedInAllTheirOrders(int threads, long expected) {
    Trace trace = new Trace();
    for (int step = 0; step < 2 * threads; step++) {
      trace.begin(step % threads, Trace.NO_CAUSE, 0);
      trace.end(0, 0);
    }

    assertThat(new Linearizations().of(trace)).hasValue(expected);
  }

  @Test
  void conflictingStepsAreCountedInOneOrderAmongManyThatDoNotConflict() {
    Trace trace = new Trace();
    // Nine threads of two steps: two of them write the same in their first, one after the other.
    for (int step = 0; step < 18; step++) {
      trace.begin(step % 9, Trace.NO_CAUSE, 0);
      trace.end(0, step < 2 ? 1 : 0);
    }

    // Of those two halves of all orders one is left.
    assertThat(new Linearizations().of(trace)).hasValue(12504636144000L / 2);
  }

  @Test
  void fewSetsInMoreOrdersThanALongHoldsAreNotCountedAndLeaveNoTrace() {
    Linearizations linearizations = new Linearizations();
    Trace trace = new Trace();
    for (int step = 0; step < 126; step++) {
      trace.begin(step % 2, Trace.NO_CAUSE, 0);
      trace.end(0, 0);
    }
    assertThat(linearizations.of(trace)).isEmpty();

    trace.clear();
    for (int step = 0; step < 10; step++) {
      trace.begin(step % 2, Trace.NO_CAUSE, 0);
      trace.end(0, 0);
    }
    assertThat(linearizations.of(trace)).hasValue(252);
  }
}
