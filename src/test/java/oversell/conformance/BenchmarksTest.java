package oversell.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Options;
import oversell.explorer.Scenario;
import oversell.text.Words;

/**
 * The bug of each benchmark is found, and its mended version is proved. After how many executions
 * each strategy finds it goes to {@code target/conformance/first-failures.md}.
 */
@Timeout(300)
@Tag("long")
class BenchmarksTest {
  private static final Path TABLE = Path.of("target", "conformance", "first-failures.md");

  // By benchmark: after how many executions each search found its bug, in their order.
  private static final Map<String, List<String>> FOUND = new TreeMap<>();

  /** A way to look for a bug: always the same executions in the same order. */
  enum Search {
    EXHAUSTIVE(Options.exhaustive().schedules(5_000)),
    PCT(Options.pct(3, 15_000, 1)),
    RANDOM(Options.random(2_000, 1));

    private final Options options;

    Search(Options options) {
      this.options = options.stopAtFirstFailure();
    }

    Exploration<String> run(Class<? extends Scenario<String>> program) {
      Exploration<String> explored = Explorer.explore(program, options);
      FOUND
          .computeIfAbsent(program.getSimpleName(), name -> new ArrayList<>())
          .add(
              explored.failure().isPresent()
                  ? Words.text("%,d", explored.executions() + explored.blocked())
                  : Words.text("none in %,d", explored.executions() + explored.blocked()));
      return explored;
    }
  }

  /** Those whose bug a search finds. */
  static Stream<Class<? extends Scenario<String>>> broken() {
    return Stream.of(
        Benchmarks.AccountBad.class,
        Benchmarks.BluetoothDriverBad.class,
        Benchmarks.Carter01Bad.class,
        Benchmarks.CircularBufferBad.class,
        Benchmarks.Deadlock01Bad.class,
        Benchmarks.Lazy01Bad.class,
        Benchmarks.Phase01Bad.class,
        Benchmarks.QueueBad.class,
        Benchmarks.Reorder3Bad.class,
        Benchmarks.Reorder4Bad.class,
        Benchmarks.Reorder5Bad.class,
        Benchmarks.Reorder10Bad.class,
        Benchmarks.Reorder20Bad.class,
        Benchmarks.StackBad.class,
        Benchmarks.StringBufferJdkBad.class,
        Benchmarks.Sync01Bad.class,
        Benchmarks.Sync02Bad.class,
        Benchmarks.TokenRingBad.class,
        Benchmarks.TwoStageBad.class,
        Benchmarks.TwoStage20Bad.class,
        Benchmarks.TwoStage50Bad.class,
        Benchmarks.WorkStealQueueBad.class,
        Benchmarks.WrongLockBad.class,
        Benchmarks.WrongLock1Bad.class,
        Benchmarks.WrongLock3Bad.class);
  }

  /** Those whose every schedule is run or stood for. */
  static Stream<Class<? extends Scenario<String>>> proved() {
    return Stream.of(
        Benchmarks.AccountGood.class,
        Benchmarks.BluetoothDriverGood.class,
        Benchmarks.Carter01Good.class,
        Benchmarks.CircularBufferGood.class,
        Benchmarks.Deadlock01Good.class,
        Benchmarks.Lazy01Good.class,
        Benchmarks.Phase01Good.class,
        Benchmarks.QueueGood.class,
        Benchmarks.Reorder3Good.class,
        Benchmarks.Reorder4Good.class,
        Benchmarks.Reorder5Good.class,
        Benchmarks.StackGood.class,
        Benchmarks.StringBufferJdkGood.class,
        Benchmarks.Sync01Good.class,
        Benchmarks.Sync02Good.class,
        Benchmarks.TokenRingGood.class,
        Benchmarks.TwoStageGood.class,
        Benchmarks.WorkStealQueueGood.class,
        Benchmarks.WrongLock1Good.class,
        Benchmarks.WrongLock3Good.class);
  }

  /** Those that have more schedules than can be run. */
  static Stream<Class<? extends Scenario<String>>> large() {
    return Stream.of(Benchmarks.Reorder20Good.class, Benchmarks.TwoStage20Good.class);
  }

  /** Those whose bug takes more executions than are run here. */
  static Stream<Class<? extends Scenario<String>>> hard() {
    return Stream.of(Benchmarks.Reorder50Bad.class);
  }

  /** Those with more threads than can be explored. */
  static Stream<Class<? extends Scenario<String>>> tooLarge() {
    return Stream.of(Benchmarks.Reorder100Bad.class, Benchmarks.TwoStage100Bad.class);
  }

  @ParameterizedTest
  @MethodSource("broken")
  void theBugIsFound(Class<? extends Scenario<String>> program) {
    List<Exploration<String>> all =
        Arrays.stream(Search.values()).map(search -> search.run(program)).toList();

    assertThat(all).allSatisfy(one -> assertThat(one.uncontrolled()).isEmpty());
    assertThat(all).allSatisfy(one -> assertThat(one.certificate()).isEmpty());
    assertThat(all).anySatisfy(one -> assertThat(one.failure()).isPresent());
  }

  @ParameterizedTest
  @MethodSource("proved")
  void theMendedOneIsProved(Class<? extends Scenario<String>> program) {
    Exploration<String> explored = Explorer.explore(program, Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
  }

  @ParameterizedTest
  @MethodSource("large")
  void inAMendedOneThatIsTooLargeToProveNoBugIsFound(Class<? extends Scenario<String>> program) {
    for (Search search : Search.values()) {
      Exploration<String> explored = Explorer.explore(program, search.options.schedules(1_000));

      assertThat(explored.failures()).as(explored.toString()).isZero();
      assertThat(explored.certificate()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("hard")
  void aBugThatIsNotFoundIsNotProvedAway(Class<? extends Scenario<String>> program) {
    for (Search search : Search.values()) {
      Exploration<String> explored = search.run(program);

      assertThat(explored.uncontrolled()).isEmpty();
      assertThat(explored.certificate()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("tooLarge")
  void moreThreadsThanCanBeExploredAreNamed(Class<? extends Scenario<String>> program) {
    Exploration<String> explored = Explorer.explore(program, Search.RANDOM.options);

    assertThat(explored.certificate()).isEmpty();
    assertThat(explored.bound())
        .hasValueSatisfying(bound -> assertThat(bound).contains("more than 63 threads"));
  }

  @AfterAll
  static void writeTheTable() throws IOException {
    StringBuilder table = new StringBuilder("| program | exhaustive | pct | random |\n");
    table.append("|---|---:|---:|---:|\n");
    FOUND.forEach(
        (program, found) ->
            table.append("| %s | %s |\n".formatted(program, String.join(" | ", found))));
    Files.createDirectories(TABLE.getParent());
    Files.writeString(TABLE, table);
  }
}
