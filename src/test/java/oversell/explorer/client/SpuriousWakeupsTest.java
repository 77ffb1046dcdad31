package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.FailureKind;
import oversell.explorer.Options;
import oversell.explorer.Reduction;
import oversell.explorer.Scenario;

/** Waits that end without a signal, which is an option. */
class SpuriousWakeupsTest {
  private static final Options WITH = Options.exhaustive().spuriousWakeups();

  /** One thread waits until the other has put something there. */
  abstract static class Hatch implements Scenario<Integer> {
    int there;

    abstract int take() throws InterruptedException;

    abstract void put();

    @Override
    public Integer run() throws InterruptedException {
      Thread cook = Thread.ofVirtual().start(this::put);
      int taken = take();
      cook.join();
      return taken;
    }
  }

  static class While extends Hatch {
    @Override
    synchronized int take() throws InterruptedException {
      while (there == 0) {
        wait();
      }
      return there;
    }

    @Override
    synchronized void put() {
      there = 1;
      notifyAll();
    }
  }

  static class If extends While {
    @SuppressWarnings("WaitNotInLoop")
    @Override
    synchronized int take() throws InterruptedException {
      if (there == 0) {
        wait();
      }
      return there;
    }
  }

  static class WhileOfACondition extends Hatch {
    final ReentrantLock lock = new ReentrantLock();
    final Condition full = lock.newCondition();

    void await() throws InterruptedException {
      while (there == 0) {
        full.await();
      }
    }

    @Override
    int take() throws InterruptedException {
      lock.lock();
      try {
        await();
        return there;
      } finally {
        lock.unlock();
      }
    }

    @Override
    void put() {
      lock.lock();
      there = 1;
      full.signalAll();
      lock.unlock();
    }
  }

  static class IfOfACondition extends WhileOfACondition {
    @SuppressWarnings("WaitNotInLoop")
    @Override
    void await() throws InterruptedException {
      if (there == 0) {
        full.await();
      }
    }
  }

  /** It takes what is there if its limit has not passed, as if there were something then. */
  static class IfOfALimit extends WhileOfACondition {
    @SuppressWarnings("WaitNotInLoop")
    @Override
    void await() throws InterruptedException {
      if (there == 0 && !full.await(1, TimeUnit.SECONDS)) {
        there = 2;
      }
    }
  }

  /** Nobody tells that something is there. */
  static class WithoutASignal extends If {
    @Override
    synchronized void put() {
      there = 1;
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {While.class, WhileOfACondition.class})
  void aLoopThatAsksAgainIsProved(Class<? extends Hatch> scenario) {
    Exploration<Integer> explored = Explorer.explore(scenario, WITH);

    assertThat(explored.certificate().orElseThrow().toString()).contains("spurious wake-ups");
    assertThat(explored.outcomes()).containsOnlyKeys(1);
    Exploration<Integer> full = Explorer.explore(scenario, WITH.reduction(Reduction.NONE));
    assertThat(explored.schedules()).hasValue(BigInteger.valueOf(full.executions()));
    assertThat(explored.executions())
        .isGreaterThan(Explorer.explore(scenario, Options.exhaustive()).executions());
  }

  @ParameterizedTest
  @ValueSource(classes = {If.class, IfOfACondition.class})
  void anIfWhereALoopHasToBeIsFoundByThemAlone(Class<? extends Hatch> scenario) {
    assertThat(Explorer.explore(scenario, Options.exhaustive()).outcomes()).containsOnlyKeys(1);
    assertThat(Explorer.explore(scenario, WITH).outcomes()).containsOnlyKeys(0, 1);
    assertThat(Explorer.explore(scenario, WITH.reduction(Reduction.NONE)).outcomes())
        .containsOnlyKeys(0, 1);
  }

  /** A JVM might let it take nothing. */
  @Test
  void aWaitWithALimitIsSaidNotToEndForNothingBeforeThat() {
    Exploration<Integer> explored = Explorer.explore(IfOfALimit.class, WITH);

    assertThat(explored.outcomes()).containsOnlyKeys(1, 2);
    assertThat(explored.certificate().orElseThrow().toString())
        .contains("for nothing", "a wait with a limit before that has passed");
  }

  /** It throws if there is nothing. */
  static class IfThatThrows extends If {
    @Override
    synchronized int take() throws InterruptedException {
      int taken = super.take();
      if (taken == 0) {
        throw new IllegalStateException("nothing there");
      }
      return taken;
    }
  }

  @Test
  void aFailureNamesTheOptionThatItTakesToRunItAgain() {
    var failure = Explorer.explore(IfThatThrows.class, WITH).failure().orElseThrow();

    assertThat(failure.toString())
        .containsSubsequence("waits for a signal", "wakes up", "reads there = 0")
        .contains("Options.exhaustive().spuriousWakeups())");
    assertThat(
            Explorer.replay(IfThatThrows.class, failure.schedule(), WITH)
                .failure()
                .orElseThrow()
                .kind())
        .isEqualTo(FailureKind.THREW);
  }

  /** It may be woken for nothing, and it may not. */
  @Test
  void aSignalThatIsMissingIsADeadlockAllTheSame() {
    Exploration<Integer> explored = Explorer.explore(WithoutASignal.class, WITH);

    assertThat(explored.failure().orElseThrow().kind()).isEqualTo(FailureKind.DEADLOCK);
    assertThat(Explorer.replay(WithoutASignal.class, explored.failure().orElseThrow().schedule()))
        .isNotNull();
  }

  /** Nobody signals, and what the other one does has nothing to do with the wait. */
  static class WithoutAnybody implements Scenario<Integer> {
    volatile int number;

    void other() {
      number = 1;
    }

    @Override
    public Integer run() throws InterruptedException {
      Thread other = Thread.ofVirtual().start(this::other);
      synchronized (this) {
        if (number >= 0) {
          wait();
        }
      }
      number = 2;
      other.join();
      return 1;
    }
  }

  static class WithOneWhoDoesNothing extends WithoutAnybody {
    @Override
    void other() {}
  }

  @ParameterizedTest
  @ValueSource(classes = {WithoutAnybody.class, WithOneWhoDoesNothing.class})
  void nobodyIsProvedToWakeUpForNothing(Class<? extends Scenario<Integer>> scenario) {
    Exploration<Integer> explored = Explorer.explore(scenario, WITH);

    Exploration<Integer> full = Explorer.explore(scenario, WITH.reduction(Reduction.NONE));
    assertThat(explored.failures()).as(explored.toString()).isPositive();
    assertThat(full.failures()).isPositive();
    assertThat(explored.outcomes().keySet()).isEqualTo(full.outcomes().keySet());
    assertThat(explored.schedules()).hasValue(BigInteger.valueOf(full.executions()));
  }

  /** The other one waits for it. */
  static class WithOneWhoSpins extends WithoutAnybody {
    @Override
    void other() {
      while (number != 2) {
        Thread.onSpinWait();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Reduction.class)
  void aSpinOnWhatTheOneWhoWaitsWouldDoNeverEnds(Reduction reduction) {
    Exploration<Integer> explored =
        Explorer.explore(WithOneWhoSpins.class, WITH.reduction(reduction));

    assertThat(explored.failure().orElseThrow().kind()).isEqualTo(FailureKind.ENDLESS);
  }

  /** The other one wants the lock, which this one has while it waits. */
  static class WithOneWhoIsKeptBack implements Scenario<Integer> {
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean isThere;

    private void other() {
      isThere = true;
      lock.lock();
      lock.unlock();
    }

    @SuppressWarnings("WaitNotInLoop")
    @Override
    public Integer run() throws InterruptedException {
      lock.lock();
      Thread other = Thread.ofVirtual().start(this::other);
      boolean wasThere = isThere;
      synchronized (this) {
        if (wasThere) {
          wait();
        }
      }
      lock.unlock();
      other.join();
      return wasThere ? 2 : 1;
    }
  }

  @ParameterizedTest
  @EnumSource(Reduction.class)
  void aWaitMayEndForNothingWhileNobodyElseCanGoOn(Reduction reduction) {
    Exploration<Integer> explored =
        Explorer.explore(WithOneWhoIsKeptBack.class, WITH.reduction(reduction));

    assertThat(explored.outcomes()).containsOnlyKeys(1, 2);
    assertThat(explored.failure().orElseThrow().kind()).isEqualTo(FailureKind.DEADLOCK);
  }

  /** Two threads wait for what the third one does. */
  static class TwoWaitForAll implements Scenario<Integer> {
    private int number;
    private boolean ready;
    private final int[] seen = new int[2];

    void await() throws InterruptedException {
      while (!ready) {
        wait();
      }
    }

    private synchronized void read(int index) {
      try {
        await();
      } catch (InterruptedException nobodyDoes) {
        throw new AssertionError(nobodyDoes);
      }
      seen[index] = number;
    }

    @Override
    public Integer run() throws InterruptedException {
      Thread first = Thread.ofVirtual().start(() -> read(0));
      Thread second = Thread.ofVirtual().start(() -> read(1));
      number = 1;
      synchronized (this) {
        ready = true;
        notifyAll();
      }
      first.join();
      second.join();
      return seen[0] + seen[1];
    }
  }

  static class TwoWaitForAllOnce extends TwoWaitForAll {
    @SuppressWarnings("WaitNotInLoop")
    @Override
    void await() throws InterruptedException {
      wait();
    }
  }

  @Test
  void threeThreadsAreProvedAtEachAccess() {
    Exploration<Integer> explored = Explorer.explore(TwoWaitForAll.class, WITH);

    assertThat(explored.certificate()).isPresent();
    assertThat(explored.outcomes()).containsOnlyKeys(2);
    assertThat(explored.executions()).isLessThan(1_000);
    assertThat(Explorer.explore(TwoWaitForAllOnce.class, WITH).outcomes())
        .containsOnlyKeys(0, 1, 2);
  }

  /** Two wait for one signal, which the first of them gets: another may, too. */
  static class TwoWaitForOne implements Scenario<Integer> {
    private int there;
    private int taken;

    private synchronized void take() {
      try {
        while (there == 0) {
          wait();
        }
      } catch (InterruptedException nobodyDoes) {
        throw new AssertionError(nobodyDoes);
      }
      there--;
      taken++;
    }

    private synchronized void put() {
      there++;
      notify();
    }

    @Override
    public Integer run() throws InterruptedException {
      Thread first = Thread.ofVirtual().start(this::take);
      Thread second = Thread.ofVirtual().start(this::take);
      put();
      put();
      first.join();
      second.join();
      return taken;
    }
  }

  @Test
  void theOrderOfSignalsIsSaidNotToBeCovered() {
    assertThat(
            Explorer.explore(TwoWaitForOne.class, Options.exhaustive())
                .certificate()
                .orElseThrow()
                .toString())
        .contains("a notify that wakes another thread than the one that has waited longest");
    assertThat(
            Explorer.explore(While.class, Options.exhaustive())
                .certificate()
                .orElseThrow()
                .toString())
        .doesNotContain("a notify");
  }
}
