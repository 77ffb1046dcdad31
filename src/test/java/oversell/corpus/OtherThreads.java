package oversell.corpus;

import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** What is left is written by a thread that a buyer does not start by itself. */
public final class OtherThreads {
  private OtherThreads() {}

  /** The common pool writes. */
  public static final class RunAsync {
    private RunAsync() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(
          () -> shelf[0], left -> CompletableFuture.runAsync(() -> shelf[0] = left).join());
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The common pool writes what comes after. */
  public static final class ThenRunAsync {
    private ThenRunAsync() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(
          () -> shelf[0],
          left ->
              CompletableFuture.completedFuture(left)
                  .thenAcceptAsync(units -> shelf[0] = units)
                  .join());
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The common pool writes, asked for by name. */
  public static final class CommonPool {
    private CommonPool() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(
          () -> shelf[0], left -> ForkJoinPool.commonPool().submit(() -> shelf[0] = left).join());
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A pool writes after a time. */
  public static final class DelayedExecutor {
    private DelayedExecutor() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(
          () -> shelf[0],
          left ->
              CompletableFuture.runAsync(
                      () -> shelf[0] = left,
                      CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS))
                  .join());
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A timer completes a future, whose dependent stage writes. */
  public static final class CompletedOnTimeout {
    private CompletedOnTimeout() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(
          () -> shelf[0],
          left ->
              new CompletableFuture<Integer>()
                  .completeOnTimeout(left, 1, TimeUnit.MILLISECONDS)
                  .thenAccept(units -> shelf[0] = units)
                  .join());
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A task that forks writes. */
  public static final class RecursiveActions {
    private RecursiveActions() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(
          () -> shelf[0],
          left -> {
            new RecursiveAction() {
              private static final long serialVersionUID = 1L;

              @Override
              protected void compute() {
                shelf[0] = left;
              }
            }.fork().join();
          });
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A timer's thread writes. */
  public static final class TaskOfATimer {
    private TaskOfATimer() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(
          () -> shelf[0],
          left -> {
            CompletableFuture<Void> done = new CompletableFuture<>();
            Timer timer = new Timer(true);
            timer.schedule(
                new TimerTask() {
                  @Override
                  public void run() {
                    shelf[0] = left;
                    done.complete(null);
                  }
                },
                0);
            done.join();
            timer.cancel();
          });
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The threads of a parallel stream write. */
  public static final class ParallelStream {
    private ParallelStream() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(
          () -> shelf[0],
          left -> List.of(left, left).parallelStream().forEach(units -> shelf[0] = units));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A stream is made parallel. */
  public static final class StreamMadeParallel {
    private StreamMadeParallel() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(
          () -> shelf[0], left -> IntStream.range(0, 2).parallel().forEach(any -> shelf[0] = left));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A parallel stream that no method calls so. */
  public static final class ParallelBySupport {
    private ParallelBySupport() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(
          () -> shelf[0],
          left ->
              StreamSupport.stream(List.of(left, left).spliterator(), true)
                  .forEach(units -> shelf[0] = units));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** An array is set in parallel. */
  public static final class ParallelSetAll {
    private ParallelSetAll() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(() -> shelf[0], left -> Arrays.parallelSetAll(shelf, any -> left));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The entries of a map are gone through in parallel. */
  public static final class ParallelMap {
    private ParallelMap() {}

    private static final ConcurrentHashMap<Integer, Integer> GOODS = new ConcurrentHashMap<>();

    static {
      for (int i = 0; i < 64; i++) {
        GOODS.put(i, i);
      }
    }

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(() -> shelf[0], left -> GOODS.forEach(1, (any, one) -> shelf[0] = left));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The thread of a publisher writes. */
  public static final class Publisher {
    private Publisher() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(
          () -> shelf[0],
          left -> {
            CompletableFuture<Void> done;
            try (SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>()) {
              done = publisher.consume(units -> shelf[0] = units);
              publisher.submit(left);
            }
            done.join();
          });
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A cleaner's thread writes once an object is gone. */
  public static final class CleanerThread {
    private CleanerThread() {}

    private static final int MOST_COLLECTIONS = 50;
    private static final Cleaner CLEANER = Cleaner.create();

    private static Cleaner.Cleanable register(Runnable action) {
      return CLEANER.register(new Object(), action);
    }

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(
          () -> shelf[0],
          left -> {
            CountDownLatch done = new CountDownLatch(1);
            Cleaner.Cleanable unused =
                register(
                    () -> {
                      shelf[0] = left;
                      done.countDown();
                    });
            for (int i = 0; done.getCount() > 0; i++) {
              if (i == MOST_COLLECTIONS) {
                throw new IllegalStateException("never cleaned");
              }
              System.gc();
            }
          });
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A platform thread writes. */
  public static final class PlatformThread {
    private PlatformThread() {}

    private static void join(Thread thread) {
      try {
        thread.join();
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(
          () -> shelf[0], left -> join(Thread.ofPlatform().daemon().start(() -> shelf[0] = left)));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A thread of a subclass of Thread writes. */
  public static final class SubclassOfThread {
    private SubclassOfThread() {}

    private static final class Clerk extends Thread {
      private final int[] shelf;
      private final int left;

      Clerk(int[] shelf, int left) {
        this.shelf = shelf;
        this.left = left;
      }

      @Override
      public void run() {
        shelf[0] = left;
      }

      void work() {
        start();
        try {
          join();
        } catch (InterruptedException impossible) {
          throw new IllegalStateException(impossible);
        }
      }
    }

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(() -> shelf[0], left -> new Clerk(shelf, left).work());
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A thread of a pool writes that was there before. */
  public static final class StaticPool {
    private StaticPool() {}

    private static final ExecutorService POOL =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(
          () -> shelf[0], left -> CompletableFuture.runAsync(() -> shelf[0] = left, POOL).join());
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A scheduler writes that was there before. */
  public static final class StaticScheduler {
    private StaticScheduler() {}

    private static final ScheduledExecutorService POOL =
        Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());

    private static void await(CountDownLatch done) {
      try {
        done.await();
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(
          () -> shelf[0],
          left -> {
            CountDownLatch done = new CountDownLatch(1);
            POOL.execute(
                () -> {
                  shelf[0] = left;
                  done.countDown();
                });
            await(done);
          });
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A thread that was there before takes what it finds in a queue. */
  public static final class ExchangeWithAThread {
    private ExchangeWithAThread() {}

    private record Order(int[] shelf, int left, CountDownLatch done) {}

    private static final BlockingQueue<Order> ORDERS = new LinkedBlockingQueue<>();

    static {
      Thread.ofPlatform().daemon().start(OrderClerk::work);
    }

    private static final class OrderClerk {
      private OrderClerk() {}

      static void work() {
        try {
          while (true) {
            Order order = ORDERS.take();
            order.shelf()[0] = order.left();
            order.done().countDown();
          }
        } catch (InterruptedException end) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private static void await(CountDownLatch done) {
      try {
        done.await();
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(
          () -> shelf[0],
          left -> {
            CountDownLatch done = new CountDownLatch(1);
            ORDERS.add(new Order(shelf, left, done));
            await(done);
          });
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }
}
