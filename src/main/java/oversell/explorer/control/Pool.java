package oversell.explorer.control;

import java.util.concurrent.ThreadPoolExecutor;
import oversell.explorer.hook.InvokeHooks;
import oversell.explorer.hook.TaskPool;
import oversell.explorer.schedule.Locations;

/**
 * A pool of threads that a controlled thread has made, and the locations of what it keeps.
 *
 * <p>All pools together are a location, {@link Locations#POOLS}. Who does something with a pool of
 * which it is known what it touches reads that, and touches what it needs besides; whoever does
 * anything else writes it, and so conflicts with all of them.
 *
 * @param executor the pool itself
 * @param isOpen whether it takes tasks: read by those that hand it one and by its threads between
 *     two tasks, written by whoever shuts it down
 * @param tasks the tasks that it was handed, and the threads that it has started for them
 * @param ends the ends of its threads: they commute with each other, so each of them reads this,
 *     and whoever waits for all of them writes it
 * @param others what is touched besides by everything else: the queue of its tasks, if others may
 *     have that
 */
record Pool(Object executor, long isOpen, long tasks, long ends, long others) {
  private static final String PER_TASK = "java.util.concurrent.ThreadPerTaskExecutor";
  // No field of a woven class has such a number.
  private static final int IS_OPEN = -1;
  private static final int TASKS = -2;
  private static final int ENDS = -3;

  static Pool of(Object executor, long others, Locations locations) {
    return new Pool(
        executor,
        locations.of(executor, IS_OPEN),
        locations.of(executor, TASKS),
        locations.of(executor, ENDS),
        others);
  }

  /** Whether it has a thread for each task. */
  boolean isPerTask() {
    return executor instanceof TaskPool || executor.getClass().getName().equals(PER_TASK);
  }

  /**
   * Whether it is known what its calls touch: it is the JDK's own, and a task that it refuses is
   * run by nobody.
   */
  boolean isKnown() {
    return isPerTask()
        || (executor.getClass() == ThreadPoolExecutor.class
            && executor instanceof ThreadPoolExecutor pool
            && pool.getQueue() instanceof HandOff queue
            && !queue.isTimed()
            && InvokeHooks.refuses(pool.getRejectedExecutionHandler()));
  }

  /**
   * Whether what its threads do between two tasks does not depend on how many of them there are:
   * whether one ends that waits for too long does, in a pool that may have more than its core.
   */
  boolean hasIndependentThreads() {
    return !(executor instanceof ThreadPoolExecutor pool)
        || (!pool.allowsCoreThreadTimeOut()
            && (pool.getCorePoolSize() == pool.getMaximumPoolSize()
                || (pool.getCorePoolSize() == 0
                    && pool.getQueue() instanceof HandOff queue
                    && queue.hasNoRoom())));
  }

  /** Its threads that wait for a task are about to be interrupted by a step that shuts it down. */
  void interruptIdle(int step) {
    if (executor instanceof ThreadPoolExecutor pool && pool.getQueue() instanceof HandOff queue) {
      queue.interruptIdle(step);
    }
  }

  /** Whether a thread that ends now does so since it was shut down, and has no more tasks. */
  boolean isEnding() {
    return isPerTask()
        || (executor instanceof ThreadPoolExecutor pool
            && pool.isShutdown()
            && pool.getQueue() instanceof HandOff queue
            && queue.tasks().isEmpty());
  }
}
