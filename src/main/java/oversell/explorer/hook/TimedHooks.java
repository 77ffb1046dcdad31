package oversell.explorer.hook;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Date;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes call for waits with a time limit. Such a wait ends by what it waits for or by
 * its limit, whichever comes first, and both can come first on a busy machine. So it is made when
 * the explorer chooses its thread, with no time left: if what it waits for is there then, that ends
 * it, and else its limit has passed.
 */
// Users call these in their loops, and some of what they call has dates.
@SuppressWarnings({"WaitNotInLoop", "JavaUtilDate"})
public final class TimedHooks {
  private TimedHooks() {}

  /** A thread that goes on meanwhile would have to stand still for that long. */
  public static final long VERY_LONG_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** A wait with a limit is about to begin; returns when it is to end. */
  public static void wait(int site) {
    Hooks.controller.waitForATime(site);
  }

  /**
   * The same of a wait for what can be asked about: a limit of a minute or more passes only when no
   * other thread can go on.
   */
  private static void waitUntil(BooleanSupplier isOver, long limitNanos, int site) {
    if (limitNanos >= VERY_LONG_NANOS) {
      Hooks.controller.waitUntil(isOver, limitNanos, site);
    } else {
      wait(site);
      Hooks.controller.askForAnEnd(site);
    }
  }

  /**
   * Waits as a timer does: until its time has passed, which if it is a minute or more it does only
   * when no other thread can go on.
   */
  static void await(BooleanSupplier isOver, long limitNanos, int site) {
    if (limitNanos >= VERY_LONG_NANOS) {
      Hooks.controller.waitUntil(isOver, limitNanos, site);
    } else {
      wait(site);
    }
  }

  /** The limit that a method gets: what was given, if it is of a woven class. */
  public static long limit(@Nullable Object receiver, String method, long time) {
    for (Class<?> type = receiver == null ? Object.class : receiver.getClass();
        type != null && type.getClassLoader() instanceof Woven;
        type = type.getSuperclass()) {
      for (Method own : type.getDeclaredMethods()) {
        if (own.getName().equals(method) && hasLimit(own)) {
          return time;
        }
      }
    }
    return 0;
  }

  private static boolean hasLimit(Method method) {
    Class<?>[] types = method.getParameterTypes();
    return types.length > 1 && types[types.length - 1] == TimeUnit.class;
  }

  public static void ended(boolean inTime, long time, TimeUnit unit) {
    if (!inTime) {
      passTime(unit.toNanos(time));
    }
  }

  /** Of a call that answers with null or zero if its limit has passed. */
  public static void ended(@Nullable Object answer, long time, TimeUnit unit) {
    ended(answer != null, time, unit);
  }

  public static void ended(long answer, long time, TimeUnit unit) {
    ended(answer != 0, time, unit);
  }

  static void passTime(long nanos) {
    Hooks.controller.passTimeParked(nanos);
  }

  public static @Nullable Object get(Object future, long time, TimeUnit unit, int site)
      throws InterruptedException, ExecutionException, TimeoutException {
    Future<?> asked = (Future<?>) Objects.requireNonNull(future);
    if (Overrides.has(asked, "get", long.class, TimeUnit.class)) {
      return asked.get(time, unit);
    }
    waitUntil(asked::isDone, unit.toNanos(time), site);
    try {
      return asked.get(0, unit);
    } catch (TimeoutException passed) {
      passTime(unit.toNanos(time));
      throw passed;
    }
  }

  public static boolean awaitTermination(Object executor, long time, TimeUnit unit, int site)
      throws InterruptedException {
    ExecutorService asked = (ExecutorService) Objects.requireNonNull(executor);
    if (Overrides.has(asked, "awaitTermination", long.class, TimeUnit.class)) {
      return asked.awaitTermination(time, unit);
    }
    long nanos = unit.toNanos(time);
    if (nanos < VERY_LONG_NANOS || !Hooks.controller.awaitEnd(asked, nanos, site)) {
      waitUntil(asked::isTerminated, nanos, site);
    }
    boolean inTime = asked.awaitTermination(0, unit);
    // With no time left a pool of the JDK does not ask for interrupts.
    if (!inTime && time > 0 && Thread.interrupted()) {
      throw new InterruptedException();
    }
    ended(inTime, time, unit);
    return inTime;
  }

  public static void join(Thread thread, long millis, int site) throws InterruptedException {
    if (millis < 0) {
      throw new IllegalArgumentException("timeout value is negative");
    }
    if (millis == 0) {
      Hooks.controller.join(thread, site);
    } else {
      boolean unused = joinFor(thread, TimeUnit.MILLISECONDS.toNanos(millis), site);
    }
  }

  public static void join(Thread thread, long millis, int nanos, int site)
      throws InterruptedException {
    if (millis == 0 && nanos > 0) {
      join(thread, 1, site);
    } else {
      join(thread, millis, site);
    }
  }

  public static boolean join(Thread thread, Duration limit, int site) throws InterruptedException {
    if (!Hooks.controller.hasStarted(thread, site)) {
      throw new IllegalThreadStateException("Thread not started");
    }
    return joinFor(thread, TimeUnit.NANOSECONDS.convert(limit), site);
  }

  private static boolean joinFor(Thread thread, long nanos, int site) throws InterruptedException {
    if (nanos >= VERY_LONG_NANOS) {
      Hooks.controller.waitUntil(() -> !Hooks.controller.isAlive(thread), nanos, site);
    } else {
      wait(site);
      Hooks.controller.askForEndOf(thread, site);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    boolean inTime = !Hooks.controller.isAlive(thread);
    if (!inTime && !thread.isVirtual()) {
      // It was in the monitor of that thread.
      Hooks.controller.passTime(nanos);
    } else {
      ended(inTime, nanos, TimeUnit.NANOSECONDS);
    }
    return inTime;
  }

  public static boolean awaitLatch(Object latch, long time, TimeUnit unit, int site)
      throws InterruptedException {
    CountDownLatch asked = (CountDownLatch) Objects.requireNonNull(latch);
    if (Overrides.has(asked, "await", long.class, TimeUnit.class)) {
      return asked.await(time, unit);
    }
    waitUntil(() -> asked.getCount() == 0, unit.toNanos(time), site);
    boolean inTime = asked.await(0, unit);
    ended(inTime, time, unit);
    return inTime;
  }

  public static void timedJoin(TimeUnit unit, Thread thread, long time, int site)
      throws InterruptedException {
    if (time > 0) {
      boolean unused = joinFor(thread, unit.toNanos(time), site);
    }
  }

  public static void timedWait(TimeUnit unit, Object monitor, long time, int site)
      throws InterruptedException {
    if (time > 0) {
      Hooks.controller.await(monitor, unit.toNanos(time), site);
    }
  }

  public static boolean await(Object condition, long time, TimeUnit unit, int site)
      throws InterruptedException {
    return Overrides.has(Objects.requireNonNull(condition), "await", long.class, TimeUnit.class)
        ? ((Condition) condition).await(time, unit)
        : awaitSignal((Condition) condition, unit.toNanos(time), site);
  }

  public static long awaitNanos(Object condition, long nanos, int site)
      throws InterruptedException {
    if (Overrides.has(Objects.requireNonNull(condition), "awaitNanos", long.class)) {
      return ((Condition) condition).awaitNanos(nanos);
    }
    Hooks.controller.guard(condition, site);
    try {
      return Hooks.controller.awaitNanos((Condition) condition, nanos, site);
    } finally {
      Hooks.controller.left();
    }
  }

  public static boolean awaitUntil(Object condition, Date deadline, int site)
      throws InterruptedException {
    if (Overrides.has(Objects.requireNonNull(condition), "awaitUntil", Date.class)) {
      return ((Condition) condition).awaitUntil(deadline);
    }
    long now = Hooks.currentTimeMillis(site);
    long nanos = TimeUnit.MILLISECONDS.toNanos(deadline.getTime() - now);
    return awaitSignal((Condition) condition, nanos, site);
  }

  private static boolean awaitSignal(Condition condition, long nanos, int site)
      throws InterruptedException {
    Hooks.controller.guard(condition, site);
    try {
      return Hooks.controller.awaitSignal(condition, nanos, site);
    } finally {
      Hooks.controller.left();
    }
  }
}
