package oversell.explorer.control;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Rounds;
import oversell.explorer.schedule.Locations;

/**
 * The conditions of locks in programs that wait for one with a time limit. Those of the JDK end
 * such a wait by a timer of the JVM, which is not under control: so these are the explorer's own,
 * on the JDK's locks. A signal goes to the thread that has waited longest, as in the JDK.
 */
final class Conditions {
  private static final Set<String> OF_LOCKS =
      Arrays.stream(ReentrantLock.class.getDeclaredMethods())
          .map(Method::getName)
          .collect(Collectors.toUnmodifiableSet());
  // Whether locks of a class have all methods of the JDK's as those are.
  private static final ClassValue<Boolean> LOCKS_AS_THE_JDK =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          if (type == ReentrantLock.class) {
            return true;
          }
          return ReentrantLock.class.isAssignableFrom(type)
              && Arrays.stream(type.getDeclaredMethods())
                  .map(Method::getName)
                  .noneMatch(OF_LOCKS::contains)
              && get(type.getSuperclass());
        }
      };

  private final Points points;
  private final Locations locations;
  private final VirtualTime time;

  Conditions(Points points, Locations locations, VirtualTime time) {
    this.points = points;
    this.locations = locations;
    this.time = time;
  }

  /** Whether the conditions of a lock can be the explorer's own. */
  static boolean canBeOf(Object lock) {
    return lock instanceof ReentrantLock reentrant
        && LOCKS_AS_THE_JDK.get(lock.getClass())
        && !reentrant.isFair();
  }

  Condition of(ReentrantLock lock) {
    return new Queue(lock);
  }

  /** A thread that waits for a signal, and how that ended. */
  private static final class Waiting {
    final Task task;
    boolean isSignalled;

    Waiting(Task task) {
      this.task = task;
    }
  }

  /** The threads that wait for the signals of a condition. */
  // Whoever calls it does so in a loop, and the interface has dates.
  @SuppressWarnings({"WaitNotInLoop", "JavaUtilDate"})
  final class Queue implements Condition {
    private final ReentrantLock lock;
    private final List<Waiting> waiting = new ArrayList<>(2);

    Queue(ReentrantLock lock) {
      this.lock = lock;
    }

    /**
     * Waits for a signal.
     *
     * @param limited whether it may also end at any moment
     * @return whether it was signalled to
     */
    private boolean await(boolean limited, boolean interruptible) throws InterruptedException {
      throwUnlessHeld();
      if (interruptible && Thread.interrupted()) {
        throw new InterruptedException();
      }
      Task task = points.announcer();
      if (task == null) {
        throw new IllegalStateException("nobody would signal");
      }
      if (!points.scheduler().isAlone()) {
        points.hold(task, lock, Operation.GUARD);
      }
      Waiting one = new Waiting(task);
      waiting.add(one);
      // It gives the lock back, and others can take it.
      Rounds.unlocked();
      int holds = lock.getHoldCount();
      for (int i = 0; i < holds; i++) {
        lock.unlock();
      }
      Tasks tasks = points.scheduler().tasks;
      Monitors.WakeUp wakeUp = Monitors.WakeUp.of(task, limited, interruptible, points);
      tasks.want(task, wakeUp);
      points.passWhenFree(task, task.site);
      wakeUp.hasEnded(task, one.isSignalled, points.scheduler());
      if (!one.isSignalled) {
        waiting.remove(one);
        if (lock.isLocked()) {
          tasks.want(task, wanted());
          points.passWhenFree(task, task.site);
        }
      }
      for (int i = 0; i < holds; i++) {
        lock.lock();
      }
      if (interruptible && !one.isSignalled && Thread.interrupted()) {
        throw new InterruptedException();
      }
      return one.isSignalled;
    }

    private Task.Wanted wanted() {
      return new Calls.Lock(lock, false, locations.of(lock, 0));
    }

    private void throwUnlessHeld() {
      if (!lock.isHeldByCurrentThread()) {
        throw new IllegalMonitorStateException();
      }
    }

    @Override
    public void await() throws InterruptedException {
      boolean unused = await(false, true);
    }

    @Override
    public void awaitUninterruptibly() {
      try {
        boolean unused = await(false, false);
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public long awaitNanos(long nanos) throws InterruptedException {
      long begun = time.nowInStep();
      boolean unused = awaitFor(nanos);
      // Of a limit that has passed that is nothing or less, since others may have slept for longer.
      return nanos - (time.nowInStep() - begun);
    }

    private boolean awaitFor(long nanos) throws InterruptedException {
      long begun = time.beginWait();
      boolean isSignalled = await(true, true);
      if (!isSignalled) {
        time.passSince(begun, nanos);
      }
      return isSignalled;
    }

    @Override
    public boolean await(long limit, TimeUnit unit) throws InterruptedException {
      return awaitFor(unit.toNanos(limit));
    }

    @Override
    public boolean awaitUntil(Date deadline) throws InterruptedException {
      long millis = deadline.getTime() - TimeUnit.NANOSECONDS.toMillis(time.nowInStep());
      return await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void signal() {
      throwUnlessHeld();
      if (!waiting.isEmpty()) {
        Rounds.changed();
        Waiting first = waiting.removeFirst();
        first.isSignalled = true;
        points.scheduler().tasks.want(first.task, wanted());
      }
    }

    @Override
    public void signalAll() {
      throwUnlessHeld();
      while (!waiting.isEmpty()) {
        signal();
      }
    }
  }
}
