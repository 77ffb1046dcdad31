package oversell.explorer.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Rounds;
import oversell.explorer.schedule.Locations;
import oversell.explorer.schedule.Strategy.WaitEnd;

/**
 * The monitors of woven classes, instead of the JVM's: so they can be explored like any lock, on
 * every JDK. A thread that wants one that another is in cannot go on until it is free, and then any
 * of those who want it may. A signal goes to who waited longest, as HotSpot does it.
 */
final class Monitors {
  /** The part of an object that its monitor is. */
  private static final int PART = 0x6D6F6E;

  private final Points points;
  private final Locations locations;
  private final List<Monitor> monitors = new ArrayList<>();
  // Of what has changed so far, if anybody counts that.
  private LongSupplier changes = () -> 0;

  /** Who is in it, and who waits for its signals. */
  final class Monitor implements Task.Wanted {
    final Object object;
    @Nullable Task owner;
    int entries;
    final boolean isOfJdk;
    // As of which change it was left last.
    long leftAt = -1;
    // In the order in which they came.
    final List<Task> waiting = new ArrayList<>(2);

    Monitor(Object object) {
      this.object = object;
      isOfJdk = Mutexes.mayBeTakenByTheJdk(object);
    }

    @Override
    public boolean isFreeFor(Task task) {
      return owner == null;
    }

    @Override
    public long location() {
      return locations.of(object, PART);
    }

    @Override
    public Object guard() {
      return this;
    }

    @Override
    public Optional<Thread> holder() {
      return Optional.ofNullable(owner).map(task -> task.thread);
    }

    @Override
    public String toString() {
      return "the monitor of a " + object.getClass().getSimpleName();
    }
  }

  /**
   * The end of a wait by its time or an interrupt. From then on no signal goes to the thread, which
   * may have to wait for the monitor yet; until then one may, although it was interrupted before.
   *
   * @param limited whether time may end it, at any moment
   * @param end how it ends if nothing else is known of that
   */
  record WakeUp(boolean limited, boolean interruptible, WaitEnd end) implements Task.Wanted {
    /** A wait of a thread, which may have had its share of those that end for nothing. */
    static WakeUp of(Task task, boolean limited, boolean interruptible, Points points) {
      boolean mayEndSpuriously =
          !limited && points.matters().wakesSpuriously() && !task.hasWokenSpuriously;
      return new WakeUp(
          limited,
          interruptible,
          mayEndSpuriously ? points.scheduler().steps.endOfWait() : WaitEnd.SIGNALLED);
    }

    /** It has ended. If it was to do so for nothing and did not, others show the same. */
    void hasEnded(Task task, boolean isSignalled, Scheduler scheduler) {
      boolean isSpurious =
          end != WaitEnd.SIGNALLED && !isSignalled && !(interruptible && task.isInterrupted());
      task.hasWokenSpuriously |= isSpurious;
      if (end == WaitEnd.SPURIOUS && !isSpurious) {
        scheduler.cutAfterStep();
      }
    }

    @Override
    public boolean mayEndSpuriously() {
      return end == WaitEnd.EITHER;
    }

    /** Whether only a signal could have let its thread go on. */
    boolean endsBySignalAlone() {
      return !limited && end == WaitEnd.SIGNALLED;
    }

    @Override
    public boolean isFreeFor(Task task) {
      return limited || end == WaitEnd.SPURIOUS || (interruptible && task.isInterrupted());
    }

    @Override
    public long location() {
      return 0;
    }

    @Override
    public String toString() {
      return "a signal";
    }
  }

  /**
   * A call into the JDK.
   *
   * @param monitor the one that it takes; null if it takes none
   * @param inDoubt whether it may be in it or not while it calls back
   */
  record Call(@Nullable Monitor monitor, boolean inDoubt) {}

  Monitors(Points points, Locations locations) {
    this.points = points;
    this.locations = locations;
  }

  void clear() {
    monitors.clear();
  }

  void enter(Task task, Object object, int site) {
    Monitor monitor = of(object);
    if (monitor.owner == task) {
      monitor.entries++;
      return;
    }
    if (monitor.owner != null || points.isPoint(Operation.ENTER)) {
      if (!points.isPoint(Operation.ENTER)) {
        // The step that found it taken goes on to here, so when others leave it matters to that.
        touch(monitor);
      }
      want(task, monitor);
      points.passWhenFree(task, site);
    }
    take(task, monitor, 1);
    points.touchedAll(task);
  }

  void exit(Task task, Object object, int site) {
    if (points.scheduler().isDropped()) {
      // A block that is left by what drops the execution must not be left over and over again.
      return;
    }
    Monitor monitor = held(task, object);
    if (monitor.entries > 1) {
      monitor.entries--;
      return;
    }
    points.passHolding(task, monitor, Operation.EXIT, site);
    touch(monitor);
    points.touchedAll(task);
    leave(monitor);
  }

  /**
   * A call is about to be made that takes the monitor of its receiver, and cannot be made before
   * that is free: it is one step with that.
   */
  void enterByCall(Task task, Object object, int site) {
    Monitor monitor = of(object);
    if (monitor.owner == task) {
      points.pass(task, Operation.CALL, site);
      monitor.entries++;
      return;
    }
    boolean isPoint = points.isPoint(Operation.CALL);
    if (monitor.owner != null || isPoint) {
      if (!isPoint) {
        // The step that found it taken goes on to here, so when others leave it matters to that.
        touch(monitor);
      }
      want(task, monitor);
      points.passWhenFree(task, site);
    }
    take(task, monitor, 1);
  }

  /**
   * A call is being made.
   *
   * @param object whose monitor it has taken; null if it has taken none
   * @param inDoubt whether it may be in it or not while it calls back
   */
  void begin(Task task, @Nullable Object object, boolean inDoubt) {
    // What is called back by one that is in no monitor needs no account.
    if (object != null || inDoubt || !task.inMonitors.isEmpty()) {
      task.inMonitors.push(new Call(object == null ? null : of(object), inDoubt));
      task.doubtful += inDoubt ? 1 : 0;
    }
  }

  /** That call has returned, or thrown: it leaves the monitor with the step that it is in. */
  void end(Task task) {
    Call call = task.inMonitors.poll();
    if (call == null || points.scheduler().isDropped()) {
      return;
    }
    task.doubtful -= call.inDoubt() ? 1 : 0;
    Monitor monitor = call.monitor();
    if (monitor != null && --monitor.entries == 0) {
      touch(monitor);
      leave(monitor);
    }
  }

  /** Whether another thread is in a monitor that code of the JDK may want. */
  boolean mayKeepBack(Task task) {
    for (Monitor monitor : monitors) {
      if (monitor.owner != null && monitor.owner != task && monitor.isOfJdk) {
        return true;
      }
    }
    return false;
  }

  private void leave(Monitor monitor) {
    monitor.owner = null;
    monitor.leftAt = changes.getAsLong();
  }

  /** By what is noted when monitors are left. */
  void noteLeaving(LongSupplier counter) {
    changes = counter;
  }

  /**
   * Waits for a signal.
   *
   * @param limited whether it may also end at any moment
   * @return whether it was signalled to
   */
  boolean await(Task task, Object object, boolean limited, int site) throws InterruptedException {
    Monitor monitor = held(task, object);
    points.passHolding(task, monitor, Operation.WAIT, site);
    if (task.inMonitors.stream().anyMatch(call -> call.monitor() == monitor)) {
      // The JDK is in it as well, and does not leave it.
      points
          .scheduler()
          .escape(
              site,
              "a wait in a monitor that a call of the JDK is in, too (wait in another monitor)");
      throw points.scheduler().drop(Engine.Ending.ESCAPED);
    }
    int entries = monitor.entries;
    touch(monitor);
    points.touchedAll(task);
    // It leaves the monitor, and others can enter.
    Rounds.acted();
    if (Thread.interrupted()) {
      // Without leaving the monitor.
      throw new InterruptedException();
    }
    task.waitsIn = monitor;
    monitor.waiting.add(task);
    leave(monitor);
    WakeUp wakeUp = WakeUp.of(task, limited, true, points);
    points.scheduler().tasks.want(task, wakeUp);
    points.passWhenFree(task, site);
    boolean isSignalled = task.waitsIn == null;
    wakeUp.hasEnded(task, isSignalled, points.scheduler());
    if (!isSignalled) {
      forget(task, monitor);
      touch(monitor);
      if (monitor.owner != null) {
        want(task, monitor);
        points.passWhenFree(task, site);
      }
    }
    take(task, monitor, entries);
    if (isSignalled && wakeUp.endsBySignalAlone()) {
      points.touchedAll(task);
    }
    // One that was signalled to before it woke up returns, or the signal would be lost.
    if (!isSignalled && Thread.interrupted()) {
      throw new InterruptedException();
    }
    return isSignalled;
  }

  void signal(Task task, Object object, boolean all, int site) {
    Monitor monitor = held(task, object);
    // Not as one who holds it: who gets the signal could have ended its wait before, by a limit.
    points.pass(task, Operation.SIGNAL, site);
    touch(monitor);
    points.touchedAll(task);
    if (!all && monitor.waiting.size() > 1) {
      points.matters().noteOrderOfSignals();
    }
    while (!monitor.waiting.isEmpty()) {
      Rounds.changed();
      Task first = monitor.waiting.getFirst();
      forget(first, monitor);
      want(first, monitor);
      if (!all) {
        return;
      }
    }
  }

  /** Whether a thread is in a monitor. */
  boolean isIn(Task task, Object object) {
    return of(object).owner == task;
  }

  private void forget(Task task, Monitor monitor) {
    task.waitsIn = null;
    monitor.waiting.remove(task);
  }

  private void want(Task task, Monitor monitor) {
    points.scheduler().tasks.want(task, monitor);
  }

  private void take(Task task, Monitor monitor, int entries) {
    monitor.owner = task;
    monitor.entries = entries;
    touch(monitor);
  }

  /** No step: nobody else can change it. */
  boolean isHeldBy(Task task, Object object) {
    return of(object).owner == task;
  }

  private Monitor held(Task task, Object object) {
    Monitor monitor = of(object);
    if (monitor.owner != task) {
      throw new IllegalMonitorStateException("the monitor is not held");
    }
    return monitor;
  }

  // A monitor is of the object itself, whatever that takes for its equal.
  @SuppressWarnings("ReferenceEquality")
  private Monitor of(Object object) {
    for (Monitor monitor : monitors) {
      if (monitor.object == object) {
        return monitor;
      }
    }
    Monitor monitor = new Monitor(object);
    monitors.add(monitor);
    return monitor;
  }

  private void touch(Monitor monitor) {
    points.scheduler().steps.touch(Locations.INTERRUPTS, monitor.location());
  }
}
