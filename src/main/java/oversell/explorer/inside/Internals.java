package oversell.explorer.inside;

import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;

/**
 * Static methods that classes of {@code java.util} call and that the JDK keeps to itself, as they
 * are there, but for random numbers: each thread draws the same in every execution.
 */
public final class Internals {
  // Spreads small numbers over all bits.
  private static final int GOLDEN = 0x9E3779B9;
  private static final int SHIFT_A = 13;
  private static final int SHIFT_B = 17;
  private static final int SHIFT_C = 5;

  private Internals() {}

  /** A handle of a field of the class that asks. */
  public static VarHandle findVarHandle(Lookup lookup, String name, Class<?> type) {
    return findVarHandle(lookup, lookup.lookupClass(), name, type);
  }

  /** A handle of a field of a class. */
  public static VarHandle findVarHandle(Lookup lookup, Class<?> owner, String name, Class<?> type) {
    try {
      return lookup.findVarHandle(owner, name, type);
    } catch (ReflectiveOperationException impossible) {
      throw new InternalError(impossible);
    }
  }

  /** The length that an array grows to. */
  public static int newLength(int old, int least, int wanted) {
    int length = old + Math.max(least, wanted);
    if (length <= 0) {
      throw new OutOfMemoryError("Required length exceeds implementation limit");
    }
    return length;
  }

  /** Where a thread tries first when it is one of several. */
  public static int getProbe() {
    return (int) (Thread.currentThread().threadId() + 1) * GOLDEN;
  }

  /** Draws the first probe of a thread, which has one here. */
  public static void localInit() {}

  /** Where a thread tries next. */
  public static int advanceProbe(int probe) {
    int next = probe;
    next ^= next << SHIFT_A;
    next ^= next >>> SHIFT_B;
    next ^= next << SHIFT_C;
    return next;
  }

  /** Waits as a thread does that is no worker of a pool. */
  public static void managedBlock(ManagedBlocker blocker) throws InterruptedException {
    boolean isOver;
    do {
      isOver = blocker.isReleasable() || blocker.block();
    } while (!isOver);
  }

  /** Helps a pool, which a thread that is no worker of one does not. */
  public static void helpAsyncBlocker(Executor executor, ManagedBlocker blocker) {}

  /** Whether a worker of a pool has more to do, which a thread that is none has not. */
  public static boolean hasKnownQueuedWork() {
    return false;
  }

  /** The identifier of a thread. */
  public static long getThreadId(Thread thread) {
    return thread.threadId();
  }

  /** A random number. */
  public static int nextSecondarySeed() {
    return advanceProbe(getProbe());
  }
}
