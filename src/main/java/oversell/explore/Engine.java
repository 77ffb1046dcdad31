package oversell.explore;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import oversell.schedule.Strategy;
import oversell.schedule.Trace;

/**
 * Runs virtual threads one at a time on the platform thread that calls it, and asks a strategy
 * which is next whenever one of them is about to take a step that others could tell. A choice is
 * made where the step is announced, on the stack of the thread that runs: one that goes on is not
 * switched.
 *
 * <p>An execution that is not run to its end is dropped: nobody holds its threads any more, so they
 * and all they hold are garbage.
 */
final class Engine {
  /** The site of a thread's first step. */
  static final int START = -1;

  /** The site of the end of a pause. */
  static final int PAUSE = -2;

  private static final int MOST_TASKS = Long.SIZE;

  final Trace trace = new Trace();
  final Locations locations = new Locations();
  private final int buyers;
  private final int mostSteps;
  private final Task[] tasks = new Task[MOST_TASKS];
  private final Thread carrier = Thread.currentThread();
  private Strategy strategy;
  // Not to be called on the stack of a controlled thread: what it does may block. So where there is
  // one, every choice is made by the platform thread, which is slower.
  private @Nullable StepListener listener;
  private int count;
  private int live;
  private long ready;
  private long waiting;
  private Task owner;
  private @Nullable Task running;
  private @Nullable Task handOff;
  private Ending ending = Ending.DONE;
  private Optional<Uncontrolled> uncontrolled = Optional.empty();
  private volatile boolean foreign;
  private boolean preparing;
  private boolean underWay;
  // What the step that is being taken has touched so far.
  private long reads;
  private long writes;
  // Not where nobody else could go: the owner's first step, and its last.
  private boolean recorded;

  /** How an execution ended. */
  enum Ending {
    /** All its threads did. */
    DONE,
    /** Some can go on no more. */
    STUCK,
    /** It would not have, within so many steps. */
    ENDLESS,
    /** The strategy wanted no more of it. */
    CUT,
    /** It did what cannot be controlled. */
    ESCAPED
  }

  /** Hears of each step. */
  @FunctionalInterface
  interface StepListener {
    /** A step has ended. */
    void ended(int step);
  }

  /**
   * An engine of its caller's thread.
   *
   * @param buyers how many threads the owner of the scope will start
   * @param mostSteps after which an execution is endless
   */
  Engine(int buyers, int mostSteps, Strategy strategy) {
    this.buyers = buyers;
    this.mostSteps = mostSteps;
    this.strategy = strategy;
    owner = new Task(this, buyers);
  }

  void follow(Strategy other) {
    strategy = other;
  }

  void tell(StepListener hearer) {
    listener = hearer;
  }

  /** Runs the owner of a scope and all that it starts, after {@link #clear}. */
  Ending run(Runnable body) {
    preparing = false;
    if (ending != Ending.DONE) {
      return ending;
    }
    owner = new Task(this, buyers);
    tasks[buyers] = owner;
    owner.reads = Locations.SCOPE;
    owner.writes = Locations.SCOPE | Locations.INTERRUPTS;
    owner.thread =
        VirtualThreads.scheduledBy(owner)
            .unstarted(
                () -> {
                  body.run();
                  owner.ended = true;
                });
    owner.thread.start();
    underWay = true;
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
    running = null;
    underWay = false;
    return foreign && uncontrolled.isEmpty() ? escaped() : ending;
  }

  private Ending escaped() {
    uncontrolled = Optional.of(new Uncontrolled(START, "a thread was let go on from outside"));
    return Ending.ESCAPED;
  }

  /** Forgets the last execution, before the objects of the next one are made. */
  void clear() {
    trace.clear();
    locations.clear();
    for (int i = 0; i < count; i++) {
      tasks[i] = null;
    }
    count = 0;
    live = 0;
    ready = 0;
    waiting = 0;
    handOff = null;
    ending = Ending.DONE;
    foreign = false;
    preparing = true;
    recorded = false;
    reads = 0;
    writes = 0;
  }

  private void resume(Task task) {
    running = task;
    Runnable continuation = task.continuation;
    if (continuation != null) {
      continuation.run();
    }
    running = null;
    if (task.index > buyers && !task.yielding && hasEnded(task)) {
      end(task);
    }
  }

  /** Of one that a controlled thread made: it is known from its first announcement on. */
  private boolean hasEnded(Task task) {
    return (ready & task.bit) == 0
        && (task.thread == null || task.thread.getState() == Thread.State.TERMINATED);
  }

  /** The thread of a buyer, which the owner starts at once. */
  Thread buyer(Runnable body) {
    Task task = add(count);
    Thread thread =
        VirtualThreads.scheduledBy(task)
            .unstarted(
                () -> {
                  body.run();
                  end(task);
                });
    task.thread = thread;
    return thread;
  }

  private Task add(int index) {
    if (index >= MOST_TASKS) {
      throw new IllegalStateException("more than " + MOST_TASKS + " threads");
    }
    Task task = new Task(this, index);
    tasks[index] = task;
    count = Math.max(count, index + 1);
    live++;
    return task;
  }

  private void end(Task task) {
    task.ended = true;
    live--;
    reads |= Locations.SCOPE;
  }

  /** A scheduler for threads that a controlled one makes. */
  Executor spawning() {
    return new Spawning(this::spawned);
  }

  private Task spawned() {
    Task task = add(Math.max(count, buyers + 1));
    writes |= Locations.SPAWNS;
    return task;
  }

  /** The JDK lets a thread go on. */
  void arrived(Task task) {
    Thread current = Thread.currentThread();
    if (current != carrier && (running == null || current != running.thread)) {
      foreign = true;
      return;
    }
    if (!task.yielding) {
      letGoOn(task);
    }
  }

  void letGoOn(Task task) {
    ready |= task.bit;
    task.cause = trace.length() - 1;
  }

  /** Who takes a step; null where nobody does who is controlled. */
  @Nullable Task running() {
    return running;
  }

  /** The step that is being taken reads and writes this. */
  void touch(long read, long written) {
    reads |= read;
    writes |= written;
  }

  /**
   * A thread is about to take a step, and others may go first; returns when it is its turn.
   *
   * @param goesOn whether it could take that step now
   */
  void pass(Task task, int site, boolean goesOn) {
    if (ending != Ending.DONE) {
      throw new Dropped();
    }
    task.site = site;
    if (goesOn) {
      ready |= task.bit;
      task.cause = Trace.NO_CAUSE;
    }
    if (listener == null) {
      Task next = choose();
      if (next == task) {
        return;
      }
      handOff = next;
    }
    task.yielding = true;
    Thread.yield();
    task.yielding = false;
    if (handOff != null) {
      handOff = null;
      escape(
          new Uncontrolled(site, "a thread cannot be stopped while it is pinned to its carrier"));
    }
    if (ending != Ending.DONE) {
      throw new Dropped();
    }
  }

  /** Who is next; null if the execution has ended, or is to be dropped. */
  private @Nullable Task choose() {
    int last = trace.length() - 1;
    if (recorded) {
      trace.end(reads, writes);
      if (listener != null) {
        listener.ended(last);
      }
    }
    recorded = false;
    if (waiting != 0) {
      wakeInterrupted();
    }
    if (ready == 0) {
      stop();
      return null;
    }
    if (trace.length() >= mostSteps) {
      ending = Ending.ENDLESS;
      return null;
    }
    Task chosen = ready == owner.bit && live == 0 ? owner : ask();
    if (chosen == null) {
      return null;
    }
    ready &= ~chosen.bit;
    reads = chosen.reads;
    writes = chosen.writes;
    return chosen;
  }

  /** Nobody can go on. Threads that serve buyers may wait for more of them for ever. */
  private void stop() {
    ending = owner.ended ? Ending.DONE : Ending.STUCK;
    if (ending == Ending.STUCK) {
      tasks().stream()
          .filter(
              task -> task.thread != null && task.thread.getState() == Thread.State.TIMED_WAITING)
          .findFirst()
          .ifPresent(task -> escape(new Uncontrolled(task.site, "a wait for the real clock")));
    }
  }

  private @Nullable Task ask() {
    int last = trace.length() == 0 ? -1 : trace.thread(trace.length() - 1);
    boolean goesOn = last >= 0 && (ready & 1L << last) != 0;
    int index = strategy.choose(trace, ready, goesOn ? last : -1);
    if (index < 0) {
      ending = Ending.CUT;
      if (index == Strategy.DIVERGED) {
        escape(new Uncontrolled(START, "the same choices did not lead to the same steps"));
      }
      return null;
    }
    Task chosen = tasks[index];
    trace.begin(index, chosen.cause, chosen.site);
    recorded = true;
    return chosen;
  }

  private void wakeInterrupted() {
    for (long left = waiting; left != 0; left &= left - 1) {
      Task task = tasks[Long.numberOfTrailingZeros(left)];
      Monitor monitor = task.waitsIn;
      if (monitor != null && task.thread != null && task.thread.isInterrupted()) {
        signalled(task, monitor);
        task.interrupted = true;
      }
    }
  }

  /** A thread begins to wait for a signal. */
  void await(Task task, Monitor monitor) {
    task.waitsIn = monitor;
    task.interrupted = false;
    monitor.waiting.add(task);
    waiting |= task.bit;
  }

  /** A thread waits no more, but for its monitor. */
  void signalled(Task task, Monitor monitor) {
    task.waitsIn = null;
    monitor.waiting.remove(task);
    waiting &= ~task.bit;
    want(task, monitor);
  }

  /** A thread goes on as soon as a monitor is free. */
  void want(Task task, Monitor monitor) {
    task.wants = monitor;
    monitor.wanting |= task.bit;
    if (monitor.owner == null) {
      letGoOn(task);
    }
  }

  void take(Task task, Monitor monitor, int entries) {
    task.wants = null;
    monitor.wanting &= ~task.bit;
    monitor.owner = task;
    monitor.entries = entries;
    ready &= ~(monitor.wanting | task.bit);
  }

  void release(Monitor monitor) {
    monitor.owner = null;
    monitor.entries = 0;
    for (long left = monitor.wanting; left != 0; left &= left - 1) {
      letGoOn(tasks[Long.numberOfTrailingZeros(left)]);
    }
  }

  /** Something was done that cannot be controlled: the execution ends here. */
  void escape(Uncontrolled what) {
    ending = Ending.ESCAPED;
    if (uncontrolled.isEmpty()) {
      uncontrolled = Optional.of(what);
    }
  }

  /**
   * Drops the execution that the caller is in. The caller never goes on from here, whatever it
   * would catch, unless it cannot be stopped.
   */
  Dropped drop(Ending how) {
    ending = how;
    Task task = running;
    if (task != null) {
      task.yielding = true;
      Thread.yield();
      task.yielding = false;
    }
    return new Dropped();
  }

  boolean isDropped() {
    return ending != Ending.DONE;
  }

  /** Whether the objects of the next execution are being made. */
  boolean isPreparing() {
    return preparing && Thread.currentThread() == carrier;
  }

  /** Whether an execution has begun and not ended. */
  boolean isUnderWay() {
    return underWay;
  }

  /** Asks what is no part of the execution; empty if the answer would take for ever, or fails. */
  static <T> Optional<T> asked(Supplier<T> question) {
    AtomicReference<@Nullable T> answer = new AtomicReference<>();
    AtomicBoolean begun = new AtomicBoolean();
    // Where it has to wait it is left, even if it could go on later.
    VirtualThreads.scheduledBy(
            continuation -> {
              if (begun.compareAndSet(false, true)) {
                continuation.run();
              }
            })
        .unstarted(
            () -> {
              try {
                answer.set(question.get());
              } catch (RuntimeException cannotBeTold) {
                // Then it stays unknown.
              }
            })
        .start();
    return Optional.ofNullable(answer.get());
  }

  Optional<Uncontrolled> uncontrolled() {
    return uncontrolled;
  }

  boolean isOwner(Task task) {
    return task == owner;
  }

  String name(Task task) {
    return isOwner(task)
        ? "owner of the scope"
        : task.index < buyers ? "buyer " + (task.index + 1) : "thread " + (task.index - buyers);
  }

  /** What threads are called, by number. */
  List<String> names() {
    return tasks().stream().map(this::name).toList();
  }

  /** Those that cannot go on until another lets them, but for the owner of the scope. */
  List<Integer> waiting() {
    return tasks().stream()
        .filter(task -> !task.ended && !isOwner(task) && task != running)
        .filter(task -> (ready & task.bit) == 0)
        .map(task -> task.index)
        .toList();
  }

  /** Every thread of the execution, the owner of the scope included. */
  List<Task> tasks() {
    return Arrays.stream(tasks, 0, Math.max(count, buyers + 1)).filter(Objects::nonNull).toList();
  }
}
