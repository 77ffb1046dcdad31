package oversell.corpus;

import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/** Guards that are locks, each with a mistake and without. */
public final class Locks {
  private Locks() {}

  /** What was checked before the lock was taken may be out of date behind it. */
  public static final class CheckOutsideTheLock {
    private CheckOutsideTheLock() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (stock < units) {
                      return Answer.refused(stock);
                    }
                    lock.lock();
                    try {
                      pause.pause();
                      return act(units);
                    } finally {
                      lock.unlock();
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    lock.lock();
                    try {
                      return sell(units, pause);
                    } finally {
                      lock.unlock();
                    }
                  }
                });
      }
    }
  }

  /** Each buyer has a lock of its own, which guards nothing. */
  public static final class LockPerBuyer {
    private LockPerBuyer() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    ReentrantLock lock = new ReentrantLock();
                    lock.lock();
                    try {
                      return sell(units, pause);
                    } finally {
                      lock.unlock();
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    lock.lock();
                    try {
                      return sell(units, pause);
                    } finally {
                      lock.unlock();
                    }
                  }
                });
      }
    }
  }

  /** Checks and acts under the lock, without releasing it in between. */
  public static final class EarlyUnlock {
    private EarlyUnlock() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    lock.lock();
                    try {
                      if (stock < units) {
                        return Answer.refused(stock);
                      }
                    } finally {
                      lock.unlock();
                    }
                    pause.pause();
                    lock.lock();
                    try {
                      return act(units);
                    } finally {
                      lock.unlock();
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    lock.lock();
                    try {
                      return sell(units, pause);
                    } finally {
                      lock.unlock();
                    }
                  }
                });
      }
    }
  }

  /** Takes from the shelf twice what it sells. */
  public static final class DoubleDecrement {
    private DoubleDecrement() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    lock.lock();
                    try {
                      Answer answer = sell(units, pause);
                      stock = stock - answer.sold();
                      return answer;
                    } finally {
                      lock.unlock();
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    lock.lock();
                    try {
                      return sell(units, pause);
                    } finally {
                      lock.unlock();
                    }
                  }
                });
      }
    }
  }

  /** Reads and writes under the lock, each time anew, and computes in between. */
  public static final class LostUpdate {
    private LostUpdate() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int seen;
                    lock.lock();
                    try {
                      seen = stock;
                    } finally {
                      lock.unlock();
                    }
                    if (seen < units) {
                      return Answer.refused(seen);
                    }
                    pause.pause();
                    int left = seen - units;
                    lock.lock();
                    try {
                      stock = left;
                    } finally {
                      lock.unlock();
                    }
                    return new Answer(units, left);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    lock.lock();
                    try {
                      return sell(units, pause);
                    } finally {
                      lock.unlock();
                    }
                  }
                });
      }
    }
  }

  /** A buyer that throws does not release the lock. */
  public static final class UnlockMissing {
    private UnlockMissing() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    lock.lock();
                    Answer answer = sell(units, pause);
                    lock.unlock();
                    return answer;
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    lock.lock();
                    try {
                      return sell(units, pause);
                    } finally {
                      lock.unlock();
                    }
                  }
                });
      }
    }
  }

  /** Gives the permit back only if all goes well. */
  public static final class MonitorKept {
    private MonitorKept() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private boolean taken;

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      while (taken) {
                        wait();
                      }
                      taken = true;
                    }
                    Answer answer = sell(units, pause);
                    synchronized (this) {
                      taken = false;
                      notify();
                    }
                    return answer;
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private boolean taken;

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      while (taken) {
                        wait();
                      }
                      taken = true;
                    }
                    try {
                      return sell(units, pause);
                    } finally {
                      synchronized (this) {
                        taken = false;
                        notify();
                      }
                    }
                  }
                });
      }
    }
  }

  /** Takes the units before the pause, and forgets them if that throws. */
  public static final class UnitsTakenTooEarly {
    private UnitsTakenTooEarly() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int left;
                    synchronized (this) {
                      if (stock < units) {
                        return Answer.refused(stock);
                      }
                      left = stock - units;
                      stock = left;
                    }
                    pause.pause();
                    return new Answer(units, left);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int left;
                    synchronized (this) {
                      if (stock < units) {
                        return Answer.refused(stock);
                      }
                      left = stock - units;
                      stock = left;
                    }
                    boolean paid = false;
                    try {
                      pause.pause();
                      paid = true;
                    } finally {
                      if (!paid) {
                        synchronized (this) {
                          stock = stock + units;
                        }
                      }
                    }
                    return new Answer(units, left);
                  }
                });
      }
    }
  }

  /** Two locks, taken in either order. */
  public static final class OppositeOrder {
    private OppositeOrder() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock one = new ReentrantLock();
                  private final ReentrantLock other = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    boolean even = Thread.currentThread().threadId() % 2 == 0;
                    ReentrantLock first = even ? one : other;
                    ReentrantLock second = even ? other : one;
                    first.lock();
                    try {
                      second.lock();
                      try {
                        return sell(units, pause);
                      } finally {
                        second.unlock();
                      }
                    } finally {
                      first.unlock();
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock one = new ReentrantLock();
                  private final ReentrantLock other = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    one.lock();
                    try {
                      other.lock();
                      try {
                        return sell(units, pause);
                      } finally {
                        other.unlock();
                      }
                    } finally {
                      one.unlock();
                    }
                  }
                });
      }
    }
  }

  /** Two monitors, entered in either order. */
  public static final class OppositeMonitors {
    private OppositeMonitors() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final Object one = new Object();
                  private final Object other = new Object();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    boolean even = Thread.currentThread().threadId() % 2 == 0;
                    synchronized (even ? one : other) {
                      synchronized (even ? other : one) {
                        return sell(units, pause);
                      }
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final Object one = new Object();
                  private final Object other = new Object();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (one) {
                      synchronized (other) {
                        return sell(units, pause);
                      }
                    }
                  }
                });
      }
    }
  }

  /** Goes in whether it got the lock or not. */
  public static final class TryLockIgnored {
    private TryLockIgnored() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    boolean mine = lock.tryLock();
                    try {
                      return sell(units, pause);
                    } finally {
                      if (mine) {
                        lock.unlock();
                      }
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (!lock.tryLock()) {
                      return Answer.refused(0);
                    }
                    try {
                      return sell(units, pause);
                    } finally {
                      lock.unlock();
                    }
                  }
                });
      }
    }
  }

  /** Locks an object that the next buyer replaces. */
  public static final class ReassignedLock {
    private ReassignedLock() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private Object lock = new Object();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (lock) {
                      lock = new Object();
                      return sell(units, pause);
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final Object lock = new Object();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (lock) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** Locks a number, which is another object as soon as it is another number. */
  public static final class BoxedLock {
    private BoxedLock() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private Integer lock = 0;

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Object monitor = lock;
                    synchronized (monitor) {
                      lock++;
                      return sell(units, pause);
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final Integer lock = 0;

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Object monitor = lock;
                    synchronized (monitor) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** Each half of the buyers has a monitor of its own. */
  public static final class TwoMonitors {
    private TwoMonitors() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final Object even = new Object();
                  private final Object odd = new Object();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (Thread.currentThread().threadId() % 2 == 0 ? even : odd) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final Object even = new Object();
                  private final Object odd = new Object();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (odd) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** Many may hold a read lock. */
  public static final class ReadLockForWriting {
    private ReadLockForWriting() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    lock.readLock().lock();
                    try {
                      return sell(units, pause);
                    } finally {
                      lock.readLock().unlock();
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    lock.writeLock().lock();
                    try {
                      return sell(units, pause);
                    } finally {
                      lock.writeLock().unlock();
                    }
                  }
                });
      }
    }
  }

  /** What was read optimistically has to be checked again under the lock. */
  public static final class OptimisticRead {
    private OptimisticRead() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final StampedLock lock = new StampedLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    long stamp = lock.tryOptimisticRead();
                    int seen = stock;
                    if (!lock.validate(stamp)) {
                      stamp = lock.readLock();
                      seen = stock;
                      lock.unlockRead(stamp);
                    }
                    if (seen < units) {
                      return Answer.refused(seen);
                    }
                    long writing = lock.writeLock();
                    try {
                      pause.pause();
                      return act(units);
                    } finally {
                      lock.unlockWrite(writing);
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final StampedLock lock = new StampedLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    long stamp = lock.tryOptimisticRead();
                    int seen = stock;
                    if (stamp != 0 && lock.validate(stamp) && seen < units) {
                      return Answer.refused(seen);
                    }
                    long writing = lock.writeLock();
                    try {
                      return sell(units, pause);
                    } finally {
                      lock.unlockWrite(writing);
                    }
                  }
                });
      }
    }
  }

  /** A monitor that is left between check and act, and entered again. */
  public static final class InterruptedMonitor {
    private InterruptedMonitor() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      if (stock < units) {
                        return Answer.refused(stock);
                      }
                    }
                    pause.pause();
                    synchronized (this) {
                      return act(units);
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      synchronized (this) {
                        if (stock < units) {
                          return Answer.refused(stock);
                        }
                      }
                      pause.pause();
                      synchronized (this) {
                        return act(units);
                      }
                    }
                  }
                });
      }
    }
  }

  /** Locks by references to methods. */
  public static final class LockByReference {
    private LockByReference() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    ReentrantLock lock = new ReentrantLock();
                    Runnable enter = lock::lock;
                    Runnable leave = lock::unlock;
                    enter.run();
                    try {
                      return sell(units, pause);
                    } finally {
                      leave.run();
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();
                  private final Runnable enter = lock::lock;
                  private final Runnable leave = lock::unlock;

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    enter.run();
                    try {
                      return sell(units, pause);
                    } finally {
                      leave.run();
                    }
                  }
                });
      }
    }
  }

  /** Runs what it is given, and had better do so under the lock. */
  public static final class LambdaUnderTheLock {
    private LambdaUnderTheLock() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  private <T> T locked(Callable<T> body) {
                    lock.lock();
                    try {
                      return body.call();
                    } catch (Exception thrown) {
                      throw new IllegalStateException(thrown);
                    } finally {
                      lock.unlock();
                    }
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Callable<Answer> later = locked(() -> () -> sell(units, pause));
                    try {
                      return later.call();
                    } catch (Exception thrown) {
                      throw new IllegalStateException(thrown);
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  private <T> T locked(Callable<T> body) {
                    lock.lock();
                    try {
                      return body.call();
                    } catch (Exception thrown) {
                      throw new IllegalStateException(thrown);
                    } finally {
                      lock.unlock();
                    }
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return locked(() -> sell(units, pause));
                  }
                });
      }
    }
  }

  /** A semaphore lets in as many as it has permits. */
  public static final class TwoPermits {
    private TwoPermits() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final Semaphore permits = new Semaphore(2);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    permits.acquire();
                    try {
                      return sell(units, pause);
                    } finally {
                      permits.release();
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final Semaphore permits = new Semaphore(1);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    permits.acquire();
                    try {
                      return sell(units, pause);
                    } finally {
                      permits.release();
                    }
                  }
                });
      }
    }
  }

  /** Gives back a permit more than it took. */
  public static final class DoubleRelease {
    private DoubleRelease() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final Semaphore permits = new Semaphore(1);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    permits.acquire();
                    try {
                      return sell(units, pause);
                    } finally {
                      permits.release();
                      permits.release();
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final Semaphore permits = new Semaphore(1);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    permits.acquire();
                    try {
                      return sell(units, pause);
                    } finally {
                      permits.release();
                    }
                  }
                });
      }
    }
  }
}
