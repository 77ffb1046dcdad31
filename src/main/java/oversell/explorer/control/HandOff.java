package oversell.explorer.control;

import java.util.AbstractQueue;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Rounds;
import oversell.explorer.hook.ScheduledPool;
import oversell.explorer.hook.TimedHooks;
import oversell.explorer.schedule.Locations;
import oversell.explorer.schedule.Trace;

/**
 * The queue of a pool whose threads wait for a limited time. It has its tasks in a queue of the
 * JDK, or hands each over to a thread that waits for it, if that queue is one that has no room.
 *
 * <p>Called by the JDK on controlled threads.
 */
final class HandOff extends AbstractQueue<Runnable> implements BlockingQueue<Runnable> {
  // Queues that compare no tasks.
  private static final Set<Class<?>> KEEP_ORDER =
      Set.of(
          LinkedBlockingQueue.class,
          ArrayBlockingQueue.class,
          LinkedBlockingDeque.class,
          LinkedTransferQueue.class,
          SynchronousQueue.class);

  private final Points points;
  private final BlockingQueue<Runnable> tasks;
  private final boolean hasNoRoom;
  private final boolean isBounded;
  // What is touched by whoever puts a task into it or takes one out.
  private final long location;
  // Of one whose tasks are due at times.
  private final @Nullable VirtualTime time;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  // The steps that took tasks: one that is there again is taken periodically.
  private final IdentityHashMap<Runnable, Integer> taken = new IdentityHashMap<>();

  /**
   * One of tasks without times.
   *
   * @param locate says what is touched by whoever puts a task into a queue or takes one out
   */
  HandOff(
      Points points,
      BlockingQueue<Runnable> tasks,
      boolean hasNoRoom,
      ToLongFunction<BlockingQueue<Runnable>> locate) {
    this(points, tasks, hasNoRoom, null, locate);
  }

  /** One whose tasks are due at times, in their order. */
  HandOff(
      Points points,
      BlockingQueue<Runnable> tasks,
      VirtualTime time,
      ToLongFunction<BlockingQueue<Runnable>> locate) {
    this(points, tasks, false, time, locate);
  }

  private HandOff(
      Points points,
      BlockingQueue<Runnable> tasks,
      boolean hasNoRoom,
      @Nullable VirtualTime time,
      ToLongFunction<BlockingQueue<Runnable>> locate) {
    location = locate.applyAsLong(tasks);
    this.points = points;
    this.tasks = tasks;
    this.hasNoRoom = hasNoRoom;
    this.time = time;
    isBounded = tasks.remainingCapacity() < Integer.MAX_VALUE;
  }

  /** Whether its tasks are due at times. */
  boolean isTimed() {
    return time != null;
  }

  /** Whether it has no task that a thread does not take at once. */
  boolean hasNoRoom() {
    return hasNoRoom;
  }

  /** The queue that it is made of. */
  BlockingQueue<Runnable> tasks() {
    return tasks;
  }

  /** A thread that waits, and what it was handed. */
  private final class Waiting implements Task.Wanted {
    private final Task by;
    private final boolean limited;
    private @Nullable Runnable handed;
    private int interruptedBy = Trace.NO_CAUSE;
    private boolean wasFree;

    Waiting(Task by, boolean limited) {
      this.by = by;
      this.limited = limited;
    }

    /** The step that has shut the pool down, if there was no task before. */
    @Override
    public int enabledBy(Task task) {
      return limited || wasFree ? Trace.NO_CAUSE : interruptedBy;
    }

    @Override
    public boolean isFreeFor(Task task) {
      // Asked after each step: whoever has the queue may have put a task into it.
      boolean hasTask = handed != null || (!tasks.isEmpty() && !isDueLast() && isRound(task));
      wasFree |= hasTask;
      return hasTask || task.isInterrupted() || (limited && (time == null || tasks.isEmpty()));
    }

    /** Whether the next task may be taken again, if it was before. */
    private boolean isRound(Task task) {
      Integer since = taken.get(tasks.peek());
      return since == null
          || points.scheduler().tasks.haveOthersGoneOn(task, since, points.scheduler().ready);
    }

    @Override
    public boolean isIdle() {
      Runnable next = tasks.peek();
      return next == null || taken.containsKey(next);
    }

    @Override
    public long endsLastAt() {
      Runnable next = tasks.peek();
      // A periodic task that waits for its next round keeps nothing alive.
      return next == null || time == null || taken.containsKey(next)
          ? NEVER
          : ScheduledPool.dueNanos(next);
    }

    @Override
    public boolean wasFree() {
      return wasFree || time != null;
    }

    /** Only who takes the next task can keep one from it. */
    @Override
    public long location() {
      return by.serves != null && by.serves.isOfKnownPool() ? location : Locations.ANYTHING;
    }

    @Override
    public String toString() {
      return "a task";
    }
  }

  /** Whether the next task is due in so long a time that all others go on before. */
  private boolean isDueLast() {
    Runnable next = tasks.peek();
    return time != null
        && next != null
        && !taken.containsKey(next)
        && ScheduledPool.dueNanos(next) - TimedHooks.VERY_LONG_NANOS >= time.nowNanos();
  }

  /** The next task, whose time has come. */
  private @Nullable Runnable next() {
    boolean isLast = isDueLast();
    Runnable next = inOneStep(tasks::poll);
    if (time != null && next != null) {
      if (isLast) {
        points.matters().addLongLimits();
      }
      time.passSince(ScheduledPool.dueNanos(next), 0);
      taken.put(next, points.scheduler().steps.trace.length());
    }
    return next;
  }

  /** Those who wait are about to be interrupted by a step that shuts their pool down. */
  void interruptIdle(int step) {
    for (Waiting one : waiting) {
      if (!one.by.isInterrupted()) {
        one.interruptedBy = step;
      }
    }
  }

  private @Nullable Runnable take(boolean limited) throws InterruptedException {
    Task task = Objects.requireNonNull(points.announcer());
    touchState(task);
    if (isBounded || points.matters().ofQueues()) {
      // Others may find the last task done, and no room, before this thread asks for the next one.
      passBetweenTasks(task);
      touchState(task);
    }
    int step = points.scheduler().steps.trace.length();
    Runnable next = await(task, limited);
    if (next == null) {
      return null;
    }
    Object run = Objects.requireNonNull(Pools.taskOf(next));
    if (task.serves != null) {
      task.serves.take(run);
      points.scheduler().steps.touch(task);
    }
    boolean hasWaited = points.scheduler().steps.trace.length() > step;
    if (points.matters().ofQueues() || (!hasWaited && !PoolThread.isOfUser(run))) {
      // Others may find the last task done, and cancel this one, or stop the pool, before this
      // thread runs it.
      passBetweenTasks(task);
    }
    return next;
  }

  /** The step finds whether the pool was shut down: by itself, or by an interrupt. */
  private void touchState(Task task) {
    if (task.serves != null) {
      task.serves.touchState(points.scheduler().steps);
    }
  }

  private void passBetweenTasks(Task task) {
    points.pass(task, Operation.RETURN, task.site);
    points.scheduler().steps.touch(Locations.INTERRUPTS, 0);
    task.goOnServing();
    points.scheduler().steps.touch(task);
  }

  private @Nullable Runnable await(Task task, boolean limited) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    boolean hasTask = time == null && !tasks.isEmpty();
    // In which order threads begin to wait matters only where tasks are handed to them.
    points.scheduler().steps.touch(location, hasTask || hasNoRoom ? location : 0);
    if (hasTask) {
      return inOneStep(tasks::poll);
    }
    Waiting one = new Waiting(task, limited);
    waiting.add(one);
    points.scheduler().tasks.want(task, one);
    points.passWhenFree(task, task.site);
    waiting.remove(one);
    boolean takes = hasNoRoom || !tasks.isEmpty();
    points.scheduler().steps.touch(location, takes ? location : 0);
    if (one.handed != null) {
      return one.handed;
    }
    if (time != null && Thread.interrupted()) {
      throw new InterruptedException();
    }
    Runnable next = next();
    if (next == null && Thread.interrupted()) {
      throw new InterruptedException();
    }
    return next;
  }

  /**
   * Makes a call of the queue, which may compare tasks by code of the program. It does so in a lock
   * of its own, which the explorer takes whenever it asks whether there is a task: so nobody may be
   * stopped there.
   */
  private <T> T inOneStep(Supplier<T> call) {
    Task task = points.announcer();
    if (task == null || KEEP_ORDER.contains(tasks.getClass())) {
      return call.get();
    }
    boolean hadStep = task.hasStepInAtomic;
    task.hasStepInAtomic = false;
    task.atomicCalls++;
    try {
      return call.get();
    } finally {
      task.atomicCalls--;
      if (task.hasStepInAtomic) {
        points.matters().noteComparedTasks();
      }
      task.hasStepInAtomic |= hadStep;
    }
  }

  /** The step that is being taken looks into it, and changes it if it writes its location. */
  private void touchIfAnnounced(long written) {
    if (points.announcer() != null) {
      points.scheduler().steps.touch(location, written);
    }
  }

  @Override
  public boolean offer(Runnable task) {
    touchIfAnnounced(location);
    if (!hasNoRoom) {
      return inOneStep(() -> tasks.offer(task));
    }
    for (Waiting one : waiting) {
      if (one.handed == null) {
        Rounds.changed();
        one.handed = task;
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable Runnable poll(long limit, TimeUnit unit) throws InterruptedException {
    return take(true);
  }

  @Override
  public Runnable take() throws InterruptedException {
    return Objects.requireNonNull(take(false));
  }

  @Override
  public @Nullable Runnable poll() {
    touchIfAnnounced(location);
    return inOneStep(tasks::poll);
  }

  @Override
  public @Nullable Runnable peek() {
    return tasks.peek();
  }

  @Override
  public void put(Runnable task) {
    throw new UnsupportedOperationException("only the pool puts tasks into its queue");
  }

  @Override
  public boolean offer(Runnable task, long limit, TimeUnit unit) {
    return offer(task);
  }

  @Override
  public boolean remove(Object task) {
    touchIfAnnounced(location);
    return inOneStep(() -> tasks.remove(task));
  }

  @Override
  public int remainingCapacity() {
    return tasks.remainingCapacity();
  }

  @Override
  public int drainTo(Collection<? super Runnable> all) {
    touchIfAnnounced(location);
    return tasks.drainTo(all);
  }

  @Override
  public int drainTo(Collection<? super Runnable> all, int most) {
    touchIfAnnounced(location);
    return tasks.drainTo(all, most);
  }

  @Override
  public Iterator<Runnable> iterator() {
    return tasks.iterator();
  }

  @Override
  public boolean isEmpty() {
    touchIfAnnounced(0);
    return tasks.isEmpty();
  }

  /**
   * Asked by a pool for its text, wherever that is made: it has the number of the tasks that are
   * done, too, which changes without a step.
   */
  @Override
  public int size() {
    escapeIfForAReader(points);
    return tasks.size();
  }

  /** The size of the queue of a pool is asked, which is part of the text of that. */
  static void escapeIfForAReader(Points points) {
    Task task = points.announcer();
    if (task != null && StackWalker.getInstance().walk(HandOff::isForAReader)) {
      points
          .scheduler()
          .escape(
              task.site,
              "the text of a pool, which counts its threads and tasks (name what you need of it)");
      throw points.scheduler().drop(Engine.Ending.ESCAPED);
    }
  }

  private static boolean isForAReader(Stream<StackWalker.StackFrame> callers) {
    List<StackWalker.StackFrame> all = callers.toList();
    return all.stream().anyMatch(HandOff::isText)
        && all.stream().map(StackWalker.StackFrame::getClassName).noneMatch(HandOff::isNotRead);
  }

  private static boolean isText(StackWalker.StackFrame frame) {
    return frame.getClassName().equals("java.util.concurrent.ThreadPoolExecutor")
        && frame.getMethodName().equals("toString");
  }

  /** Of a logger. */
  private static boolean isNotRead(String type) {
    return type.startsWith("org.slf4j.") || type.startsWith("ch.qos.logback.");
  }
}
