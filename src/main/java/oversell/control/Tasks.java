package oversell.control;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import oversell.schedule.Trace;

/**
 * The tasks of one execution by number: buyers first, then the owner of their scope, then those
 * that they start.
 */
final class Tasks {
  private static final int MOST = Long.SIZE;

  private final Scheduler scheduler;
  private final int buyers;
  private final Task[] tasks = new Task[MOST];
  private int count;
  private int live;
  private Task owner;

  Tasks(Scheduler scheduler, int buyers) {
    this.scheduler = scheduler;
    this.buyers = buyers;
    owner = new Task(scheduler, buyers);
  }

  void clear() {
    Arrays.fill(tasks, 0, Math.max(count, buyers + 1), null);
    count = 0;
    live = 0;
    owner = new Task(scheduler, buyers);
    owner.reads = Locations.SCOPE;
    owner.writes = Locations.SCOPE | Locations.INTERRUPTS;
    tasks[buyers] = owner;
  }

  /** Of the thread that owns the scope, which is in none. */
  Task owner() {
    return owner;
  }

  /** For a thread that the owner starts: the next buyer. */
  Task addBuyer() {
    return add(count);
  }

  /** For a thread that another one starts. */
  Task addSpawned() {
    return add(Math.max(count, buyers + 1));
  }

  private Task add(int index) {
    if (index >= MOST) {
      throw new IllegalStateException("more than " + MOST + " threads");
    }
    Task task = new Task(scheduler, index);
    tasks[index] = task;
    count = Math.max(count, index + 1);
    live++;
    return task;
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
   * started. Their threads are known from their first announcement on.
   */
  boolean isSpawnedAndOver(Task task) {
    return isSpawned(task)
        && !task.yielding
        && (task.thread == null || task.thread.getState() == Thread.State.TERMINATED);
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

  /** Tells of those who want a monitor that others are in. */
  void tellKeptBack(long ready, Trace trace) {
    for (int i = 0; i < count; i++) {
      Task task = tasks[i];
      if (task != null && task.wants != null && (ready & task.bit) == 0) {
        trace.leaveWaiting(i, task.reads | Locations.INTERRUPTS, task.wants.location);
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

  /** Who of those that live waits for what, a line each. */
  List<String> waits() {
    return alive().stream().map(task -> name(task) + " " + wait(task)).toList();
  }

  private String wait(Task task) {
    if (task.waitsIn != null) {
      return "waits for a signal of a "
          + task.waitsIn.object.getClass().getSimpleName()
          + ", which nobody will give";
    }
    if (task.wants != null) {
      return "wants the monitor of a "
          + task.wants.object.getClass().getSimpleName()
          + heldBy(task.wants.owner);
    }
    return task.blocker()
        .map(on -> "waits in a " + outermost(on.getClass()).getSimpleName() + heldInJdk(task))
        .orElse("waits, and nobody will let it go on");
  }

  private static Class<?> outermost(Class<?> type) {
    Class<?> outer = type;
    while (outer.getEnclosingClass() != null) {
      outer = outer.getEnclosingClass();
    }
    return outer;
  }

  private String heldInJdk(Task task) {
    return heldBy(task.blockedBy().flatMap(this::of).orElse(null));
  }

  private String heldBy(@Nullable Task owner) {
    return owner == null ? ", which nobody has" : ", which " + name(owner) + " has";
  }

  /** The identifier of a thread: the same in every execution, if it is controlled. */
  long idOf(Thread thread) {
    return of(thread).map(task -> (long) task.index).orElseGet(thread::threadId);
  }

  private Optional<Task> of(Thread thread) {
    return all().stream().filter(task -> task.thread == thread).findFirst();
  }
}
