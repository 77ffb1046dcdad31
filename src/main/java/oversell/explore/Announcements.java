package oversell.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import oversell.experiment.Exploration.Granularity;
import oversell.weave.Controller;
import oversell.weave.Operation;
import oversell.weave.Sites;

/** What woven classes announce, as steps of the engine, with monitors and a clock of its own. */
final class Announcements implements Controller {
  private static final int MOST_ROUNDS = 1_000_000;
  private static final int MAKER_BITS = 24;
  private static final int NOBODY = Long.SIZE;

  private final Engine engine;
  private final Sites sites;
  private final Granularity granularity;
  private final List<Monitor> monitors = new ArrayList<>();
  private ValueListener values = value -> {};
  private long clockNanos;
  private boolean clockMatters;
  private int rounds;
  private int createdBefore;

  /** Hears of values. */
  @FunctionalInterface
  interface ValueListener {
    /** A value was read, or is about to be written. */
    void told(@Nullable Object value);
  }

  Announcements(Engine engine, Sites sites, Granularity granularity) {
    this.engine = engine;
    this.sites = sites;
    this.granularity = granularity;
  }

  /** A new execution begins. */
  void clear() {
    monitors.clear();
    clockNanos = 0;
    createdBefore = 0;
  }

  void tell(ValueListener hearer) {
    values = hearer;
  }

  /** Whether anything that was explored has ever read the clock. */
  boolean clockMatters() {
    return clockMatters;
  }

  /** Who announces; null if it is nobody whom the engine runs. */
  private @Nullable Task announcer() {
    Task task = engine.running();
    if (task == null) {
      return null;
    }
    Thread current = Thread.currentThread();
    if (task.thread == null && current.isVirtual()) {
      task.thread = current;
    }
    // Somebody who only asks for the stock may be late, and then another runs already.
    return task.thread == current ? task : null;
  }

  private boolean isPoint(Operation operation) {
    return switch (granularity) {
      case PAUSE -> operation == Operation.SLEEP || operation == Operation.YIELD;
      case GUARD ->
          operation == Operation.SLEEP || operation == Operation.YIELD || operation.isOfGuard();
      case ACCESS -> true;
    };
  }

  private void pass(Task task, Operation operation, int site) {
    if (isPoint(operation)) {
      rounds = 0;
      engine.pass(task, site, true);
    }
  }

  @Override
  public void created(Object object) {
    Task task = announcer();
    long maker = task == null ? NOBODY : task.index;
    int number = task == null ? createdBefore++ : task.created++;
    engine.locations.register(object, maker << MAKER_BITS | number);
  }

  @Override
  public void access(@Nullable Object target, int part, boolean write, int site) {
    Task task = announcer();
    if (task != null) {
      pass(task, write ? Operation.WRITE : Operation.READ, site);
      long location = engine.locations.of(target, part);
      engine.touch(write ? 0 : location, write ? location : 0);
    }
  }

  @Override
  public void enter(Object object, int site) {
    Task task = announcer();
    if (task == null) {
      return;
    }
    Monitor monitor = monitor(object);
    if (monitor.owner == task) {
      monitor.entries++;
      return;
    }
    if (monitor.owner != null || isPoint(Operation.ENTER)) {
      rounds = 0;
      if (!isPoint(Operation.ENTER)) {
        // The step that found it taken goes on to here, so when others leave it matters to that.
        touch(monitor);
      }
      engine.want(task, monitor);
      engine.pass(task, site, false);
    }
    engine.take(task, monitor, 1);
    touch(monitor);
  }

  @Override
  public void exit(Object object, int site) {
    Task task = announcer();
    if (task == null) {
      return;
    }
    if (engine.isDropped()) {
      // A block that is left by what drops the execution must not be left over and over again.
      return;
    }
    Monitor monitor = monitor(object);
    if (monitor.owner != task) {
      throw new IllegalMonitorStateException("the monitor is not held");
    }
    if (monitor.entries > 1) {
      monitor.entries--;
      return;
    }
    pass(task, Operation.EXIT, site);
    touch(monitor);
    engine.release(monitor);
  }

  @Override
  public void await(Object object, boolean limited, int site) throws InterruptedException {
    Task task = announcer();
    if (task == null) {
      throw new IllegalStateException("nobody would signal");
    }
    Monitor monitor = monitor(object);
    if (monitor.owner != task) {
      throw new IllegalMonitorStateException("the monitor is not held");
    }
    pass(task, Operation.WAIT, site);
    int entries = monitor.entries;
    touch(monitor);
    if (Thread.interrupted()) {
      // Without leaving the monitor.
      throw new InterruptedException();
    }
    engine.await(task, monitor);
    engine.release(monitor);
    if (limited) {
      // Its time may be over at any moment from now on.
      engine.want(task, monitor);
    }
    engine.pass(task, site, false);
    boolean timeIsOver = task.waitsIn != null;
    if (timeIsOver) {
      engine.signalled(task, monitor);
    }
    engine.take(task, monitor, entries);
    touch(monitor);
    // One that was signalled to before it was interrupted returns, or the signal would be lost.
    if ((timeIsOver || task.interrupted) && Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  @Override
  public void signal(Object object, boolean all, int site) {
    Task task = announcer();
    if (task == null) {
      return;
    }
    Monitor monitor = monitor(object);
    if (monitor.owner != task) {
      throw new IllegalMonitorStateException("the monitor is not held");
    }
    pass(task, Operation.SIGNAL, site);
    touch(monitor);
    while (!monitor.waiting.isEmpty()) {
      engine.signalled(monitor.waiting.getFirst(), monitor);
      if (!all) {
        return;
      }
    }
  }

  private Monitor monitor(Object object) {
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
    engine.touch(Locations.INTERRUPTS, engine.locations.of(monitor.object, Monitor.PART));
  }

  @Override
  public void guard(Object synchronizer, int site) {
    if (announcer() == null && engine.isUnderWay()) {
      // Whoever only takes stock must not stand in the way of those who wait for the guard.
      throw new IllegalStateException("no guard can be had in the middle of an execution");
    }
    called(Operation.GUARD, engine.locations.of(synchronizer, 0), site);
  }

  @Override
  public void call(@Nullable Object target, int site) {
    called(Operation.CALL, engine.locations.of(target, 0), site);
  }

  @Override
  public void callAnything(int site) {
    called(sites.get(site).operation(), Locations.ANYTHING, site);
  }

  private void called(Operation operation, long location, int site) {
    Task task = announcer();
    if (task != null) {
      pass(task, operation, site);
      // Should it wait in there, or be called back, it goes on with the same.
      task.calls++;
      task.reads |= Locations.INTERRUPTS;
      task.writes |= location;
      engine.touch(task.reads, task.writes);
    }
  }

  @Override
  public void left() {
    Task task = announcer();
    if (task != null && --task.calls == 0) {
      task.reads = 0;
      task.writes = 0;
    }
  }

  @Override
  public void spawn(int site) {
    Task task = announcer();
    if (task != null) {
      pass(task, Operation.SPAWN, site);
      // That the thread comes after this the engine knows by itself.
      engine.touch(0, Locations.SPAWNS);
    }
  }

  @Override
  public <T> T alias(Object whole, T part) {
    engine.locations.alias(whole, part);
    return part;
  }

  @Override
  public void sleep(long nanos, int site) throws InterruptedException {
    Task task = announcer();
    if (task == null) {
      return;
    }
    long untilNanos = clockNanos + Math.max(0, nanos);
    engine.touch(Locations.CLOCK, 0);
    pass(task, Operation.SLEEP, site);
    clockNanos = Math.max(clockNanos, untilNanos);
    engine.touch(Locations.INTERRUPTS, clockMatters ? Locations.CLOCK : 0);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** The thread sleeps until it is interrupted. */
  void hang(int site) throws InterruptedException {
    Task task = announcer();
    if (task != null) {
      task.reads = Locations.INTERRUPTS;
      while (!Thread.interrupted()) {
        LockSupport.park();
      }
      throw new InterruptedException();
    }
  }

  @Override
  public void giveWay(int site) {
    Task task = announcer();
    if (task != null) {
      pass(task, Operation.YIELD, site);
      engine.touch(Locations.INTERRUPTS, 0);
    }
  }

  @Override
  public long nanoTime(int site) {
    Task task = announcer();
    if (task != null) {
      clockMatters = true;
      pass(task, Operation.CLOCK, site);
      engine.touch(Locations.CLOCK, 0);
    }
    return clockNanos;
  }

  @Override
  public Thread.Builder.OfVirtual ofVirtual(int site) {
    return announcer() != null || engine.isPreparing()
        ? VirtualThreads.scheduledBy(engine.spawning())
        : Thread.ofVirtual();
  }

  @Override
  public long threadId(Thread thread) {
    return engine.tasks().stream()
        .filter(task -> task.thread == thread)
        .mapToLong(task -> task.index)
        .findFirst()
        .orElseGet(thread::threadId);
  }

  @Override
  public void escape(int site) {
    if (announcer() != null || engine.isPreparing()) {
      engine.escape(new Uncontrolled(site, sites.get(site).subject()));
      throw engine.drop(Engine.Ending.ESCAPED);
    }
  }

  @Override
  public void loop() {
    if (++rounds > MOST_ROUNDS && announcer() != null) {
      throw engine.drop(Engine.Ending.ENDLESS);
    }
  }

  @Override
  public void told(@Nullable Object value) {
    if (engine.running() != null) {
      values.told(value);
    }
  }
}
