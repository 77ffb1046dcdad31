package oversell.explorer.hook;

import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes call for waits with a time limit for a lock or a permit. Whoever waits for one
 * is in its queue, which others can tell: behind a writer a reader waits, too, and behind whoever
 * wants more permits of a fair semaphore than there are. A lock that goes to whoever asks when it
 * is free needs no queue.
 */
public final class LockHooks {
  private LockHooks() {}

  public static boolean tryLock(Object lock, long time, TimeUnit unit, int site)
      throws InterruptedException {
    Lock asked = (Lock) Objects.requireNonNull(lock);
    if (Overrides.has(asked, "tryLock", long.class, TimeUnit.class)) {
      return asked.tryLock(time, unit);
    }
    if (!isOfJdk(asked) || (asked instanceof ReentrantLock one && !one.isFair())) {
      return free(asked, time, unit, () -> asked.tryLock(0, unit), site);
    }
    boolean barges = asked.getClass().getName().startsWith(StampedLock.class.getName());
    PartnerHooks.refuseUnless(!Overrides.has(asked, "lockInterruptibly"), site);
    return PartnerHooks.given(
        queued(
            asked,
            unit.toNanos(time),
            () -> asked.tryLock(time, unit),
            barges
                ? () -> asked.tryLock(Long.MAX_VALUE, TimeUnit.NANOSECONDS)
                : () -> {
                  asked.lockInterruptibly();
                  return true;
                },
            site));
  }

  /** Whether it waits as a class of the JDK does, of which it may be a subclass. */
  private static boolean isOfJdk(Lock lock) {
    Class<?> type = lock.getClass();
    while (type.getClassLoader() instanceof Woven) {
      type = type.getSuperclass();
    }
    return type.getName().startsWith("java.util.concurrent.locks.");
  }

  public static long tryReadLock(Object lock, long time, TimeUnit unit, int site)
      throws InterruptedException {
    StampedLock asked = (StampedLock) Objects.requireNonNull(lock);
    if (Overrides.has(asked, "tryReadLock", long.class, TimeUnit.class)) {
      return asked.tryReadLock(time, unit);
    }
    // Without a limit a reader does not wait behind a writer, if it need not when it comes.
    return stamp(
        queued(
            asked,
            unit.toNanos(time),
            () -> asked.tryReadLock(time, unit),
            () -> asked.tryReadLock(Long.MAX_VALUE, TimeUnit.NANOSECONDS),
            site));
  }

  public static long tryWriteLock(Object lock, long time, TimeUnit unit, int site)
      throws InterruptedException {
    StampedLock asked = (StampedLock) Objects.requireNonNull(lock);
    if (Overrides.has(asked, "tryWriteLock", long.class, TimeUnit.class)) {
      return asked.tryWriteLock(time, unit);
    }
    PartnerHooks.refuseUnless(!Overrides.has(asked, "writeLockInterruptibly"), site);
    return stamp(
        queued(
            asked,
            unit.toNanos(time),
            () -> asked.tryWriteLock(time, unit),
            asked::writeLockInterruptibly,
            site));
  }

  private static long stamp(@Nullable Long stamp) {
    return stamp == null ? 0 : stamp;
  }

  public static boolean tryAcquire(Object semaphore, long time, TimeUnit unit, int site)
      throws InterruptedException {
    Semaphore asked = (Semaphore) Objects.requireNonNull(semaphore);
    if (Overrides.has(asked, "tryAcquire", long.class, TimeUnit.class)) {
      return asked.tryAcquire(time, unit);
    }
    PartnerHooks.refuseUnless(!asked.isFair() || !Overrides.has(asked, "acquire"), site);
    return acquire(
        asked,
        time,
        unit,
        left -> asked.tryAcquire(left, unit),
        () -> {
          asked.acquire();
          return true;
        },
        site);
  }

  public static boolean tryAcquire(
      Object semaphore, int permits, long time, TimeUnit unit, int site)
      throws InterruptedException {
    Semaphore asked = (Semaphore) Objects.requireNonNull(semaphore);
    if (Overrides.has(asked, "tryAcquire", int.class, long.class, TimeUnit.class)) {
      return asked.tryAcquire(permits, time, unit);
    }
    PartnerHooks.refuseUnless(!asked.isFair() || !Overrides.has(asked, "acquire", int.class), site);
    return acquire(
        asked,
        time,
        unit,
        left -> asked.tryAcquire(permits, left, unit),
        () -> {
          asked.acquire(permits);
          return true;
        },
        site);
  }

  /** A wait of the JDK's that is given a limit. */
  private interface Limited {
    boolean make(long limit) throws InterruptedException;
  }

  private static boolean acquire(
      Semaphore asked,
      long time,
      TimeUnit unit,
      Limited limited,
      PartnerHooks.Wait<Boolean, RuntimeException> unlimited,
      int site)
      throws InterruptedException {
    return asked.isFair()
        ? PartnerHooks.given(
            queued(asked, unit.toNanos(time), () -> limited.make(time), unlimited, site))
        : free(asked, time, unit, () -> limited.make(0), site);
  }

  /** Of what goes to whoever asks when it is free, so that nobody need queue: see TimedHooks. */
  private static boolean free(
      Object asked,
      long time,
      TimeUnit unit,
      PartnerHooks.Wait<Boolean, RuntimeException> attempt,
      int site)
      throws InterruptedException {
    TimedHooks.wait(site);
    Hooks.controller.guard(asked, site);
    try {
      boolean got = PartnerHooks.given(attempt.make());
      TimedHooks.ended(got, time, unit);
      return got;
    } catch (TimeoutException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      Hooks.controller.left();
    }
  }

  /**
   * As {@link PartnerHooks#within} of a queue, whose limit may pass at any time however long it is.
   */
  private static <T> @Nullable T queued(
      Object asked,
      long limitNanos,
      PartnerHooks.Wait<T, RuntimeException> limited,
      PartnerHooks.Wait<T, RuntimeException> unlimited,
      int site)
      throws InterruptedException {
    // Others may have seen that it waits, even where it gets nothing.
    Rounds.changed();
    long notLong = Math.min(limitNanos, TimedHooks.VERY_LONG_NANOS - 1);
    return PartnerHooks.within(asked, notLong, limited, unlimited, site);
  }
}
