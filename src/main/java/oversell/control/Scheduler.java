package oversell.control;

import org.jspecify.annotations.Nullable;
import oversell.control.Engine.Ending;
import oversell.schedule.Strategy;
import oversell.schedule.Trace;

/**
 * Runs tasks one at a time on the platform thread that made it, and asks a strategy who is next
 * whenever one is about to take a step that others could tell. A choice is made where the step is
 * announced, on the stack of the thread that runs: one that goes on is not switched.
 */
final class Scheduler {
  private static final int MOST_STEPS = 10_000;

  final Steps steps;
  final Tasks tasks;
  // What can go on: a task has its bit here if and only if it waits to be chosen.
  long ready;
  private final Thread carrier = Thread.currentThread();
  private final Runnable beforeChoice;
  private @Nullable Task running;
  private @Nullable Task handOff;
  private Ending ending = Ending.DONE;
  // The first thing that was done and cannot be controlled, with its site; empty if nothing was.
  String escape = "";
  int escapedAt = Task.START;
  private volatile boolean foreign;

  /**
   * A scheduler of its caller's thread.
   *
   * @param buyers how many threads the owner of the scope will start
   * @param beforeChoice called before each choice
   */
  Scheduler(int buyers, Strategy strategy, Runnable beforeChoice) {
    tasks = new Tasks(this, buyers);
    steps = new Steps(strategy);
    this.beforeChoice = beforeChoice;
  }

  void clear() {
    steps.clear();
    tasks.clear();
    ready = 0;
    handOff = null;
    ending = Ending.DONE;
    foreign = false;
  }

  /** Runs the owner of a scope and all that it starts. */
  Ending run(Runnable body) {
    Task owner = tasks.owner();
    owner.reads = Locations.SCOPE;
    owner.writes = Locations.SCOPE | Locations.INTERRUPTS;
    owner.start(
        () -> {
          body.run();
          owner.ended = true;
        });
    Task next = owner;
    ready &= ~owner.bit;
    while (next != null) {
      resume(next);
      if (ending != Ending.DONE) {
        break;
      }
      next = handOff != null ? handOff : choose();
      handOff = null;
    }
    if (foreign) {
      escape(Task.START, "a thread was let go on from outside");
    }
    return ending;
  }

  private void resume(Task task) {
    running = task;
    if (!task.yielding) {
      steps.touch(task.reads, task.writes);
    }
    task.goOn();
    running = null;
    if (tasks.isSpawned(task) && !task.yielding && hasEnded(task)) {
      end(task);
    }
  }

  /** Of one that a controlled thread made: it is known from its first announcement on. */
  private boolean hasEnded(Task task) {
    return (ready & task.bit) == 0
        && (task.thread == null || task.thread.getState() == Thread.State.TERMINATED);
  }

  void end(Task task) {
    tasks.end(task);
    steps.touch(Locations.SCOPE, 0);
  }

  /** The JDK lets a thread go on. */
  void arrived(Task task) {
    Thread current = Thread.currentThread();
    if (current != carrier && (running == null || current != running.thread)) {
      foreign = true;
    } else if (!task.yielding) {
      letGoOn(task);
    }
  }

  void letGoOn(Task task) {
    ready |= task.bit;
    task.cause = steps.trace.length() - 1;
  }

  /** Who takes a step; null where nobody does who is controlled. */
  @Nullable Task running() {
    return running;
  }

  /**
   * A thread is about to take a step, and others may go first; returns when it is its turn.
   *
   * @param goesOn whether it could take that step now
   */
  void pass(Task task, int site, boolean goesOn) {
    if (ending != Ending.DONE) {
      throw new Engine.Dropped();
    }
    task.site = site;
    if (goesOn) {
      ready |= task.bit;
      task.cause = Trace.NO_CAUSE;
    }
    if (!steps.areTold()) {
      Task next = choose();
      if (next == task) {
        return;
      }
      handOff = next;
    }
    task.giveWay();
    if (handOff != null) {
      handOff = null;
      escape(site, "a thread cannot be stopped while it is pinned to its carrier");
    }
    if (ending != Ending.DONE) {
      throw new Engine.Dropped();
    }
  }

  /** Who is next; null if the execution has ended, or is to be dropped. */
  private @Nullable Task choose() {
    steps.end();
    beforeChoice.run();
    if (ready == 0) {
      ending = tasks.onlyOwnerLives() && tasks.owner().ended ? Ending.DONE : Ending.STUCK;
      return null;
    }
    if (steps.trace.length() >= MOST_STEPS) {
      ending = Ending.ENDLESS;
      return null;
    }
    boolean isLast = ready == tasks.owner().bit && tasks.onlyOwnerLives();
    Task chosen = isLast ? tasks.owner() : ask();
    if (chosen != null) {
      ready &= ~chosen.bit;
    }
    return chosen;
  }

  private @Nullable Task ask() {
    int index = steps.choose(ready);
    if (index < 0) {
      ending = Ending.CUT;
      if (index == Strategy.DIVERGED) {
        escape(Task.START, "the same choices did not lead to the same steps");
      }
      return null;
    }
    Task chosen = tasks.get(index);
    steps.begin(chosen);
    return chosen;
  }

  /** Something was done that cannot be controlled: the execution ends here. */
  void escape(int site, String what) {
    ending = Ending.ESCAPED;
    if (escape.isEmpty()) {
      escape = what;
      escapedAt = site;
    }
  }

  Engine.Dropped drop(Ending how) {
    ending = how;
    return new Engine.Dropped();
  }
}
