package oversell.corpus;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/** Guards that make buyers wait for signals, each with a mistake and without. */
public final class Signals {
  private Signals() {}

  /** A thread that checks before it enters may wait for a notification that was sent before. */
  public static final class MissedSignal {
    private MissedSignal() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private boolean busy;

                  private void enter() throws InterruptedException {
                    if (busy) {
                      synchronized (this) {
                        wait();
                      }
                    }
                    synchronized (this) {
                      busy = true;
                    }
                  }

                  private synchronized void leave() {
                    busy = false;
                    notifyAll();
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    enter();
                    try {
                      return sell(units, pause);
                    } finally {
                      leave();
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
                  private boolean busy;

                  private synchronized void enter() throws InterruptedException {
                    while (busy) {
                      wait();
                    }
                    busy = true;
                  }

                  private synchronized void leave() {
                    busy = false;
                    notifyAll();
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    enter();
                    try {
                      return sell(units, pause);
                    } finally {
                      leave();
                    }
                  }
                });
      }
    }
  }

  /** Another thread may run between the notification and the thread that was notified. */
  public static final class WaitWithoutALoop {
    private WaitWithoutALoop() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private boolean busy;

                  private synchronized void enter() throws InterruptedException {
                    if (busy) {
                      wait();
                    }
                    busy = true;
                  }

                  private synchronized void leave() {
                    busy = false;
                    notifyAll();
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    enter();
                    try {
                      return sell(units, pause);
                    } finally {
                      leave();
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
                  private boolean busy;

                  private synchronized void enter() throws InterruptedException {
                    while (busy) {
                      wait();
                    }
                    busy = true;
                  }

                  private synchronized void leave() {
                    busy = false;
                    notifyAll();
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    enter();
                    try {
                      return sell(units, pause);
                    } finally {
                      leave();
                    }
                  }
                });
      }
    }
  }

  /** Notifies only threads that wait already, and keeps no state to check. */
  public static final class SignalBeforeTheWait {
    private SignalBeforeTheWait() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private boolean done;

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      if (Thread.currentThread().threadId() % 2 != 0) {
                        wait();
                      }
                    }
                    try {
                      return sell(units, pause);
                    } finally {
                      synchronized (this) {
                        done = true;
                        notify();
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
                  private boolean done;

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      while (Thread.currentThread().threadId() % 2 != 0 && !done) {
                        wait();
                      }
                    }
                    try {
                      return sell(units, pause);
                    } finally {
                      synchronized (this) {
                        done = true;
                        notifyAll();
                      }
                    }
                  }
                });
      }
    }
  }

  /** Notifies one thread, which need not be the one whose turn it is. */
  public static final class NotifyForNotifyAll {
    private NotifyForNotifyAll() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  private int turn;

                  private synchronized void enter() throws InterruptedException {
                    long mine = Thread.currentThread().threadId() % 3;
                    while (turn != mine) {
                      wait();
                    }
                  }

                  private synchronized void leave() {
                    turn++;
                    notify();
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    enter();
                    try {
                      return sell(units, pause);
                    } finally {
                      leave();
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

                  private int turn;

                  private synchronized void enter() throws InterruptedException {
                    long mine = Thread.currentThread().threadId() % 3;
                    while (turn != mine) {
                      wait();
                    }
                  }

                  private synchronized void leave() {
                    turn++;
                    notifyAll();
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    enter();
                    try {
                      return sell(units, pause);
                    } finally {
                      leave();
                    }
                  }
                });
      }
    }
  }

  /** As without a loop, with a condition. */
  public static final class ConditionWithoutALoop {
    private ConditionWithoutALoop() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();
                  private final Condition free = lock.newCondition();
                  private boolean busy;

                  private void enter() throws InterruptedException {
                    lock.lock();
                    try {
                      if (busy) {
                        free.await();
                      }
                      busy = true;
                    } finally {
                      lock.unlock();
                    }
                  }

                  private void leave() {
                    lock.lock();
                    try {
                      busy = false;
                      free.signal();
                    } finally {
                      lock.unlock();
                    }
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    enter();
                    try {
                      return sell(units, pause);
                    } finally {
                      leave();
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
                  private final Condition free = lock.newCondition();
                  private boolean busy;

                  private void enter() throws InterruptedException {
                    lock.lock();
                    try {
                      while (busy) {
                        free.await();
                      }
                      busy = true;
                    } finally {
                      lock.unlock();
                    }
                  }

                  private void leave() {
                    lock.lock();
                    try {
                      busy = false;
                      free.signal();
                    } finally {
                      lock.unlock();
                    }
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    enter();
                    try {
                      return sell(units, pause);
                    } finally {
                      leave();
                    }
                  }
                });
      }
    }
  }

  /** Hands the turn to the next buyer before it has finished. */
  public static final class HandOffTooEarly {
    private HandOffTooEarly() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private CountDownLatch last = new CountDownLatch(0);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    CountDownLatch mine = new CountDownLatch(1);
                    CountDownLatch before;
                    synchronized (this) {
                      before = last;
                      last = mine;
                    }
                    before.await();
                    mine.countDown();
                    return sell(units, pause);
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
                  private CountDownLatch last = new CountDownLatch(0);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    CountDownLatch mine = new CountDownLatch(1);
                    CountDownLatch before;
                    synchronized (this) {
                      before = last;
                      last = mine;
                    }
                    before.await();
                    try {
                      return sell(units, pause);
                    } finally {
                      mine.countDown();
                    }
                  }
                });
      }
    }
  }

  /** The buyer that has the token may buy. */
  public static final class TwoTokens {
    private TwoTokens() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final BlockingQueue<String> tokens =
                      new ArrayBlockingQueue<>(2, false, List.of("one", "two"));

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    String token = tokens.take();
                    try {
                      return sell(units, pause);
                    } finally {
                      tokens.put(token);
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
                  private final BlockingQueue<String> tokens =
                      new ArrayBlockingQueue<>(1, false, List.of("one"));

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    String token = tokens.take();
                    try {
                      return sell(units, pause);
                    } finally {
                      tokens.put(token);
                    }
                  }
                });
      }
    }
  }
}
