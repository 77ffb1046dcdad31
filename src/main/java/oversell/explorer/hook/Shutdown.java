package oversell.explorer.hook;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * How a pool of the JDK is shut down in two steps, since others can see what is between them: it
 * says that it is shut down, and only then interrupts its threads, gives back its tasks, and ends
 * if it has no thread.
 */
final class Shutdown {
  private static final Class<?> PER_TASK =
      Originals.named("java.util.concurrent.ThreadPerTaskExecutor").orElseThrow();
  private static final Field STATE;
  private static final Field THREADS;
  private static final Method END;
  private static final Method ADVANCE;
  // Those of the JDK, past what overrides them.
  private static final MethodHandle SHUTDOWN_OF_JDK;
  private static final MethodHandle SHUTDOWN_NOW_OF_JDK;
  // The JDK's numbers for the states, of both kinds of pools.
  private static final int PER_TASK_SHUTDOWN = 1;
  private static final int SHUTDOWN = 0;
  private static final int STOP = 1 << 29;

  static {
    try {
      STATE = open(PER_TASK.getDeclaredField("state"));
      THREADS = open(PER_TASK.getDeclaredField("threads"));
      END = open(PER_TASK.getDeclaredMethod("tryTerminate"));
      ADVANCE = open(ThreadPoolExecutor.class.getDeclaredMethod("advanceRunState", int.class));
      SHUTDOWN_OF_JDK = ofJdk("shutdown", void.class);
      SHUTDOWN_NOW_OF_JDK = ofJdk("shutdownNow", List.class);
    } catch (ReflectiveOperationException closed) {
      throw new ExceptionInInitializerError(closed);
    }
  }

  private Shutdown() {}

  private static <T extends AccessibleObject> T open(T member) {
    member.setAccessible(true);
    return member;
  }

  private static MethodHandle ofJdk(String method, Class<?> answer)
      throws ReflectiveOperationException {
    return MethodHandles.privateLookupIn(ThreadPoolExecutor.class, MethodHandles.lookup())
        .findSpecial(
            ThreadPoolExecutor.class,
            method,
            MethodType.methodType(answer),
            ThreadPoolExecutor.class);
  }

  /** Whether others can tell that a pool ends after it says that it is shut down. */
  static boolean endsApart(ExecutorService pool) {
    if (pool.isShutdown()) {
      return false;
    }
    return switch (pool) {
      case ScheduledPool scheduled -> true;
      case TaskPool tasks -> tasks.isIdle();
      case ThreadPoolExecutor threads -> threads.getPoolSize() == 0;
      default -> isPerTask(pool) && threadsOf(pool).isEmpty();
    };
  }

  /** The same if it is to interrupt its threads. */
  static boolean stopsApart(ExecutorService pool) {
    return !pool.isShutdown()
        && !(pool instanceof TaskPool)
        && (pool instanceof ThreadPoolExecutor || isPerTask(pool));
  }

  private static boolean isPerTask(ExecutorService pool) {
    return pool.getClass().equals(PER_TASK);
  }

  private static Collection<?> threadsOf(ExecutorService pool) {
    try {
      return (Collection<?>) THREADS.get(pool);
    } catch (IllegalAccessException opened) {
      throw new IllegalStateException(opened);
    }
  }

  /** How many threads it may have to interrupt. */
  static int threads(ExecutorService pool) {
    return switch (pool) {
      case ScheduledPool scheduled -> scheduled.threads();
      case ThreadPoolExecutor threads -> threads.getPoolSize();
      default -> isPerTask(pool) ? threadsOf(pool).size() : 0;
    };
  }

  /**
   * The first step: it says that it is shut down.
   *
   * @param stops whether it is to interrupt its threads
   */
  static void begin(ExecutorService pool, boolean stops) {
    try {
      switch (pool) {
        case ScheduledPool scheduled -> scheduled.beginShutdown(stops);
        case TaskPool tasks -> tasks.beginShutdown();
        case ThreadPoolExecutor threads -> {
          Object unused = ADVANCE.invoke(threads, stops ? STOP : SHUTDOWN);
        }
        default -> STATE.setInt(pool, PER_TASK_SHUTDOWN);
      }
    } catch (ReflectiveOperationException opened) {
      throw new IllegalStateException(opened);
    }
  }

  /** All of it, or what the first step has left, past a method that overrides the JDK's. */
  static void shutdown(ExecutorService pool) {
    if (pool instanceof ThreadPoolExecutor threads && !(pool instanceof ScheduledPool)) {
      try {
        SHUTDOWN_OF_JDK.invokeExact(threads);
      } catch (Throwable thrown) {
        throw Undeclared.thrown(thrown);
      }
    } else {
      pool.shutdown();
      endIfWithoutThreads(pool);
    }
  }

  /** The same if it is to interrupt its threads. */
  static List<Runnable> shutdownNow(ExecutorService pool) {
    if (pool instanceof ThreadPoolExecutor threads && !(pool instanceof ScheduledPool)) {
      try {
        return (List<Runnable>) SHUTDOWN_NOW_OF_JDK.invokeExact(threads);
      } catch (Throwable thrown) {
        throw Undeclared.thrown(thrown);
      }
    }
    List<Runnable> tasks = pool.shutdownNow();
    endIfWithoutThreads(pool);
    return tasks;
  }

  /** What one that has a thread for each task does only with the first step. */
  private static void endIfWithoutThreads(ExecutorService pool) {
    if (isPerTask(pool)) {
      try {
        Object unused = END.invoke(pool);
      } catch (ReflectiveOperationException opened) {
        throw new IllegalStateException(opened);
      }
    }
  }
}
