package oversell.corpus;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/**
 * Inventories whose stock shows in which order buyers owned a lock: each digit is a buyer, repeated
 * if it owned the lock again. The first waits for a signal, which the second gives. There is one
 * for each kind of lock, and one with a lock of another class that does the same.
 */
public final class Turns {
  private Turns() {}

  private static final class Turn implements Inventory {
    private final Lock lock;
    private final boolean interruptible;
    private final Condition turned;
    private int turns;
    private int order;

    Turn(Lock lock, boolean interruptible) {
      this.lock = lock;
      this.interruptible = interruptible;
      turned = lock.newCondition();
    }

    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      if (interruptible) {
        lock.lockInterruptibly();
      } else {
        lock.lock();
      }
      try {
        note();
        if (++turns == 1) {
          turned.await();
          note();
        } else if (turns == 2) {
          turned.signal();
        }
        return new Answer(0, 0);
      } finally {
        lock.unlock();
      }
    }

    private void note() {
      order = 10 * order + (int) Thread.currentThread().threadId();
    }

    @Override
    public int stock() {
      return order;
    }
  }

  public static final class OfALock extends Door {
    public OfALock() {
      super(stock -> new Turn(new ReentrantLock(), false));
    }
  }

  public static final class OfAnother extends Door {
    public OfAnother() {
      super(stock -> new Turn(new ReentrantReadWriteLock().writeLock(), false));
    }
  }

  public static final class OfAFairLock extends Door {
    public OfAFairLock() {
      super(stock -> new Turn(new ReentrantLock(true), false));
    }
  }

  public static final class OfAnotherFairOne extends Door {
    public OfAnotherFairOne() {
      super(stock -> new Turn(new ReentrantReadWriteLock(true).writeLock(), false));
    }
  }

  public static final class OfAnInterruptibleLock extends Door {
    public OfAnInterruptibleLock() {
      super(stock -> new Turn(new ReentrantLock(), true));
    }
  }

  public static final class OfAnotherInterruptibleOne extends Door {
    public OfAnotherInterruptibleOne() {
      super(stock -> new Turn(new ReentrantReadWriteLock().writeLock(), true));
    }
  }

  /**
   * The owner of the lock keeps it until another buyer has given up waiting for it, so buyers end
   * only if they are interrupted.
   */
  private static final class Keeper implements Inventory {
    private final ReentrantLock lock = new ReentrantLock();
    private final Semaphore given = new Semaphore(0);

    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      try {
        lock.lockInterruptibly();
      } catch (InterruptedException gaveUp) {
        given.release();
        throw gaveUp;
      }
      try {
        given.acquireUninterruptibly();
        return new Answer(0, 0);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public int stock() {
      return 0;
    }
  }

  public static final class KeptUntilAnotherGivesUp extends Door {
    public KeptUntilAnotherGivesUp() {
      super(stock -> new Keeper());
    }
  }
}
