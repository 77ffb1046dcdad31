package oversell.explorer.hook;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The static methods that show whether a thread repeats its steps. Classes that were woven to do so
 * call them where a loop begins once more, with the local variables, and where something may have
 * changed that control flow depends on.
 */
// Objects are compared by identity, whatever their equals says.
@SuppressWarnings("ReferenceEquality")
public final class Rounds {
  // Collections that no lookup changes, neither their elements nor the order of these.
  private static final Set<Class<?>> UNCHANGED =
      Set.of(
          HashMap.class,
          HashSet.class,
          LinkedHashSet.class,
          TreeMap.class,
          TreeSet.class,
          ArrayList.class,
          LinkedList.class,
          Vector.class,
          List.of(0).getClass(),
          List.of(0, 1, 2).getClass(),
          Arrays.asList().getClass(),
          ArrayDeque.class,
          BitSet.class,
          EnumMap.class,
          ConcurrentHashMap.class,
          ConcurrentHashMap.KeySetView.class,
          ConcurrentSkipListMap.class,
          ConcurrentSkipListSet.class,
          ConcurrentLinkedQueue.class,
          ConcurrentLinkedDeque.class,
          CopyOnWriteArrayList.class,
          CopyOnWriteArraySet.class,
          ArrayBlockingQueue.class,
          LinkedBlockingQueue.class,
          LinkedBlockingDeque.class);
  private static final AtomicInteger FRAMES = new AtomicInteger();
  private static @Nullable Listener listener;

  private Rounds() {}

  /** Receives these calls. */
  public interface Listener {
    /**
     * A loop begins, for the first time or once more, with an empty operand stack.
     *
     * @param frame the number of the call of the method
     * @param site where
     * @param values the local variables of primitive types, as bits
     * @param objects the others
     */
    void head(int frame, int site, long[] values, @Nullable Object[] objects);

    /** Something has changed, or may have, or may be about to. */
    void changed();

    /**
     * The caller has done something that may matter to it or to others, although nothing has
     * changed that a loop could wait for: it has taken a lock of the JDK, for one, or given one
     * back.
     */
    void acted();

    /** A lock of the JDK was released: a thread that waits for it may run. */
    void unlocked();

    /** Control flow may depend on whether a lock of the JDK is taken. */
    void lockRead();
  }

  /** Installs the listener that receives these calls from now on; null for none. */
  public static void install(@Nullable Listener installed) {
    listener = installed;
  }

  /** A unique number for a call of a method. */
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

  public static void acted() {
    if (listener != null) {
      listener.acted();
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

  /** Called after what returns true only if it has changed something. */
  public static void changedIf(boolean succeeded) {
    if (succeeded) {
      changed();
    }
  }

  /** Called after what returns null only if it has changed nothing. */
  public static void changedIf(@Nullable Object got) {
    changedIf(got != null);
  }

  /** Called after what returns null if it has changed something. */
  public static void changedIfNull(@Nullable Object got) {
    changedIf(got == null);
  }

  /**
   * Called before an element is taken out, which answers null if a linked list has a null there. A
   * queue has taken it out already when the program, asked which of the others comes first, throws.
   */
  public static void taken(@Nullable Object collection) {
    changedIf(
        collection instanceof LinkedList
            || (collection instanceof PriorityQueue<?> queue
                && mayAsk(queue.comparator(), queue.peek()))
            || (collection instanceof PriorityBlockingQueue<?> queue
                && mayAsk(queue.comparator(), queue.peek())));
  }

  private static boolean mayAsk(@Nullable Object comparator, @Nullable Object first) {
    return first != null && (comparator != null || !isValue(first));
  }

  /**
   * Called before and after a call of a function, or of a method that every object has. It may
   * change anything if it is the JDK's, and not of a value.
   */
  public static void called(@Nullable Object function) {
    changedIf(function != null && !isValue(function) && !isUnderTest(function.getClass()));
  }

  private static boolean isValue(Object object) {
    return object instanceof String
        || object instanceof Number
        || object instanceof Boolean
        || object instanceof Character
        || object instanceof Enum;
  }

  /**
   * Called before a lookup in a collection, or a change that may come to nothing, which some
   * collections are changed by.
   */
  public static void lookedUp(@Nullable Object collection) {
    changedIf(
        collection != null
            && !UNCHANGED.contains(collection.getClass())
            && !isUnderTest(collection.getClass()));
  }

  /** Whether all its methods are of classes under test. */
  private static boolean isUnderTest(Class<?> type) {
    Class<?> outside = type;
    while (outside != null && outside.getClassLoader() instanceof Woven) {
      outside = outside.getSuperclass();
    }
    return outside == Object.class || outside == Record.class || outside == Enum.class;
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
