package oversell.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** Common code with java.util.concurrent: each broken and correct. */
public final class CommonCode {
  private CommonCode() {}

  private static Answer get(Future<Answer> sale) throws InterruptedException {
    try {
      return sale.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void pause(Pause pause) {
    try {
      pause.pause();
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The stock is a value of a concurrent map. */
  private abstract static class OfAMap implements Inventory {
    final ConcurrentHashMap<String, Integer> shelf = new ConcurrentHashMap<>();

    OfAMap(int stock) {
      shelf.put("book", stock);
    }

    @Override
    public final int stock() {
      return shelf.get("book");
    }
  }

  /** A lambda that a map calls checks and acts, or only acts. */
  public static final class ComputeOfAMap {
    private ComputeOfAMap() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new OfAMap(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (shelf.get("book") < units) {
                      return Answer.refused(0);
                    }
                    int left = shelf.compute("book", (any, now) -> now - units);
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
                new OfAMap(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int[] sold = new int[1];
                    int left =
                        shelf.compute(
                            "book",
                            (any, now) -> {
                              sold[0] = now < units ? 0 : units;
                              return now - sold[0];
                            });
                    return new Answer(sold[0], left);
                  }
                });
      }
    }
  }

  /** A lambda that a map calls pauses, while the map keeps others out. */
  public static final class PauseInALambda {
    private PauseInALambda() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new OfAMap(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int seen = shelf.get("book");
                    if (seen < units) {
                      return Answer.refused(seen);
                    }
                    pause.pause();
                    shelf.put("book", seen - units);
                    return new Answer(units, seen - units);
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

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int[] sold = new int[1];
                    int left =
                        shelf.compute(
                            "book",
                            (any, now) -> {
                              if (now < units) {
                                return now;
                              }
                              pause(pause);
                              sold[0] = units;
                              return now - units;
                            });
                    return new Answer(sold[0], left);
                  }
                });
      }
    }
  }

  /** A lambda that a map calls checks a field and writes it, or only writes it. */
  public static final class FieldInALambda {
    private FieldInALambda() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final Map<String, Integer> turns = new ConcurrentHashMap<>();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (stock < units) {
                      return Answer.refused(stock);
                    }
                    Answer[] answer = new Answer[1];
                    turns.compute(
                        "book",
                        (any, count) -> {
                          answer[0] = act(units);
                          return count == null ? 1 : count + 1;
                        });
                    return answer[0];
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
                  private final Map<String, Integer> turns = new ConcurrentHashMap<>();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = new Answer[1];
                    turns.compute(
                        "book",
                        (any, count) -> {
                          answer[0] = stock < units ? Answer.refused(stock) : act(units);
                          return count == null ? 1 : count + 1;
                        });
                    return answer[0];
                  }
                });
      }
    }
  }

  /**
   * A map merges the units that are taken; a buyer that took too many gives them back, or does not
   * check.
   */
  public static final class MergeInAMap {
    private MergeInAMap() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new OfAMap(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (shelf.get("book") < units) {
                      return Answer.refused(0);
                    }
                    int left = shelf.merge("book", -units, Integer::sum);
                    return new Answer(units, Math.max(0, left));
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

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int left = shelf.merge("book", -units, Integer::sum);
                    if (left < 0) {
                      shelf.merge("book", units, Integer::sum);
                      return Answer.refused(0);
                    }
                    return new Answer(units, left);
                  }
                });
      }
    }
  }

  /**
   * A map computes the value of a key if it is present; a buyer that finds it absent has the rest
   * to itself, or not.
   */
  public static final class ComputeIfPresent {
    private ComputeIfPresent() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new OfAMap(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int seen = shelf.getOrDefault("book", 0);
                    if (seen < units) {
                      return Answer.refused(seen);
                    }
                    shelf.computeIfPresent("book", (any, now) -> seen - units);
                    return new Answer(units, seen - units);
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

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    boolean[] sold = new boolean[1];
                    Integer left =
                        shelf.computeIfPresent(
                            "book",
                            (any, now) -> {
                              sold[0] = now >= units;
                              return sold[0] ? now - units : now;
                            });
                    return new Answer(sold[0] ? units : 0, left);
                  }
                });
      }
    }
  }

  /** A value is replaced if it is still the one that was read, or in any case. */
  public static final class ReplaceInAMap {
    private ReplaceInAMap() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new OfAMap(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int seen = shelf.get("book");
                    if (seen < units) {
                      return Answer.refused(seen);
                    }
                    shelf.replace("book", seen - units);
                    return new Answer(units, seen - units);
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

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    while (true) {
                      int seen = shelf.get("book");
                      if (seen < units) {
                        return Answer.refused(seen);
                      }
                      if (shelf.replace("book", seen, seen - units)) {
                        return new Answer(units, seen - units);
                      }
                    }
                  }
                });
      }
    }
  }

  /**
   * A map creates a lock for each article in one call, or after it was asked whether it has one.
   */
  public static final class LockOfEachArticle {
    private LockOfEachArticle() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final Map<String, Object> locks = new ConcurrentHashMap<>();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Object lock = locks.get("book");
                    if (lock == null) {
                      lock = new Object();
                      locks.put("book", lock);
                    }
                    synchronized (lock) {
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
                  private final Map<String, Object> locks = new ConcurrentHashMap<>();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Object lock = locks.computeIfAbsent("book", any -> new Object());
                    synchronized (lock) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** A buyer puts a lock into a map and uses the lock that was there before, or its own. */
  public static final class PutIfAbsent {
    private PutIfAbsent() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final Map<String, Object> locks = new ConcurrentHashMap<>();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Object lock = new Object();
                    locks.putIfAbsent("book", lock);
                    synchronized (lock) {
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
                  private final Map<String, Object> locks = new ConcurrentHashMap<>();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Object mine = new Object();
                    Object former = locks.putIfAbsent("book", mine);
                    synchronized (former == null ? mine : former) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** One buyer can be the first in a list, or both. */
  public static final class AddIfAbsent {
    private AddIfAbsent() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final CopyOnWriteArrayList<String> first = new CopyOnWriteArrayList<>();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (first.contains("sold")) {
                      return Answer.refused(0);
                    }
                    first.add("sold");
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
                  private final CopyOnWriteArrayList<String> first = new CopyOnWriteArrayList<>();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return first.addIfAbsent("sold") ? sell(units, pause) : Answer.refused(0);
                  }
                });
      }
    }
  }

  /** A purchase has a task of an executor sell. */
  public static final class ExecutorInAPurchase {
    private ExecutorInAPurchase() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                      return get(executor.submit(() -> sell(units, pause)));
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
                    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                      return get(
                          executor.submit(
                              () -> {
                                synchronized (this) {
                                  return sell(units, pause);
                                }
                              }));
                    }
                  }
                });
      }
    }
  }

  /** A purchase invokes two tasks, each of which takes some of the units. */
  public static final class InvokeAll {
    private InvokeAll() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final Object shelf = new Object();

                  private int take(int some) {
                    int left = stock - some;
                    stock = left;
                    return left;
                  }

                  private int takeGuarded(int some) {
                    synchronized (shelf) {
                      return take(some);
                    }
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      if (stock < units) {
                        return Answer.refused(stock);
                      }
                      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                        executor.invokeAll(List.of(() -> take(1), () -> take(units - 1)));
                      }
                      return new Answer(units, stock);
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
                  private final Object shelf = new Object();

                  private int take(int some) {
                    int left = stock - some;
                    stock = left;
                    return left;
                  }

                  private int takeGuarded(int some) {
                    synchronized (shelf) {
                      return take(some);
                    }
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      if (stock < units) {
                        return Answer.refused(stock);
                      }
                      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                        executor.invokeAll(
                            List.of(() -> takeGuarded(1), () -> takeGuarded(units - 1)));
                      }
                      return new Answer(units, stock);
                    }
                  }
                });
      }
    }
  }

  /** A purchase waits for the tasks of an executor by closing it. */
  public static final class ClosedExecutor {
    private ClosedExecutor() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = new Answer[1];
                    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                      executor.submit(() -> answer[0] = sell(units, pause));
                    }
                    return answer[0];
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
                    Answer[] answer = new Answer[1];
                    synchronized (this) {
                      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                        executor.submit(() -> answer[0] = sell(units, pause));
                      }
                    }
                    return answer[0];
                  }
                });
      }
    }
  }

  /** A future is supplied by an executor of virtual threads. */
  public static final class SupplyAsyncByAnExecutor {
    private SupplyAsyncByAnExecutor() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private Answer saleOf(int units) {
                    return stock < units ? Answer.refused(stock) : act(units);
                  }

                  private synchronized Answer guardedSaleOf(int units) {
                    return saleOf(units);
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                      return CompletableFuture.supplyAsync(() -> saleOf(units), executor).join();
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
                  private Answer saleOf(int units) {
                    return stock < units ? Answer.refused(stock) : act(units);
                  }

                  private synchronized Answer guardedSaleOf(int units) {
                    return saleOf(units);
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                      return CompletableFuture.supplyAsync(() -> guardedSaleOf(units), executor)
                          .join();
                    }
                  }
                });
      }
    }
  }

  /** An executor is shut down, and its end is waited for. */
  public static final class ShutdownAndAwait {
    private ShutdownAndAwait() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = new Answer[1];
                    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                    executor.submit(() -> answer[0] = sell(units, pause));
                    executor.shutdown();
                    boolean unused = executor.awaitTermination(1, TimeUnit.DAYS);
                    return answer[0];
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
                    Answer[] answer = new Answer[1];
                    synchronized (this) {
                      ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                      executor.submit(() -> answer[0] = sell(units, pause));
                      executor.shutdown();
                      boolean unused = executor.awaitTermination(1, TimeUnit.DAYS);
                    }
                    return answer[0];
                  }
                });
      }
    }
  }

  /** The dependent stage of a future is run by the thread that completes it. */
  public static final class CompletedFuture {
    private CompletedFuture() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return CompletableFuture.completedFuture(units)
                        .thenApply(wanted -> stock < wanted ? Answer.refused(stock) : act(wanted))
                        .join();
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
                      return CompletableFuture.completedFuture(units)
                          .thenApply(wanted -> stock < wanted ? Answer.refused(stock) : act(wanted))
                          .join();
                    }
                  }
                });
      }
    }
  }

  /** A permit is a unit: all are taken at once, or it is asked first whether they are there. */
  public static final class SemaphoreOfUnits {
    private SemaphoreOfUnits() {}

    private abstract static class OfPermits implements Inventory {
      final Semaphore shelf;

      OfPermits(int stock) {
        shelf = new Semaphore(stock);
      }

      @Override
      public final int stock() {
        return shelf.availablePermits();
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new OfPermits(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (shelf.availablePermits() < units) {
                      return Answer.refused(0);
                    }
                    shelf.acquire(units);
                    return new Answer(units, shelf.availablePermits());
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new OfPermits(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return shelf.tryAcquire(units)
                        ? new Answer(units, shelf.availablePermits())
                        : Answer.refused(0);
                  }
                });
      }
    }
  }

  /** A semaphore with one permit is a lock; with two permits it is none. */
  public static final class SemaphoreAsALock {
    private SemaphoreAsALock() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final Semaphore gate = new Semaphore(2);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    gate.acquire();
                    try {
                      return sell(units, pause);
                    } finally {
                      gate.release();
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
                  private final Semaphore gate = new Semaphore(1);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    gate.acquire();
                    try {
                      return sell(units, pause);
                    } finally {
                      gate.release();
                    }
                  }
                });
      }
    }
  }

  /** Both buyers wait at a latch until both have arrived. */
  public static final class LatchThatOpens {
    private LatchThatOpens() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final CountDownLatch both = new CountDownLatch(2);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    both.countDown();
                    both.await();
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
                  private final CountDownLatch both = new CountDownLatch(2);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    both.countDown();
                    both.await();
                    synchronized (this) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** A latch waits for two buyers, or for three, although there are two. */
  public static final class LatchOfOneTooMany {
    private LatchOfOneTooMany() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final CountDownLatch all = new CountDownLatch(3);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    all.countDown();
                    all.await();
                    synchronized (this) {
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
                  private final CountDownLatch all = new CountDownLatch(2);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    all.countDown();
                    all.await();
                    synchronized (this) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** The second buyer waits until the first has ended, or has begun. */
  public static final class LatchOfTheFirst {
    private LatchOfTheFirst() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final AtomicInteger turns = new AtomicInteger();
                  private final CountDownLatch first = new CountDownLatch(1);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (turns.getAndIncrement() > 0) {
                      first.await();
                      return sell(units, pause);
                    }
                    first.countDown();
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
                  private final AtomicInteger turns = new AtomicInteger();
                  private final CountDownLatch first = new CountDownLatch(1);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (turns.getAndIncrement() > 0) {
                      first.await();
                      return sell(units, pause);
                    }
                    Answer answer = sell(units, pause);
                    first.countDown();
                    return answer;
                  }
                });
      }
    }
  }

  /**
   * A phase ends when both have arrived; the second buyer sells in the next phase, or in the same
   * one.
   */
  public static final class PhaserOfTwo {
    private PhaserOfTwo() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final AtomicInteger turns = new AtomicInteger();
                  private final Phaser phaser = new Phaser(2);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int turn = turns.getAndIncrement();
                    phaser.arriveAndAwaitAdvance();
                    return turn >= 0 ? sell(units, pause) : Answer.refused(0);
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
                  private final Phaser phaser = new Phaser(2);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int turn = turns.getAndIncrement();
                    if (turn > 0) {
                      phaser.arriveAndAwaitAdvance();
                    }
                    Answer answer = sell(units, pause);
                    if (turn == 0) {
                      phaser.arriveAndAwaitAdvance();
                    }
                    return answer;
                  }
                });
      }
    }
  }

  /** The first buyer sells before the barrier and the second after it, or both after it. */
  public static final class BarrierOfTwo {
    private BarrierOfTwo() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final AtomicInteger turns = new AtomicInteger();
                  private final CyclicBarrier barrier = new CyclicBarrier(2);

                  private void meet() throws InterruptedException {
                    try {
                      barrier.await();
                    } catch (BrokenBarrierException broken) {
                      throw new IllegalStateException(broken);
                    }
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    meet();
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
                  private final AtomicInteger turns = new AtomicInteger();
                  private final CyclicBarrier barrier = new CyclicBarrier(2);

                  private void meet() throws InterruptedException {
                    try {
                      barrier.await();
                    } catch (BrokenBarrierException broken) {
                      throw new IllegalStateException(broken);
                    }
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    boolean isFirst = turns.getAndIncrement() == 0;
                    if (isFirst) {
                      Answer answer = sell(units, pause);
                      meet();
                      return answer;
                    }
                    meet();
                    return sell(units, pause);
                  }
                });
      }
    }
  }

  /** Buyers exchange tickets, and the lower one buys; tickets are unique, or not. */
  public static final class ExchangedTickets {
    private ExchangedTickets() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final AtomicInteger tickets = new AtomicInteger();
                  private final Exchanger<Integer> exchanger = new Exchanger<>();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int mine = tickets.get();
                    tickets.set(mine + 1);
                    int other = exchanger.exchange(mine);
                    return mine <= other ? act(units) : Answer.refused(0);
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
                  private final AtomicInteger tickets = new AtomicInteger();
                  private final Exchanger<Integer> exchanger = new Exchanger<>();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int mine = tickets.getAndIncrement();
                    int other = exchanger.exchange(mine);
                    return mine <= other ? act(units) : Answer.refused(0);
                  }
                });
      }
    }
  }

  /** The buyer that takes the token from a queue sells, or any that sees it there. */
  public static final class TokenInAQueue {
    private TokenInAQueue() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final BlockingQueue<Object> tokens =
                      new ArrayBlockingQueue<>(1, false, List.of(new Object()));

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Object token = tokens.peek();
                    return token == null ? Answer.refused(0) : sell(units, pause);
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
                  private final BlockingQueue<Object> tokens =
                      new ArrayBlockingQueue<>(1, false, List.of(new Object()));

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Object token = tokens.take();
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

  /**
   * Each unit is in a queue: a buyer that does not get enough puts them back, or does not check.
   */
  public static final class UnitsInAQueue {
    private UnitsInAQueue() {}

    private abstract static class OfUnits implements Inventory {
      final BlockingQueue<Integer> shelf = new LinkedBlockingQueue<>();

      OfUnits(int stock) {
        for (int i = 0; i < stock; i++) {
          shelf.add(i);
        }
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
                new OfUnits(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (shelf.size() < units) {
                      return Answer.refused(0);
                    }
                    for (int i = 0; i < units; i++) {
                      shelf.poll();
                    }
                    return new Answer(units, 0);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new OfUnits(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    List<Integer> taken = new ArrayList<>();
                    shelf.drainTo(taken, units);
                    if (taken.size() < units) {
                      shelf.addAll(taken);
                      return Answer.refused(0);
                    }
                    return new Answer(units, 0);
                  }
                });
      }
    }
  }

  /**
   * A put into a full queue waits until an element is taken; here no thread takes any, or each
   * does.
   */
  public static final class QueueOfTwo {
    private QueueOfTwo() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    queue.put(units);
                    synchronized (this) {
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
                  private final BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    queue.put(units);
                    try {
                      return sell(units, pause);
                    } finally {
                      queue.take();
                    }
                  }
                });
      }
    }
  }

  /** A buyer hands its order to a thread that it starts, and waits for the answer. */
  public static final class HandOver {
    private HandOver() {}

    private static void put(BlockingQueue<Answer> answers, Answer answer) {
      try {
        answers.put(answer);
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
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
                    SynchronousQueue<Answer> answers = new SynchronousQueue<>();
                    Thread.startVirtualThread(
                        () -> put(answers, stock < units ? Answer.refused(stock) : act(units)));
                    return answers.take();
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
                    SynchronousQueue<Answer> answers = new SynchronousQueue<>();
                    synchronized (this) {
                      Thread.startVirtualThread(
                          () -> put(answers, stock < units ? Answer.refused(stock) : act(units)));
                      return answers.take();
                    }
                  }
                });
      }
    }
  }

  /** Sales are counted in a map of atomics, which is read in a step before, or in the same call. */
  public static final class IncrementInAMap {
    private IncrementInAMap() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final Map<String, AtomicInteger> sales = new ConcurrentHashMap<>();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    AtomicInteger sold = sales.computeIfAbsent("book", any -> new AtomicInteger());
                    if (sold.get() + units > stock) {
                      return Answer.refused(0);
                    }
                    int all = sold.addAndGet(units);
                    return new Answer(units, Math.max(0, stock - all));
                  }

                  @Override
                  public int stock() {
                    return stock - (sales.containsKey("book") ? sales.get("book").get() : 0);
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
                  private final Map<String, AtomicInteger> sales = new ConcurrentHashMap<>();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    AtomicInteger sold = sales.computeIfAbsent("book", any -> new AtomicInteger());
                    int former = sold.getAndUpdate(now -> now + units > stock ? now : now + units);
                    return former + units > stock
                        ? Answer.refused(0)
                        : new Answer(units, stock - former - units);
                  }

                  @Override
                  public int stock() {
                    return stock - (sales.containsKey("book") ? sales.get("book").get() : 0);
                  }
                });
      }
    }
  }
}
