package oversell.explorer.hook;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/** What woven classes call to fork and join tasks: see {@link TaskPool}. */
public final class ForkHooks {
  private ForkHooks() {}

  public static ForkJoinPool commonPool(int site) {
    return Hooks.controller.commonTaskPool(site);
  }

  public static ExecutorService newWorkStealingPool(int site) {
    Hooks.controller.makeThread(site);
    return new TaskPool(site);
  }

  public static ExecutorService newWorkStealingPool(int parallelism, int site) {
    Hooks.controller.makeThread(site);
    return new TaskPool(parallelism, site);
  }

  public static boolean inForkJoinPool(int site) {
    return TaskPool.current().isPresent();
  }

  public static @Nullable ForkJoinPool getPool(int site) {
    return TaskPool.current().orElse(null);
  }

  /** The pool of a thread. */
  public static ForkJoinPool getPool(Object worker, int site) {
    return TaskPool.of((ForkJoinWorkerThread) Objects.requireNonNull(worker), site);
  }

  public static ForkJoinTask<?> submit(Object pool, ForkJoinTask<?> task, int site) {
    TaskPool asked = pool(pool, site);
    enterToHandOver(asked, site);
    try {
      return asked.submit(task, site);
    } finally {
      Hooks.controller.left();
    }
  }

  public static ForkJoinTask<?> submit(Object pool, Callable<?> task, int site) {
    return submit(pool, TaskPool.adapted(task), site);
  }

  public static ForkJoinTask<?> submit(Object pool, Runnable task, int site) {
    return submit(pool, task, null, site);
  }

  public static ForkJoinTask<?> submit(
      Object pool, Runnable task, @Nullable Object result, int site) {
    return submit(pool, TaskPool.adapted(Executors.callable(task, result)), site);
  }

  public static void execute(Object pool, Runnable task, int site) {
    PoolHooks.execute(pool(pool, site), task, site);
  }

  public static void execute(Object pool, ForkJoinTask<?> task, int site) {
    ForkJoinTask<?> unused = submit(pool, task, site);
  }

  public static @Nullable Object invoke(Object pool, ForkJoinTask<?> task, int site) {
    return joinTask(submit(pool, task, site), site);
  }

  /** Any other is one of a class under test, whose threads are its own. */
  private static TaskPool pool(Object pool, int site) {
    if (!(Objects.requireNonNull(pool) instanceof TaskPool ours)) {
      Hooks.controller.escape(
          site,
          "a ForkJoinPool of a class of its own, whose threads are its own (use a ForkJoinPool)");
      throw new IllegalArgumentException(pool.toString());
    }
    return ours;
  }

  public static ForkJoinTask<?> fork(Object task, int site) {
    ForkJoinTask<?> forked = (ForkJoinTask<?>) Objects.requireNonNull(task);
    TaskPool pool = TaskPool.current().orElseGet(() -> Hooks.controller.commonTaskPool(site));
    enterToHandOver(pool, site);
    try {
      pool.fork(forked, site);
      return forked;
    } finally {
      Hooks.controller.left();
    }
  }

  public static @Nullable Object joinTask(Object task, int site) {
    ForkJoinTask<?> joined = await(task, site);
    try {
      return joined.join();
    } finally {
      Hooks.controller.left();
    }
  }

  public static void quietlyJoin(Object task, int site) {
    ForkJoinTask<?> joined = await(task, site);
    try {
      joined.quietlyJoin();
    } finally {
      Hooks.controller.left();
    }
  }

  private static ForkJoinTask<?> await(Object task, int site) {
    ForkJoinTask<?> joined = (ForkJoinTask<?>) Objects.requireNonNull(task);
    Hooks.controller.submitted(joined);
    if (!Hooks.controller.awaitResult(joined, site)) {
      Hooks.controller.callAnything(site);
    }
    return joined;
  }

  /** Runs a task on the thread that calls. */
  public static @Nullable Object run(Object task, int site) {
    quietlyRun((ForkJoinTask<?>) Objects.requireNonNull(task), site);
    return joinTask(task, site);
  }

  public static void quietlyInvoke(Object task, int site) {
    ForkJoinTask<?> run = (ForkJoinTask<?>) Objects.requireNonNull(task);
    quietlyRun(run, site);
    if (!TaskPool.isRecursive(run)) {
      quietlyJoin(run, site);
    }
  }

  /** Whether that is done then, it says itself. */
  private static void quietlyRun(ForkJoinTask<?> run, int site) {
    if (run instanceof CountedCompleter<?> counted) {
      if (!CompleterHooks.isDone(counted, site)) {
        CompleterHooks.run(counted, site);
      }
      return;
    }
    if (TaskPool.isRecursive(run)) {
      Hooks.controller.enterTask(run, false, site);
    } else {
      Hooks.controller.enterCommonPool(site);
    }
    try {
      CompleterHooks.execute(run);
    } finally {
      Hooks.controller.left();
    }
  }

  public static void invokeAll(ForkJoinTask<?> first, ForkJoinTask<?> second, int site) {
    invokeAll(new ForkJoinTask<?>[] {first, second}, site);
  }

  public static <T extends ForkJoinTask<?>> Collection<T> invokeAll(Collection<T> tasks, int site) {
    invokeAll(List.copyOf(tasks).toArray(new ForkJoinTask<?>[0]), site);
    return tasks;
  }

  /** Forks all but the first, from the last on, as the JDK does; the first one it runs. */
  public static void invokeAll(ForkJoinTask<?>[] tasks, int site) {
    for (int i = tasks.length - 1; i > 0; i--) {
      ForkJoinTask<?> unused = fork(tasks[i], site);
    }
    if (tasks.length > 0) {
      quietlyRun(tasks[0], site);
    }
    for (int i = 0; i < tasks.length; i++) {
      quietlyJoin(tasks[i], site);
      if (tasks[i].isCompletedAbnormally()) {
        for (int other = 1; other < tasks.length; other++) {
          cancel(tasks[other], site);
        }
        Object unused = tasks[i].join();
      }
    }
  }

  private static void cancel(ForkJoinTask<?> task, int site) {
    Hooks.controller.competeWithAnEnd(site);
    try {
      boolean unused = task.cancel(false);
    } finally {
      Hooks.controller.left();
    }
  }

  private static void enterToHandOver(TaskPool pool, int site) {
    if (!Hooks.controller.enterPoolToHandOver(pool, site)) {
      Hooks.controller.enterCommonPool(site);
    }
  }
}
