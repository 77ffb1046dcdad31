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
  /**
   * The first thread looks at what the last one writes only where it comes before the second one.
   */
  static final class FirstLooks implements Scenario<String> {
    private int owner;
    private int x;
    private int seen;

    private void own(int who) {
      if (owner == 0) {
        owner = who;
        if (who == 1) {
          seen = x;
        }
      }
    }

    @Override
    public String run() throws InterruptedException {
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

  /** The same where a call of the JDK tells who comes first. */
  static final class FirstLocks implements Scenario<String> {
    private final ReentrantLock lock = new ReentrantLock();
    private int owner;
    private int x;
    private int seen;

    @Override
    public String run() throws InterruptedException {
      Thread first =
          Thread.startVirtualThread(
              () -> {
                if (lock.tryLock()) {
                  owner = 1;
                  seen = x;
                }
              });
      Thread second =
          Thread.startVirtualThread(
              () -> {
                Thread.yield();
                if (lock.tryLock()) {
                  owner = 2;
                }
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

  @Test
  void whatFollowsACallOfTheJdkOnlyInAnotherOrderIsSeenThere() {
    Options options = Options.exhaustive().granularity(Granularity.GUARD);

    Exploration<String> reduced = Explorer.explore(FirstLocks.class, options);

    assertThat(reduced.isComplete()).isTrue();
    assertThat(reduced.outcomes().keySet()).isEqualTo(OUTCOMES);
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
