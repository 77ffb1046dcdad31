package oversell.explorer.hook;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes call to hand several tasks to an executor at once, and to wait for all of them
 * or for the first one with a time limit.
 *
 * <p>The JDK asks between two tasks whether the limit has passed, and hands no more over then. Here
 * all are handed over first, which the certificate names. So an executor that may run tasks on the
 * thread that hands them over, which takes time, is not under control.
 */
public final class InvokeHooks {
  private static final Class<?>[] LIMITED = {Collection.class, long.class, TimeUnit.class};
  private static final String PER_TASK = "java.util.concurrent.ThreadPerTaskExecutor";

  private InvokeHooks() {}

  /** Waits until all are done. */
  public static List<Future<Object>> invokeAll(
      Object executor, Collection<? extends Callable<Object>> tasks, int site)
      throws InterruptedException {
    ExecutorService asked = (ExecutorService) Objects.requireNonNull(executor);
    if (!isOfJdk(asked) || !Hooks.controller.isPool(asked) || !handsOver(asked)) {
      boolean unused = Hooks.controller.dispatch(asked, new Object[] {tasks}, site);
      try {
        return asked.invokeAll(tasks);
      } finally {
        Hooks.controller.leftDispatched();
      }
    }
    List<Future<Object>> futures = new ArrayList<>();
    boolean areDone = false;
    try {
      for (Callable<Object> task : all(tasks, site)) {
        futures.add(submit(asked, task, site));
      }
      for (Future<Object> future : futures) {
        awaitEnd(future, site);
      }
      areDone = true;
      return futures;
    } finally {
      if (!areDone) {
        cancel(asked, futures, site);
      }
    }
  }

  /** Whether it does with all tasks what it does with one. */
  private static boolean isOfJdk(ExecutorService executor) {
    return !(executor instanceof TaskPool)
        && (!(executor instanceof ThreadPoolExecutor)
            || executor.getClass() == ThreadPoolExecutor.class);
  }

  /** The elements of a collection, which may be of a class under test. */
  private static <T> List<T> all(Collection<? extends T> tasks, int site) {
    Hooks.callAnything(site);
    Hooks.controller.copy(tasks, site);
    try {
      return new ArrayList<>(tasks);
    } finally {
      Hooks.controller.left();
    }
  }

  @SuppressWarnings("unchecked")
  private static Future<Object> submit(ExecutorService executor, Callable<Object> task, int site) {
    Objects.requireNonNull(task);
    return (Future<Object>) Objects.requireNonNull(PoolHooks.submit(executor, task, site));
  }

  private static void awaitEnd(Future<Object> future, int site) throws InterruptedException {
    try {
      Object unused = PoolHooks.get(future, site);
    } catch (ExecutionException | CancellationException ended) {
      // Whoever asks for its result is told of that.
    }
  }

  /** Waits until all are done; the limit ends that, and cancels those that are not. */
  public static List<Future<Object>> invokeAll(
      Object executor,
      Collection<? extends Callable<Object>> tasks,
      long time,
      TimeUnit unit,
      int site)
      throws InterruptedException {
    ExecutorService asked = (ExecutorService) Objects.requireNonNull(executor);
    if (Overrides.has(asked, "invokeAll", LIMITED)) {
      return asked.invokeAll(tasks, time, unit);
    }
    refuseUnlessItHandsOver(asked, site);
    long nanos = unit.toNanos(time);
    List<Future<Object>> futures = new ArrayList<>();
    boolean areDone = false;
    try {
      handOver(asked, Objects.requireNonNull(tasks), nanos, futures, site);
      areDone = awaitAll(asked, futures, nanos, site);
      return asked instanceof TaskPool ? futures.reversed() : futures;
    } finally {
      if (!areDone) {
        cancel(asked, futures, site);
      }
    }
  }

  /** Hands tasks over, and adds their futures in the order in which they are waited for. */
  private static void handOver(
      ExecutorService executor,
      Collection<? extends Callable<Object>> tasks,
      long nanos,
      List<Future<Object>> futures,
      int site) {
    if (executor instanceof TaskPool pool) {
      Hooks.callAnything(site);
      Hooks.controller.copy(tasks, site);
      try {
        for (Callable<Object> task : tasks) {
          ForkJoinTask<Object> future = ForkJoinTask.adaptInterruptible(task);
          futures.addFirst(future);
          pool.executeInterruptibly(future);
        }
      } finally {
        Hooks.controller.left();
      }
      futures.forEach(Hooks.controller::submitted);
      return;
    }
    if (isPerTask(executor)) {
      Hooks.controller.competeWithAnEnd(site);
      try {
        for (Callable<Object> task : tasks) {
          futures.add(executor.submit(task));
        }
      } finally {
        Hooks.controller.left();
      }
      return;
    }
    Hooks.controller.makeTask();
    Hooks.callAnything(site);
    Hooks.controller.copy(tasks, site);
    try {
      for (Callable<Object> task : tasks) {
        futures.add(new FutureTask<>(task));
      }
    } finally {
      Hooks.controller.left();
    }
    if (nanos > 0) {
      Hooks.controller.noteHandOver(futures.size());
      futures.forEach(future -> PoolHooks.execute(executor, (FutureTask<?>) future, site));
    }
    futures.forEach(Hooks.controller::submitted);
  }

  /** Returns whether all are done in time. */
  private static boolean awaitAll(
      ExecutorService executor, List<Future<Object>> futures, long nanos, int site)
      throws InterruptedException {
    waitForEnds(() -> futures.stream().allMatch(Future::isDone), nanos, site);
    enterToCancel(executor, site);
    try {
      for (Future<Object> future : futures) {
        if (!future.isDone() && !isDoneNow(future)) {
          TimedHooks.passTime(nanos);
          return false;
        }
      }
      return true;
    } finally {
      Hooks.controller.left();
    }
  }

  private static boolean isDoneNow(Future<Object> future) throws InterruptedException {
    try {
      Object unused = future.get(0, TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | CancellationException ended) {
      return true;
    } catch (TimeoutException passed) {
      return false;
    }
  }

  static void cancel(ExecutorService executor, List<Future<Object>> futures, int site) {
    for (Future<Object> future : futures) {
      enterToCancel(executor, site);
      try {
        Hooks.controller.noteCancel(future);
        boolean unused = future.cancel(true);
      } finally {
        Hooks.controller.left();
      }
    }
  }

  /** The threads of a pool touch what it keeps at the end of a task; any other thread may not. */
  static void enterToCancel(ExecutorService executor, int site) {
    if (isPerTask(executor)) {
      Hooks.controller.competeWithAnEnd(site);
    } else {
      Hooks.controller.enterPoolToCancel(executor, site);
    }
  }

  /** Waits until one has returned, or all have failed, and cancels the others. */
  public static @Nullable Object invokeAny(
      Object executor, Collection<? extends Callable<Object>> tasks, int site)
      throws InterruptedException, ExecutionException {
    ExecutorService asked = (ExecutorService) Objects.requireNonNull(executor);
    if (Overrides.has(asked, "invokeAny", Collection.class)) {
      return asked.invokeAny(tasks);
    }
    if (asked instanceof TaskPool pool) {
      FirstOf first = new FirstOf(pool, site);
      try {
        first.handOver(tasks);
        return first.await();
      } finally {
        cancel(pool, first.others(), site);
      }
    }
    Hooks.controller.competeWithAnEnd(site);
    Hooks.controller.copy(tasks, site);
    try {
      return asked.invokeAny(tasks);
    } finally {
      Hooks.controller.left();
    }
  }

  /** The same with a limit, which cancels all of them. */
  public static @Nullable Object invokeAny(
      Object executor,
      Collection<? extends Callable<Object>> tasks,
      long time,
      TimeUnit unit,
      int site)
      throws InterruptedException, ExecutionException, TimeoutException {
    ExecutorService asked = (ExecutorService) Objects.requireNonNull(executor);
    if (Overrides.has(asked, "invokeAny", LIMITED)) {
      return asked.invokeAny(tasks, time, unit);
    }
    long nanos = unit.toNanos(time);
    if (asked instanceof TaskPool pool) {
      FirstOf first = new FirstOf(pool, site);
      try {
        first.handOver(tasks);
        return first.await(nanos);
      } finally {
        cancel(pool, first.others(), site);
      }
    }
    refuseUnlessItHandsOver(asked, site);
    return anyWithin(asked, tasks, nanos, site);
  }

  /** The same wait as without a limit, which an interrupt ends as the limit would. */
  private static @Nullable Object anyWithin(
      ExecutorService executor, Collection<? extends Callable<Object>> tasks, long nanos, int site)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!Hooks.controller.beginLimitOfEnds(nanos, site)) {
      return executor.invokeAny(tasks, nanos, TimeUnit.NANOSECONDS);
    }
    Hooks.controller.copy(tasks, site);
    boolean hasPassed = false;
    try {
      return executor.invokeAny(tasks);
    } catch (InterruptedException ended) {
      hasPassed = Hooks.controller.hasLimitPassed();
      if (hasPassed) {
        throw new TimeoutException();
      }
      throw ended;
    } finally {
      Hooks.controller.endLimit(hasPassed);
      if (hasPassed) {
        TimedHooks.passTime(nanos);
      }
    }
  }

  static void waitForEnds(BooleanSupplier areOver, long nanos, int site) {
    if (nanos >= TimedHooks.VERY_LONG_NANOS) {
      Hooks.controller.waitUntil(areOver, nanos, site);
    } else {
      TimedHooks.wait(site);
    }
  }

  private static boolean isPerTask(ExecutorService executor) {
    return executor.getClass().getName().equals(PER_TASK);
  }

  /** Of one that may run a task on the thread that hands it over, or makes futures of its own. */
  private static void refuseUnlessItHandsOver(ExecutorService executor, int site) {
    if (!handsOver(executor)) {
      Hooks.controller.escape(
          site,
          "invokeAll or invokeAny with a limit in time by an executor that may run tasks on the thread"
              + " that hands them over (take a pool of the JDK, as it is, or leave out the limit)");
    }
  }

  private static boolean handsOver(ExecutorService executor) {
    return executor instanceof ThreadPoolExecutor pool
        ? Hooks.controller.isPool(pool)
            && !Overrides.has(pool, "newTaskFor", Callable.class)
            && !Overrides.has(pool, "execute", Runnable.class)
            && refuses(pool.getRejectedExecutionHandler())
        : isPerTask(executor) || Hooks.controller.isPool(executor);
  }

  /** Whether a task that a pool does not take is run by nobody. */
  public static boolean refuses(RejectedExecutionHandler handler) {
    Class<?> type = handler.getClass();
    return type == Refusal.class
        || type == ThreadPoolExecutor.AbortPolicy.class
        || type == ThreadPoolExecutor.DiscardPolicy.class;
  }
}
