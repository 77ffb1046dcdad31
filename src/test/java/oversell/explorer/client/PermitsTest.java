package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Failure;
import oversell.explorer.FailureKind;
import oversell.explorer.Options;
import oversell.explorer.Scenario;

/**
 * A thread is unparked, and before it parks it waits for something else, for which the JDK parks
 * it, too: that takes its permit, unless it does not have to wait.
 */
public class PermitsTest {
  /** It asks whether it may go on, waits for something else, and parks. */
  abstract static class WaitsBeforeItParks implements Scenario<Boolean> {
    private volatile boolean isReady;

    abstract void waitForSomethingElse() throws InterruptedException;

    void letItHaveThat() {}

    boolean asksAgain() {
      return false;
    }

    @Override
    public final Boolean run() throws InterruptedException {
      Thread waiter = Thread.startVirtualThread(this::waitUntilReady);
      isReady = true;
      LockSupport.unpark(waiter);
      letItHaveThat();
      waiter.join();
      return isReady;
    }

    private void waitUntilReady() {
      while (!isReady) {
        try {
          waitForSomethingElse();
        } catch (InterruptedException interrupted) {
          return;
        }
        if (!asksAgain() || !isReady) {
          LockSupport.park(this);
        }
      }
    }
  }

  static class TakesALock extends WaitsBeforeItParks {
    private final ReentrantLock lock = new ReentrantLock();

    TakesALock() {
      lock.lock();
    }

    @Override
    void waitForSomethingElse() {
      lock.lock();
      lock.unlock();
    }

    @Override
    void letItHaveThat() {
      lock.unlock();
    }
  }

  static final class TakesALockAndAsksAgain extends TakesALock {
    @Override
    boolean asksAgain() {
      return true;
    }
  }

  static class WaitsForALatch extends WaitsBeforeItParks {
    private final CountDownLatch latch = new CountDownLatch(1);

    @Override
    void waitForSomethingElse() throws InterruptedException {
      latch.await();
    }

    @Override
    void letItHaveThat() {
      latch.countDown();
    }
  }

  static final class WaitsForALatchAndAsksAgain extends WaitsForALatch {
    @Override
    boolean asksAgain() {
      return true;
    }
  }

  static class JoinsAVirtualThread extends WaitsBeforeItParks {
    @Override
    void waitForSomethingElse() throws InterruptedException {
      Thread.startVirtualThread(() -> {}).join();
    }
  }

  static final class JoinsAVirtualThreadAndAsksAgain extends JoinsAVirtualThread {
    @Override
    boolean asksAgain() {
      return true;
    }
  }

  /** For the end of this one the JDK waits in its monitor. */
  static final class JoinsAPlatformThread extends WaitsBeforeItParks {
    @Override
    void waitForSomethingElse() throws InterruptedException {
      Thread other = new Thread(() -> {});
      other.start();
      other.join();
    }
  }

  static class WaitsForAResult extends WaitsBeforeItParks {
    @Override
    void waitForSomethingElse() {
      int unused = CompletableFuture.supplyAsync(() -> 1).join();
    }
  }

  static final class WaitsForAResultAndAsksAgain extends WaitsForAResult {
    @Override
    boolean asksAgain() {
      return true;
    }
  }

  static class WaitsForATime extends WaitsBeforeItParks {
    private final BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();

    @Override
    void waitForSomethingElse() throws InterruptedException {
      Integer unused = queue.poll(5, TimeUnit.MILLISECONDS);
    }
  }

  static final class WaitsForATimeAndAsksAgain extends WaitsForATime {
    @Override
    boolean asksAgain() {
      return true;
    }
  }

  static final class EntersAMonitor extends WaitsBeforeItParks {
    @Override
    void waitForSomethingElse() {
      letItHaveThat();
    }

    @Override
    synchronized void letItHaveThat() {}
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        TakesALock.class,
        WaitsForALatch.class,
        JoinsAVirtualThread.class,
        WaitsForAResult.class,
        WaitsForATime.class
      })
  void aWaitOfTheJdkMayTakeThePermit(Class<? extends Scenario<Boolean>> scenario) {
    Exploration<Boolean> explored = Explorer.explore(scenario, Options.exhaustive());

    assertThat(explored.failure()).map(Failure::kind).hasValue(FailureKind.DEADLOCK);
    assertThat(explored.outcomes()).containsOnlyKeys(true);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        TakesALockAndAsksAgain.class,
        WaitsForALatchAndAsksAgain.class,
        JoinsAVirtualThreadAndAsksAgain.class,
        WaitsForAResultAndAsksAgain.class,
        WaitsForATimeAndAsksAgain.class
      })
  void thatDoesNoHarmToAThreadThatAsksBeforeItParks(Class<? extends Scenario<Boolean>> scenario) {
    assertThat(Explorer.explore(scenario, Options.exhaustive()).certificate()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(classes = {JoinsAPlatformThread.class, EntersAMonitor.class})
  void aMonitorTakesNone(Class<? extends Scenario<Boolean>> scenario) {
    assertThat(Explorer.explore(scenario, Options.exhaustive()).certificate()).isPresent();
  }
}
