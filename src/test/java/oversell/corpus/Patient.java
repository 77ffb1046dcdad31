package oversell.corpus;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/** Inventories that take long, beside those that take for ever. */
public final class Patient {
  private static final int MANY = 300_000;

  private Patient() {}

  /** Computes for long without an access to shared state. */
  public static final class ComputesForLong extends Door {
    public ComputesForLong() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public synchronized Answer purchase(int units, Pause pause)
                    throws InterruptedException {
                  int checksum = units;
                  for (int i = 0; i < 30_000_000; i++) {
                    checksum = 31 * checksum + i;
                  }
                  return checksum == 1 ? Answer.refused(stock) : sell(units, pause);
                }
              });
    }
  }

  /** Looks at each of 6,000 elements, and then sells. */
  private abstract static class Scans extends Shop {
    private final int[] shelf = new int[6_000];

    Scans(int stock) {
      super(stock);
    }

    final int scan() {
      int sum = 0;
      for (int element : shelf) {
        sum += element;
      }
      return sum;
    }
  }

  public static final class ScansAndSells extends Door {
    public ScansAndSells() {
      super(
          stock ->
              new Scans(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  int sum = scan();
                  synchronized (this) {
                    return sell(units + sum, pause);
                  }
                }
              });
    }
  }

  public static final class ScansAndSellsUnguarded extends Door {
    public ScansAndSellsUnguarded() {
      super(
          stock ->
              new Scans(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  return sell(units + scan(), pause);
                }
              });
    }
  }

  /** The first buyer opens the shop, the others wait for that. */
  private abstract static class Opens extends Shop {
    boolean open;
    private boolean first = true;

    Opens(int stock) {
      super(stock);
    }

    abstract void awaitOpen() throws InterruptedException;

    boolean opens() {
      return true;
    }

    private synchronized boolean isFirst() {
      boolean was = first;
      first = false;
      return was;
    }

    private synchronized void open() {
      open = true;
      notifyAll();
    }

    @Override
    public final Answer purchase(int units, Pause pause) throws InterruptedException {
      if (isFirst()) {
        if (opens()) {
          open();
        }
      } else {
        awaitOpen();
      }
      synchronized (this) {
        return sell(units, pause);
      }
    }
  }

  /** As in the textbook. */
  private static class Waits extends Opens {
    Waits(int stock) {
      super(stock);
    }

    @Override
    final synchronized void awaitOpen() throws InterruptedException {
      while (!open) {
        wait(10);
      }
    }
  }

  public static final class WaitsForATime extends Door {
    public WaitsForATime() {
      super(Waits::new);
    }
  }

  public static final class WaitsForATimeInVain extends Door {
    public WaitsForATimeInVain() {
      super(
          stock ->
              new Waits(stock) {
                @Override
                boolean opens() {
                  return false;
                }
              });
    }
  }

  /** Enters and leaves, again and again, the monitor that the thread waits for which would open. */
  private static class Polls extends Opens {
    Polls(int stock) {
      super(stock);
    }

    private synchronized boolean isOpen() {
      return open;
    }

    @Override
    final void awaitOpen() {
      while (!isOpen()) {
        Thread.onSpinWait();
      }
    }
  }

  public static final class PollsInTheMonitor extends Door {
    public PollsInTheMonitor() {
      super(Polls::new);
    }
  }

  public static final class PollsInTheMonitorInVain extends Door {
    public PollsInTheMonitorInVain() {
      super(
          stock ->
              new Polls(stock) {
                @Override
                boolean opens() {
                  return false;
                }
              });
    }
  }

  /** The same with a lock of the JDK. */
  private static class PollsALock extends Opens {
    private final ReentrantLock lock = new ReentrantLock();

    PollsALock(int stock) {
      super(stock);
    }

    private boolean isOpen() {
      lock.lock();
      try {
        return open;
      } finally {
        lock.unlock();
      }
    }

    @Override
    final void awaitOpen() {
      while (!isOpen()) {
        Thread.onSpinWait();
      }
    }
  }

  public static final class PollsUnderALock extends Door {
    public PollsUnderALock() {
      super(PollsALock::new);
    }
  }

  public static final class PollsUnderALockInVain extends Door {
    public PollsUnderALockInVain() {
      super(
          stock ->
              new PollsALock(stock) {
                @Override
                boolean opens() {
                  return false;
                }
              });
    }
  }

  /** Gives up, if very late. */
  public static final class CountsItsTries extends Door {
    public CountsItsTries() {
      super(
          stock ->
              new Shop(stock) {
                private boolean open;

                @Override
                public Answer purchase(int units, Pause pause) {
                  int tries = 0;
                  while (!open && tries < MANY) {
                    tries++;
                  }
                  return Answer.refused(stock);
                }
              });
    }
  }

  /** The same, and what it counts by is in an object of the JDK. */
  public static final class CountsUnseen extends Door {
    public CountsUnseen() {
      super(
          stock ->
              new Shop(stock) {
                private final ThreadLocal<Integer> tries = ThreadLocal.withInitial(() -> 0);
                private boolean open;

                @Override
                public Answer purchase(int units, Pause pause) {
                  while (!open && tries.get() < MANY) {
                    tries.set(tries.get() + 1);
                  }
                  return Answer.refused(stock);
                }
              });
    }
  }

  public static final class Iterates extends Door {
    private static final List<Integer> SHELF = IntStream.range(0, MANY).boxed().toList();

    public Iterates() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) {
                  Iterator<Integer> each = SHELF.iterator();
                  while (each.hasNext()) {
                    each.next();
                  }
                  return Answer.refused(stock);
                }
              });
    }
  }

  /** Starts threads, none of which has anything to do. */
  private static final class Employs extends Shop {
    private final int threads;

    Employs(int stock, int threads) {
      super(stock);
      this.threads = threads;
    }

    @Override
    public synchronized Answer purchase(int units, Pause pause) throws InterruptedException {
      for (int i = 0; i < threads; i++) {
        Thread.startVirtualThread(() -> {}).join();
      }
      return sell(units, pause);
    }
  }

  public static final class EmploysOne extends Door {
    public EmploysOne() {
      super(stock -> new Employs(stock, 1));
    }
  }

  public static final class EmploysAHundred extends Door {
    public EmploysAHundred() {
      super(stock -> new Employs(stock, 100));
    }
  }

  /** Lets others go first between its check and its act. */
  public static final class GivesWay extends Door {
    public GivesWay() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) {
                  int seen = stock;
                  Thread.onSpinWait();
                  return seen < units ? Answer.refused(seen) : act(units);
                }
              });
    }
  }

  /** Throws instead of answering. */
  public static final class Throws extends Door {
    public Throws() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) {
                  throw new UnsupportedOperationException("closed");
                }
              });
    }
  }
}
