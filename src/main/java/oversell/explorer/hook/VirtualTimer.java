package oversell.explorer.hook;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Constructor;
import java.util.Date;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes make instead of a {@link Timer}: a scheduled pool of one thread that ends with
 * the first task that fails, as the JDK's does.
 *
 * <p>The timer of the JDK that it extends is never made, and so has no thread.
 */
// A timer has dates.
@SuppressWarnings("JavaUtilDate")
public final class VirtualTimer extends Timer {
  private static final int VIRGIN = 0;
  private static final int SCHEDULED = 1;
  private static final int EXECUTED = 2;
  private static final int CANCELLED = 3;
  private static final VarHandle STATE = state();

  /** Its thread. */
  static final class Worker extends Thread {
    Worker(@Nullable ThreadGroup group, Runnable tasks, String name) {
      super(group, tasks, name);
    }
  }

  // Set once, by whoever makes it past its constructors.
  private ScheduledPool pool;

  // Nobody calls it, and without it there would be one that anybody could.
  @SuppressWarnings("UnusedMethod")
  private VirtualTimer(ScheduledPool pool) {
    this.pool = pool;
  }

  /** One that no constructor of the JDK has made, which would start a thread. */
  // Nobody relies on the priority of that, but a task may ask for it.
  @SuppressWarnings("ThreadPriorityCheck")
  static VirtualTimer of(String name, boolean isDaemon, int site) {
    try {
      Class<?> type = Class.forName("sun.reflect.ReflectionFactory");
      Object factory = type.getMethod("getReflectionFactory").invoke(null);
      Constructor<?> past =
          (Constructor<?>)
              type.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                  .invoke(factory, VirtualTimer.class, Object.class.getConstructor());
      VirtualTimer timer = (VirtualTimer) past.newInstance();
      Thread maker = Hooks.controller.currentThread();
      ThreadGroup group = maker.getThreadGroup();
      int priority = maker.getPriority();
      timer.pool =
          new ScheduledPool(
              1,
              task -> {
                Worker worker = new Worker(group, task, name);
                worker.setDaemon(isDaemon);
                worker.setPriority(priority);
                return worker;
              },
              site);
      return timer;
    } catch (ReflectiveOperationException missing) {
      throw unknown(missing);
    }
  }

  private static IllegalStateException unknown(ReflectiveOperationException missing) {
    return new IllegalStateException("a timer of this JDK cannot be explored", missing);
  }

  private static VarHandle state() {
    try {
      return MethodHandles.privateLookupIn(TimerTask.class, MethodHandles.lookup())
          .findVarHandle(TimerTask.class, "state", int.class);
    } catch (ReflectiveOperationException missing) {
      throw unknown(missing);
    }
  }

  @Override
  public void schedule(TimerTask task, long delay) {
    add(task, after(delay), 0);
  }

  @Override
  public void schedule(TimerTask task, Date time) {
    add(task, time.getTime(), 0);
  }

  @Override
  public void schedule(TimerTask task, long delay, long period) {
    add(task, after(delay), -positive(period));
  }

  @Override
  public void schedule(TimerTask task, Date first, long period) {
    add(task, first.getTime(), -positive(period));
  }

  @Override
  public void scheduleAtFixedRate(TimerTask task, long delay, long period) {
    add(task, after(delay), positive(period));
  }

  @Override
  public void scheduleAtFixedRate(TimerTask task, Date first, long period) {
    add(task, first.getTime(), positive(period));
  }

  private static long after(long delay) {
    if (delay < 0) {
      throw new IllegalArgumentException("Negative delay.");
    }
    return TimeUnit.NANOSECONDS.toMillis(Hooks.controller.nowToSchedule()) + delay;
  }

  private static long positive(long period) {
    if (period <= 0) {
      throw new IllegalArgumentException("Non-positive period.");
    }
    return period;
  }

  /**
   * Adds a task.
   *
   * @param time when it is due, in milliseconds
   * @param period between the times at which it is due, or if negative between the end and the next
   *     start, in milliseconds; zero if it is run once
   */
  private void add(TimerTask task, long time, long period) {
    if (time < 0) {
      throw new IllegalArgumentException("Illegal execution time.");
    }
    if (pool.isShutdown()) {
      throw new IllegalStateException("Timer already cancelled.");
    }
    if ((int) STATE.get(task) != VIRGIN) {
      throw new IllegalStateException("Task already scheduled or cancelled");
    }
    STATE.set(task, SCHEDULED);
    AtomicReference<@Nullable ScheduledFuture<?>> rounds = new AtomicReference<>();
    Runnable round = () -> run(task, period != 0, rounds);
    rounds.set(
        pool.scheduleAt(
            round, TimeUnit.MILLISECONDS.toNanos(time), TimeUnit.MILLISECONDS.toNanos(period)));
    if (pool.hasTies()) {
      // Which of two the JDK's heap yields first depends on what else is in it.
      boolean unused =
          pool.refuse(
              false,
              "a Timer, made here, with two tasks that are due in the same millisecond, of which"
                  + " either may be first (let their times differ)");
    }
  }

  private void run(
      TimerTask task, boolean isPeriodic, AtomicReference<@Nullable ScheduledFuture<?>> rounds) {
    if ((int) STATE.get(task) == CANCELLED) {
      ScheduledFuture<?> future = rounds.get();
      if (isPeriodic && future != null) {
        boolean unused = future.cancel(false);
      }
      return;
    }
    if (!isPeriodic) {
      STATE.set(task, EXECUTED);
    }
    try {
      task.run();
    } catch (RuntimeException | Error failed) {
      cancel();
      Hooks.controller.uncaught(failed);
    }
    if (Thread.currentThread().isInterrupted()) {
      // The JDK's thread forgets it where it waits for the next task, and not where that is due.
      boolean unused =
          pool.refuse(
              false,
              "a Timer, made here, with a task that leaves its thread interrupted (take the interrupt"
                  + " back in the task)");
    }
  }

  @Override
  public void cancel() {
    pool.shutdownWithoutTasks();
  }

  /** It tells how many were removed. */
  @Override
  public int purge() {
    return pool.refuse(
        0, "purge of a Timer, made here, which counts cancelled tasks (count them in the program)");
  }

  /** Enters a call of it; false if nobody would control that. */
  boolean enter(int site) {
    return Hooks.controller.enterPool(pool, site);
  }
}
