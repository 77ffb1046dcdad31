package oversell.explorer.control;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.TaskPool;
import oversell.explorer.schedule.Locations;

/**
 * The pools of threads that controlled threads make, and the tasks that they hand to them.
 *
 * <p>A pool is an object of the JDK, whose code runs on the controlled threads of those who call it
 * and of those who run its tasks. What it does between two tasks (it takes the next one, says that
 * one is done, lets those go on who wait for its result) is part of the step before: the start of
 * the thread, or the return of the task. Such a step touches what pools keep, as a call of a pool
 * does, and what else anybody may have that: its queue. All other ways to learn of it, or to change
 * it, conflict with everything.
 */
final class Pools {
  private final Points points;
  private final Locations locations;
  // What is touched by those who call one, by pool.
  private final IdentityHashMap<Object, Long> known = new IdentityHashMap<>();
  private final Set<Object> futures = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Class<?>, Integer> numbers = new HashMap<>();
  private int made;
  private @Nullable TaskPool common;

  Pools(Points points, Locations locations) {
    this.points = points;
    this.locations = locations;
  }

  void clear() {
    known.clear();
    futures.clear();
    made = 0;
    numbers.clear();
    common = null;
  }

  /** A pool has been made, or what hands all calls on to one. */
  void add(Object pool, Object queue) {
    known.put(pool, touchedWith(queue));
  }

  /** What a pool touches: others may have its queue only if somebody was seen to make that. */
  private long touchedWith(Object queue) {
    long location = locations.of(queue, 0);
    return location == Locations.ANYTHING
        ? Locations.POOLS
        : Locations.join(Locations.POOLS, location);
  }

  /** The threads of a pool, with the names that the JDK would give them if it has no factory. */
  ThreadFactory factory(@Nullable ThreadFactory own, Object queue) {
    ThreadFactory factory = own == null ? defaultFactory() : own;
    long touched = touchedWith(queue);
    return task -> {
      Thread thread = factory.newThread(task);
      return thread == null ? null : standIn(thread, touched);
    };
  }

  private ThreadFactory defaultFactory() {
    String pool = "pool-" + ++made + "-thread-";
    AtomicInteger threads = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, pool + threads.incrementAndGet());
      thread.setDaemon(false);
      return thread;
    };
  }

  /** The thread that stands in for one that is about to be started, to run tasks of the JDK. */
  Thread standIn(Thread thread, long touched) {
    Task task = points.announcer();
    StandIns standIns = points.scheduler().tasks.standIns;
    Thread standIn = thread;
    if (task != null && !thread.isVirtual()) {
      standIns.add(thread, true, null);
      standIn = standIns.make(thread, points.scheduler()::uncaught);
    }
    standIns.serve(standIn, touched);
    return standIn;
  }

  /**
   * Starts a thread of its own for a task of a pool whose threads are for all tasks, or that starts
   * one for each where a machine has few processors.
   */
  void startWorker(Thread worker, Runnable body) {
    points.matters().noteCommonPool();
    // A thread of a pool has what it inherited from whoever handed in its first task.
    refuseIf(
        VirtualThreads.hasInheritable(Thread.currentThread()),
        "an InheritableThreadLocal that a thread of a pool may inherit");
    StandIns standIns = points.scheduler().tasks.standIns;
    boolean isOfPool = worker instanceof ForkJoinWorkerThread;
    standIns.add(worker, isOfPool, isOfPool ? null : points.announcer());
    String name = worker.getName();
    ClassLoader loader = worker.getContextClassLoader();
    Thread standIn =
        standIns.make(
            worker,
            () -> {
              body.run();
              refuseWhatIsLeft();
              refuseIf(
                  !worker.getName().equals(name)
                      || !Objects.equals(worker.getContextClassLoader(), loader),
                  "a name or a class loader that a task leaves to the next of its thread");
            },
            points.scheduler()::uncaught);
    standIns.serve(standIn, Locations.POOLS);
    standIn.start();
  }

  /**
   * The next task of the same thread would find what this one has left, and here it has its own.
   */
  private void refuseWhatIsLeft() {
    Thread thread = Thread.currentThread();
    refuseIf(
        VirtualThreads.hasLocals(thread),
        "a ThreadLocal that a task leaves to the next of its thread");
    refuseIf(thread.isInterrupted(), "an interrupt that a task leaves to the next of its thread");
  }

  private void refuseIf(boolean isSo, String what) {
    Task task = points.announcer();
    if (isSo && task != null) {
      points.scheduler().escape(task.site, what);
      throw points.scheduler().drop(Engine.Ending.ESCAPED);
    }
  }

  TaskPool commonTaskPool(int site) {
    TaskPool one = common;
    if (one == null) {
      one = TaskPool.common(site);
      common = one;
    }
    return one;
  }

  int numberOf(Class<?> kind) {
    return numbers.merge(kind, 1, Integer::sum);
  }

  boolean isKnown(Object pool) {
    return known.containsKey(pool);
  }

  /** One is about to be called; false if it is none of those. */
  boolean enter(Object pool, int site) {
    Long touched = known.get(pool);
    if (touched == null || points.announcer() == null) {
      return false;
    }
    enterCall(touched, site);
    return true;
  }

  /** The same of a call that may cancel a task of a pool that is known. */
  void enterToCancel(Object pool, int site) {
    Long touched = Objects.requireNonNull(known.get(pool));
    enterCall(touched | Locations.INTERRUPTS, site);
  }

  /** The same of what touches that. */
  void enterCall(long touched, int site) {
    Task task = points.announcer();
    if (task != null) {
      points.pass(task, Operation.CALL, site);
      // It may start a thread.
      task.enterCall(Locations.INTERRUPTS, Locations.SPAWNS);
      task.writes.add(touched);
      points.scheduler().steps.touch(task);
    }
  }

  /** A pool has returned what will be the result of a task. */
  void submitted(Object future) {
    if (points.announcer() != null) {
      futures.add(future);
    }
  }

  /** Such a result is about to be waited for; false of any other. */
  // They are told apart by identity.
  @SuppressWarnings("UndefinedEquals")
  boolean awaitResult(Future<?> future, int site) {
    Task task = points.announcer();
    if (task == null || !futures.contains(future)) {
      return false;
    }
    await(task, new Done(future), site);
    task.enterCall(Locations.INTERRUPTS, Locations.POOLS);
    return true;
  }

  /**
   * The end of a pool is about to be waited for.
   *
   * @return whether an interrupt has ended the wait
   */
  boolean awaitEnd(ExecutorService pool, int site) {
    Task task = points.announcer();
    if (task == null) {
      throw new IllegalStateException("nobody would tell of it");
    }
    await(task, new Ended(pool), site);
    return task.isInterrupted() && !pool.isTerminated();
  }

  private void await(Task task, Task.Wanted wanted, int site) {
    boolean isPoint = points.isPoint(Operation.GUARD);
    if (!isPoint) {
      // The step that found it not done goes on to here, so when it is matters to that.
      points.scheduler().steps.touch(Locations.ANYTHING, Locations.ANYTHING);
    }
    if (isPoint || !wanted.isFreeFor(task)) {
      points.scheduler().tasks.want(task, wanted);
      points.passWhenFree(task, site);
    }
    points.scheduler().steps.touch(Locations.INTERRUPTS | Locations.POOLS, 0);
    if (task.isInterrupted()) {
      points.scheduler().steps.touch(Locations.ANYTHING, Locations.ANYTHING);
    }
  }

  /** The result of a task. */
  private record Done(Future<?> future) implements Task.Wanted {
    @Override
    public boolean isFreeFor(Task task) {
      return future.isDone() || task.isInterrupted();
    }

    @Override
    public long location() {
      return Locations.POOLS;
    }

    @Override
    public Optional<Thread> holder() {
      return Optional.empty();
    }

    @Override
    public String toString() {
      return "the result of a task";
    }
  }

  /** The end of a pool. */
  private record Ended(ExecutorService pool) implements Task.Wanted {
    @Override
    public boolean isFreeFor(Task task) {
      return pool.isTerminated() || task.isInterrupted();
    }

    @Override
    public boolean isOfEnds() {
      return true;
    }

    @Override
    public long location() {
      return Locations.POOLS;
    }

    @Override
    public Optional<Thread> holder() {
      return Optional.empty();
    }

    @Override
    public String toString() {
      return "the end of a pool";
    }
  }
}
