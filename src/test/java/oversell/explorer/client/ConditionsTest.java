package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.explored;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import oversell.explorer.Exploration;
import oversell.explorer.Scenario;

/** Threads that wait for a condition of a lock, which they give back while they wait. */
class ConditionsTest {
  /** Two threads, and what they share. */
  abstract static class Pair implements Scenario<String> {
    final ReentrantLock lock = new ReentrantLock();
    final Condition changed = lock.newCondition();
    int units;
    int seen;

    abstract void first() throws InterruptedException;

    abstract void second() throws InterruptedException;

    @Override
    public final String run() throws InterruptedException {
      Thread first = Thread.startVirtualThread(() -> run(this::first));
      Thread second = Thread.startVirtualThread(() -> run(this::second));
      first.join();
      second.join();
      return units + " units, seen " + seen;
    }

    private static void run(Body body) {
      try {
        body.run();
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    /** What a thread does. */
    interface Body {
      void run() throws InterruptedException;
    }
  }

  /** One waits until the other has put something there. */
  static class HandsOver extends Pair {
    @Override
    void first() throws InterruptedException {
      lock.lock();
      try {
        while (units == 0) {
          changed.await();
        }
        seen = units;
      } finally {
        lock.unlock();
      }
    }

    @Override
    void second() {
      lock.lock();
      try {
        units = 1;
        changed.signal();
      } finally {
        lock.unlock();
      }
    }
  }

  /** The same, where who puts it there forgets to say so: the other may wait for ever. */
  static final class ForgetsToSignal extends HandsOver {
    @Override
    void second() {
      lock.lock();
      try {
        units = 1;
      } finally {
        lock.unlock();
      }
    }
  }

  /** One signals without the lock, which the other has or has not by then. */
  static final class SignalsWithoutTheLock extends Pair {
    @Override
    void first() {
      try {
        changed.signal();
      } catch (IllegalMonitorStateException refused) {
        seen = units;
      }
    }

    @Override
    void second() {
      lock.lock();
      try {
        units = 1;
      } finally {
        lock.unlock();
      }
    }
  }

  /** A lock with a name, which locks as the JDK's does. */
  static class Named extends ReentrantLock {
    private static final long serialVersionUID = 1L;

    String name() {
      return "lock";
    }
  }

  /** One that counts who locks it. */
  static final class Counted extends Named {
    private static final long serialVersionUID = 1L;

    private int locked;

    @Override
    public void lock() {
      super.lock();
      locked++;
    }
  }

  /** Waits for units, or until its patience is over. */
  static class WaitsForATime implements Scenario<String> {
    private final Named lock = lock();
    private final Condition changed = lock.newCondition();
    private int units;

    Named lock() {
      return new Named();
    }

    @Override
    public String run() throws InterruptedException {
      Thread other = Thread.startVirtualThread(this::bring);
      String seen = lock.name() + " " + take();
      other.join();
      return seen;
    }

    void bring() {
      lock.lock();
      try {
        units = 1;
        changed.signal();
      } finally {
        lock.unlock();
      }
    }

    private int take() throws InterruptedException {
      lock.lock();
      try {
        long patience = 1_000;
        while (units == 0 && patience > 0) {
          patience = changed.awaitNanos(patience);
        }
        return units;
      } finally {
        lock.unlock();
      }
    }
  }

  static final class WaitsForATimeByAnotherLock extends WaitsForATime {
    @Override
    Named lock() {
      return new Counted();
    }
  }

  @Test
  void aConditionOfALockThatExtendsTheJdksIsAsThoseOfThat() {
    Exploration<String> explored = explored(WaitsForATime.class);

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes()).containsOnlyKeys("lock 0", "lock 1");
    checkAgainstAllSchedules(WaitsForATime.class, explored);
  }

  @Test
  void aConditionOfALockThatLocksInAWayOfItsOwnDoesNotEndByTime() {
    assertThat(explored(WaitsForATimeByAnotherLock.class).uncontrolled())
        .singleElement()
        .asString()
        .contains("awaitNanos");
  }

  @Test
  void noExecutionIsCutShortWhereAThreadWaitsForACondition() {
    Exploration<String> explored = explored(HandsOver.class);

    assertThat(explored.certificate()).isPresent();
    assertThat(explored.blocked()).isZero();
    checkAgainstAllSchedules(HandsOver.class, explored);
  }

  @Test
  void aThreadThatIsNeverSignalledToIsFound() {
    Exploration<String> explored = explored(ForgetsToSignal.class);

    assertThat(explored.failures()).isPositive();
    checkAgainstAllSchedules(ForgetsToSignal.class, explored);
  }

  @Test
  void aSignalWithoutTheLockComesBeforeAndAfterThatIsTaken() {
    checkAgainstAllSchedules(SignalsWithoutTheLock.class);
  }
}
