package oversell.control;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

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

  /** Whether all have ended but the owner, who may have or not. */
  boolean onlyOwnerLives() {
    return live == 0;
  }

  /**
   * Whether the JDK, and not the lab, made a thread of it, which has to be asked whether it ended.
   */
  boolean isSpawned(Task task) {
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

  String name(Task task) {
    if (task == owner) {
      return "owner of the scope";
    }
    return isSpawned(task) ? "thread " + (task.index - buyers) : "buyer " + (task.index + 1);
  }
}
