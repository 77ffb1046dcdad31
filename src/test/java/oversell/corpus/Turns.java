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
 * Inventories whose stock tells in which order buyers had a lock: each digit is a buyer, and once
 * more if it had the lock again. The first waits for a signal, the second gives it. There is one of
 * each kind of lock, and one that does the same and is of another class.
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
   * Whoever has the lock keeps it until another has given up waiting for it, so all end if they are
   * interrupted, and otherwise nobody does.
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
