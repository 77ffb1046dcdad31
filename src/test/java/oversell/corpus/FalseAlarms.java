package oversell.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Vector;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** Correct programs that are easily refuted by mistake, each beside a broken one. */
public final class FalseAlarms {
  private FalseAlarms() {}

  private static Answer get(Future<Answer> sale) throws InterruptedException {
    try {
      return sale.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** A method that must be called under the monitor asserts that with holdsLock. */
  public static final class HoldsLock {
    private HoldsLock() {}

    private abstract static class Careful extends Shop {
      Careful(int stock) {
        super(stock);
      }

      final Answer guardedSale(int units, Pause pause) throws InterruptedException {
        if (!Thread.holdsLock(this)) {
          throw new IllegalStateException("not guarded");
        }
        return sell(units, pause);
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Careful(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return guardedSale(units, pause);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Careful(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      return guardedSale(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** A price takes long to compute, without an access to shared state. */
  public static final class LongComputation {
    private LongComputation() {}

    private static int price(int units) {
      int price = units;
      for (int i = 0; i < 5_000_000; i++) {
        price = price * 31 + i;
      }
      return price | 1;
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return price(units) == 0 ? Answer.refused(stock) : sell(units, pause);
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
                      return price(units) == 0 ? Answer.refused(stock) : sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** A sieve is filled that no other thread can reach. */
  public static final class LongComputationInAnArray {
    private LongComputationInAnArray() {}

    private static int primes() {
      boolean[] composite = new boolean[20_000];
      int primes = 0;
      for (int i = 2; i < composite.length; i++) {
        primes += composite[i] ? 0 : 1;
        for (int multiple = 2 * i; !composite[i] && multiple < composite.length; ) {
          composite[multiple] = true;
          multiple += i;
        }
      }
      return primes;
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return primes() == 0 ? Answer.refused(stock) : sell(units, pause);
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
                      return primes() == 0 ? Answer.refused(stock) : sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** Six thousand elements are scanned. */
  public static final class LongScan {
    private LongScan() {}

    private abstract static class Scanning implements Inventory {
      private final int[] shelf = new int[6_000];

      Scanning(int stock) {
        shelf[shelf.length - 1] = stock;
      }

      final Answer take(int units) {
        int seen = stock();
        if (seen < units) {
          return Answer.refused(seen);
        }
        shelf[shelf.length - 1] -= units;
        return new Answer(units, seen - units);
      }

      @Override
      public final int stock() {
        int sum = 0;
        for (int units : shelf) {
          sum += units;
        }
        return sum;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Scanning(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return take(units);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Scanning(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      return take(units);
                    }
                  }
                });
      }
    }
  }

  /** Three thousand elements of a list are scanned. */
  public static final class LongScanOfAList {
    private LongScanOfAList() {}

    private abstract static class Scanning implements Inventory {
      private final List<Integer> shelf = new ArrayList<>(Collections.nCopies(3_000, 0));

      Scanning(int stock) {
        shelf.set(0, stock);
      }

      final Answer take(int units) {
        int seen = stock();
        if (seen < units) {
          return Answer.refused(seen);
        }
        shelf.set(0, shelf.get(0) - units);
        return new Answer(units, seen - units);
      }

      @Override
      public final int stock() {
        int sum = 0;
        for (int i = 0; i < shelf.size(); i++) {
          sum += shelf.get(i);
        }
        return sum;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Scanning(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return take(units);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Scanning(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      return take(units);
                    }
                  }
                });
      }
    }
  }

  /** The methods of Object are called as those of the superclass. */
  public static final class WaitOfTheSuperclass {
    private WaitOfTheSuperclass() {}

    private abstract static class Turnstile extends Shop {
      private boolean taken;

      Turnstile(int stock) {
        super(stock);
      }

      final synchronized void enter() throws InterruptedException {
        while (taken) {
          super.wait();
        }
        taken = true;
      }

      final synchronized void leaveSilently() {
        taken = false;
      }

      final synchronized void leave() {
        taken = false;
        super.notifyAll();
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Turnstile(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    enter();
                    try {
                      return sell(units, pause);
                    } finally {
                      leaveSilently();
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
                new Turnstile(stock) {

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

  /** A wait with a timeout is repeated until the condition holds. */
  public static final class WaitForATime {
    private WaitForATime() {}

    private abstract static class Turnstile extends Shop {
      boolean ready = true;

      Turnstile(int stock) {
        super(stock);
      }

      final synchronized void leave() {
        ready = true;
        notifyAll();
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Turnstile(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      if (!ready) {
                        wait(100);
                      }
                      ready = false;
                    }
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
                new Turnstile(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      while (!ready) {
                        wait(100);
                      }
                      ready = false;
                    }
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

  /** The same with a condition of a lock. */
  public static final class AwaitForATime {
    private AwaitForATime() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();
                  private final Condition becameReady = lock.newCondition();
                  private boolean ready = true;

                  private void leave() {
                    lock.lock();
                    try {
                      ready = true;
                      becameReady.signalAll();
                    } finally {
                      lock.unlock();
                    }
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    lock.lock();
                    try {
                      if (!ready) {
                        boolean unused = becameReady.await(100, TimeUnit.MILLISECONDS);
                      }
                      ready = false;
                    } finally {
                      lock.unlock();
                    }
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
                  private final Condition becameReady = lock.newCondition();
                  private boolean ready = true;

                  private void leave() {
                    lock.lock();
                    try {
                      ready = true;
                      becameReady.signalAll();
                    } finally {
                      lock.unlock();
                    }
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    lock.lock();
                    try {
                      while (!ready) {
                        boolean unused = becameReady.await(100, TimeUnit.MILLISECONDS);
                      }
                      ready = false;
                    } finally {
                      lock.unlock();
                    }
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

  /** The same, and the time that is left is kept. */
  public static final class AwaitOfNanos {
    private AwaitOfNanos() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();
                  private final Condition becameReady = lock.newCondition();
                  private boolean ready = true;

                  private void leave() {
                    lock.lock();
                    try {
                      ready = true;
                      becameReady.signalAll();
                    } finally {
                      lock.unlock();
                    }
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    lock.lock();
                    try {
                      long nanos = 100_000_000;
                      while (!ready && nanos > 0) {
                        nanos = becameReady.awaitNanos(nanos);
                      }
                      ready = false;
                    } finally {
                      lock.unlock();
                    }
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
                  private final Condition becameReady = lock.newCondition();
                  private boolean ready = true;

                  private void leave() {
                    lock.lock();
                    try {
                      ready = true;
                      becameReady.signalAll();
                    } finally {
                      lock.unlock();
                    }
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    lock.lock();
                    try {
                      long nanos = 100_000_000;
                      while (!ready) {
                        if (nanos <= 0) {
                          return Answer.refused(0);
                        }
                        nanos = becameReady.awaitNanos(nanos);
                      }
                      ready = false;
                    } finally {
                      lock.unlock();
                    }
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

  /** A client takes the monitor that a vector takes itself. */
  public static final class MonitorOfAVector {
    private MonitorOfAVector() {}

    private abstract static class OfAVector implements Inventory {
      final Vector<Integer> shelf = new Vector<>();

      OfAVector(int stock) {
        shelf.add(stock);
      }

      /** The shelf is empty for a while. */
      final Answer take(int units, Pause pause) throws InterruptedException {
        int seen = shelf.remove(0);
        pause.pause();
        boolean enough = seen >= units;
        shelf.add(enough ? seen - units : seen);
        return enough ? new Answer(units, seen - units) : Answer.refused(seen);
      }

      @Override
      public final int stock() {
        return shelf.stream().mapToInt(Integer::intValue).sum();
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new OfAVector(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (shelf.lastElement() < units) {
                      return Answer.refused(0);
                    }
                    synchronized (this) {
                      return take(units, pause);
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
                new OfAVector(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (shelf.lastElement() < units) {
                      return Answer.refused(0);
                    }
                    synchronized (shelf) {
                      return take(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** A client takes the monitor that a hash table takes itself. */
  public static final class MonitorOfAHashtable {
    private MonitorOfAHashtable() {}

    private abstract static class OfATable implements Inventory {
      final Hashtable<String, Integer> shelf = new Hashtable<>();

      OfATable(int stock) {
        shelf.put("book", stock);
      }

      /** The shelf is empty for a while. */
      final Answer take(int units, Pause pause) throws InterruptedException {
        int seen = shelf.remove("book");
        pause.pause();
        boolean enough = seen >= units;
        shelf.put("book", enough ? seen - units : seen);
        return enough ? new Answer(units, seen - units) : Answer.refused(seen);
      }

      @Override
      public final int stock() {
        return shelf.getOrDefault("book", 0);
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new OfATable(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (shelf.get("book") < units) {
                      return Answer.refused(0);
                    }
                    synchronized (this) {
                      return take(units, pause);
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
                new OfATable(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (shelf.get("book") < units) {
                      return Answer.refused(0);
                    }
                    synchronized (shelf) {
                      return take(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** A client takes the monitor that a string buffer takes itself. */
  public static final class MonitorOfAStringBuffer {
    private MonitorOfAStringBuffer() {}

    private abstract static class OfABuffer implements Inventory {
      final StringBuffer shelf = new StringBuffer();

      OfABuffer(int stock) {
        shelf.append(stock);
      }

      /** The shelf is empty for a while. */
      final Answer take(int units, Pause pause) throws InterruptedException {
        int seen = Integer.parseInt(shelf.toString());
        shelf.setLength(0);
        pause.pause();
        boolean enough = seen >= units;
        shelf.append(enough ? seen - units : seen);
        return enough ? new Answer(units, seen - units) : Answer.refused(seen);
      }

      @Override
      public final int stock() {
        return shelf.isEmpty() ? 0 : Integer.parseInt(shelf.toString());
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new OfABuffer(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (Character.digit(shelf.charAt(0), 10) < units) {
                      return Answer.refused(0);
                    }
                    synchronized (this) {
                      return take(units, pause);
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
                new OfABuffer(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (Character.digit(shelf.charAt(0), 10) < units) {
                      return Answer.refused(0);
                    }
                    synchronized (shelf) {
                      return take(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** A client takes the monitor that a synchronized list takes itself. */
  public static final class MonitorOfASynchronizedList {
    private MonitorOfASynchronizedList() {}

    private abstract static class OfAList implements Inventory {
      final List<Integer> shelf = Collections.synchronizedList(new ArrayList<>());

      OfAList(int stock) {
        shelf.add(stock);
      }

      /** The shelf is empty for a while. */
      final Answer take(int units, Pause pause) throws InterruptedException {
        int seen = shelf.remove(0);
        pause.pause();
        boolean enough = seen >= units;
        shelf.add(enough ? seen - units : seen);
        return enough ? new Answer(units, seen - units) : Answer.refused(seen);
      }

      @Override
      public final int stock() {
        return shelf.stream().mapToInt(Integer::intValue).sum();
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new OfAList(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (shelf.get(0) < units) {
                      return Answer.refused(0);
                    }
                    synchronized (this) {
                      return take(units, pause);
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
                new OfAList(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (shelf.get(0) < units) {
                      return Answer.refused(0);
                    }
                    synchronized (shelf) {
                      return take(units, pause);
                    }
                  }
                });
      }
    }
  }

  /**
   * An iteration over the keys of a synchronized map takes the monitor of the map, not of the set
   * of keys.
   */
  public static final class MonitorOfASynchronizedMap {
    private MonitorOfASynchronizedMap() {}

    private abstract static class OfAMap implements Inventory {
      final Map<Integer, String> shelf = Collections.synchronizedMap(new HashMap<>());

      OfAMap(int stock) {
        for (int i = 0; i < stock; i++) {
          shelf.put(i, "unit");
        }
      }

      /** Iterates over the keys, which only the monitor of the map guards. */
      final Answer take(int units) {
        int left = 0;
        for (Integer unused : shelf.keySet()) {
          left++;
        }
        if (left < units) {
          return Answer.refused(left);
        }
        for (int i = 0; i < units; i++) {
          shelf.remove(left - 1 - i);
        }
        return new Answer(units, left - units);
      }

      @Override
      public final int stock() {
        return shelf.size();
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new OfAMap(stock) {
                  private final AtomicInteger turns = new AtomicInteger();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (turns.getAndIncrement() == 0) {
                      synchronized (shelf) {
                        return take(units);
                      }
                    }
                    synchronized (shelf.keySet()) {
                      return take(units);
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
                new OfAMap(stock) {
                  private final AtomicInteger turns = new AtomicInteger();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    turns.getAndIncrement();
                    synchronized (shelf) {
                      return take(units);
                    }
                  }
                });
      }
    }
  }

  /** An executor of virtual threads is a constant. */
  public static final class StaticExecutor {
    private StaticExecutor() {}

    private static final ExecutorService EXECUTOR = Executors.newVirtualThreadPerTaskExecutor();

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return get(EXECUTOR.submit(() -> sell(units, pause)));
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
                    return get(
                        EXECUTOR.submit(
                            () -> {
                              synchronized (this) {
                                return sell(units, pause);
                              }
                            }));
                  }
                });
      }
    }
  }

  /** A thread that polls for a lock owns the monitor that the owner of the lock waits for. */
  public static final class PollerWhileTheHolderWaits {
    private PollerWhileTheHolderWaits() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final AtomicInteger turns = new AtomicInteger();
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (turns.getAndIncrement() == 0) {
                      lock.lock();
                      try {
                        synchronized (this) {
                          return sell(units, pause);
                        }
                      } finally {
                        lock.unlock();
                      }
                    }
                    synchronized (this) {
                      while (!lock.tryLock()) {
                        Thread.onSpinWait();
                      }
                      try {
                        return sell(units, pause);
                      } finally {
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
                  private final AtomicInteger turns = new AtomicInteger();
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (turns.getAndIncrement() == 0) {
                      lock.lock();
                      try {
                        synchronized (this) {
                          return sell(units, pause);
                        }
                      } finally {
                        lock.unlock();
                      }
                    }
                    while (true) {
                      synchronized (this) {
                        if (lock.tryLock()) {
                          try {
                            return sell(units, pause);
                          } finally {
                            lock.unlock();
                          }
                        }
                      }
                      Thread.onSpinWait();
                    }
                  }
                });
      }
    }
  }

  /**
   * A thread that does not get the lock at once gives up, while the owner of the lock waits for the
   * monitor.
   */
  public static final class TriesAndGivesUp {
    private TriesAndGivesUp() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      if (!lock.tryLock()) {
                        return sell(units, pause);
                      }
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

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final ReentrantLock lock = new ReentrantLock();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      if (!lock.tryLock()) {
                        return Answer.refused(0);
                      }
                    }
                    try {
                      synchronized (this) {
                        return sell(units, pause);
                      }
                    } finally {
                      lock.unlock();
                    }
                  }
                });
      }
    }
  }

  /** A purchase starts seventy virtual threads. */
  public static final class SeventyThreads {
    private SeventyThreads() {}

    private static void startAll() throws InterruptedException {
      int[] done = new int[70];
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < done.length; i++) {
        int number = i;
        threads.add(Thread.startVirtualThread(() -> done[number] = 1));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    startAll();
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

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    startAll();
                    synchronized (this) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** A flag is polled, with a sleep in between. */
  public static final class SleepsUntilReady {
    private SleepsUntilReady() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final AtomicInteger turns = new AtomicInteger();
                  private volatile boolean done;

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (turns.getAndIncrement() > 0 && !done) {
                      Thread.sleep(10);
                    }
                    Answer answer = sell(units, pause);
                    done = true;
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
                  private final AtomicInteger turns = new AtomicInteger();
                  private volatile boolean done;

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (turns.getAndIncrement() > 0) {
                      while (!done) {
                        Thread.sleep(10);
                      }
                    }
                    Answer answer = sell(units, pause);
                    done = true;
                    return answer;
                  }
                });
      }
    }
  }
}
