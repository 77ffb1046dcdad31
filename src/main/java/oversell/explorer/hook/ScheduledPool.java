package oversell.explorer.hook;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes make and are given instead of a {@link ScheduledThreadPoolExecutor}: its tasks
 * are in a queue of a pool of the JDK whose threads wait in virtual time. As a sleep, a delay may
 * end at any moment with respect to what others do; a task with a shorter delay comes first.
 *
 * <p>The pool of the JDK that it extends is never given a task, and so has no thread.
 */
public final class ScheduledPool extends ScheduledThreadPoolExecutor {
  private static final int ROOM = 11;

  private final int site;
  private final ThreadPoolExecutor pool;
  private final BlockingQueue<Runnable> tasks;
  private long sequence;

  /**
   * What {@code new ScheduledThreadPoolExecutor(threads)} becomes; the same with others.
   *
   * @param site where that is
   */
  public ScheduledPool(int threads, int site) {
    this(threads, Executors.defaultThreadFactory(), new AbortPolicy(), site);
  }

  public ScheduledPool(int threads, ThreadFactory factory, int site) {
    this(threads, factory, new AbortPolicy(), site);
  }

  public ScheduledPool(int threads, RejectedExecutionHandler handler, int site) {
    this(threads, Executors.defaultThreadFactory(), handler, site);
  }

  public ScheduledPool(
      int threads, ThreadFactory factory, RejectedExecutionHandler handler, int site) {
    super(threads, factory, handler);
    this.site = site;
    if (threads == 0) {
      Hooks.controller.escape(site);
    }
    tasks = new PriorityBlockingQueue<>(ROOM, Comparator.comparing(task -> (Timed<?>) task));
    pool =
        new ThreadPoolExecutor(
            threads,
            Integer.MAX_VALUE,
            0,
            TimeUnit.NANOSECONDS,
            Hooks.controller.timedQueue(tasks),
            factory,
            (task, ofPool) -> reject(task));
    PoolHooks.made(pool);
    Hooks.controller.madePool(this, tasks);
  }

  /** A task that is due at a time. */
  private static final class Timed<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
    private final ScheduledPool of;
    private final long timeNanos;
    private final long number;

    Timed(ScheduledPool of, Callable<V> task, long timeNanos) {
      super(task);
      this.of = of;
      this.timeNanos = timeNanos;
      number = of.sequence++;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(timeNanos - Hooks.controller.nanoTime(of.site), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return other instanceof Timed<?> timed
          ? Comparator.<Timed<?>>comparingLong(one -> one.timeNanos)
              .thenComparingLong(one -> one.number)
              .compare(this, timed)
          : Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(number);
    }

    @Override
    public boolean isPeriodic() {
      return false;
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      boolean isCancelled = super.cancel(mayInterrupt);
      if (isCancelled && of.getRemoveOnCancelPolicy()) {
        boolean unused = of.pool.remove(this);
      }
      return isCancelled;
    }
  }

  /** When a task of such a pool is due, in virtual time; at once, if it is of another. */
  public static long dueNanos(Runnable task) {
    return task instanceof Timed<?> timed ? timed.timeNanos : Long.MIN_VALUE;
  }

  @Override
  public <V extends @Nullable Object> ScheduledFuture<V> schedule(
      Callable<V> task, long delay, TimeUnit unit) {
    Objects.requireNonNull(task);
    long delayNanos = Math.max(0, unit.toNanos(delay));
    long dueNanos = Hooks.controller.nowToSchedule() + delayNanos;
    Timed<V> timed = new Timed<>(this, task, dueNanos < 0 ? Long.MAX_VALUE : dueNanos);
    if (pool.isShutdown()) {
      reject(timed);
    } else {
      tasks.add(timed);
      boolean unused = pool.prestartCoreThread();
    }
    return timed;
  }

  private void reject(Runnable task) {
    RejectedExecutionHandler handler = getRejectedExecutionHandler();
    if (handler instanceof AbortPolicy) {
      // That of the JDK says how many threads there are.
      throw new RejectedExecutionException("a scheduled pool that is shut down");
    }
    handler.rejectedExecution(task, this);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return schedule(Executors.callable(task), delay, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long delay, long period, TimeUnit unit) {
    return scheduleWithFixedDelay(task, delay, period, unit);
  }

  /** It would go on for ever. */
  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long delay, long period, TimeUnit unit) {
    Hooks.controller.escape(site);
    throw new UnsupportedOperationException();
  }

  @Override
  public void execute(Runnable task) {
    Future<?> unused = submit(task);
  }

  @Override
  public Future<?> submit(Runnable task) {
    return schedule(task, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
    return submit(Executors.callable(task, result));
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
    return schedule(task, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public void shutdown() {
    pool.shutdown();
    boolean keeps = getExecuteExistingDelayedTasksAfterShutdownPolicy();
    long nowNanos = Hooks.controller.nowToSchedule();
    for (Runnable task : List.copyOf(tasks)) {
      Timed<?> timed = (Timed<?>) task;
      if (timed.isCancelled() || (!keeps && timed.timeNanos > nowNanos)) {
        boolean unused = pool.remove(timed);
        unused = timed.cancel(false);
      }
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    return pool.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return pool.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return pool.isTerminated();
  }

  @Override
  public boolean isTerminating() {
    return pool.isTerminating();
  }

  @Override
  public boolean awaitTermination(long limit, TimeUnit unit) throws InterruptedException {
    return pool.awaitTermination(limit, unit);
  }

  // What follows would tell of the pool that it extends, and has no meaning of its own here.

  private <T> T refuse(T nothing) {
    Hooks.controller.escape(site);
    return nothing;
  }

  @Override
  public BlockingQueue<Runnable> getQueue() {
    return refuse(super.getQueue());
  }

  @Override
  public boolean remove(Runnable task) {
    return refuse(false);
  }

  @Override
  public void purge() {
    boolean unused = refuse(false);
  }

  @Override
  public int getPoolSize() {
    return refuse(0);
  }

  @Override
  public int getLargestPoolSize() {
    return refuse(0);
  }

  @Override
  public int getActiveCount() {
    return refuse(0);
  }

  @Override
  public long getTaskCount() {
    return refuse(0L);
  }

  @Override
  public long getCompletedTaskCount() {
    return refuse(0L);
  }

  @Override
  public boolean prestartCoreThread() {
    return refuse(false);
  }

  @Override
  public int prestartAllCoreThreads() {
    return refuse(0);
  }

  @Override
  public String toString() {
    return refuse("a scheduled pool");
  }
}
