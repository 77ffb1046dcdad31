package oversell.explorer.control;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import oversell.explorer.schedule.LocationSet;
import oversell.explorer.schedule.Locations;
import oversell.explorer.schedule.ObjectUse;
import oversell.explorer.schedule.Trace;

/**
 * One controlled virtual thread. It is its own scheduler in the eyes of the JDK: whenever the
 * thread can go on, that arrives here, and it goes on when {@link Scheduler} chooses it.
 */
final class Task implements Executor {
  /** What one thread at a time can have. */
  interface Wanted {
    /** Of a wait that no time ends. */
    long NEVER = Long.MAX_VALUE;

    /** Whether a thread that wants it can have it now. */
    boolean isFreeFor(Task task);

    /** What a thread touches that takes it or gives it back. */
    long location();

    /** Who has it, as far as that is known. */
    default Optional<Thread> holder() {
      return Optional.empty();
    }

    /**
     * The lock or monitor that nobody can have before its owner has let go of it; null if what is
     * wanted can be had in another way.
     */
    default @Nullable Object guard() {
      return null;
    }

    /**
     * When the wait for it ends in virtual time if no other thread can go on before; {@link #NEVER}
     * if it does not end so.
     */
    default long endsLastAt() {
      return NEVER;
    }

    /**
     * The step without which a thread that wants it could not have it now, and after which no other
     * can take it away; {@link Trace#NO_CAUSE} if there is none, or it is not known.
     */
    default int enabledBy(Task task) {
      return Trace.NO_CAUSE;
    }

    /**
     * Whether the JDK parks a thread that waits for it, which takes the permit that it is given.
     */
    default boolean parks() {
      return false;
    }

    /** Whether a thread that waits for it has nothing to do but what others hand to it. */
    default boolean isIdle() {
      return false;
    }

    /** Whether the wait for it may end for nothing, while another thread can go on. */
    default boolean mayEndSpuriously() {
      return false;
    }

    /**
     * The threads that have ended, as bits, if a thread that wants it could not have it before each
     * of them had; 0 if another thread could have let it go on sooner.
     */
    default long awaited(Task task) {
      return 0;
    }

    /** Whether a thread that waits for it could have had it since it does. */
    default boolean wasFree() {
      return !isOfEnds();
    }

    /**
     * Whether it is the end of other threads, which whoever waits for them need not be told of:
     * once a thread can go on that waits for that, no other can keep it from it.
     */
    default boolean isOfEnds() {
      return false;
    }
  }

  /** The time limit of a wait that the JDK makes without one. */
  enum Limit {
    /** There is none. */
    NONE,
    /** It passes when the thread is chosen while it is parked. */
    MAY_PASS,
    /** It has ended the wait. */
    HAS_PASSED
  }

  private static final String LOCK = "java.util.concurrent.locks.ReentrantLock$NonfairSync";
  private static final int FEW = 4;
  private static final int PARTS = 3;

  /** The site of a thread's first step. */
  static final int START = -1;

  /** The site of the end of a pause. */
  static final int PAUSE = -2;

  /** The site of the step that reads what the main thread returns. */
  static final int OUTCOME = -3;

  /** The site of the step that ends a thread whose code has ended before. */
  static final int END = -4;

  final int index;
  final long bit;
  private final Scheduler scheduler;
  private @Nullable Runnable continuation;

  @Nullable Thread thread;
  // The platform thread that it stands in for, if it does.
  @Nullable Thread shown;
  // Which started it; none of the main thread.
  @Nullable Task parent;
  // The step that let it go on, and the place where its next one begins.
  int cause = -1;
  int site = START;
  // Whether others could keep it from taking that.
  boolean conditional;
  // What the call into the JDK touches that it is in, whenever that goes on.
  final LocationSet reads;
  final LocationSet writes;
  // What the attempt reads that it is making, and writes if that succeeds.
  long attempted;
  // Whether it has taken another step since it entered the outermost of them, or returned into it.
  boolean hasSteppedInCall;
  // Whether it was interrupted when the JDK last let it go on in the call that it is in.
  boolean hasWokenInterrupted;
  // Whether it is in a call of a future or of an executor.
  boolean waitsForResult;
  // How many calls it is in, and what those touch that the innermost was made from.
  private int calls;
  private long[] outer = new long[PARTS * FEW];
  // What all of them use that two threads must not use at once, of the innermost first.
  @Nullable ObjectUse uses;
  private @Nullable ObjectUse[] outerUses = new ObjectUse[FEW];
  // Those that it was told of by what decides about calls, and the monitors that they are in.
  final Deque<Monitors.Call> inMonitors = new ArrayDeque<>(2);
  // Those of them of which it is not known when they are in their monitors.
  int doubtful;
  // How many calls it is in that are to be one step.
  int atomicCalls;
  // Whether it has come to a place in one where it could else be stopped.
  boolean hasStepInAtomic;
  // Whether it is about to enter a constructor out of another one.
  boolean callsConstructor;
  // How many objects it has made.
  int created;
  // Whether it gave way to another, rather than that it waits or has ended.
  boolean yielding;
  boolean ended;
  // Whether its code has ended, and another step is to end it.
  boolean isEnding;
  // Whether what waits for it goes on before that.
  boolean outlivesItsCode;
  Monitors.@Nullable Monitor waitsIn;
  @Nullable Wanted wants;
  // The threads, as bits, of which it waits for all, where the JDK lets it go on.
  long joins;
  // Whether its step ends when it has that, a lock or a monitor.
  boolean wantsGuardAlone;
  boolean hasWokenSpuriously;
  // Of the wait that it is in, if the JDK has no part in that.
  Limit limit = Limit.NONE;
  // How many calls it was in when that began, and whether it was interrupted since its end.
  private int limitedCall;
  boolean isInterruptedBesides;
  // When that passes if no other thread can go on before, and not sooner.
  long limitEndsLastAt = Wanted.NEVER;
  // Whether the JDK has let it go on since it parked.
  boolean hasArrived;
  // When the wait with a limit began that it is in, or was in last.
  long waitsSince;
  // How many threads there were when it began to hand a task to a pool.
  int threadsBefore;
  // Of a thread on which the JDK runs tasks.
  @Nullable PoolThread serves;
  // Whether it is there, and in no task.
  boolean isServing;
  // How many seeds it was given for random numbers.
  private int seeds;
  // Its last step so far.
  int lastStep = Trace.NO_CAUSE;
  // The scope that it was forked in, and its subtask there.
  Scopes.@Nullable Scope scope;
  @Nullable Object subtask;
  // The scope that it forks in now, and who was.
  Scopes.@Nullable Scope forksIn;
  @Nullable Task forked;

  /**
   * A task.
   *
   * @param reads what it reads in calls, empty; the same with {@code writes}
   */
  Task(Scheduler scheduler, int index, LocationSet reads, LocationSet writes) {
    this.scheduler = scheduler;
    this.index = index;
    this.reads = reads;
    this.writes = writes;
    bit = 1L << index;
  }

  /** It begins a wait whose time limit may pass where it is parked. */
  void limit() {
    limit = Limit.MAY_PASS;
    limitedCall = calls;
    isInterruptedBesides = false;
  }

  /**
   * Whether it is parked, and its time limit may pass: that is not of what is called back, nor of a
   * lock, since the time begins when that is had.
   */
  boolean isWithinLimit() {
    return limit == Limit.MAY_PASS
        && calls == limitedCall
        && scheduler.running() != this
        && !yielding
        && !ended
        && wants == null
        && !waitsInLock();
  }

  /** Ends its wait by its limit, as the JDK lets an interrupt end it. */
  void passLimit() {
    limit = Limit.HAS_PASSED;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** It goes on, and forgets the interrupt by which its limit has passed when it does so first. */
  void noteInterrupt() {
    isInterruptedBesides |= limit == Limit.HAS_PASSED && isInterrupted();
  }

  /** The last step of a thread that has ended. */
  int lastStepOf(Thread ended) {
    return scheduler.tasks.lastStepOf(ended);
  }

  /** Whether a thread has been started and has not ended, as others see it. */
  boolean seesAlive(Thread other) {
    return scheduler.tasks.isAlive(other);
  }

  /** Whether the JDK does something on its thread after the last step of its code. */
  boolean goesOnAfterItsCode() {
    return serves != null || scope != null;
  }

  /** Whether it is a virtual thread of a scope, which waits until that has ended. */
  boolean isWaitedForByScope() {
    return scope != null && shown == null;
  }

  /** The threads, as bits, whose last steps are those by which they leave a pool. */
  long thoseThatLeaveLast(Pool pool) {
    return scheduler.tasks.thoseThatLeaveLast(pool);
  }

  boolean isInterrupted() {
    return thread != null && thread.isInterrupted();
  }

  /** It enters a call that touches this, besides what those touch that it is in. */
  void enterCall(long read, long written) {
    hasSteppedInCall &= calls > 0;
    waitsForResult &= calls > 0;
    if (PARTS * calls == outer.length) {
      outer = Arrays.copyOf(outer, 2 * outer.length);
      outerUses = Arrays.copyOf(outerUses, 2 * outerUses.length);
    }
    outerUses[calls] = uses;
    int top = PARTS * calls;
    outer[top] = reads.bits();
    outer[top + 1] = writes.bits();
    outer[top + 2] = ((long) reads.size() << Integer.SIZE) | (writes.size() & 0xFFFF_FFFFL);
    calls++;
    reads.add(read);
    writes.add(written);
  }

  /** The innermost call has returned, or thrown. */
  void leaveCall() {
    calls--;
    uses = outerUses[calls];
    int top = PARTS * calls;
    long sizes = outer[top + 2];
    reads.setBack(outer[top], (int) (sizes >> Integer.SIZE));
    writes.setBack(outer[top + 1], (int) sizes);
  }

  /** The call that it is in uses an object that two threads must not use at once. */
  void use(ObjectUse use) {
    if (calls > 0) {
      uses = use;
    }
  }

  /** The thread that the user's code knows of. */
  @Nullable Thread asShown() {
    return shown == null ? thread : shown;
  }

  /** A seed that no other thread has, and that is the same in every execution. */
  long nextSeed() {
    return ((long) index << Integer.SIZE) + ++seeds;
  }

  /** The JDK runs tasks on it, and has not begun the first one; null if it runs none. */
  void serve(@Nullable PoolThread by) {
    serves = by;
    goOnServing();
  }

  /** It is between tasks again, if it runs any. */
  void goOnServing() {
    isServing = serves != null;
  }

  /** What it announces next is of a task that it runs. */
  void stopServing() {
    if (isServing && serves != null) {
      isServing = false;
      serves.goOn();
    }
  }

  /** Whether what is left of the calls that it is in may matter to others, or others to it. */
  boolean touchesInCall() {
    return !writes.isWithin(0) || !reads.isWithin(Locations.INTERRUPTS);
  }

  boolean isInCall() {
    return calls > 0;
  }

  /** The main thread, which is this task. */
  Thread unstarted(Runnable body) {
    Thread made =
        VirtualThreads.scheduledBy(this).name(VirtualThreads.NAME_OF_MAIN).unstarted(body);
    VirtualThreads.seedLevels(made, index);
    thread = made;
    return made;
  }

  /** Runs it on the caller's thread until it gives way, waits or ends. */
  void goOn() {
    if (continuation == null) {
      return;
    }
    try {
      continuation.run();
    } catch (RuntimeException | Error thrownByHandler) {
      // The JVM ignores what a handler of uncaught exceptions throws.
      if (thread == null || thread.getState() != Thread.State.TERMINATED) {
        throw thrownByHandler;
      }
    }
  }

  /** Called on its thread: returns when it is chosen again. */
  // Its scheduler is ours: what follows is certain.
  @SuppressWarnings("ThreadPriorityCheck")
  void giveWay() {
    yielding = true;
    Thread.yield();
    yielding = false;
  }

  /**
   * A thread that another one has started is this task.
   *
   * @param platform the thread that it stands in for; null if for none
   */
  void adopt(Thread started, Runnable first, @Nullable Thread platform) {
    VirtualThreads.seedLevels(started, index);
    thread = started;
    continuation = first;
    shown = platform;
  }

  /**
   * Its thread can go on. So can threads that the JDK made for it: they have the scheduler of the
   * thread that made them, and are tasks of their own.
   */
  // Each thread has one continuation for life.
  @SuppressWarnings("ReferenceEquality")
  @Override
  public void execute(Runnable next) {
    if (continuation == null) {
      continuation = next;
    }
    if (continuation == next) {
      scheduler.arrived(this);
    } else {
      scheduler.tasks.execute(next);
    }
  }

  /** Whether it wants a monitor of a class that is not woven: only those does the JDK see. */
  boolean isBlocked() {
    return !yielding && !ended && thread != null && thread.getState() == Thread.State.BLOCKED;
  }

  /** Why it cannot go on. */
  String wait(Function<Optional<Thread>, String> heldBy) {
    if (waitsIn != null) {
      return "waits for a signal of a "
          + waitsIn.object.getClass().getSimpleName()
          + ", which nobody will give";
    }
    return wants != null
        ? "wants " + wants + heldBy.apply(blockedBy())
        : blocker()
            .map(on -> "waits in a " + outermost(on.getClass()) + heldBy.apply(blockedBy()))
            .orElse("waits, and nobody will let it go on");
  }

  private static String outermost(Class<?> type) {
    Class<?> outer = type;
    while (outer.getEnclosingClass() != null) {
      outer = outer.getEnclosingClass();
    }
    return outer.getSimpleName();
  }

  /** What of the JDK it waits in. */
  private Optional<Object> blocker() {
    return Optional.ofNullable(thread).map(LockSupport::getBlocker);
  }

  /** Whether it has parked in a lock as the JDK has them for itself: none of those is fair. */
  boolean waitsInLock() {
    return wants == null
        && blocker().filter(on -> on.getClass().getName().equals(LOCK)).isPresent();
  }

  /** Which thread has what it wants or waits in, as far as that is known. */
  Optional<Thread> blockedBy() {
    return wants != null
        ? wants.holder()
        : blocker()
            .filter(AbstractOwnableSynchronizer.class::isInstance)
            .flatMap(
                on -> holder(AbstractOwnableSynchronizer.class, "getExclusiveOwnerThread", on));
  }

  /** Who has a synchronizer of the JDK, by a method that it keeps to itself. */
  static Optional<Thread> holder(Class<?> type, String method, Object synchronizer) {
    try {
      Method owner = type.getDeclaredMethod(method);
      owner.setAccessible(true);
      return Optional.ofNullable((Thread) owner.invoke(synchronizer));
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return Optional.empty();
    }
  }
}
