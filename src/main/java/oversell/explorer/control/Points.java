package oversell.explorer.control;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Operation;
import oversell.explorer.schedule.Locations;

/** Where a thread can be stopped before its next step, and where it cannot. */
final class Points {
  // Some tenths of a second: a long computation needs as many and is no loop without an end.
  private static final int MOST_ROUNDS = 200_000_000;
  // What takes as long as to announce a step where nobody is stopped.
  private static final int ROUNDS_OF_A_CALL = 20;

  private static final Set<Operation> AWAY =
      EnumSet.of(Operation.WAIT, Operation.SLEEP, Operation.YIELD, Operation.SPAWN);

  /** What a call may not do that is to be one step. */
  static final String IN_STEP =
      "a wait, or the start of a thread, inside of a call that Options.atomic makes one step (leave"
          + " its class out to explore it)";

  // By operation: this is asked at every step.
  private final Set<Operation> stopsAt = EnumSet.noneOf(Operation.class);
  private final Matters matters;
  private @Nullable Scheduler scheduler;
  private int rounds;

  Points(Predicate<Operation> stopsAt, Matters matters) {
    for (Operation operation : Operation.values()) {
      if (stopsAt.test(operation)) {
        this.stopsAt.add(operation);
      }
    }
    this.matters = matters;
  }

  Matters matters() {
    return matters;
  }

  /** Of whom. */
  void of(Scheduler other) {
    scheduler = other;
  }

  Scheduler scheduler() {
    if (scheduler == null) {
      throw new IllegalStateException("of no scheduler yet");
    }
    return scheduler;
  }

  /** Who announces a step; null if it is nobody who is controlled. */
  @Nullable Task announcer() {
    Scheduler current = scheduler();
    Task task = current.running();
    Thread thread = Thread.currentThread();
    if (task != null && task.thread == thread) {
      return task;
    }
    current.stage.announcedBy(thread);
    return null;
  }

  boolean isPoint(Operation operation) {
    return stopsAt.contains(operation);
  }

  /** A thread is about to do something that it can do now; others go first if they are chosen. */
  void pass(Task task, Operation operation, int site) {
    task.stopServing();
    if (task.atomicCalls > 0) {
      task.hasStepInAtomic = true;
      goOnInStep(operation, site);
      return;
    }
    // Who is alone makes no choice, but goes round no more often than others.
    if (isPoint(operation) && !scheduler().isAlone()) {
      dropIfInDoubt(task, site);
      rounds = 0;
      scheduler().pass(task, site, true);
    } else {
      rounds += ROUNDS_OF_A_CALL;
    }
  }

  /**
   * The same of a thread that has a lock or a monitor, and may let go of it.
   *
   * @param guard which one
   */
  void passHolding(Task task, Object guard, Operation operation, int site) {
    boolean isAlone = scheduler().isAlone();
    pass(task, operation, site);
    if (!isAlone) {
      hold(task, guard, operation);
    }
  }

  /** The thread has had a lock or a monitor since before the step that it announced last. */
  void hold(Task task, Object guard, Operation operation) {
    if (task.atomicCalls == 0 && isPoint(operation)) {
      scheduler().steps.hold(guard);
    }
  }

  /**
   * A thread has touched all that its step touches, whatever the step finds. That is so only where
   * each access is a step of its own, and where the JDK does nothing at the end of a task.
   */
  void touchedAll(Task task) {
    if (isPoint(Operation.READ) && task.atomicCalls == 0 && endsAlone(task)) {
      scheduler().steps.setCertain();
    }
  }

  /** Whether nothing is done after the last step of its code. */
  private boolean endsAlone(Task task) {
    return task.serves == null && (task.scope == null || matters.ofEnds());
  }

  /** A thread is about to do something as soon as it has what it wants, or will want. */
  void passWhenFree(Task task, int site) {
    if (task.atomicCalls > 0) {
      Task.Wanted wanted = task.wants;
      if (wanted == null
          || wanted.isOfEnds()
          || wanted instanceof Monitors.WakeUp
          || !wanted.isFreeFor(task)) {
        throw refuseInStep(site);
      }
      scheduler().tasks.stopWanting(task);
      return;
    }
    boolean parks = parksFor(task.wants, task, site);
    if (scheduler().isAlone() && scheduler().tasks.canHaveWhatItWants(task)) {
      scheduler().tasks.stopWanting(task);
    } else {
      dropIfInDoubt(task, site);
      rounds = 0;
      Task.Wanted wanted = task.wants;
      task.wantsGuardAlone =
          wanted != null && wanted.guard() != null && isPoint(Operation.READ) && endsAlone(task);
      scheduler().pass(task, site, false);
    }
    if (parks) {
      VirtualThreads.takePermit(Thread.currentThread());
    }
  }

  /**
   * Whether a thread comes to a wait of the JDK's that parks it. Such a wait takes the permit that
   * the program gives to it by LockSupport.unpark, before or meanwhile, and the thread does not
   * find that where it parks by itself next. So when it comes is a step, of those that are given
   * any.
   */
  private boolean parksFor(Task.@Nullable Wanted wanted, Task task, int site) {
    if (wanted == null || !wanted.parks() || !matters.isUnparked(task)) {
      return false;
    }
    // What it waits for may be the end of others.
    matters.addEnds();
    matters.addThreadEnds();
    scheduler().tasks.stopWanting(task);
    pass(task, Operation.GUARD, site);
    scheduler().steps.touch(Locations.ANYTHING, 0);
    scheduler().tasks.want(task, wanted);
    return !wanted.isFreeFor(task);
  }

  /** What a call does that is one step belongs to that step, unless no step can do it. */
  private void goOnInStep(Operation operation, int site) {
    if (AWAY.contains(operation)) {
      throw refuseInStep(site);
    }
    rounds += ROUNDS_OF_A_CALL;
  }

  /** What a task is about to do may take time, in which others would go on. */
  void refuseIfInStep(Task task, int site) {
    if (task.atomicCalls > 0) {
      throw refuseInStep(site);
    }
  }

  private Engine.Dropped refuseInStep(int site) {
    scheduler().escape(site, IN_STEP);
    return scheduler().drop(Engine.Ending.ESCAPED);
  }

  private void dropIfInDoubt(Task task, int site) {
    if (task.doubtful > 0) {
      scheduler()
          .escape(
              site,
              "a step in a call that may be in a monitor of the JDK's, or may be in none (call it on"
                  + " an object that takes no monitor)");
      throw scheduler().drop(Engine.Ending.ESCAPED);
    }
  }

  void clear() {
    rounds = 0;
  }

  /** A loop goes round once more, and not for ever without a step that others could tell. */
  void loop() {
    if (++rounds > MOST_ROUNDS || rounds < 0) {
      Task task = announcer();
      if (task != null) {
        throw scheduler().dropAtRounds(task, MOST_ROUNDS);
      }
    }
  }

  /** The JDK has called back a thread's code: it may do so in a loop, which counts its rounds. */
  void countCall(Task task) {
    rounds += ROUNDS_OF_A_CALL;
    if (rounds > MOST_ROUNDS || rounds < 0) {
      throw scheduler().dropAtRounds(task, MOST_ROUNDS / ROUNDS_OF_A_CALL);
    }
  }
}
