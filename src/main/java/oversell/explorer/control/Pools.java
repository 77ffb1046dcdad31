package oversell.explorer.control;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Given;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.TaskPool;
import oversell.explorer.schedule.Locations;

/**
 * The pools of threads that controlled threads make, and the tasks that they hand to them.
 *
 * <p>A pool is an object of the JDK, whose code runs on the controlled threads of those who call it
 * and of those who run its tasks. What it does between two tasks (it takes the next one, says that
 * one is done, lets those go on who wait for its result) is part of the step before: the start of
 * the thread, or the return of the task. What such a step touches, and what a call of a pool does,
 * {@link Pool} and {@link PoolThread} say. All other ways to learn of it, or to change it, conflict
 * with everything.
 */
final class Pools {
  private static final Set<String> OF_A_FUTURE =
      Set.of(
          "java.util.concurrent.CompletableFuture$AsyncRun",
          "java.util.concurrent.CompletableFuture$AsyncSupply");

  private final Points points;
  private final Locations locations;
  private final Consumer<Object> created;
  // By executor: also by those that hand all calls on to one.
  private final IdentityHashMap<Object, Pool> known = new IdentityHashMap<>();
  private final Results results;
  private final Set<Object> withoutRoom = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Class<?>, Integer> numbers = new HashMap<>();
  private int made;
  private @Nullable TaskPool common;

  /**
   * Those of no execution yet.
   *
   * @param created is told of objects that are to have locations
   */
  Pools(Points points, Locations locations, Consumer<Object> created) {
    this.points = points;
    this.locations = locations;
    this.created = created;
    results = new Results(locations);
  }

  void clear() {
    known.clear();
    withoutRoom.clear();
    results.clear();
    made = 0;
    numbers.clear();
    common = null;
  }

  /** A pool has been made: others may have its queue only if somebody was seen to make that. */
  void add(Object pool, Object queue) {
    long location = locations.of(queue, 0);
    locate(pool);
    known.put(pool, Pool.of(pool, location == Locations.ANYTHING ? 0 : location, locations));
  }

  /** A queue of a pool that hands each task over to a thread that waits for it. */
  void addWithoutRoom(Object queue) {
    withoutRoom.add(queue);
  }

  boolean isWithoutRoom(Object queue) {
    return withoutRoom.contains(queue);
  }

  /** An executor has been made that hands all calls on to a pool. */
  void addDelegate(Object executor, Object pool) {
    known.put(executor, Objects.requireNonNull(known.get(pool)));
  }

  /** Has an object known that the JDK has made. */
  private void locate(Object object) {
    if (locations.of(object, 0) == Locations.ANYTHING) {
      created.accept(object);
    }
  }

  /** What is touched by whoever puts a task into a queue or takes one out. */
  long locationOf(BlockingQueue<Runnable> queue) {
    locate(queue);
    return locations.of(queue, 0);
  }

  /** The threads of a pool, with the names that the JDK would give them if it has no factory. */
  ThreadFactory factory(@Nullable ThreadFactory own, ThreadPoolExecutor pool) {
    ThreadFactory factory = own == null ? defaultFactory() : own;
    return task -> {
      touchReplacement();
      PoolThread by = new PoolThread(results, known.get(pool), firstOf(task));
      Thread thread = factory.newThread(() -> runAndLeave(task, by));
      if (thread != null && !thread.isVirtual() && standInsOfAll().hasOne(thread)) {
        throw new IllegalThreadStateException();
      }
      return thread == null ? null : standIn(thread, by);
    };
  }

  private void runAndLeave(Runnable worker, PoolThread by) {
    try {
      worker.run();
    } finally {
      by.leave(points.scheduler().steps);
    }
  }

  /** A thread of a pool may be about to end, and has found that another one takes its place. */
  private void touchReplacement() {
    Task task = points.announcer();
    if (task != null && task.serves != null) {
      task.serves.touchAll(points.scheduler().steps);
    }
  }

  /** The task with which a thread of a pool begins; null if it takes one from the queue. */
  private static @Nullable Object firstOf(Runnable worker) {
    return taskOf(valueOf(worker.getClass(), "firstTask", worker));
  }

  /** What is run by that: of the code of a future its result, which it forgets when it begins. */
  static @Nullable Object taskOf(@Nullable Object run) {
    return run != null && OF_A_FUTURE.contains(run.getClass().getName())
        ? valueOf(run.getClass(), "dep", run)
        : run;
  }

  /** Whether it is a task that a thread is running, and not the one that asks. */
  static boolean runsElsewhere(Object task) {
    return task instanceof FutureTask<?>
        ? valueOf(FutureTask.class, "runner", task) instanceof Thread runner
            && !runner.equals(Thread.currentThread())
        : task instanceof ForkJoinTask<?> forked && !forked.isDone();
  }

  /** The value of a field of the JDK; the object itself if that cannot be had. */
  static @Nullable Object valueOf(Class<?> declaring, String field, Object of) {
    try {
      Field one = declaring.getDeclaredField(field);
      one.setAccessible(true);
      return one.get(of);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return of;
    }
  }

  /** The thread of a task of an executor that has one for each. */
  Thread perTask(Thread thread, Object executor) {
    return standIn(thread, new PoolThread(results, known.get(executor), null));
  }

  /** As the JDK makes one, whose threads are of the group of the thread that makes it. */
  ThreadFactory defaultFactory() {
    String pool = "pool-" + ++made + "-thread-";
    AtomicInteger threads = new AtomicInteger();
    ThreadGroup group = currentThread().getThreadGroup();
    return task -> {
      Thread thread = new Thread(group, task, pool + threads.incrementAndGet());
      thread.setDaemon(false);
      addMade(thread, Given.ALL);
      return thread;
    };
  }

  /** The calling thread, as the user's code sees it. */
  private Thread currentThread() {
    Task task = points.announcer();
    return task == null ? Thread.currentThread() : points.scheduler().tasks.seenAs(task);
  }

  private StandIns standInsOfAll() {
    return points.scheduler().tasks.standIns;
  }

  private void addMade(Thread thread, Given given) {
    if (points.announcer() != null) {
      standInsOfAll().add(thread, given, currentThread());
    }
  }

  /** The thread that stands in for one that is about to be started, to run tasks of the JDK. */
  private Thread standIn(Thread thread, PoolThread by) {
    Task task = points.announcer();
    Thread standIn = thread;
    if (task != null && !thread.isVirtual()) {
      addMade(thread, Given.ALL);
      standIn = standInsOfAll().make(thread, points.scheduler()::uncaught);
    }
    standInsOfAll().serve(standIn, by);
    return standIn;
  }

  /** A thread goes on with a task of which it is not known what it does. */
  void serveUnknown(Task task) {
    PoolThread by = task.serves == null ? new PoolThread(results, null, null) : task.serves;
    by.becomeUnknown();
    task.serve(by);
  }

  /** The same of one of no pool. */
  Thread standIn(Thread thread) {
    return standIn(thread, new PoolThread(results, null, null));
  }

  /**
   * Starts a thread of its own for a task of a pool whose threads are for all tasks, or that starts
   * one for each where a machine has few processors.
   *
   * @param task what is run by the body
   */
  void startWorker(Thread worker, Runnable body, Object task, TaskPool pool) {
    points.matters().noteCommonPool();
    // A thread of a pool has what it inherited from whoever handed in its first task.
    refuseIf(
        VirtualThreads.hasInheritable(Thread.currentThread()),
        "an InheritableThreadLocal that a thread of a pool may inherit (pass the value to the task)");
    StandIns standIns = standInsOfAll();
    PoolThread by = new PoolThread(results, known.get(pool), taskOf(task));
    boolean isOfPool = worker instanceof ForkJoinWorkerThread;
    addMade(worker, new Given(isOfPool, isOfPool, false));
    String name = worker.getName();
    ClassLoader loader = worker.getContextClassLoader();
    Thread standIn =
        standIns.make(
            worker,
            () -> {
              runAndLeave(body, by);
              refuseWhatIsLeft();
              refuseIf(
                  !worker.getName().equals(name)
                      || !Objects.equals(worker.getContextClassLoader(), loader),
                  "a name or a class loader that a task leaves to the next of its thread (set it back when the"
                      + " task ends)");
            },
            points.scheduler()::uncaught);
    standIns.serve(standIn, by);
    standIn.start();
  }

  /**
   * The next task of the same thread would find what this one has left, and here it has its own.
   */
  private void refuseWhatIsLeft() {
    Thread thread = Thread.currentThread();
    refuseIf(
        VirtualThreads.hasLocals(thread),
        "a ThreadLocal that a task leaves to the next of its thread (remove it when the task ends)");
    refuseIf(
        thread.isInterrupted(),
        "an interrupt that a task leaves to the next of its thread (take it back when the task ends)");
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
    Pool one = known.get(pool);
    if (one == null || points.announcer() == null) {
      return false;
    }
    enterCall(one, 0, site);
    return true;
  }

  /** The same of a call that may cancel a task of a pool that is known. */
  void enterToCancel(Object pool, int site) {
    enterCall(Objects.requireNonNull(known.get(pool)), Locations.INTERRUPTS, site);
  }

  /** What any pool keeps is about to be used. */
  void enterAny(int site) {
    enterCall(null, 0, site);
  }

  private void enterCall(@Nullable Pool pool, long written, int site) {
    Task task = points.announcer();
    if (task != null) {
      points.pass(task, Operation.CALL, site);
      task.threadsBefore = Integer.MAX_VALUE;
      // It may start a thread.
      task.enterCall(Locations.INTERRUPTS, Locations.SPAWNS | Locations.POOLS | written);
      if (pool != null) {
        task.writes.add(pool.others());
      }
      points.scheduler().steps.touch(task);
    }
  }

  /** A task is about to be handed to a pool; false if that is none of those. */
  boolean enterToHandOver(Object pool, int site) {
    Pool one = known.get(pool);
    Task task = points.announcer();
    if (one == null || task == null || !one.isKnown()) {
      return enter(pool, site);
    }
    points.pass(task, Operation.CALL, site);
    task.threadsBefore = points.scheduler().tasks.count();
    task.enterCall(Locations.INTERRUPTS | Locations.POOLS, Locations.SPAWNS);
    task.reads.add(one.isOpen());
    task.writes.add(one.tasks());
    points.scheduler().steps.touch(task);
    return true;
  }

  /** A pool is about to be shut down; false if it is not known what that touches. */
  boolean enterToShutDown(Object pool, int site) {
    Pool one = known.get(pool);
    Task task = points.announcer();
    if (one == null || task == null || !one.isKnown()) {
      return false;
    }
    points.pass(task, Operation.CALL, site);
    one.interruptIdle(points.scheduler().steps.trace.length() - 1);
    task.enterCall(Locations.INTERRUPTS | Locations.POOLS, 0);
    task.writes.add(one.isOpen());
    points.scheduler().steps.touch(task);
    return true;
  }

  /** One without threads is about to end; false if it is not known what that touches. */
  boolean enterToEnd(Object pool, int site) {
    Pool one = known.get(pool);
    Task task = points.announcer();
    if (one == null || task == null || !one.isKnown()) {
      return false;
    }
    points.pass(task, Operation.CALL, site);
    task.enterCall(Locations.INTERRUPTS | Locations.POOLS, 0);
    task.reads.add(one.ends());
    points.scheduler().steps.touch(task);
    return true;
  }

  ExecutorService poolOf(ExecutorService executor) {
    Pool one = known.get(executor);
    return one != null && one.executor() instanceof ExecutorService pool ? pool : executor;
  }

  /** A pool has returned what will be the result of a task. */
  void submitted(Object future) {
    if (points.announcer() != null) {
      results.add(future);
    }
  }

  /**
   * A task has been handed to a pool.
   *
   * @param isResult whether it is what the pool has returned, and will be the result of the task
   */
  void handedOver(Object task, boolean isResult) {
    Task caller = points.announcer();
    if (caller == null) {
      return;
    }
    if (isResult) {
      submitted(task);
      locate(task);
    }
    PoolThread started = points.scheduler().tasks.startedBy(caller);
    if (started != null) {
      started.begin(task);
    }
  }

  /**
   * A task is about to be run by the caller, or to be completed by it without that.
   *
   * @param atOnce whether the step that is taken for that completes it
   */
  void enterTask(ForkJoinTask<?> run, boolean atOnce, int site) {
    Task task = points.announcer();
    if (task == null) {
      return;
    }
    submitted(run);
    locate(run);
    points.pass(task, Operation.CALL, site);
    if (atOnce && !task.isInCall()) {
      // It is the last step of the task that does so.
      task.goOnServing();
    }
    task.enterCall(Locations.INTERRUPTS | Locations.POOLS, 0);
    task.writes.add(results.locationOf(run));
    points.scheduler().steps.touch(task);
    if (atOnce && !run.isDone()) {
      results.complete(run, points.scheduler().steps.trace.length() - 1);
    }
  }

  /** Whether it is a future that comes to its end as soon as others have. */
  boolean dependsOnOthers(Object asked) {
    return asked instanceof CompletableFuture<?> future && results.dependsOnOthers(future);
  }

  /** Results are about to be awaited as one; false unless each is known to be one of a task. */
  boolean enterAllOf(CompletableFuture<?>[] parts, int site) {
    Task task = points.announcer();
    if (task == null || parts.length == 0 || !Arrays.stream(parts).allMatch(results::isAwaited)) {
      return false;
    }
    points.pass(task, Operation.CALL, site);
    task.enterCall(Locations.INTERRUPTS | Locations.POOLS, 0);
    boolean isShared = locations.of(parts, 0) != Locations.ANYTHING;
    for (int i = 0; isShared && i < parts.length; i++) {
      task.reads.add(locations.of(parts, i));
    }
    points.scheduler().steps.touch(task);
    return true;
  }

  CompletableFuture<Void> allOf(CompletableFuture<?>[] parts) {
    return results.allOf(parts);
  }

  /** Such a result is about to be waited for; false of any other. */
  // They are told apart by identity.
  @SuppressWarnings("UndefinedEquals")
  boolean awaitResult(Future<?> future, int site) {
    Task task = points.announcer();
    if (task == null || !results.contains(future)) {
      return false;
    }
    boolean areKnown = true;
    for (Future<?> part : results.partsOf(future)) {
      await(task, results.wait(part, future), site);
      areKnown &= part.isDone() && results.isMadeByTask(part);
      points.scheduler().steps.touch(results.locationOf(part), 0);
      if (!part.isDone()) {
        break;
      }
    }
    task.enterCall(Locations.INTERRUPTS, areKnown && future.isDone() ? 0 : Locations.POOLS);
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
    awaitEnd(task, pool, Task.Wanted.NEVER, site);
    return task.isInterrupted() && !pool.isTerminated();
  }

  /** The same with a time at which the wait ends if no other thread can go on before. */
  void awaitEnd(Task task, ExecutorService pool, long endsLastAt, int site) {
    Pool one = known.get(pool);
    await(task, new Ended(pool, one, endsLastAt), site);
    if (one != null) {
      points.scheduler().steps.touch(one.isOpen(), one.ends());
      // Whoever hands it a task while it is shut down may be the last that it waits for.
      points.scheduler().steps.touch(one.tasks(), 0);
    }
    if (!pool.isTerminated()) {
      // Whether the limit comes last depends on all the others.
      points.scheduler().steps.touch(Locations.ANYTHING, Locations.ANYTHING);
    }
  }

  /** Whether it is known what an executor touches. */
  boolean knows(ExecutorService executor) {
    Pool pool = known.get(executor);
    return pool != null && pool.isKnown();
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

  /** The end of a pool. */
  private record Ended(ExecutorService executor, @Nullable Pool pool, long endsLastAt)
      implements Task.Wanted {
    @Override
    public boolean isFreeFor(Task task) {
      return executor.isTerminated() || task.isInterrupted();
    }

    @Override
    public boolean parks() {
      return true;
    }

    /** Those of its threads. */
    @Override
    public long awaited(Task task) {
      return pool != null && executor.isTerminated() && !task.isInterrupted()
          ? task.thoseThatLeaveLast(pool)
          : 0;
    }

    @Override
    public boolean isOfEnds() {
      return endsLastAt == NEVER || executor.isTerminated();
    }

    @Override
    public long location() {
      return Locations.POOLS;
    }

    @Override
    public String toString() {
      return "the end of a pool";
    }
  }
}
