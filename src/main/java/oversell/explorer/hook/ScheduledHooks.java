package oversell.explorer.hook;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** What woven classes call to schedule tasks: see {@link ScheduledPool}. */
public final class ScheduledHooks {
  private ScheduledHooks() {}

  public static ScheduledExecutorService newScheduledThreadPool(int threads, int site) {
    return newScheduledThreadPool(threads, Executors.defaultThreadFactory(), site);
  }

  public static ScheduledExecutorService newScheduledThreadPool(
      int threads, ThreadFactory factory, int site) {
    Hooks.controller.makeThread(site);
    return new ScheduledPool(threads, factory, site);
  }

  public static ScheduledExecutorService newSingleThreadScheduledExecutor(int site) {
    return newScheduledThreadPool(1, site);
  }

  public static ScheduledExecutorService newSingleThreadScheduledExecutor(
      ThreadFactory factory, int site) {
    return newScheduledThreadPool(1, factory, site);
  }

  public static ScheduledFuture<?> schedule(
      Object pool, Runnable task, long delay, TimeUnit unit, int site) {
    Objects.requireNonNull(task);
    return schedule(pool, Executors.callable(task), delay, unit, site);
  }

  public static ScheduledFuture<?> schedule(
      Object pool, Callable<?> task, long delay, TimeUnit unit, int site) {
    if (!(Objects.requireNonNull(pool) instanceof ScheduledPool asked)
        || !Hooks.controller.enterPool(pool, site)) {
      // It is of a class under test, or there is no exploration.
      Hooks.controller.escape(site);
      return ((ScheduledExecutorService) pool).schedule(task, delay, unit);
    }
    try {
      ScheduledFuture<?> future = asked.schedule(task, delay, unit);
      Hooks.controller.submitted(future);
      return future;
    } finally {
      Hooks.controller.left();
    }
  }
}
