package oversell.explorer.control;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import oversell.explorer.control.Task.Wanted;
import oversell.explorer.schedule.LocationSet;
import oversell.explorer.schedule.Locations;
import oversell.explorer.schedule.Trace;

/**
 * The tasks of one execution by number: first that of the main thread, which runs the scenario,
 * then the others in the order of their start.
 */
final class Tasks implements Executor {
  private static final int MOST = Long.SIZE;

  private final Scheduler scheduler;
  private final Task[] tasks = new Task[MOST];
  // By number: to make them anew for each task would take a hundredth of an exploration.
  private final LocationSet[] reads = sets();
  private final LocationSet[] writes = sets();
  final StandIns standIns = new StandIns();
  private int count;
  private boolean isSilent;
  // Those that controlled threads started, by their continuations.
  private final IdentityHashMap<Runnable, Task> spawned = new IdentityHashMap<>();
  // Who wants something, as bits.
  private long wanting;
  // Those in a wait whose limit is the explorer's.
  private long limited;
  private Task main;
  private ExecutorService starter = starter();

  Tasks(Scheduler scheduler) {
    this.scheduler = scheduler;
    main = task(0);
    clear(true);
  }

  /**
   * Forgets those of the last execution.
   *
   * @param announces whether the main thread announces its own steps; else it may wait for any of
   *     the others whenever it goes on
   */
  void clear(boolean announces) {
    Arrays.fill(tasks, 0, count, null);
    isSilent = !announces;
    wanting = 0;
    limited = 0;
    spawned.clear();
    standIns.clear();
    main = task(0);
    if (!announces) {
      main.reads.add(Locations.SCOPE);
      main.writes.add(Locations.SCOPE | Locations.INTERRUPTS);
    }
    tasks[0] = main;
    count = 1;
  }

  private static LocationSet[] sets() {
    LocationSet[] sets = new LocationSet[MOST];
    Arrays.setAll(sets, index -> new LocationSet());
    return sets;
  }

  private ExecutorService starter() {
    return Executors.newThreadPerTaskExecutor(body -> main.unstarted(body));
  }

  /**
   * Starts the main thread as one that owns a scope. The JDK registers each scope whose owner was
   * started by nobody it knows of, and with that takes the lock of a queue that it also keeps for
   * its handler of references: whoever waits for that one is let go on from outside. So an executor
   * starts it.
   */
  void startMain(Runnable body) {
    starter.execute(body);
  }

  /** The main thread was dropped, and its executor would keep it for ever. */
  void forgetMain() {
    starter.shutdown();
    starter = starter();
  }

  /** A new one; that of the last execution with this number never goes on. */
  private Task task(int index) {
    if (index >= MOST) {
      return new Task(scheduler, index, new LocationSet(), new LocationSet());
    }
    reads[index].clear();
    writes[index].clear();
    return new Task(scheduler, index, reads[index], writes[index]);
  }

  /** Of the thread that runs the scenario. */
  Task main() {
    return main;
  }

  static int most() {
    return MOST - 1;
  }

  /**
   * A thread can go on that a controlled one has made, or the JDK for that. When it is started it
   * gets a task.
   */
  @Override
  public void execute(Runnable continuation) {
    if (scheduler.isStranger()) {
      scheduler.arrivedFromOutside(VirtualThreads.of(continuation).flatMap(this::of));
      return;
    }
    Task task = spawned.get(continuation);
    if (task == null) {
      Optional<Thread> thread = VirtualThreads.of(continuation);
      if (thread.isEmpty()) {
        scheduler.escape(
            Task.START,
            "a virtual thread that this JDK does not tell from others (explore it by another JDK)");
        throw scheduler.drop(Engine.Ending.ESCAPED);
      }
      task = add(count);
      task.adopt(thread.get(), continuation, standIns.shownAs(thread.get()));
      task.serve(standIns.servedBy(thread.get()));
      if (thread.get().getUncaughtExceptionHandler() instanceof ThreadGroup) {
        thread.get().setUncaughtExceptionHandler((of, thrown) -> scheduler.uncaught(thrown));
      }
      spawned.put(continuation, task);
      scheduler.stage.starterOutside().ifPresent(what -> scheduler.escape(Task.START, what));
      Task parent = scheduler.running();
      task.parent = parent;
      if (parent != null && parent.forksIn != null && VirtualThreads.isForked(thread.get())) {
        parent.forksIn.add(task);
        parent.forked = task;
      }
    }
    scheduler.arrived(task);
  }

  private Task add(int index) {
    Task task = task(index);
    if (index >= MOST) {
      // It is never run: the execution ends where the one that starts it is stopped next.
      scheduler.reachBoundOfThreads();
      return task;
    }
    tasks[index] = task;
    count++;
    return task;
  }

  /** Whether the main thread announces its steps. */
  boolean announcesMain() {
    return !isSilent;
  }

  /** Whether the main thread has started no other yet. */
  boolean hasOnlyMain() {
    return count == 1;
  }

  void end(Task task) {
    task.ended = true;
  }

  /** Whether a thread has been started and has not ended, as others see it. */
  boolean isAlive(Thread thread) {
    Task task = find(thread);
    return standIns.of(thread).isAlive() || (task != null && task.isEnding);
  }

  /** Whether the JDK does something on a thread after the last step of its code. */
  boolean goesOnAfterItsCode(Thread thread) {
    Task task = find(thread);
    return task != null && task.goesOnAfterItsCode();
  }

  /** Whether one that cannot go on has ended: the JDK says that of none. */
  boolean isOver(Task task) {
    return task != main
        && !task.yielding
        && task.thread != null
        && task.thread.getState() == Thread.State.TERMINATED;
  }

  int count() {
    return count;
  }

  Task get(int index) {
    return tasks[index];
  }

  List<Task> all() {
    return Arrays.asList(tasks).subList(0, count);
  }

  /** All others than the main thread that have not ended. */
  List<Task> alive() {
    return all().stream().filter(task -> !task.ended && task != main).toList();
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

  /**
   * One begins a wait whose time limit may pass where it is parked.
   *
   * @param endsLastAt when it passes if no other thread can go on before, and not sooner; {@link
   *     Wanted#NEVER} if it may at any time
   */
  void limit(Task task, long endsLastAt) {
    task.limit();
    task.limitEndsLastAt = endsLastAt;
    limited |= task.bit;
  }

  /** That wait has ended. */
  void stopLimiting(Task task) {
    task.limit = Task.Limit.NONE;
    task.limitEndsLastAt = Wanted.NEVER;
    limited &= ~task.bit;
  }

  /** Those in such a wait whose limit passes then: at any time, if it is {@link Wanted#NEVER}. */
  private long thoseWithinLimits(long endsLastAt) {
    long all = 0;
    for (long left = limited; left != 0; left &= left - 1) {
      Task task = tasks[Long.numberOfTrailingZeros(left)];
      all |= task.isWithinLimit() && task.limitEndsLastAt == endsLastAt ? task.bit : 0;
    }
    return all;
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
    correct |= thoseWithinLimits(Wanted.NEVER);
    return correct != 0 ? correct : thoseThatEndLast();
  }

  /**
   * Whether there are others than a thread that do not only wait to be handed a task, and each of
   * them has taken a step since that one, if it can go on.
   */
  // A task is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  boolean haveOthersGoneOn(Task except, int since, long ready) {
    boolean areThere = false;
    for (Task task : all()) {
      Wanted wants = task.wants;
      if (task == except || task.ended || (wants != null && wants.isIdle())) {
        continue;
      }
      areThere = true;
      boolean canGoOn = wants == null ? (ready & task.bit) != 0 : wants.isFreeFor(task);
      if (canGoOn && task.lastStep <= since) {
        return false;
      }
    }
    return areThere;
  }

  /** Those whose waits may end for nothing. */
  long thoseThatEndSpuriously() {
    return thoseThatWant(Wanted::mayEndSpuriously);
  }

  /** Of those whose waits end when nobody else can go on, the ones that end first. */
  long thoseThatEndLast() {
    long first = Wanted.NEVER;
    for (Task task : all()) {
      first = task.wants == null ? first : Math.min(first, task.wants.endsLastAt());
      first = task.isWithinLimit() ? Math.min(first, task.limitEndsLastAt) : first;
    }
    long at = first;
    return at == Wanted.NEVER
        ? 0
        : thoseThatWant(wanted -> wanted.endsLastAt() == at) | thoseWithinLimits(at);
  }

  private long thoseThatWant(Predicate<Wanted> kind) {
    long all = 0;
    for (long left = wanting; left != 0; left &= left - 1) {
      Task task = tasks[Long.numberOfTrailingZeros(left)];
      all |= task.wants != null && kind.test(task.wants) ? task.bit : 0;
    }
    return all;
  }

  /** Tells of those who want what others have. */
  void tellKeptBack(long ready, Trace trace) {
    for (long left = wanting & ~ready; left != 0; left &= left - 1) {
      Task task = tasks[Long.numberOfTrailingZeros(left)];
      // Who waits for an end that has not come could not have gone on before any of the steps.
      if (task.wants != null && task.wants.wasFree()) {
        boolean isCertain = task.wantsGuardAlone && !task.touchesInCall();
        task.reads.add(Locations.INTERRUPTS);
        task.writes.add(task.wants.location());
        trace.leaveWaiting(task.index, task.wants.guard(), isCertain, task.reads, task.writes);
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

  /**
   * The thread that the user's code knows of. It runs in the main thread of a JVM, which is a
   * platform thread: so it is in an execution, and what it makes inherits from that.
   */
  Thread seenAs(Task task) {
    Thread shown = task.asShown();
    if (task == main && task.shown == null) {
      Thread own = Objects.requireNonNull(task.thread);
      shown = VirtualThreads.likeMain(own);
      standIns.show(own, shown);
      task.shown = shown;
    }
    return Objects.requireNonNull(shown);
  }

  /** As the user named its thread, else by its number. */
  String name(Task task) {
    String own = nameGivenTo(task);
    if (own.isEmpty()) {
      return task == main ? "main" : "thread " + task.index;
    }
    boolean isTaken =
        all().stream()
            .anyMatch(other -> other.index < task.index && nameGivenTo(other).equals(own));
    return isTaken ? own + " (thread " + task.index + ")" : own;
  }

  /** Empty if its thread was given none. */
  private String nameGivenTo(Task task) {
    Thread thread = task.asShown();
    return thread == null || task == main || standIns.hasDefaultName(thread)
        ? ""
        : thread.getName();
  }

  /**
   * Why those that live do not end, a line each: who goes on for ever, or waits for what.
   *
   * @param goesOn of those that go on for ever, how
   */
  List<String> waits(Function<Task, Optional<String>> goesOn) {
    return stuck().stream()
        .map(task -> name(task) + " " + goesOn.apply(task).orElseGet(() -> task.wait(this::heldBy)))
        .toList();
  }

  /** Those that live, and the main thread if it does not only wait for their ends. */
  private List<Task> stuck() {
    boolean onlyJoins = isSilent || main.ended || (main.wants != null && main.wants.isOfEnds());
    return alive().isEmpty() || !onlyJoins
        ? all().stream().filter(task -> !task.ended).toList()
        : alive();
  }

  private String heldBy(Optional<Thread> holder) {
    return holder
        .flatMap(this::of)
        .map(owner -> ", which " + name(owner) + " has")
        .orElse(", which nobody has");
  }

  /** The identifier of a thread: the same in every execution, if it is controlled. */
  long idOf(Thread thread) {
    Optional<Integer> number = standIns.numberOf(thread);
    if (number.isPresent()) {
      return MOST + 1L + number.get();
    }
    Task task = find(thread);
    return task == null ? thread.threadId() : task.index + 1L;
  }

  /**
   * Virtual threads are numbered when they are started, and in the JVM when they are made. Those
   * that different threads start are so in each order.
   */
  // A task is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  boolean isNumberedAsMade(Thread thread) {
    Task task = find(thread);
    if (task == null || task == main || task.shown != null) {
      return !thread.isVirtual() || thread.getState() != Thread.State.NEW;
    }
    for (Task other : all()) {
      Thread made = other.parent != task.parent || other.shown != null ? null : other.thread;
      if (made != null && (other.index < task.index) != (made.threadId() < thread.threadId())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a thread had been started before a task came to where it is, in every execution in
   * which it comes there: the task did it, or one that started the task later.
   */
  // A task is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  boolean isStartedBefore(Thread thread, Task later) {
    Task started = find(thread);
    int before = MOST;
    for (Task one = later; one != null && started != null; one = one.parent) {
      if (started == one || (started.parent == one && started.index < before)) {
        return true;
      }
      before = one.index;
    }
    return false;
  }

  /** A task is about to wait until all threads have ended that it has forked in scopes. */
  // A task is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  void joinForked(Task task) {
    for (Task forked : all()) {
      boolean isForked =
          forked.parent == task && forked.thread != null && VirtualThreads.isForked(forked.thread);
      task.joins |= isForked ? forked.bit : 0;
    }
  }

  /**
   * Those of some threads that had to end before a task could go on, as bits: all of them, if it
   * was the last step of the last of them that let it.
   */
  long awaited(Task task, long joined) {
    int last = Trace.NO_CAUSE;
    for (long left = joined; left != 0; left &= left - 1) {
      Task one = tasks[Long.numberOfTrailingZeros(left)];
      if (!one.ended || one.outlivesItsCode) {
        return 0;
      }
      last = Math.max(last, one.lastStep);
    }
    return task.cause == last && !task.isInterrupted() ? joined : 0;
  }

  /** The threads, as bits, whose last steps are those by which they leave a pool. */
  long thoseThatLeaveLast(Pool pool) {
    long all = 0;
    for (int index = 0; index < count; index++) {
      PoolThread serves = tasks[index].serves;
      all |= serves != null && serves.leavesLast(pool) ? tasks[index].bit : 0;
    }
    return all;
  }

  /** The thread that a task has started since it began to hand a task to a pool; null if none. */
  @Nullable PoolThread startedBy(Task parent) {
    return count == parent.threadsBefore + 1 ? tasks[count - 1].serves : null;
  }

  /** The last step of a thread that has ended; none of one that is not controlled. */
  int lastStepOf(Thread thread) {
    Task task = find(thread);
    return task == null ? Trace.NO_CAUSE : task.lastStep;
  }

  /** The one of a thread; empty if that is not controlled. */
  Optional<Task> of(Thread thread) {
    return Optional.ofNullable(find(thread));
  }

  // A thread is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  private @Nullable Task find(Thread thread) {
    for (int index = 0; index < count; index++) {
      Task task = tasks[index];
      if (task.thread == thread || task.shown == thread) {
        return task;
      }
    }
    return null;
  }
}
