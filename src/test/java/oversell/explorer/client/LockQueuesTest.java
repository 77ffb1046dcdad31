package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.explored;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Scenario;

/** Who waits for a lock with a time limit waits in its queue, which others can tell. */
public class LockQueuesTest {
  private static final int LONG = 50;

  /** One wants what it cannot have, and says whether it got it; another what it could have. */
  abstract static class Two implements Scenario<List<Boolean>> {
    private boolean first;
    private boolean second;

    abstract void prepare() throws InterruptedException;

    abstract boolean first() throws InterruptedException;

    abstract boolean second() throws InterruptedException;

    @Override
    public List<Boolean> run() throws Exception {
      prepare();
      Thread waiting = Thread.startVirtualThread(() -> first = unchecked(true));
      second = unchecked(false);
      waiting.join();
      return List.of(first, second);
    }

    private boolean unchecked(boolean isFirst) {
      try {
        return isFirst ? first() : second();
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** A writer and a reader, while another one reads. */
  abstract static class OfReaders extends Two {
    abstract ReadWriteLock lock();

    @Override
    void prepare() throws InterruptedException {
      Thread reader = Thread.startVirtualThread(() -> lock().readLock().lock());
      reader.join();
    }

    @Override
    boolean first() throws InterruptedException {
      return lock().writeLock().tryLock(LONG, TimeUnit.MILLISECONDS);
    }

    @Override
    boolean second() throws InterruptedException {
      return lock().readLock().tryLock(1, TimeUnit.MILLISECONDS);
    }
  }

  static class ReadsBehindAWriter extends OfReaders {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    @Override
    ReadWriteLock lock() {
      return lock;
    }
  }

  static class ReadsBehindAWriterInTurn extends OfReaders {
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

    @Override
    ReadWriteLock lock() {
      return lock;
    }
  }

  static class ReadsByAView extends OfReaders {
    private final ReadWriteLock lock = new StampedLock().asReadWriteLock();

    @Override
    ReadWriteLock lock() {
      return lock;
    }
  }

  static class ReadsByStamps extends Two {
    private final StampedLock lock = new StampedLock();

    @Override
    void prepare() {
      long unused = lock.readLock();
    }

    @Override
    boolean first() throws InterruptedException {
      return lock.tryWriteLock(LONG, TimeUnit.MILLISECONDS) != 0;
    }

    @Override
    boolean second() throws InterruptedException {
      return lock.tryReadLock(1, TimeUnit.MILLISECONDS) != 0;
    }
  }

  static class AcquiresInTurn extends Two {
    private final Semaphore permits;

    AcquiresInTurn() {
      this(true);
    }

    AcquiresInTurn(boolean isFair) {
      permits = new Semaphore(1, isFair);
    }

    @Override
    void prepare() {}

    @Override
    boolean first() throws InterruptedException {
      return permits.tryAcquire(2, LONG, TimeUnit.MILLISECONDS);
    }

    @Override
    boolean second() throws InterruptedException {
      return permits.tryAcquire(1, TimeUnit.MILLISECONDS);
    }
  }

  /** The queue of such a semaphore holds nobody up who finds a permit. */
  static class Acquires extends AcquiresInTurn {
    Acquires() {
      super(false);
    }
  }

  /** The writer gives up before the reader asks. */
  static class ReadsAfterAWriter extends ReadsBehindAWriter {
    private boolean isWritten;

    @Override
    void prepare() throws InterruptedException {
      super.prepare();
      isWritten = super.first();
    }

    @Override
    boolean first() {
      return isWritten;
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ReadsBehindAWriter.class,
        ReadsBehindAWriterInTurn.class,
        ReadsByAView.class,
        ReadsByStamps.class,
        AcquiresInTurn.class
      })
  void whoComesBehindAThreadThatWaitsWithALimitMayGiveUpBeforeIt(Class<? extends Two> scenario) {
    Exploration<List<Boolean>> explored = explored(scenario);

    assertThat(explored.outcomes()).containsOnlyKeys(List.of(false, false), List.of(false, true));
    checkAgainstAllSchedules(scenario, explored);
  }

  @ParameterizedTest
  @ValueSource(classes = {Acquires.class, ReadsAfterAWriter.class})
  void nobodyGivesUpWhereNobodyIsBefore(Class<? extends Two> scenario) {
    Exploration<List<Boolean>> explored = explored(scenario);

    assertThat(explored.outcomes()).containsOnlyKeys(List.of(false, true));
    assertThat(explored.certificate()).isPresent();
  }

  /** Asks for the length of the queue in which another thread waits for a while. */
  abstract static class AsksForWaiting implements Scenario<Boolean> {
    abstract void waitForAWhile() throws InterruptedException;

    abstract boolean isAnyWaiting();

    @Override
    public Boolean run() throws InterruptedException {
      Thread waiting =
          Thread.startVirtualThread(
              () -> {
                try {
                  waitForAWhile();
                } catch (InterruptedException impossible) {
                  throw new IllegalStateException(impossible);
                }
              });
      boolean isWaiting = isAnyWaiting();
      waiting.join();
      return isWaiting;
    }
  }

  static class OfAWriter extends AsksForWaiting {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    @Override
    void waitForAWhile() throws InterruptedException {
      boolean unused = lock.writeLock().tryLock(1, TimeUnit.MILLISECONDS);
    }

    @Override
    boolean isAnyWaiting() {
      return lock.hasQueuedThreads();
    }

    @Override
    public Boolean run() throws InterruptedException {
      lock.readLock().lock();
      return super.run();
    }
  }

  /** It finds the lock free. */
  static class OfNobody extends OfAWriter {
    @Override
    void waitForAWhile() {}
  }

  static class OfASemaphore extends AsksForWaiting {
    private final Semaphore permits = new Semaphore(0);

    @Override
    void waitForAWhile() throws InterruptedException {
      boolean unused = permits.tryAcquire(1, TimeUnit.MILLISECONDS);
    }

    @Override
    boolean isAnyWaiting() {
      return permits.hasQueuedThreads();
    }
  }

  @Test
  void whoWaitsWithALimitIsSeenInTheQueue() {
    assertThat(explored(OfAWriter.class).outcomes()).containsOnlyKeys(true, false);
    assertThat(explored(OfNobody.class).outcomes()).containsOnlyKeys(false);
  }

  @Test
  void theQueueOfASemaphoreIsNamedWhichOthersNeedNotWaitIn() {
    assertThat(explored(OfASemaphore.class).uncontrolled())
        .singleElement()
        .asString()
        .startsWith("Semaphore.hasQueuedThreads");
  }

  /** Locks that are counted as held by a method of the user's. */
  static class OwnLock extends ReentrantLock {
    private static final long serialVersionUID = 1;

    private transient int count;

    OwnLock(boolean isFair) {
      super(isFair);
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
      count++;
      super.lockInterruptibly();
    }
  }

  abstract static class TriesAnOwnLock implements Scenario<Integer> {
    private final OwnLock own;
    private final Lock lock;

    TriesAnOwnLock(boolean isFair) {
      own = new OwnLock(isFair);
      lock = own;
    }

    @Override
    public Integer run() throws InterruptedException {
      Thread other =
          Thread.startVirtualThread(
              () -> {
                lock.lock();
                lock.unlock();
              });
      if (lock.tryLock(1, TimeUnit.MILLISECONDS)) {
        lock.unlock();
      }
      other.join();
      return own.count;
    }
  }

  static class TriesAFairOne extends TriesAnOwnLock {
    TriesAFairOne() {
      super(true);
    }
  }

  static class TriesAnUnfairOne extends TriesAnOwnLock {
    TriesAnUnfairOne() {
      super(false);
    }
  }

  @Test
  void aLockOfTheUsersIsNotCalledInAnotherWayThanTheUserDoes() {
    assertThat(explored(TriesAFairOne.class).uncontrolled())
        .singleElement()
        .asString()
        .startsWith("tryLock");
    assertThat(explored(TriesAnUnfairOne.class).outcomes()).containsOnlyKeys(0);
  }
}
