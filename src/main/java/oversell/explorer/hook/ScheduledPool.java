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
  private static final long NANOS_OF_A_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  // So long a thread of a pool without core threads waits for a task.
  private static final long KEEP_ALIVE_MILLIS = 10;

  private final int site;
  // Whether it is made without core threads: it has one thread, while there are tasks.
  private final boolean isOfOneThread;
  private final ThreadPoolExecutor pool;
  private final BlockingQueue<Runnable> tasks;
  private long sequence;
  private boolean isStopped;

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
    isOfOneThread = threads == 0;
    tasks = new PriorityBlockingQueue<>();
    pool =
        new ThreadPoolExecutor(
            threads,
            Integer.MAX_VALUE,
            KEEP_ALIVE_MILLIS,
            TimeUnit.MILLISECONDS,
            Hooks.controller.timedQueue(tasks),
            factory);
    PoolHooks.made(pool);
    Hooks.controller.madePool(this, tasks);
  }

  /** A task that is due at a time, and if it is periodic at others after that. */
  static final class Timed<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
    private final ScheduledPool of;
    private final long number;
    // Between the times at which it is due, or if negative between the end and the next start.
    private final long periodNanos;
    private long timeNanos;

    Timed(ScheduledPool of, Callable<V> task, long timeNanos, long periodNanos) {
      super(task);
      this.of = of;
      this.timeNanos = timeNanos;
      this.periodNanos = periodNanos;
      number = of.sequence++;
    }

    @Override
    public void run() {
      if (!of.canRun(this)) {
        boolean unused = cancel(false);
      } else if (!isPeriodic()) {
        super.run();
      } else if (runAndReset()) {
        timeNanos =
            periodNanos > 0
                ? timeNanos + periodNanos
                : Hooks.controller.nowToSchedule() - periodNanos;
        of.addAgain(this);
      }
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
      return periodNanos != 0;
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
    return add(Objects.requireNonNull(task), unit.toNanos(delay), 0);
  }

  private <V extends @Nullable Object> ScheduledFuture<V> add(
      Callable<V> task, long delayNanos, long periodNanos) {
    long dueNanos = Hooks.controller.nowToSchedule() + Math.max(0, delayNanos);
    return addAt(task, dueNanos < 0 ? Long.MAX_VALUE : dueNanos, periodNanos);
  }

  private <V extends @Nullable Object> ScheduledFuture<V> addAt(
      Callable<V> task, long dueNanos, long periodNanos) {
    Timed<V> timed = new Timed<>(this, task, dueNanos, periodNanos);
    if (pool.isShutdown()) {
      reject(timed);
    } else {
      addAndStart(timed);
    }
    return timed;
  }

  private void addAndStart(Timed<?> task) {
    if (isOfOneThread && !pool.isShutdown()) {
      // That starts a thread if there is none.
      pool.execute(task);
    } else {
      tasks.add(task);
      boolean unused = pool.prestartCoreThread();
    }
  }

  /** A round of a task is over, and the next one will be, unless it is too late for that. */
  private void addAgain(Timed<?> task) {
    if (canRun(task)) {
      addAndStart(task);
    } else {
      boolean unused = task.cancel(false);
    }
  }

  /** Whether a task is run that is there: not every one is when the pool has been shut down. */
  private boolean canRun(Timed<?> task) {
    if (!pool.isShutdown()) {
      return true;
    }
    if (isStopped) {
      return false;
    }
    return task.isPeriodic()
        ? getContinueExistingPeriodicTasksAfterShutdownPolicy()
        : getExecuteExistingDelayedTasksAfterShutdownPolicy()
            || task.timeNanos <= Hooks.controller.nowToSchedule();
  }

  /** Whether three tasks or more are there, and two of them are due in the same millisecond. */
  boolean hasTies() {
    long different =
        tasks.stream().mapToLong(task -> dueNanos(task) / NANOS_OF_A_MILLI).distinct().count();
    return tasks.size() > 2 && different < tasks.size();
  }

  private void reject(Runnable task) {
    RejectedExecutionHandler handler = getRejectedExecutionHandler();
    if (handler.getClass() == AbortPolicy.class) {
      throw Refusal.rejected();
    }
    handler.rejectedExecution(task, this);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    Objects.requireNonNull(task);
    return schedule(Executors.callable(task), delay, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long delay, long period, TimeUnit unit) {
    return addPeriodic(task, unit.toNanos(delay), unit.toNanos(positive(period)));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long delay, long period, TimeUnit unit) {
    return addPeriodic(task, unit.toNanos(delay), -unit.toNanos(positive(period)));
  }

  private static long positive(long period) {
    if (period <= 0) {
      throw new IllegalArgumentException();
    }
    return period;
  }

  private ScheduledFuture<?> addPeriodic(Runnable task, long delayNanos, long periodNanos) {
    Objects.requireNonNull(task);
    Hooks.controller.schedulePeriodically();
    return add(Executors.callable(task), delayNanos, periodNanos);
  }

  /**
   * Schedules a task of a timer.
   *
   * @param dueNanos when it is due, which may be long past
   * @param periodNanos as that of a task; zero if it is run once
   */
  ScheduledFuture<?> scheduleAt(Runnable task, long dueNanos, long periodNanos) {
    if (periodNanos != 0) {
      Hooks.controller.schedulePeriodically();
    }
    return addAt(Executors.callable(task), dueNanos, periodNanos);
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

  /**
   * It says that it is shut down, and drops no task yet.
   *
   * @param stops whether it is to drop all of them
   */
  void beginShutdown(boolean stops) {
    isStopped = stops;
    Shutdown.begin(pool, stops);
  }

  int threads() {
    return pool.getPoolSize();
  }

  @Override
  public void shutdown() {
    pool.shutdown();
    for (Runnable task : List.copyOf(tasks)) {
      Timed<?> timed = (Timed<?>) task;
      if (timed.isCancelled() || !canRun(timed)) {
        boolean unused = pool.remove(timed);
        unused = timed.cancel(false);
      }
    }
  }

  /** Shuts it down, and drops its tasks, but for the one that it runs. */
  void shutdownWithoutTasks() {
    tasks.clear();
    pool.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    isStopped = true;
    List<Runnable> asInItsHeap = List.copyOf(tasks);
    List<Runnable> left = pool.shutdownNow();
    // The JDK's answers in that order, but for those that are due.
    return asInItsHeap.equals(left)
        ? left
        : refuse(
            left,
            "shutdownNow of a scheduled pool, made here, which answers its tasks in the order of a"
                + " heap (cancel them one by one)");
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

  // What follows would tell of the pool that it extends, or change that alone.

  /** Leaves the control of the explorer, if somebody has it. */
  <T> T refuse(T nothing, String what) {
    Hooks.controller.escape(site, what);
    return nothing;
  }

  private <T> T refuse(T nothing) {
    return refuse(
        nothing,
        "a scheduled pool, made here, that is asked for its threads or its queue, or given others"
            + " (count in the tasks, and make the pool as it is to be)");
  }

  @Override
  public void setCorePoolSize(int threads) {
    boolean unused = refuse(false);
  }

  @Override
  public void setMaximumPoolSize(int threads) {
    boolean unused = refuse(false);
  }

  @Override
  public void setThreadFactory(ThreadFactory factory) {
    boolean unused = refuse(false);
  }

  @Override
  public void allowCoreThreadTimeOut(boolean value) {
    boolean unused = refuse(false);
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
