package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Granularity;
import oversell.explorer.Options;
import oversell.explorer.Reduction;
import oversell.explorer.Scenario;

/** Steps of many accesses, which touch less or more in another order. */
class MacroStepsTest {
  /** Two threads compete, and the first one that comes looks at what a third one writes. */
  abstract static class Competition implements Scenario<String> {
    int owner;
    int x;
    int seen;

    /** Becomes the owner, if nobody is. */
    abstract void own(int who);

    final void be(int who) {
      owner = who;
      if (who == 1) {
        seen = x;
      }
    }

    @Override
    public final String run() throws InterruptedException {
      Thread first =
          Thread.startVirtualThread(
              () -> {
                Thread.yield();
                own(1);
              });
      Thread second =
          Thread.startVirtualThread(
              () -> {
                Thread.yield();
                Thread.yield();
                own(2);
              });
      Thread writer =
          Thread.startVirtualThread(
              () -> {
                Thread.yield();
                x = 5;
              });
      first.join();
      second.join();
      writer.join();
      return owner + ", seen " + seen;
    }
  }

  /** A field tells who comes first. */
  static final class FirstLooks extends Competition {
    @Override
    void own(int who) {
      if (owner == 0) {
        be(who);
      }
    }
  }

  /** A call of the JDK tells it. */
  static final class FirstLocks extends Competition {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    void own(int who) {
      if (lock.tryLock()) {
        be(who);
      }
    }
  }

  /** The same by calls that are one step each. */
  static final class FirstLooksByCalls implements Scenario<String> {
    private final Shared shared = new Shared();

    @Override
    public String run() throws InterruptedException {
      Thread first = Thread.startVirtualThread(() -> shared.own(1));
      Thread second =
          Thread.startVirtualThread(
              () -> {
                shared.nothing();
                shared.own(2);
              });
      Thread writer = Thread.startVirtualThread(shared::write);
      first.join();
      second.join();
      writer.join();
      return shared.owner + ", seen " + shared.seen;
    }
  }

  /** Whose calls are one step each. */
  static final class Shared {
    private int owner;
    private int x;
    private int seen;
    private int nothing;

    void own(int who) {
      if (owner == 0) {
        owner = who;
        if (who == 1) {
          seen = x;
        }
      }
    }

    void nothing() {
      nothing++;
    }

    void write() {
      x = 5;
    }
  }

  private static final Set<String> OUTCOMES = Set.of("1, seen 0", "1, seen 5", "2, seen 0");

  @ParameterizedTest
  @ValueSource(strings = {"PAUSE", "GUARD"})
  void whatAStepTouchesOnlyInAnotherOrderIsSeenThere(Granularity granularity) {
    Options options = Options.exhaustive().granularity(granularity);

    Exploration<String> reduced = Explorer.explore(FirstLooks.class, options);

    assertThat(reduced.isComplete()).isTrue();
    assertThat(reduced.outcomes().keySet()).isEqualTo(OUTCOMES);
  }

  @Test
  void whatFollowsACallOfTheJdkOnlyInAnotherOrderIsSeenThere() {
    Options options = Options.exhaustive().granularity(Granularity.GUARD);

    Exploration<String> reduced = Explorer.explore(FirstLocks.class, options);

    assertThat(reduced.isComplete()).isTrue();
    assertThat(reduced.outcomes().keySet()).isEqualTo(OUTCOMES);
  }

  @Test
  void theExecutionsStandForAllSchedulesOfSuchSteps() {
    Options options = Options.exhaustive().granularity(Granularity.PAUSE);

    Exploration<String> all = Explorer.explore(FirstLooks.class, options.reduction(Reduction.NONE));
    Exploration<String> reduced = Explorer.explore(FirstLooks.class, options);

    assertThat(all.isComplete()).isTrue();
    assertThat(reduced.schedules()).hasValue(BigInteger.valueOf(all.executions()));
  }

  @Test
  void whatACallTouchesOnlyInAnotherOrderIsSeenThere() {
    Options options = Options.exhaustive().atomic(Shared.class.getName());

    Exploration<String> reduced = Explorer.explore(FirstLooksByCalls.class, options);

    assertThat(reduced.isComplete()).isTrue();
    assertThat(reduced.outcomes().keySet()).isEqualTo(OUTCOMES);
  }
}
