package oversell.control;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One controlled virtual thread. It is its own scheduler in the eyes of the JDK: whenever the
 * thread can go on, that arrives here, and it goes on when {@link Scheduler} chooses it.
 */
final class Task implements Executor {
  /** The site of a thread's first step. */
  static final int START = -1;

  /** The site of the end of a pause. */
  static final int PAUSE = -2;

  final int index;
  final long bit;
  private final Scheduler scheduler;
  private @Nullable Runnable continuation;

  @Nullable Thread thread;
  // The step that let it go on, and the place where its next one begins.
  int cause = -1;
  int site = START;
  // Whether others could keep it from taking that.
  boolean conditional;
  // The calls into the JDK that it is in, and what they touch whenever they go on.
  int calls;
  long reads;
  long writes;
  // How many objects it has made.
  int created;
  // Whether it gave way to another, rather than that it waits or has ended.
  boolean yielding;
  boolean ended;
  Monitors.@Nullable Monitor waitsIn;
  // Of its last wait for a signal: whether an interrupt ended it.
  boolean interrupted;
  Monitors.@Nullable Monitor wants;

  Task(Scheduler scheduler, int index) {
    this.scheduler = scheduler;
    this.index = index;
    bit = 1L << index;
  }

  /** A thread that is this task. */
  Thread unstarted(Runnable body) {
    Thread made = VirtualThreads.scheduledBy(this).unstarted(body);
    thread = made;
    return made;
  }

  /**
   * Starts it as one that owns a scope. The JDK registers each scope whose owner was started by
   * nobody it knows of, and with that takes the lock of a queue that it also keeps for its handler
   * of references: whoever waits for that one is let go on from outside. So an executor starts it.
   */
  void startOwner(Runnable body) {
    ExecutorService known = Executors.newThreadPerTaskExecutor(this::unstarted);
    known.execute(body);
    known.shutdown();
  }

  /** Runs it on the caller's thread until it gives way, waits or ends. */
  void goOn() {
    if (continuation != null) {
      continuation.run();
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

  @Override
  public void execute(Runnable next) {
    continuation = next;
    scheduler.arrived(this);
  }

  /** What of the JDK it waits in. */
  Optional<Object> blocker() {
    return Optional.ofNullable(thread).map(LockSupport::getBlocker);
  }

  /** Which thread has that, as far as the JDK tells. */
  Optional<Thread> blockedBy() {
    return blocker().filter(AbstractOwnableSynchronizer.class::isInstance).map(Task::holderOf);
  }

  private static @Nullable Thread holderOf(Object synchronizer) {
    try {
      Method owner = AbstractOwnableSynchronizer.class.getDeclaredMethod("getExclusiveOwnerThread");
      owner.setAccessible(true);
      return (Thread) owner.invoke(synchronizer);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return null;
    }
  }
}
