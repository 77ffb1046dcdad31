package oversell.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PinningWatchTest {
  private static final int FIRST_THAT_UNMOUNTS_IN_MONITORS = 24;

  /** So that no class is loaded in a virtual thread later, which may pin it, too. */
  @BeforeEach
  void sleepOnce() throws Exception {
    inVirtualThread(PinningWatchTest::asleep);
  }

  private static void inVirtualThread(Callable<?> task) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> done = threads.submit(task);
      done.get();
    }
  }

  private static Message.PinningCounted counted(Callable<?> task) throws Exception {
    try (PinningWatch watch = PinningWatch.start()) {
      inVirtualThread(task);
      return watch.counted(3);
    }
  }

  private static Object asleep() throws InterruptedException {
    Thread.sleep(1);
    return "awake";
  }

  private static Object asleepInMonitor() throws InterruptedException {
    Object monitor = new Object();
    synchronized (monitor) {
      return asleep();
    }
  }

  /** Its initializer is called from native code, which no JDK takes off a carrier. */
  private static final class SleepsInInitializer {
    static final Object AWAKE;

    static {
      try {
        AWAKE = asleep();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }

  @Test
  void doesNotCountAThreadThatLeavesItsCarrier() throws Exception {
    assertThat(counted(PinningWatchTest::asleep)).isEqualTo(new Message.PinningCounted(3, 0, 0));
  }

  @Test
  void countsAThreadThatSleepsBelowNativeCode() throws Exception {
    Message.PinningCounted counted = counted(() -> SleepsInInitializer.AWAKE);

    assertThat(counted.events()).isPositive();
    assertThat(counted.nanos()).isPositive();
  }

  @Test
  void countsAThreadThatSleepsInAMonitorWhereThatPins() throws Exception {
    assumeTrue(Runtime.version().feature() < FIRST_THAT_UNMOUNTS_IN_MONITORS);

    assertThat(counted(PinningWatchTest::asleepInMonitor).events()).isPositive();
  }

  @Test
  void doesNotCountAThreadThatSleepsInAMonitorWhereThatDoesNotPin() throws Exception {
    assumeTrue(Runtime.version().feature() >= FIRST_THAT_UNMOUNTS_IN_MONITORS);

    assertThat(counted(PinningWatchTest::asleepInMonitor).events()).isZero();
  }
}
