package oversell.explorer.control;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import oversell.explorer.control.Task.Wanted;
import oversell.explorer.schedule.Locations;
import oversell.explorer.schedule.Trace;

/**
 * The tasks of one execution by number: buyers first, then the owner of their scope, then those
 * that they start.
 */
final class Tasks implements Executor {
  private static final int MOST = Long.SIZE;

  private final Scheduler scheduler;
  private final int buyers;
  private final boolean tooMany;
  private final Task[] tasks = new Task[MOST];
  // How many buyers have been started; the inventory may have started threads before.
  private int begun;
  private int count;
  private int live;
  // Those that controlled threads started, by what goes on with them.
  private final IdentityHashMap<Runnable, Task> spawned = new IdentityHashMap<>();
  // Who wants something, as bits.
  private long wanting;
  private Task owner;

  Tasks(Scheduler scheduler, int buyers) {
    this.scheduler = scheduler;
    // Of too many none is run.
    tooMany = buyers >= MOST;
    this.buyers = Math.min(buyers, MOST - 1);
    owner = new Task(scheduler, this.buyers);
  }

  void clear() {
    Arrays.fill(tasks, 0, Math.max(count, buyers + 1), null);
    begun = 0;
    count = 0;
    live = 0;
    wanting = 0;
    spawned.clear();
    owner = new Task(scheduler, buyers);
    // It joins the others, whenever it goes on.
    owner.reads = Locations.SCOPE;
    owner.writes = Locations.SCOPE | Locations.INTERRUPTS;
    tasks[buyers] = owner;
  }

  /** Of the thread that owns the scope, which is in none. */
  Task owner() {
    return owner;
  }

  /** Whether there are more buyers than there can be threads. */
  boolean areTooMany() {
    return tooMany;
  }

  static int most() {
    return MOST - 1;
  }

  /** For a thread that the owner starts: the next buyer. */
  Task addBuyer() {
    return add(begun++);
  }

  /**
   * A thread can go on that a controlled one has made, or the JDK for that. When it is started it
   * gets a task.
   */
  @Override
  public void execute(Runnable continuation) {
    if (scheduler.isStranger()) {
      scheduler.stage.touchFromOutside();
      return;
    }
    Task task = spawned.get(continuation);
    if (task == null) {
      Optional<Thread> thread = VirtualThreads.of(continuation);
      if (thread.isEmpty()) {
        scheduler.escape(Task.START, "a virtual thread that this JDK does not tell from others");
        throw scheduler.drop(Engine.Ending.ESCAPED);
      }
      task = add(Math.max(count, buyers + 1));
      task.adopt(thread.get(), continuation);
      spawned.put(continuation, task);
    }
    scheduler.arrived(task);
  }

  private Task add(int index) {
    Task task = new Task(scheduler, index);
    if (index >= MOST) {
      // It is never run: the execution ends where the one that starts it is stopped next.
      scheduler.reachBoundOfThreads();
      return task;
    }
    tasks[index] = task;
    count = Math.max(count, index + 1);
    live++;
    return task;
  }

  /** Whether the owner has started no thread yet. */
  boolean hasOnlyOwner() {
    return count == 0;
  }

  void end(Task task) {
    task.ended = true;
    live--;
  }

  /** Whether all have ended but the owner, who can go on. */
  boolean onlyOwnerCanGoOn(long ready) {
    return live == 0 && ready == owner.bit;
  }

  /**
   * Whether one that cannot go on has ended, which nobody tells of those that a controlled thread
   * started.
   */
  boolean isSpawnedAndOver(Task task) {
    return isSpawned(task)
        && !task.yielding
        && task.thread != null
        && task.thread.getState() == Thread.State.TERMINATED;
  }

  private boolean isSpawned(Task task) {
    return task.index > buyers;
  }

  Task get(int index) {
    return tasks[index];
  }

  List<Task> all() {
    return Arrays.stream(tasks, 0, Math.max(count, buyers + 1)).filter(Objects::nonNull).toList();
  }

  /** All that have not ended, but for the owner. */
  List<Task> alive() {
    return all().stream().filter(task -> !task.ended && task != owner).toList();
  }

  /** One cannot go on until it can have what it wants. */
  void want(Task task, Wanted wanted) {
    task.wants = wanted;
    wanting |= task.bit;
  }

  /** One goes on, and so it has that. */
  void stopWanting(Task task) {
    task.wants = null;
    wanting &= ~task.bit;
  }

  /** Whether one that waits for what it wants alone can have it now. */
  boolean canHaveWhatItWants(Task task) {
    return task.wants != null && task.wants.isFreeFor(task);
  }

  /** Corrects who can go on: of those who want something, who can have it now. */
  long correct(long ready) {
    long correct = ready & ~wanting;
    for (long left = wanting; left != 0; left &= left - 1) {
      Task task = tasks[Long.numberOfTrailingZeros(left)];
      correct |= task.wants != null && task.wants.isFreeFor(task) ? task.bit : 0;
    }
    return correct;
  }

  /** Tells of those who want what others have. */
  void tellKeptBack(long ready, Trace trace) {
    for (long left = wanting & ~ready; left != 0; left &= left - 1) {
      Task task = tasks[Long.numberOfTrailingZeros(left)];
      if (task.wants != null) {
        trace.leaveWaiting(
            task.index, task.reads | Locations.INTERRUPTS, task.writes | task.wants.location());
      }
    }
  }

  /** Where nobody can go on: tells the places of those who wait for somebody else, and for what. */
  void tellWaitsOutside(BiConsumer<Integer, String> listener) {
    for (Task task : all()) {
      waitOutside(task).ifPresent(what -> listener.accept(task.site, what));
    }
  }

  private Optional<String> waitOutside(Task task) {
    if (task.thread != null && task.thread.getState() == Thread.State.TIMED_WAITING) {
      return Optional.of("a wait for the real clock");
    }
    return task.blockedBy()
        .filter(holder -> of(holder).isEmpty())
        .map(holder -> "a wait for what a thread holds that is not controlled");
  }

  String name(Task task) {
    if (task == owner) {
      return "owner of the scope";
    }
    return isSpawned(task) ? "thread " + (task.index - buyers) : "buyer " + (task.index + 1);
  }

  /**
   * Why those that live do not end, a line each: who goes on for ever, or waits for what.
   *
   * @param goesOn of those that go on for ever, how
   */
  List<String> waits(Function<Task, Optional<String>> goesOn) {
    return alive().stream()
        .map(task -> name(task) + " " + goesOn.apply(task).orElseGet(() -> task.wait(this::heldBy)))
        .toList();
  }

  private String heldBy(Optional<Thread> holder) {
    return holder
        .flatMap(this::of)
        .map(owner -> ", which " + name(owner) + " has")
        .orElse(", which nobody has");
  }

  /** The identifier of a thread: the same in every execution, if it is controlled. */
  long idOf(Thread thread) {
    return of(thread).map(task -> (long) task.index).orElseGet(thread::threadId);
  }

  /** The one of a thread; empty if that is not controlled. */
  Optional<Task> of(Thread thread) {
    return all().stream().filter(task -> task.thread == thread).findFirst();
  }
}
