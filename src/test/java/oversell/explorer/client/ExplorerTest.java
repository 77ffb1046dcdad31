package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Failure;
import oversell.explorer.FailureKind;
import oversell.explorer.Granularity;
import oversell.explorer.Options;
import oversell.explorer.Replayed;
import oversell.explorer.Scenario;

/** Scenarios good and bad, and what is said of them. */
class ExplorerTest {
  /** Two threads that add one without a lock. */
  static class Counter implements Scenario<Integer> {
    private int count;

    @Override
    public Integer run() throws InterruptedException {
      Thread one = Thread.startVirtualThread(() -> count++);
      Thread other = Thread.startVirtualThread(() -> count++);
      one.join();
      other.join();
      return count;
    }
  }

  @Test
  void aCounterWithoutALockHasTwoOutcomes() {
    Exploration<Integer> explored = Explorer.explore(Counter.class, Options.exhaustive());

    assertThat(explored.isComplete()).isTrue();
    assertThat(explored.outcomes()).isEqualTo(Map.of(1, 2L, 2, 2L));
    assertThat(explored.blocked()).isZero();
  }

  /** It refers to its own constructor. */
  static final class MadeByReference implements Scenario<Integer> {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public Integer run() throws Exception {
      Callable<MadeByReference> maker = MadeByReference::new;
      Thread one = Thread.startVirtualThread(count::incrementAndGet);
      int made = maker.call().count.get();
      one.join();
      return made;
    }
  }

  @Test
  void aClassMayReferToItsOwnConstructor() {
    Exploration<Integer> explored = Explorer.explore(MadeByReference.class, Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes().keySet()).containsExactly(0);
  }

  @Test
  void atThePauseNothingIsLostSinceNoThreadPauses() {
    Exploration<Integer> explored =
        Explorer.explore(Counter.class, Options.exhaustive().granularity(Granularity.PAUSE));

    assertThat(explored.outcomes().keySet()).containsExactly(2);
  }

  @Test
  void aBoundOfSchedulesLeavesItIncomplete() {
    Exploration<Integer> explored =
        Explorer.explore(Counter.class, Options.exhaustive().schedules(1));

    assertThat(explored.isComplete()).isFalse();
    assertThat(explored.certificate()).isEmpty();
    assertThat(explored).asString().contains("not proved");
  }

  @Test
  void aBoundOfTimeLeavesItIncompleteAndIsNamed() {
    Exploration<Integer> explored =
        Explorer.explore(Counter.class, Options.exhaustive().within(Duration.ofNanos(1)));

    assertThat(explored.isComplete()).isFalse();
    assertThat(explored.bound()).hasValueSatisfying(why -> assertThat(why).contains("time"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void randomSearchesFindBothOutcomesAndProveNothing(int which) {
    Options options = which == 1 ? Options.random(200, 7) : Options.pct(2, 200, 7);

    Exploration<Integer> explored = Explorer.explore(Counter.class, options);

    assertThat(explored.executions()).isEqualTo(200);
    assertThat(explored.outcomes().keySet()).containsExactlyInAnyOrder(1, 2);
    assertThat(explored.isComplete()).isFalse();
  }

  /** Throws if it lost an update. */
  static final class Checked extends Counter {
    @Override
    public Integer run() throws InterruptedException {
      int sum = super.run();
      if (sum != 2) {
        throw new AssertionError("lost an update: " + sum);
      }
      return sum;
    }
  }

  @Test
  void aFailureIsRunAgainWithTheOptionsThatItWasFoundWith() {
    Options options = Options.exhaustive().unwoven(List.of("com.acme.legacy.*", "!org.assertj.*"));

    Failure failure = Explorer.explore(Checked.class, options).failure().orElseThrow();

    assertThat(failure.toString())
        .contains(
            "Explorer.replay(Checked.class, \"%s\", Options.exhaustive()"
                    .formatted(failure.schedule())
                + ".unwoven(List.of(\"com.acme.legacy.*\", \"!org.assertj.*\")))");
    assertThat(Explorer.replay(Checked.class, failure.schedule(), options).failure())
        .hasValueSatisfying(again -> assertThat(again).hasToString(failure.toString()));
  }

  @Test
  void anExceptionOfAScenarioIsAFailureWithItsStory() {
    Exploration<Integer> explored =
        Explorer.explore(Checked.class, Options.exhaustive().stopAtFirstFailure());

    assertThat(explored.failure())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.THREW);
              assertThat(failure.cause()).containsInstanceOf(AssertionError.class);
              assertThat(failure.toString())
                  .contains("Checked throws java.lang.AssertionError: lost an update: 1")
                  .contains("reads count = 0", "writes count = 1", "is preempted");
              assertThat(failure.svg()).startsWith("<svg").contains("lost an update");
            });
  }

  @Test
  void aScheduleIsRunAgain() {
    String schedule =
        Explorer.explore(Checked.class, Options.exhaustive()).failure().orElseThrow().schedule();

    Replayed<Integer> failed = Explorer.replay(Checked.class, schedule);
    Replayed<Integer> counted = Explorer.replay(Counter.class, schedule);

    assertThat(failed.isStrict()).isTrue();
    assertThat(failed.failure()).isPresent();
    assertThat(counted.failure()).isEmpty();
    assertThat(counted.outcome()).hasValue(1);
  }

  @Test
  void aTextThatIsNoScheduleIsRefused() {
    assertThatThrownBy(() -> Explorer.replay(Counter.class, "0005xx"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hexadecimal");
  }

  static final class DiesInAThread implements Scenario<String> {
    @Override
    public String run() throws InterruptedException {
      Thread.ofVirtual()
          .start(
              () -> {
                throw new IllegalStateException("nobody catches this");
              })
          .join();
      return "done";
    }
  }

  @Test
  void anExceptionThatEndsAThreadIsAFailure() {
    Exploration<String> explored = Explorer.explore(DiesInAThread.class, Options.exhaustive());

    assertThat(explored.failures()).isEqualTo(explored.executions());
    assertThat(explored.failure().orElseThrow().cause().orElseThrow())
        .hasMessage("nobody catches this");
  }

  static final class Alone implements Scenario<Integer> {
    @Override
    public Integer run() {
      return 1;
    }
  }

  @Test
  void aScenarioWithoutThreadsIsRunOnceAndThatIsSaid() {
    Exploration<Integer> explored = Explorer.explore(Alone.class, Options.exhaustive());

    assertThat(explored.executions()).isEqualTo(1);
    assertThat(explored).asString().contains("starts no thread");
  }

  record Pair(int first, List<Integer> all) {}

  enum Colour {
    RED
  }

  static final class Returns {
    private Returns() {}

    static final class ARecord implements Scenario<Pair> {
      @Override
      public Pair run() {
        return new Pair(1, List.of(2, 3));
      }
    }

    static final class AnEnum implements Scenario<Colour> {
      @Override
      public Colour run() {
        return Colour.RED;
      }
    }

    static final class AnArray implements Scenario<int[]> {
      @Override
      public int[] run() {
        return new int[] {1, 2};
      }
    }

    static final class NoEquals implements Scenario<AtomicInteger> {
      @Override
      public AtomicInteger run() {
        return new AtomicInteger();
      }
    }
  }

  @Test
  void anOutcomeIsOfTheClassThatTheCallerKnows() {
    assertThat(Explorer.explore(Returns.ARecord.class, Options.exhaustive()).outcomes())
        .isEqualTo(Map.of(new Pair(1, List.of(2, 3)), 1L));
    assertThat(Explorer.explore(Returns.AnEnum.class, Options.exhaustive()).outcomes())
        .isEqualTo(Map.of(Colour.RED, 1L));
  }

  static final class FillsAShelf implements Scenario<Integer> {
    private final org.junit.shop.Shelf shelf = new org.junit.shop.Shelf();

    @Override
    public Integer run() throws InterruptedException {
      Thread one = Thread.startVirtualThread(() -> shelf.add(1));
      Thread other = Thread.startVirtualThread(() -> shelf.add(1));
      one.join();
      other.join();
      return shelf.units();
    }
  }

  @Test
  void aPackageThatOnlyBeginsLikeALibraryForTestsIsExplored() {
    Exploration<Integer> explored = Explorer.explore(FillsAShelf.class, Options.exhaustive());

    assertThat(explored.outcomes().keySet()).containsExactlyInAnyOrder(1, 2);
    assertThat(explored.notWoven()).isEmpty();
  }

  /** A list of one's own, and one whose own fields say what it is equal to. */
  static final class ReturnsAListOfItsOwn implements Scenario<List<Integer>> {
    private static final class Numbers extends java.util.ArrayList<Integer> {
      private static final long serialVersionUID = 1;
    }

    private int count;

    @Override
    public List<Integer> run() throws InterruptedException {
      Thread one = Thread.startVirtualThread(() -> count++);
      Thread other = Thread.startVirtualThread(() -> count++);
      one.join();
      other.join();
      Numbers numbers = new Numbers();
      numbers.add(count);
      return numbers;
    }
  }

  static final class ReturnsATaggedList implements Scenario<Object> {
    private static final class Tagged extends java.util.ArrayList<Integer> {
      private static final long serialVersionUID = 1;

      @Override
      public boolean equals(Object other) {
        return other instanceof Tagged && super.equals(other);
      }

      @Override
      public int hashCode() {
        return super.hashCode();
      }
    }

    @Override
    public Object run() {
      return new Tagged();
    }
  }

  @Test
  void aListOfOnesOwnIsCountedByItsElements() {
    assertThat(Explorer.explore(ReturnsAListOfItsOwn.class, Options.exhaustive()).outcomes())
        .isEqualTo(Map.of(List.of(1), 2L, List.of(2), 2L));
  }

  @Test
  void anOutcomeThatAddsToAClassOfTheJdkIsRefused() {
    assertThatThrownBy(() -> Explorer.explore(ReturnsATaggedList.class, Options.exhaustive()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Tagged")
        .hasMessageContaining("return a number");
  }

  @Test
  void anArrayIsCountedByItsText() {
    Map<?, Long> outcomes =
        Explorer.explore(Returns.AnArray.class, Options.exhaustive()).outcomes();

    assertThat(outcomes.toString()).isEqualTo("{[1, 2]=1}");
  }

  @Test
  void anOutcomeWithoutEqualsIsRefused() {
    assertThatThrownBy(() -> Explorer.explore(Returns.NoEquals.class, Options.exhaustive()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AtomicInteger")
        .hasMessageContaining("no equals")
        .hasMessageContaining("return a number");
  }

  abstract static class Abstract implements Scenario<Integer> {}

  static final class WithAParameter implements Scenario<Integer> {
    private final int known;

    WithAParameter(int known) {
      this.known = known;
    }

    @Override
    public Integer run() {
      return known;
    }
  }

  final class Inner implements Scenario<Integer> {
    @Override
    public Integer run() {
      return 1;
    }
  }

  @Test
  void aClassThatCannotBeMadeIsRefusedWithWhatToDo() {
    assertRefused(Abstract.class, "is abstract");
    assertRefused(WithAParameter.class, "add one");
    assertRefused(Inner.class, "make it static");
  }

  private static void assertRefused(Class<? extends Scenario<Integer>> type, String why) {
    assertThatThrownBy(() -> Explorer.explore(type, Options.exhaustive()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(type.getName() + " cannot be explored")
        .hasMessageContaining(why);
  }

  static final class ThrowsWhenMade implements Scenario<Integer> {
    ThrowsWhenMade() {
      throw new IllegalStateException("not today");
    }

    @Override
    public Integer run() {
      return 1;
    }
  }

  @Test
  void anExceptionOfAConstructorIsAFailure() {
    Exploration<Integer> explored = Explorer.explore(ThrowsWhenMade.class, Options.exhaustive());

    assertThat(explored.failure().orElseThrow().cause().orElseThrow()).hasMessage("not today");
  }

  @Test
  void explorationsInSeveralThreadsDoNotDisturbOneAnother() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      Callable<Exploration<Integer>> task =
          () -> Explorer.explore(Counter.class, Options.exhaustive());
      for (Future<Exploration<Integer>> one : threads.invokeAll(List.of(task, task, task))) {
        assertThat(one.get().outcomes()).isEqualTo(Map.of(1, 2L, 2, 2L));
      }
    }
  }

  @Test
  void anExplorationOnAVirtualThreadIsRefusedWithWhatToDo() throws InterruptedException {
    Throwable[] thrown = new Throwable[1];
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                Explorer.explore(Counter.class, Options.exhaustive());
              } catch (IllegalStateException refused) {
                thrown[0] = refused;
              }
            })
        .join();

    assertThat(thrown[0]).hasMessageContaining("platform thread");
  }
}
