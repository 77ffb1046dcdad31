package oversell.explorer.hook;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What woven classes call to schedule tasks: see {@link ScheduledPool}. */
public final class ScheduledHooks {
  private static final Class<?>[] PERIODIC = {
    Runnable.class, long.class, long.class, TimeUnit.class
  };

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
    return call(
        pool,
        "schedule",
        new Class<?>[] {Runnable.class, long.class, TimeUnit.class},
        asked -> asked.schedule(task, delay, unit),
        site);
  }

  public static ScheduledFuture<?> schedule(
      Object pool, Callable<?> task, long delay, TimeUnit unit, int site) {
    return call(
        pool,
        "schedule",
        new Class<?>[] {Callable.class, long.class, TimeUnit.class},
        asked -> asked.schedule(task, delay, unit),
        site);
  }

  public static ScheduledFuture<?> scheduleAtFixedRate(
      Object pool, Runnable task, long delay, long period, TimeUnit unit, int site) {
    return call(
        pool,
        "scheduleAtFixedRate",
        PERIODIC,
        asked -> asked.scheduleAtFixedRate(task, delay, period, unit),
        site);
  }

  public static ScheduledFuture<?> scheduleWithFixedDelay(
      Object pool, Runnable task, long delay, long period, TimeUnit unit, int site) {
    return call(
        pool,
        "scheduleWithFixedDelay",
        PERIODIC,
        asked -> asked.scheduleWithFixedDelay(task, delay, period, unit),
        site);
  }

  private static ScheduledFuture<?> call(
      Object pool,
      String method,
      Class<?>[] types,
      Function<ScheduledExecutorService, ScheduledFuture<?>> call,
      int site) {
    ScheduledExecutorService asked = (ScheduledExecutorService) Objects.requireNonNull(pool);
    if (Overrides.has(asked, method, types)) {
      return call.apply(asked);
    }
    if (!(asked instanceof ScheduledPool) || !Hooks.controller.enterPool(pool, site)) {
      // It is the JDK's, of a kind of its own, or there is no exploration.
      Hooks.controller.escape(
          site,
          method
              + " of a ScheduledExecutorService that is not the JDK's, or that the program has not"
              + " made (make one with Executors in the scenario)");
      return call.apply(asked);
    }
    try {
      ScheduledFuture<?> future = call.apply(asked);
      Hooks.controller.submitted(future);
      return future;
    } finally {
      Hooks.controller.left();
    }
  }
}
