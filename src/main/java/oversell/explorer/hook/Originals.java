package oversell.explorer.hook;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;

/** The classes of the JDK as which objects of the explorer's classes are seen by woven ones. */
final class Originals {
  private static final String OURS = "oversell.explorer.";
  private static final Map<Class<?>, Class<?>> KNOWN =
      Map.of(
          TaskPool.class,
          ForkJoinPool.class,
          ScheduledPool.class,
          ScheduledThreadPoolExecutor.class,
          ScheduledPool.Timed.class,
          named(ScheduledThreadPoolExecutor.class.getName() + "$ScheduledFutureTask").orElseThrow(),
          VirtualTimer.class,
          Timer.class,
          VirtualTimer.Worker.class,
          named("java.util.TimerThread").orElseThrow(),
          SeededSecureRandom.class,
          SecureRandom.class,
          Refusal.class,
          ThreadPoolExecutor.AbortPolicy.class,
          Refusal.Rejected.class,
          RejectedExecutionException.class,
          PoolHooks.DelayThread.class,
          named(PoolHooks.DELAY_SCHEDULER).orElse(Thread.class));

  private Originals() {}

  static Optional<Class<?>> named(String name) {
    try {
      return Optional.of(Class.forName(name));
    } catch (ClassNotFoundException ofAnotherRelease) {
      return Optional.empty();
    }
  }

  /** The class of an object, or that of the JDK for which it stands. */
  // A loader is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  static Class<?> classOf(Object object, int site) {
    Class<?> type = object.getClass();
    if (type.getClassLoader() != Originals.class.getClassLoader()
        || !type.getName().startsWith(OURS)) {
      return type;
    }
    Class<?> original = KNOWN.get(type);
    if (original == null) {
      Hooks.controller.escape(site, "the class of an object that the explorer has made");
      return type;
    }
    return original;
  }
}
