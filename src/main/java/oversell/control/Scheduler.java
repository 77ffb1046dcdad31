package oversell.control;

import org.jspecify.annotations.Nullable;
import oversell.control.Engine.Ending;
import oversell.schedule.Locations;
import oversell.schedule.Strategy;
import oversell.schedule.Trace;

/**
 * Runs tasks one at a time on the platform thread that made it, and asks a strategy who is next
 * whenever one is about to take a step that others could tell. A choice is made where the step is
 * announced, on the stack of the thread that runs: one that goes on is not switched.
 */
final class Scheduler {
  final Steps steps;
  final Tasks tasks;
  final Stage stage = new Stage();
  // What can go on: a task has its bit here if and only if it waits to be chosen.
  long ready;
  private final Runnable beforeChoice;
  private @Nullable Task running;
  private @Nullable Task handOff;
  private Ending ending = Ending.DONE;

  /** A scheduler of its caller's thread, for so many buyers and whoever they start. */
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
    stage.prepare();
  }

  /** Runs the owner of a scope and all that it starts. */
  Ending run(Runnable body) {
    stage.begin();
    if (ending != Ending.DONE) {
      stage.end();
      return ending;
    }
    Task owner = tasks.owner();
    owner.startOwner(
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
    stage.end();
    tasks.tellKeptBack(ready, steps.trace);
    if (stage.isTouchedFromOutside()) {
      escape(Task.START, "a thread was let go on from outside");
    } else if (ending == Ending.DONE && steps.areInTurn()) {
      escape(
          steps.loop(), "a loop that ends only when others go on (only strategy random lets them)");
    }
    return ending;
  }

  private void resume(Task task) {
    running = task;
    task.goOn();
    running = null;
    if ((ready & task.bit) == 0 && tasks.isSpawnedAndOver(task)) {
      end(task);
    }
    if (task.isBlocked()) {
      escape(task.site, "a wait for a monitor that the JDK has for itself");
    }
  }

  void end(Task task) {
    tasks.end(task);
    steps.touch(Locations.SCOPE, 0);
  }

  /** The JDK lets a thread go on. */
  void arrived(Task task) {
    if (stage.isStranger(running == null ? task : running)) {
      stage.touchFromOutside();
    } else if (!task.yielding) {
      ready |= task.bit;
      task.cause = steps.trace.length() - 1;
    }
  }

  /** Whether nobody can go on but the owner, who has started no thread yet. */
  boolean isAlone() {
    return tasks.hasOnlyOwner();
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
    task.hasSteppedInCall = true;
    task.site = site;
    task.conditional = !goesOn;
    task.cause = Trace.NO_CAUSE;
    if (goesOn) {
      ready |= task.bit;
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
    ready = tasks.correct(ready);
    if (ready == 0) {
      stop();
      return null;
    }
    if (steps.areTooMany()) {
      ending = Ending.ENDLESS;
      return null;
    }
    Task chosen = tasks.onlyOwnerCanGoOn(ready) ? steps.last(tasks.owner()) : ask();
    if (chosen != null) {
      ready &= ~chosen.bit;
      tasks.stopWanting(chosen);
    }
    return chosen;
  }

  /** Nobody can go on. Threads that serve buyers may wait for more of them for ever. */
  private void stop() {
    ending = tasks.owner().ended ? Ending.DONE : Ending.STUCK;
    if (ending == Ending.STUCK) {
      tasks.tellWaitsOutside(this::escape);
    }
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
    stage.escape(site, what);
  }

  /** Drops the execution that the caller is in, who never goes on if it can be stopped at all. */
  Engine.Dropped drop(Ending how) {
    ending = how;
    if (running != null) {
      running.giveWay();
    }
    return new Engine.Dropped();
  }

  boolean isDropped() {
    return ending != Ending.DONE;
  }
}
