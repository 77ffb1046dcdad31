package oversell.explorer.hook;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes make and are given instead of a {@link ForkJoinPool}. Each task has a
 * controlled thread of its own, so that what any two tasks do may come in any order, and none waits
 * for a thread that another one has. A pool of the JDK may have fewer threads than tasks, and a
 * thread of it may run other tasks while it waits for one, which the certificate names.
 *
 * <p>The pool of the JDK that it extends is never given a task, and so has no thread.
 */
public final class TaskPool extends ForkJoinPool {
  private static final String OF_THE_COMMON_POOL =
      "awaitTermination of the common pool, which waits until all is quiet (wait for the tasks)";

  private static final int SEVERAL = 2;
  private static final int FIRST_THAT_INTERRUPTS = 22;
  private static final boolean INTERRUPTS = Runtime.version().feature() >= FIRST_THAT_INTERRUPTS;
  private static final ThreadLocal<@Nullable TaskPool> CURRENT = new ThreadLocal<>();

  private final String name;
  private final boolean isCommon;
  private final int site;
  private int workers;
  // Tasks that have been handed to it, and are not done.
  private int pending;
  private boolean isShutDown;
  // Whether that has been said, and no more.
  private boolean isToEnd;

  private TaskPool(String name, boolean isCommon, int parallelism, int site) {
    super(parallelism);
    this.name = name;
    this.isCommon = isCommon;
    this.site = site;
    Hooks.controller.madePool(this, this);
  }

  /**
   * What {@code new ForkJoinPool()} becomes; the same with others.
   *
   * @param site where that is
   */
  public TaskPool(int site) {
    this(Math.max(SEVERAL, Runtime.getRuntime().availableProcessors()), site);
  }

  public TaskPool(int parallelism, int site) {
    this(
        "ForkJoinPool-" + Hooks.controller.numberOf(TaskPool.class) + "-worker-",
        false,
        parallelism,
        site);
    refuseIf(
        parallelism < SEVERAL,
        "a ForkJoinPool of one thread, which runs its tasks in an order of its own (give it two"
            + " threads, or use Executors.newSingleThreadExecutor)");
  }

  public TaskPool(
      int parallelism,
      ForkJoinWorkerThreadFactory factory,
      Thread.@Nullable UncaughtExceptionHandler handler,
      boolean asyncMode,
      int site) {
    this(parallelism, site);
    refuseIf(
        !defaultForkJoinWorkerThreadFactory.equals(factory) || handler != null,
        "a ForkJoinPool with a factory of threads or a handler of its own (make it without)");
  }

  public TaskPool(
      int parallelism,
      ForkJoinWorkerThreadFactory factory,
      Thread.@Nullable UncaughtExceptionHandler handler,
      boolean asyncMode,
      int corePoolSize,
      int maximumPoolSize,
      int minimumRunnable,
      @Nullable Predicate<? super ForkJoinPool> saturate,
      long keepAliveTime,
      TimeUnit unit,
      int site) {
    this(parallelism, factory, handler, asyncMode, site);
    refuseIf(
        saturate != null || maximumPoolSize < parallelism,
        "a ForkJoinPool with a bound of its own for its threads (make it without)");
  }

  /** The one that stands for the JDK's common pool. */
  public static TaskPool common(int site) {
    return new TaskPool("ForkJoinPool.commonPool-worker-", true, SEVERAL, site);
  }

  boolean isCommon() {
    return isCommon;
  }

  /** The pool that the calling thread is of; empty of a thread that is of none. */
  static Optional<TaskPool> current() {
    Optional<TaskPool> current = Optional.ofNullable(CURRENT.get());
    if (current.isEmpty()) {
      // To ask leaves an entry, which nobody would take away.
      CURRENT.remove();
    }
    return current;
  }

  /** Of a pool that has one thread, say, on which code may rely. */
  private void refuseIf(boolean isOther, String what) {
    if (isOther) {
      Hooks.controller.escape(site, what);
    }
  }

  /** Starts a task that a thread of it forks, which it takes even when it is shut down. */
  void fork(ForkJoinTask<?> task, int forkedAt) {
    Objects.requireNonNull(task);
    if (task instanceof CountedCompleter<?> counted) {
      start(counted, () -> runUnlessDone(counted, forkedAt));
      return;
    }
    start(task, () -> runToEnd(task));
    Hooks.controller.handedOver(task, true);
  }

  private static void runToEnd(ForkJoinTask<?> task) {
    CompleterHooks.execute(task);
    Hooks.controller.endTask();
  }

  /** It is asked by the first step of the thread, and so before that comes to the code. */
  private static void runUnlessDone(CountedCompleter<?> task, int forkedAt) {
    if (!task.isDone()) {
      CompleterHooks.run(task, forkedAt);
    }
  }

  /**
   * Starts a task that may be cancelled by whoever hands it over with others. The interrupt that it
   * may leave is gone before the next one: the JDK's thread clears it before most of them.
   */
  void executeInterruptibly(ForkJoinTask<?> task) {
    throwIfShutDown();
    Runnable body =
        () -> {
          runToEnd(task);
          if (Thread.interrupted()) {
            Hooks.controller.noteLeftInterrupt();
          }
        };
    start(body, body);
  }

  /** Whether a task is done when its code has returned. */
  public static boolean isRecursive(ForkJoinTask<?> task) {
    return task instanceof RecursiveTask<?>
        || task instanceof RecursiveAction
        || task.getClass().getName().startsWith(ForkJoinTask.class.getName() + "$");
  }

  private void start(Object task, Runnable body) {
    pending++;
    workers++;
    Hooks.controller.startWorker(
        worker(),
        () -> {
          CURRENT.set(this);
          try {
            body.run();
          } finally {
            CURRENT.remove();
            pending--;
          }
        },
        task,
        this);
  }

  /** The thread as which that of a task is seen, which is never started. */
  private ForkJoinWorkerThread worker() {
    ForkJoinPool pool = isCommon ? commonPool() : this;
    ForkJoinWorkerThread worker = pool.getFactory().newThread(pool);
    worker.setName(name + workers);
    worker.setContextClassLoader(Hooks.controller.systemLoader());
    return worker;
  }

  /** The pool that a thread is seen to be of. */
  static TaskPool of(ForkJoinWorkerThread worker, int site) {
    return worker.getPool() instanceof TaskPool pool ? pool : Hooks.controller.commonTaskPool(site);
  }

  /** A thread is asked for its name: any of several may run a task, and one may run several. */
  static void askForName(Thread thread, int site) {
    if (thread instanceof ForkJoinWorkerThread worker && of(worker, site).workers > 1) {
      Hooks.controller.escape(
          site,
          "the name of a thread of a ForkJoinPool, of which any may run any task (tell tasks apart"
              + " by what they are given)");
    }
  }

  /** A thread of it adds to its own tasks, which are run even when it is shut down. */
  private void throwIfShutDown() {
    if (isShutDown && !current().equals(Optional.of(this))) {
      throw new RejectedExecutionException();
    }
  }

  @Override
  public void execute(Runnable task) {
    Objects.requireNonNull(task);
    throwIfShutDown();
    start(task, task);
  }

  @Override
  public void execute(ForkJoinTask<?> task) {
    Future<?> unused = submit(task);
  }

  <T> ForkJoinTask<T> submit(ForkJoinTask<T> task, int submittedAt) {
    Objects.requireNonNull(task);
    throwIfShutDown();
    fork(task, submittedAt);
    return task;
  }

  @Override
  public <T> ForkJoinTask<T> submit(ForkJoinTask<T> task) {
    return submit(task, site);
  }

  /** What the JDK makes of code: on a thread of no such pool, a task that can be interrupted. */
  static <T extends @Nullable Object> ForkJoinTask<T> adapted(Callable<T> code) {
    return INTERRUPTS && current().isEmpty()
        ? ForkJoinTask.adaptInterruptible(code)
        : ForkJoinTask.adapt(code);
  }

  @Override
  public <T> ForkJoinTask<T> submit(Callable<T> task) {
    return submit(adapted(task));
  }

  @Override
  public <T extends @Nullable Object> ForkJoinTask<T> submit(Runnable task, T result) {
    return submit(adapted(Executors.callable(task, result)));
  }

  @Override
  public ForkJoinTask<?> submit(Runnable task) {
    return submit(adapted(Executors.callable(task)));
  }

  @Override
  public <T> T invoke(ForkJoinTask<T> task) {
    return submit(task).join();
  }

  @Override
  public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) {
    List<Future<T>> futures = new ArrayList<>();
    for (Callable<T> task : tasks) {
      futures.add(submit(task));
    }
    for (Future<T> future : futures) {
      ((ForkJoinTask<T>) future).quietlyJoin();
    }
    // It would end the wait, and cancel the tasks.
    refuseIf(
        INTERRUPTS && Thread.currentThread().isInterrupted(),
        "invokeAll of a ForkJoinPool by a thread that is interrupted, which ends it at any moment"
            + " (interrupt it at another time)");
    return futures;
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks) {
    Hooks.controller.escape(
        site,
        "invokeAny of a ForkJoinPool, made here, by code that is not woven (call it yourself)");
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long limit, TimeUnit unit) {
    return invokeAny(tasks);
  }

  /** Whether it ends as soon as it is shut down. */
  boolean isIdle() {
    return pending == 0 && !isCommon;
  }

  /** It says that it is shut down, and does not end before {@link #shutdown} is called. */
  void beginShutdown() {
    isShutDown = true;
    isToEnd = true;
  }

  @Override
  public void shutdown() {
    isShutDown = !isCommon;
    isToEnd = false;
  }

  /** It would cancel the tasks that run, too. */
  @Override
  public List<Runnable> shutdownNow() {
    Hooks.controller.escape(
        site,
        "shutdownNow of a ForkJoinPool, made here, which cancels the tasks that run as well (cancel"
            + " them one by one, and call shutdown)");
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return isShutDown;
  }

  @Override
  public boolean isTerminated() {
    return isShutDown && !isToEnd && pending == 0;
  }

  @Override
  public boolean isTerminating() {
    return isShutDown && !isTerminated();
  }

  /** Asked with no time left: the end of a pool is waited for by those who ask. */
  @Override
  public boolean awaitTermination(long limit, TimeUnit unit) {
    refuseIf(isCommon, OF_THE_COMMON_POOL);
    return isTerminated();
  }

  @Override
  public void close() {
    refuseIf(!isCommon, "close of a ForkJoinPool, made here, by code that is not woven");
  }

  /** It would count the tasks and the threads that there are. */
  @Override
  public String toString() {
    Hooks.controller.escape(
        site,
        "the text of a ForkJoinPool, made here, which counts its tasks and threads (name what you"
            + " need of it)");
    return name;
  }
}
