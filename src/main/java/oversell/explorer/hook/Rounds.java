package oversell.explorer.hook;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The static methods that woven classes call, if they were woven so, that show whether a thread
 * repeats what it does: where a loop begins once more, and with which local variables, and whatever
 * may have changed something that control flow depends on.
 */
// Which object a variable refers to matters, not what that takes for its equal.
@SuppressWarnings("ReferenceEquality")
public final class Rounds {
  private static final AtomicInteger FRAMES = new AtomicInteger();
  private static @Nullable Listener listener;

  private Rounds() {}

  /** Hears of them. */
  public interface Listener {
    /**
     * A loop begins once more, or for the first time, with nothing on the operand stack.
     *
     * @param frame of which call of the method it is
     * @param site where
     * @param values the local variables of primitive types, as bits
     * @param objects the others
     */
    void head(int frame, int site, long[] values, @Nullable Object[] objects);

    /** Something has changed, or may have, or may be about to. */
    void changed();

    /** A lock of the JDK has been given back: whoever waits for it may go on. */
    void unlocked();

    /** Control flow may depend on whether a lock of the JDK is taken. */
    void lockRead();
  }

  /** Names who hears of them from now on. */
  public static void hearing(@Nullable Listener hearer) {
    listener = hearer;
  }

  /** A number for a call of a method, which no other call has. */
  public static int frame() {
    return FRAMES.incrementAndGet();
  }

  public static void head(int frame, int site, long[] values, @Nullable Object[] objects) {
    if (listener != null) {
      listener.head(frame, site, values, objects);
    }
  }

  public static void changed() {
    if (listener != null) {
      listener.changed();
    }
  }

  public static void unlocked() {
    if (listener != null) {
      listener.unlocked();
    }
  }

  public static void lockRead() {
    if (listener != null) {
      listener.lockRead();
    }
  }

  /** What returns true only if it has changed something. */
  public static void changedIf(boolean succeeded) {
    if (succeeded) {
      changed();
    }
  }

  /** What returns null only if it has changed nothing. */
  public static void changedIf(@Nullable Object got) {
    changedIf(got != null);
  }

  public static void written(@Nullable Object former, @Nullable Object value) {
    changedIf(former != value);
  }

  public static void written(int former, int value) {
    changedIf(former != value);
  }

  public static void written(long former, long value) {
    changedIf(former != value);
  }

  public static void written(float former, float value) {
    written(Float.floatToRawIntBits(former), Float.floatToRawIntBits(value));
  }

  public static void written(double former, double value) {
    written(Double.doubleToRawLongBits(former), Double.doubleToRawLongBits(value));
  }
}
