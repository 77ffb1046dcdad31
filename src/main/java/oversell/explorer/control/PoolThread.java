package oversell.explorer.control;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Woven;
import oversell.explorer.schedule.Locations;
import oversell.explorer.schedule.Trace;

/**
 * What the JDK touches on a thread of a pool before, between and after the tasks that it runs
 * there. The step in which a task returns makes its result known, as one does that begins a task
 * whose code takes no step.
 */
final class PoolThread {
  private final Results results;
  // Null of a thread of no pool, which does what a timer does, say.
  private final @Nullable Pool pool;
  private boolean isUnknown;
  // Whether the task that it runs may do more when it returns than to make its result known.
  private boolean completesOthers;
  private boolean hasLeft;
  private boolean hasGoneOn;
  // The task that it runs, or has run last; null before it has one.
  private @Nullable Object task;

  /**
   * One that has not begun.
   *
   * @param pool null if it is of none
   * @param task with which it begins; null if that is not known, or it takes one from a queue
   */
  PoolThread(Results results, @Nullable Pool pool, @Nullable Object task) {
    this.results = results;
    this.pool = pool;
    this.task = task;
  }

  /** Whether its last step is the one by which it leaves this pool. */
  // A pool is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  boolean leavesLast(Pool of) {
    return pool == of && !hasGoneOn;
  }

  /**
   * The step that is being taken has it leave its pool. It may go on after that: to the handler of
   * what a task has thrown, or to what a factory has wrapped around it.
   */
  void leave(Steps steps) {
    touchEnd(steps);
    hasLeft = true;
  }

  /** It is about to take another step. */
  void announce() {
    hasGoneOn |= hasLeft;
  }

  /** The step that is being taken ends it. */
  void end(Steps steps) {
    if (!hasLeft) {
      touchEnd(steps);
    }
  }

  boolean isOfKnownPool() {
    return pool != null && pool.isKnown();
  }

  /** It runs code of the JDK of which nothing is known. */
  void becomeUnknown() {
    isUnknown = true;
  }

  /** It takes this task from the queue of its pool, by the step that is being taken. */
  void take(Object next) {
    task = next;
    completesOthers = false;
  }

  /** It has just been started for this task, of an executor that has a thread for each. */
  void begin(Object first) {
    if (task == null && pool != null && pool.isPerTask()) {
      take(first);
    }
  }

  /** The step that is being taken is between tasks, or may be when it ends. */
  void touch(Steps steps) {
    if (isUnknown) {
      steps.touch(Locations.ANYTHING, Locations.ANYTHING);
    } else if (pool == null || !pool.isKnown() || !isKnown(pool)) {
      // What depends on its result is completed by several steps, and the first takes it away.
      completesOthers = true;
      touchAll(steps);
      if (task instanceof Future<?> own) {
        steps.touch(0, results.receiver(own));
      }
    } else {
      steps.touch(Locations.POOLS, 0);
      if (task instanceof Future<?> result && !result.isDone()) {
        steps.touch(0, results.locationOf(result));
        results.complete(result, steps.trace.length() - 1);
      }
    }
  }

  /** The step that is being taken depends on all pools and on the queue of its own. */
  void touchAll(Steps steps) {
    long others = pool == null ? 0 : pool.others();
    steps.touch(Locations.POOLS | others, Locations.POOLS | others);
  }

  private boolean isKnown(Pool of) {
    Object now = task;
    if (now == null) {
      return !of.isPerTask();
    }
    return !completesOthers
        && (isOfUser(now) || (now instanceof Future<?> result && results.isMadeByTask(result)));
  }

  /** Whether all that it does it does in steps of its own. */
  static boolean isOfUser(Object task) {
    return task.getClass().getClassLoader() instanceof Woven
        && !(task instanceof Future)
        && !(task instanceof Thread);
  }

  /** A step has done its part: a result that is not there then is not made known by it. */
  void goOn() {
    if (task instanceof Future<?> result && results.isMadeByTask(result) && !result.isDone()) {
      results.takeBack(result);
    }
  }

  /**
   * The step that is being taken has come to the end of a task, whose result it may have made known
   * although its last announcement was of something else.
   */
  private void endTask(Steps steps) {
    goOn();
    if (task instanceof Future<?> result
        && results.isMadeByTask(result)
        && result.isDone()
        && results.completed(result) == Trace.NO_CAUSE) {
      steps.touch(0, results.locationOf(result));
    }
  }

  /** The step that is being taken has found that it is to look for a task. */
  void touchState(Steps steps) {
    endTask(steps);
    Pool of = pool;
    if (of == null || !of.hasIndependentThreads()) {
      touchAll(steps);
    } else {
      steps.touch(of.isOpen(), 0);
    }
  }

  /** The step that is being taken ends it, or has it leave its pool. */
  void touchEnd(Steps steps) {
    endTask(steps);
    Pool of = pool;
    if (of == null || !of.isKnown() || !of.isEnding()) {
      // The pool may start another one in its place.
      touchAll(steps);
      steps.touch(0, Locations.SPAWNS);
    } else {
      steps.touch(of.isOpen(), 0);
      steps.touch(of.others(), 0);
      steps.touch(of.ends(), 0);
    }
  }
}
