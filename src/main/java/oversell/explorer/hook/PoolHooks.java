package oversell.explorer.hook;

import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes call to make pools and to hand tasks to them. The pools are the JDK's: only
 * their threads are stand-ins, and a queue in which threads wait for a limited time is the
 * explorer's.
 */
public final class PoolHooks {
  private static final long KEEP_ALIVE_SECONDS = 60;
  static final String DELAY_SCHEDULER = "java.util.concurrent.DelayScheduler";
  private static final String DELAYS =
      Originals.named(DELAY_SCHEDULER).isPresent()
          ? "ForkJoinPool.commonPool-delayScheduler"
          : "CompletableFutureDelayScheduler";
  private static final boolean HAVE_A_POOL =
      new CompletableFuture<>().defaultExecutor() instanceof ForkJoinPool;

  private PoolHooks() {}

  /**
   * The queue with which a pool is made: one in which the explorer has its threads wait, unless it
   * is of a class under test that waits in its own way.
   */
  public static @Nullable BlockingQueue<Runnable> queue(@Nullable BlockingQueue<Runnable> queue) {
    if (queue == null) {
      return null;
    }
    return waitsInItsOwnWay(queue)
        ? Hooks.controller.ownQueue(queue)
        : Hooks.controller.queue(queue, queue instanceof SynchronousQueue);
  }

  private static boolean waitsInItsOwnWay(BlockingQueue<Runnable> queue) {
    return Overrides.has(queue, "take")
        || Overrides.has(queue, "poll")
        || Overrides.has(queue, "poll", long.class, TimeUnit.class)
        || Overrides.has(queue, "isEmpty");
  }

  /** The same of a queue that others may have, and ask for its tasks. */
  public static @Nullable BlockingQueue<Runnable> sharedQueue(
      @Nullable BlockingQueue<Runnable> queue) {
    Hooks.controller.shareTasks();
    return queue(queue);
  }

  /** The queue that a pool was given by whoever made it. */
  public static BlockingQueue<Runnable> getQueue(Object pool, int site) {
    ThreadPoolExecutor asked = (ThreadPoolExecutor) Objects.requireNonNull(pool);
    Hooks.controller.askForTasks(site);
    Hooks.controller.left();
    return Hooks.controller.tasksOf(asked.getQueue());
  }

  /** A pool has just been made, by a constructor of the JDK, and has no thread yet. */
  public static void made(ThreadPoolExecutor pool) {
    BlockingQueue<Runnable> queue = Hooks.controller.tasksOf(pool.getQueue());
    pool.setThreadFactory(Hooks.controller.factory(ownFactory(pool.getThreadFactory()), pool));
    pool.setRejectedExecutionHandler(ours(pool.getRejectedExecutionHandler()));
    Hooks.controller.madePool(pool, queue);
  }

  private static RejectedExecutionHandler ours(RejectedExecutionHandler handler) {
    return handler.getClass() == ThreadPoolExecutor.AbortPolicy.class ? new Refusal() : handler;
  }

  public static void setRejectedExecutionHandler(
      Object pool, RejectedExecutionHandler handler, int site) {
    ThreadPoolExecutor set = (ThreadPoolExecutor) Objects.requireNonNull(pool);
    Hooks.controller.touchAnything(site);
    try {
      set.setRejectedExecutionHandler(ours(Objects.requireNonNull(handler)));
    } finally {
      Hooks.controller.left();
    }
  }

  /** A task is rejected by a policy that throws. */
  public static void reject(Object policy, Runnable task, ThreadPoolExecutor pool, int site) {
    ThreadPoolExecutor.AbortPolicy asked =
        (ThreadPoolExecutor.AbortPolicy) Objects.requireNonNull(policy);
    if (Overrides.has(asked, "rejectedExecution", Runnable.class, ThreadPoolExecutor.class)) {
      asked.rejectedExecution(task, pool);
    } else {
      superReject(asked, task, pool, site);
    }
  }

  /** As {@link #reject}, past what overrides it. */
  public static void superReject(
      Object policy, @Nullable Runnable task, ThreadPoolExecutor pool, int site) {
    // Of both it makes a text.
    Objects.requireNonNull(pool);
    throw Refusal.rejected();
  }

  /** It numbers pools, as each pool does that has no factory of its own. */
  public static ThreadFactory defaultThreadFactory(int site) {
    Hooks.controller.makeThread(site);
    return Hooks.controller.defaultThreadFactory();
  }

  /** Null if the threads are the JDK's own. */
  private static @Nullable ThreadFactory ownFactory(ThreadFactory factory) {
    return factory.getClass().getName().startsWith("java.util.concurrent.Executors$")
        ? null
        : factory;
  }

  private static ThreadPoolExecutor pool(
      int least,
      int most,
      long keepAlive,
      BlockingQueue<Runnable> tasks,
      @Nullable ThreadFactory own) {
    BlockingQueue<Runnable> queue = queue(tasks);
    ThreadPoolExecutor pool =
        own == null
            ? new ThreadPoolExecutor(least, most, keepAlive, TimeUnit.SECONDS, queue)
            : new ThreadPoolExecutor(least, most, keepAlive, TimeUnit.SECONDS, queue, own);
    made(pool);
    return pool;
  }

  public static ExecutorService newFixedThreadPool(int threads, int site) {
    Hooks.controller.makeThread(site);
    return pool(threads, threads, 0, new LinkedBlockingQueue<>(), null);
  }

  public static ExecutorService newFixedThreadPool(int threads, ThreadFactory own, int site) {
    Hooks.controller.makeThread(site);
    return pool(threads, threads, 0, new LinkedBlockingQueue<>(), Objects.requireNonNull(own));
  }

  public static ExecutorService newSingleThreadExecutor(int site) {
    return unconfigurable(newFixedThreadPool(1, site));
  }

  public static ExecutorService newSingleThreadExecutor(ThreadFactory own, int site) {
    return unconfigurable(newFixedThreadPool(1, own, site));
  }

  private static ExecutorService unconfigurable(ExecutorService pool) {
    ExecutorService executor = Executors.unconfigurableExecutorService(pool);
    Hooks.controller.madeDelegate(executor, pool);
    return executor;
  }

  public static ExecutorService newCachedThreadPool(int site) {
    Hooks.controller.makeThread(site);
    return pool(0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS, new SynchronousQueue<>(), null);
  }

  public static ExecutorService newCachedThreadPool(ThreadFactory own, int site) {
    Hooks.controller.makeThread(site);
    return pool(
        0,
        Integer.MAX_VALUE,
        KEEP_ALIVE_SECONDS,
        new SynchronousQueue<>(),
        Objects.requireNonNull(own));
  }

  public static ExecutorService newVirtualThreadPerTaskExecutor(int site) {
    return PerTaskThreads.executor(Thread.ofVirtual().factory());
  }

  public static ExecutorService newThreadPerTaskExecutor(ThreadFactory own, int site) {
    return PerTaskThreads.executor(Objects.requireNonNull(own));
  }

  public static void setThreadFactory(Object pool, ThreadFactory own, int site) {
    ThreadPoolExecutor set = (ThreadPoolExecutor) Objects.requireNonNull(pool);
    Hooks.controller.touchAnything(site);
    try {
      set.setThreadFactory(Hooks.controller.factory(Objects.requireNonNull(own), set));
    } finally {
      Hooks.controller.left();
    }
  }

  public static void execute(Object executor, Runnable task, int site) {
    Executor asked = (Executor) Objects.requireNonNull(executor);
    var unused =
        call(
            asked,
            site,
            () -> {
              asked.execute(task);
              return task;
            },
            task);
  }

  public static @Nullable Future<?> submit(Object executor, Runnable task, int site) {
    ExecutorService asked = (ExecutorService) Objects.requireNonNull(executor);
    return call(asked, site, () -> asked.submit(task), task);
  }

  public static @Nullable Future<?> submit(
      Object executor, Runnable task, Object result, int site) {
    ExecutorService asked = (ExecutorService) Objects.requireNonNull(executor);
    return call(asked, site, () -> asked.submit(task, result), task, result);
  }

  public static @Nullable Future<?> submit(Object executor, Callable<?> task, int site) {
    ExecutorService asked = (ExecutorService) Objects.requireNonNull(executor);
    return call(asked, site, () -> asked.submit(task), task);
  }

  // A task is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  private static <T> T call(
      Executor executor, int site, Supplier<T> call, @Nullable Object... arguments) {
    if (Hooks.controller.enterPoolToHandOver(executor, site)) {
      try {
        T handedOver = call.get();
        boolean isResult = handedOver != arguments[0] && !isAwaitedInItsOwnWay(handedOver);
        Hooks.controller.handedOver(handedOver, isResult);
        return handedOver;
      } finally {
        Hooks.controller.left();
      }
    }
    boolean unused = Hooks.controller.dispatch(executor, arguments, site);
    try {
      return call.get();
    } finally {
      Hooks.controller.leftDispatched();
    }
  }

  /** Of a class under test, which announces itself what it does. */
  private static boolean isAwaitedInItsOwnWay(@Nullable Object future) {
    return future != null && (Overrides.has(future, "get") || Overrides.has(future, "isDone"));
  }

  public static @Nullable Object get(Object future, int site)
      throws InterruptedException, ExecutionException {
    Future<?> asked = (Future<?>) Objects.requireNonNull(future);
    if (asked instanceof ForkJoinTask) {
      Hooks.controller.submitted(asked);
    }
    if (Hooks.controller.awaitResult(asked, site)) {
      try {
        return asked.get();
      } finally {
        Hooks.controller.left();
      }
    }
    boolean unused = Hooks.controller.dispatch(asked, new Object[0], site);
    try {
      return asked.get();
    } finally {
      Hooks.controller.leftDispatched();
    }
  }

  public static @Nullable Object joinFuture(Object future, int site) {
    CompletableFuture<?> asked = (CompletableFuture<?>) Objects.requireNonNull(future);
    if (Hooks.controller.awaitResult(asked, site)) {
      try {
        return asked.join();
      } finally {
        Hooks.controller.left();
      }
    }
    boolean unused = Hooks.controller.dispatch(asked, new Object[0], site);
    try {
      return asked.join();
    } finally {
      Hooks.controller.leftDispatched();
    }
  }

  public static CompletableFuture<?> supplyAsync(Supplier<?> supplier, int site) {
    Objects.requireNonNull(supplier);
    return async(() -> CompletableFuture.supplyAsync(supplier, commonPool(site)), site);
  }

  public static CompletableFuture<?> runAsync(Runnable task, int site) {
    Objects.requireNonNull(task);
    return async(() -> CompletableFuture.runAsync(task, commonPool(site)), site);
  }

  public static CompletableFuture<?> supplyAsync(
      Supplier<?> supplier, Executor executor, int site) {
    Executor asked = Objects.requireNonNull(executor);
    Objects.requireNonNull(supplier);
    return async(by -> CompletableFuture.supplyAsync(supplier, by), asked, supplier, site);
  }

  public static CompletableFuture<?> runAsync(Runnable task, Executor executor, int site) {
    Executor asked = Objects.requireNonNull(executor);
    Objects.requireNonNull(task);
    return async(by -> CompletableFuture.runAsync(task, by), asked, task, site);
  }

  private static CompletableFuture<?> async(
      Function<Executor, CompletableFuture<?>> start, Executor executor, Object code, int site) {
    if (Hooks.controller.enterPoolToHandOver(executor, site)) {
      try {
        CompletableFuture<?> future = start.apply(executor);
        Hooks.controller.handedOver(future, true);
        return future;
      } finally {
        Hooks.controller.left();
      }
    }
    boolean unused = Hooks.controller.dispatch(null, new Object[] {code, executor}, site);
    try {
      return start.apply(serving(executor));
    } finally {
      Hooks.controller.leftDispatched();
    }
  }

  /** Of results of tasks it makes one that is there as soon as all of them are. */
  public static CompletableFuture<Void> allOf(CompletableFuture<?>[] parts, int site) {
    if (Hooks.controller.enterAllOf(parts, site)) {
      try {
        return Hooks.controller.allOf(parts);
      } finally {
        Hooks.controller.left();
      }
    }
    boolean unused = Hooks.controller.dispatch(null, new Object[] {parts}, site);
    try {
      return CompletableFuture.allOf(parts);
    } finally {
      Hooks.controller.leftDispatched();
    }
  }

  private static CompletableFuture<?> async(Supplier<CompletableFuture<?>> start, int site) {
    TaskPool pool = Hooks.controller.commonTaskPool(site);
    boolean unused = Hooks.controller.enterPoolToHandOver(pool, site);
    try {
      CompletableFuture<?> future = start.get();
      Hooks.controller.handedOver(future, true);
      return future;
    } finally {
      Hooks.controller.left();
    }
  }

  /** As the JDK does it, but by a thread of its own that waits in virtual time. */
  public static CompletableFuture<?> orTimeout(Object future, long time, TimeUnit unit, int site) {
    CompletableFuture<?> asked = (CompletableFuture<?>) Objects.requireNonNull(future);
    if (Overrides.has(asked, "orTimeout", long.class, TimeUnit.class)) {
      return asked.orTimeout(time, unit);
    }
    return atTimeout(
        asked, unit.toNanos(time), () -> asked.completeExceptionally(new TimeoutException()), site);
  }

  /** The same with a value. */
  @SuppressWarnings("unchecked")
  public static CompletableFuture<?> completeOnTimeout(
      Object future, @Nullable Object value, long time, TimeUnit unit, int site) {
    CompletableFuture<@Nullable Object> asked =
        (CompletableFuture<@Nullable Object>) Objects.requireNonNull(future);
    if (Overrides.has(asked, "completeOnTimeout", Object.class, long.class, TimeUnit.class)) {
      return asked.completeOnTimeout(value, time, unit);
    }
    return atTimeout(asked, unit.toNanos(time), () -> asked.complete(value), site);
  }

  private static CompletableFuture<?> atTimeout(
      CompletableFuture<?> future, long nanos, BooleanSupplier complete, int site) {
    startTimer(
        () -> {
          TimedHooks.await(future::isDone, nanos, site);
          Hooks.controller.callAnything(site);
          try {
            if (complete.getAsBoolean()) {
              Hooks.controller.passTime(nanos);
            }
          } finally {
            Hooks.controller.left();
          }
        },
        site);
    return future;
  }

  static void startTimer(Runnable timer, int site) {
    Hooks.controller.enterCommonPool(site);
    try {
      Hooks.controller.startTimer(new DelayThread(timer));
    } finally {
      Hooks.controller.left();
    }
  }

  /** The thread of one timeout, as which the JDK's is seen that serves them all. */
  static final class DelayThread extends Thread {
    DelayThread(Runnable timer) {
      super(timer, DELAYS);
      setDaemon(true);
    }
  }

  public static Executor delayedExecutor(long time, TimeUnit unit, int site) {
    return delayed(unit.toNanos(time), commonPool(site), site);
  }

  public static Executor delayedExecutor(long time, TimeUnit unit, Executor executor, int site) {
    return delayed(unit.toNanos(time), Objects.requireNonNull(executor), site);
  }

  /** An executor that hands its tasks to another one after a time. */
  private static Executor delayed(long nanos, Executor executor, int site) {
    return task -> {
      Objects.requireNonNull(task);
      startTimer(
          () -> {
            TimedHooks.await(() -> false, nanos, site);
            Hooks.controller.callAnything(site);
            try {
              Hooks.controller.passTime(nanos);
              executor.execute(task);
            } finally {
              Hooks.controller.left();
            }
          },
          site);
    };
  }

  /**
   * Stands for the executor of futures that are given none: the common pool, or where a JDK finds
   * few processors one that starts a thread for each task.
   */
  public static Executor commonPool(int site) {
    return HAVE_A_POOL
        ? task -> Hooks.controller.commonTaskPool(site).execute(task)
        : task ->
            Hooks.controller.startWorker(
                new Thread(task),
                Objects.requireNonNull(task),
                task,
                Hooks.controller.commonTaskPool(site));
  }

  /** An executor whose tasks are code of the JDK, which goes on when they have returned. */
  public static Executor serving(Executor executor) {
    Executor asked = Objects.requireNonNull(executor);
    return task ->
        asked.execute(
            () -> {
              Hooks.controller.serve();
              task.run();
            });
  }
}
