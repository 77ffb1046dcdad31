package oversell.explorer.control;

import java.lang.reflect.Array;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Use;
import oversell.explorer.schedule.Locations;
import oversell.explorer.schedule.Trace;

/** The calls into the JDK that threads are in, and what they touch whenever they go on in there. */
final class Calls {
  private static final int MOST_ELEMENTS = 64;

  private final Points points;
  private final Locations locations;
  // Those of the JDK's locks.
  private final IdentityHashMap<Condition, ReentrantLock> locksOfConditions =
      new IdentityHashMap<>();

  Calls(Points points, Locations locations) {
    this.points = points;
    this.locations = locations;
  }

  /**
   * A lock of the JDK that a thread asks for only when it can have it. Who asks before is put into
   * a queue, which nobody can tell: such a lock goes to whoever asks when it is free, so whoever
   * gets it could have asked then. Of a fair one the order of the queue matters.
   *
   * @param interruptible whether an interrupt ends the wait for it, too
   */
  record Lock(ReentrantLock lock, boolean interruptible, long location) implements Task.Wanted {
    @Override
    public boolean isFreeFor(Task task) {
      return !lock.isLocked()
          || (interruptible && task.thread != null && task.thread.isInterrupted());
    }

    @Override
    public @Nullable Object guard() {
      return interruptible ? null : lock;
    }

    @Override
    public Optional<Thread> holder() {
      return Task.holder(ReentrantLock.class, "getOwner", lock);
    }

    @Override
    public boolean parks() {
      return true;
    }

    @Override
    public String toString() {
      return "a ReentrantLock";
    }
  }

  /**
   * A latch that a thread waits for. It asks nothing of it before it is open, so those that wait
   * for one do so in any order, and a thread that has not come yet is like one that waits.
   */
  record Open(CountDownLatch latch, long location) implements Task.Wanted {
    @Override
    public boolean isFreeFor(Task task) {
      return latch.getCount() == 0 || task.isInterrupted();
    }

    @Override
    public boolean parks() {
      return true;
    }

    @Override
    public String toString() {
      return "a CountDownLatch";
    }
  }

  void clear() {
    locksOfConditions.clear();
  }

  /** A lock has made a condition, which does nothing for a thread that has not the lock. */
  Condition made(Condition condition, Object lock) {
    if (lock.getClass() == ReentrantLock.class) {
      locksOfConditions.put(condition, (ReentrantLock) lock);
    }
    return condition;
  }

  /** One is about to be made that touches a location. */
  void make(Operation operation, long location, int site) {
    Task task = points.announcer();
    if (task != null) {
      points.pass(task, operation, site);
      enter(task, location);
      points.touchedAll(task);
    }
  }

  /** One is about to be made that reads one location, and changes another. */
  void use(long read, long changed, int site) {
    Task task = points.announcer();
    if (task != null) {
      points.pass(task, Operation.CALL, site);
      task.enterCall(read, changed);
      points.scheduler().steps.touch(task);
      points.touchedAll(task);
    }
  }

  /** One is about to be made that reaches a location in no other way than it says. */
  void use(Use use, long location, int site) {
    Task task = points.announcer();
    if (task != null) {
      points.pass(task, Operation.CALL, site);
      boolean changes = use == Use.WRITE;
      task.enterCall(changes ? 0 : location, changes ? location : 0);
      task.attempted = use == Use.ATTEMPT ? location : 0;
      points.scheduler().steps.touch(task);
      if (use != Use.ATTEMPT) {
        points.touchedAll(task);
      }
    }
  }

  /** One is about to be made that reads all elements of an array, and reaches nothing else. */
  void copyElements(@Nullable Object array, int site) {
    Task task = points.announcer();
    if (task != null) {
      readElements(array, site);
      task.enterCall(0, 0);
    }
  }

  /** All elements of an array are about to be read. */
  void readElements(@Nullable Object array, int site) {
    Task task = points.announcer();
    if (task == null) {
      return;
    }
    points.pass(task, Operation.CALL, site);
    Steps steps = points.scheduler().steps;
    int length = array == null ? 0 : Array.getLength(array);
    if (length > MOST_ELEMENTS) {
      // Each would be a location, of each copy.
      steps.touch(Locations.ANYTHING, 0);
    } else {
      for (int i = 0; i < length; i++) {
        steps.touch(locations.of(array, i), 0);
      }
    }
    points.touchedAll(task);
  }

  /** The attempt that a thread makes has changed what it is about, by the same step. */
  void succeed() {
    Task task = points.announcer();
    if (task != null) {
      points.scheduler().steps.touch(0, task.attempted);
    }
  }

  /** One is about to be made that has taken a monitor with this step. */
  void makeInMonitor(long location) {
    Task task = points.announcer();
    if (task != null) {
      enter(task, location);
    }
  }

  /** One is about to be made that touches nothing by itself, but may call back. */
  void makeWithoutStep() {
    Task task = points.announcer();
    if (task != null) {
      task.enterCall(0, 0);
    }
  }

  /** A synchronizer is about to be called. */
  void guard(Object synchronizer, int site) {
    if (points.announcer() == null) {
      points.scheduler().stage.askForGuard();
    }
    Task task = points.announcer();
    if (task != null) {
      ReentrantLock lock = lockOf(synchronizer);
      if (lock != null && lock.isHeldByCurrentThread()) {
        points.passHolding(task, lock, Operation.GUARD, site);
      } else {
        points.pass(task, Operation.GUARD, site);
      }
      enter(task, locations.of(synchronizer, 0));
      points.touchedAll(task);
    }
  }

  /** The lock that it is, or is a condition of; null if that is unknown. */
  private @Nullable ReentrantLock lockOf(Object synchronizer) {
    if (synchronizer instanceof Condition condition) {
      return locksOfConditions.get(condition);
    }
    return synchronizer.getClass() == ReentrantLock.class ? (ReentrantLock) synchronizer : null;
  }

  /** A lock is about to be taken. */
  void lock(Object lock, boolean interruptible, int site) {
    Task task = points.announcer();
    if (task == null
        || !points.isPoint(Operation.GUARD)
        || !(lock instanceof ReentrantLock wanted)
        || wanted.isFair()
        || wanted.isHeldByCurrentThread()) {
      guard(lock, site);
      return;
    }
    long location = locations.of(lock, 0);
    points.scheduler().tasks.want(task, new Lock(wanted, interruptible, location));
    points.passWhenFree(task, site);
    enter(task, location);
    points.touchedAll(task);
  }

  /** A latch is about to be waited for. */
  void awaitLatch(Object latch, int site) {
    Task task = points.announcer();
    if (task == null
        || !points.isPoint(Operation.GUARD)
        || latch.getClass() != CountDownLatch.class) {
      guard(latch, site);
      return;
    }
    long location = locations.of(latch, 0);
    // Whether a limit passes that comes last depends on who waits.
    points.scheduler().steps.touch(Locations.INTERRUPTS, 0);
    points.scheduler().tasks.want(task, new Open((CountDownLatch) latch, location));
    points.passWhenFree(task, site);
    task.enterCall(Locations.INTERRUPTS, 0);
    points.scheduler().steps.touch(task);
    points.scheduler().steps.touch(location, 0);
    points.touchedAll(task);
  }

  /**
   * The end of a thread. The JDK would have its own thread let go on who waits for that, from 27 on
   * at least.
   */
  record End(Thread of, boolean parks) implements Task.Wanted {
    @Override
    public boolean isFreeFor(Task task) {
      return !task.seesAlive(of) || task.isInterrupted();
    }

    @Override
    public boolean isOfEnds() {
      return true;
    }

    /** The end happens after the last step of the thread, and conflicts with none. */
    @Override
    public int enabledBy(Task task) {
      return task.isInterrupted() ? Trace.NO_CAUSE : task.lastStepOf(of);
    }

    @Override
    public long location() {
      return 0;
    }

    @Override
    public Optional<Thread> holder() {
      return Optional.of(of);
    }

    @Override
    public String toString() {
      return "the end of a thread";
    }
  }

  /**
   * What can be asked about.
   *
   * @param endsLastAt when the wait for it ends, too, if no other thread can go on before
   */
  record Until(BooleanSupplier isOver, long endsLastAt) implements Task.Wanted {
    @Override
    public boolean isFreeFor(Task task) {
      return isOver.getAsBoolean() || task.isInterrupted();
    }

    @Override
    public boolean parks() {
      return true;
    }

    @Override
    public long location() {
      return Locations.ANYTHING;
    }

    @Override
    public String toString() {
      return "the end of others";
    }
  }

  /** Whether a thread has been started: asked by a step, unless it has in every execution. */
  boolean hasStarted(Thread thread, int site) {
    Task task = points.announcer();
    Tasks tasks = points.scheduler().tasks;
    if (task != null && !tasks.isStartedBefore(thread, task)) {
      points.pass(task, Operation.GUARD, site);
      points.scheduler().steps.touch(Locations.SPAWNS, 0);
    }
    return tasks.standIns.of(thread).getState() != Thread.State.NEW;
  }

  /** It matters when a thread ends. */
  void noteEndOf(Thread thread) {
    points.matters().addEnds();
    if (points.scheduler().tasks.goesOnAfterItsCode(thread)) {
      points.matters().addThreadEnds();
    }
  }

  /** The end of a thread is about to be waited for. */
  void join(Thread joined, int site) throws InterruptedException {
    Task task = points.announcer();
    Tasks tasks = points.scheduler().tasks;
    if (task == null || !(joined.isVirtual() || tasks.standIns.numberOf(joined).isPresent())) {
      make(Operation.GUARD, Locations.ANYTHING, site);
      try {
        joined.join();
      } finally {
        leave();
      }
      return;
    }
    if (!hasStarted(joined, site)) {
      // It is not waited for.
      return;
    }
    Thread other = tasks.standIns.of(joined);
    boolean isPoint = points.isPoint(Operation.GUARD);
    if (!isPoint) {
      // The step that found it alive goes on to here, so when that ends matters to it.
      points.scheduler().steps.touch(Locations.ANYTHING, Locations.ANYTHING);
    }
    if (isPoint || tasks.isAlive(other)) {
      // For the end of a platform thread it waits in the monitor of that.
      tasks.want(task, new End(other, joined.isVirtual()));
      points.passWhenFree(task, site);
    }
    points.scheduler().steps.touch(Locations.INTERRUPTS, 0);
    if (task.isInterrupted()) {
      // It need not wait, so it matters whether the other one has ended.
      noteEndOf(other);
      points.scheduler().steps.touch(Locations.ANYTHING, Locations.ANYTHING);
    }
    if (tasks.isAlive(other) && Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** A method that was called back is about to return into the call that a thread is in. */
  void goOn(int site) {
    Task task = points.announcer();
    if (task != null) {
      points.countCall(task);
    }
    if (task != null && !task.isInCall() && (points.matters().ofEnds() || task.serves != null)) {
      // It may be the last that its thread does, or what it computes, but for what the JDK does.
      passToEnd(task, site);
    }
    // Where it took no step, what follows belongs to the step of the call, which is one.
    if (task != null && task.isInCall() && task.hasSteppedInCall && task.touchesInCall()) {
      points.pass(task, Operation.RETURN, site);
      task.hasSteppedInCall = false;
    }
  }

  /** A task is done, and the pool that it is of learns of that next. */
  void endTask() {
    Task task = passToEnd();
    if (task != null && task.serves != null) {
      task.serves.touchEnd(points.scheduler().steps);
    }
  }

  /** A task is done, and its thread leaves the pool that it is of. */
  void leavePool() {
    Task task = passToEnd();
    if (task != null && task.serves != null) {
      task.serves.leave(points.scheduler().steps);
    }
  }

  private @Nullable Task passToEnd() {
    Task task = points.announcer();
    if (task != null && points.matters().ofEnds()) {
      passToEnd(task, task.site);
    }
    return task;
  }

  private void passToEnd(Task task, int site) {
    points.pass(task, Operation.RETURN, site);
    if (task.serves == null) {
      points.scheduler().steps.touch(0, Locations.ANYTHING);
    }
    task.goOnServing();
    points.scheduler().steps.touch(task);
  }

  private void enter(Task task, long location) {
    // Should it wait in there, or be called back, it goes on with the same.
    task.enterCall(Locations.INTERRUPTS, location);
    points.scheduler().steps.touch(task);
  }

  /** One has returned, or thrown. */
  void leave() {
    Task task = points.announcer();
    if (task != null && task.isInCall()) {
      task.leaveCall();
      // The interrupt might have ended its wait before the end of the thread that has interrupted.
      points
          .matters()
          .addEndsIf(task.waitsForResult && task.hasWokenInterrupted && task.isInterrupted());
      task.hasWokenInterrupted = false;
    }
  }
}
