package oversell.explorer.inside;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Offsets;

/**
 * Stands for {@code jdk.internal.misc.Unsafe} in copies of the JDK's classes, and for {@code
 * sun.misc.Unsafe} in libraries: the same accesses to fields and elements, by handles, which the
 * explorer knows. Of each access there is one method, whatever its memory order, since executions
 * are sequentially consistent, and a weak compare-and-set never fails for no reason. What reaches
 * past fields and elements is not here, and so it is not under control.
 */
public final class Unsafe {
  // By that name, and by reflection, libraries look for it.
  private static final Unsafe theUnsafe = new Unsafe();

  private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle REFERENCES = MethodHandles.arrayElementVarHandle(Object[].class);

  // As in most JVMs: there is code that takes no others.
  private static final int ARRAY_BASE = 16;
  private static final int INT_SCALE = 4;
  private static final int LONG_SCALE = 8;
  private static final int REFERENCE_SCALE = 4;

  private Unsafe() {}

  /** The only one. */
  public static Unsafe getUnsafe() {
    return theUnsafe;
  }

  /** The number of a field of the objects of a class. */
  public long objectFieldOffset(Class<?> type, String name) {
    return Offsets.of(type, name);
  }

  /** The same. */
  public long objectFieldOffset(Field field) {
    return Offsets.of(field);
  }

  /** The number of the first element of an array. */
  public int arrayBaseOffset(Class<?> type) {
    return ARRAY_BASE;
  }

  /** The same, as newer JDKs have it. */
  public long arrayBaseOffsetAsLong(Class<?> type) {
    return ARRAY_BASE;
  }

  /** By how much the numbers of elements differ that follow one another. */
  public int arrayIndexScale(Class<?> type) {
    if (!type.getComponentType().isPrimitive()) {
      return REFERENCE_SCALE;
    }
    if (type == int[].class) {
      return INT_SCALE;
    }
    if (type == long[].class) {
      return LONG_SCALE;
    }
    throw Offsets.unreachable(type);
  }

  /** Orders nothing, since nothing is out of order. */
  public void fence() {}

  /** Parks the thread, without an end if the time is 0. */
  public void park(boolean isAbsolute, long time) {
    if (time == 0 && !isAbsolute) {
      LockSupport.park();
    } else if (isAbsolute) {
      LockSupport.parkUntil(time);
    } else {
      LockSupport.parkNanos(time);
    }
  }

  /** Lets a parked thread go on. */
  public void unpark(Object thread) {
    LockSupport.unpark((Thread) thread);
  }

  private static int index(long offset, int scale) {
    return (int) ((offset - ARRAY_BASE) / scale);
  }

  private static VarHandle handle(Object of, long offset, Class<?> type, boolean isWritten) {
    VarHandle handle = Offsets.handle(of, offset, type, isWritten);
    if (handle == null) {
      throw Offsets.unreachable(of.getClass());
    }
    return handle;
  }

  /** Reads an int. */
  public int getInt(Object of, long offset) {
    return of instanceof int[] array
        ? (int) INTS.getVolatile(array, index(offset, INT_SCALE))
        : (int) handle(of, offset, int.class, false).getVolatile(of);
  }

  /** Writes an int. */
  public void putInt(Object of, long offset, int value) {
    if (of instanceof int[] array) {
      INTS.setVolatile(array, index(offset, INT_SCALE), value);
    } else {
      handle(of, offset, int.class, true).setVolatile(of, value);
    }
  }

  /** Writes an int if it is the one that is expected. */
  public boolean compareAndSetInt(Object of, long offset, int expected, int value) {
    return of instanceof int[] array
        ? INTS.compareAndSet(array, index(offset, INT_SCALE), expected, value)
        : handle(of, offset, int.class, true).compareAndSet(of, expected, value);
  }

  /** The same; answers the one that there was. */
  public int compareAndExchangeInt(Object of, long offset, int expected, int value) {
    return of instanceof int[] array
        ? (int) INTS.compareAndExchange(array, index(offset, INT_SCALE), expected, value)
        : (int) handle(of, offset, int.class, true).compareAndExchange(of, expected, value);
  }

  /** Writes an int; answers the one that there was. */
  public int getAndSetInt(Object of, long offset, int value) {
    return of instanceof int[] array
        ? (int) INTS.getAndSet(array, index(offset, INT_SCALE), value)
        : (int) handle(of, offset, int.class, true).getAndSet(of, value);
  }

  /** Adds to an int; answers what it was. */
  public int getAndAddInt(Object of, long offset, int delta) {
    return of instanceof int[] array
        ? (int) INTS.getAndAdd(array, index(offset, INT_SCALE), delta)
        : (int) handle(of, offset, int.class, true).getAndAdd(of, delta);
  }

  /** Takes the and with an int; answers what it was. */
  public int getAndBitwiseAndInt(Object of, long offset, int mask) {
    return of instanceof int[] array
        ? (int) INTS.getAndBitwiseAnd(array, index(offset, INT_SCALE), mask)
        : (int) handle(of, offset, int.class, true).getAndBitwiseAnd(of, mask);
  }

  /** Takes the or with an int; answers what it was. */
  public int getAndBitwiseOrInt(Object of, long offset, int mask) {
    return of instanceof int[] array
        ? (int) INTS.getAndBitwiseOr(array, index(offset, INT_SCALE), mask)
        : (int) handle(of, offset, int.class, true).getAndBitwiseOr(of, mask);
  }

  /** Reads a long. */
  public long getLong(Object of, long offset) {
    return of instanceof long[] array
        ? (long) LONGS.getVolatile(array, index(offset, LONG_SCALE))
        : (long) handle(of, offset, long.class, false).getVolatile(of);
  }

  /** Writes a long. */
  public void putLong(Object of, long offset, long value) {
    if (of instanceof long[] array) {
      LONGS.setVolatile(array, index(offset, LONG_SCALE), value);
    } else {
      handle(of, offset, long.class, true).setVolatile(of, value);
    }
  }

  /** Writes a long if it is the one that is expected. */
  public boolean compareAndSetLong(Object of, long offset, long expected, long value) {
    return of instanceof long[] array
        ? LONGS.compareAndSet(array, index(offset, LONG_SCALE), expected, value)
        : handle(of, offset, long.class, true).compareAndSet(of, expected, value);
  }

  /** The same; answers the one that there was. */
  public long compareAndExchangeLong(Object of, long offset, long expected, long value) {
    return of instanceof long[] array
        ? (long) LONGS.compareAndExchange(array, index(offset, LONG_SCALE), expected, value)
        : (long) handle(of, offset, long.class, true).compareAndExchange(of, expected, value);
  }

  /** Writes a long; answers the one that there was. */
  public long getAndSetLong(Object of, long offset, long value) {
    return of instanceof long[] array
        ? (long) LONGS.getAndSet(array, index(offset, LONG_SCALE), value)
        : (long) handle(of, offset, long.class, true).getAndSet(of, value);
  }

  /** Adds to a long; answers what it was. */
  public long getAndAddLong(Object of, long offset, long delta) {
    return of instanceof long[] array
        ? (long) LONGS.getAndAdd(array, index(offset, LONG_SCALE), delta)
        : (long) handle(of, offset, long.class, true).getAndAdd(of, delta);
  }

  /** Takes the and with a long; answers what it was. */
  public long getAndBitwiseAndLong(Object of, long offset, long mask) {
    return of instanceof long[] array
        ? (long) LONGS.getAndBitwiseAnd(array, index(offset, LONG_SCALE), mask)
        : (long) handle(of, offset, long.class, true).getAndBitwiseAnd(of, mask);
  }

  /** Takes the or with a long; answers what it was. */
  public long getAndBitwiseOrLong(Object of, long offset, long mask) {
    return of instanceof long[] array
        ? (long) LONGS.getAndBitwiseOr(array, index(offset, LONG_SCALE), mask)
        : (long) handle(of, offset, long.class, true).getAndBitwiseOr(of, mask);
  }

  /** Reads a reference. */
  public @Nullable Object getReference(Object of, long offset) {
    return of instanceof Object[] array
        ? (@Nullable Object) REFERENCES.getVolatile(array, index(offset, REFERENCE_SCALE))
        : (@Nullable Object) handle(of, offset, Object.class, false).getVolatile(of);
  }

  /** Writes a reference. */
  public void putReference(Object of, long offset, @Nullable Object value) {
    if (of instanceof Object[] array) {
      REFERENCES.setVolatile(array, index(offset, REFERENCE_SCALE), value);
    } else {
      handle(of, offset, Object.class, true).setVolatile(of, value);
    }
  }

  /** Writes a reference if it is the one that is expected. */
  public boolean compareAndSetReference(
      Object of, long offset, @Nullable Object expected, @Nullable Object value) {
    return of instanceof Object[] array
        ? REFERENCES.compareAndSet(array, index(offset, REFERENCE_SCALE), expected, value)
        : handle(of, offset, Object.class, true).compareAndSet(of, expected, value);
  }

  /** The same; answers the one that there was. */
  public @Nullable Object compareAndExchangeReference(
      Object of, long offset, @Nullable Object expected, @Nullable Object value) {
    return of instanceof Object[] array
        ? (@Nullable Object)
            REFERENCES.compareAndExchange(array, index(offset, REFERENCE_SCALE), expected, value)
        : (@Nullable Object)
            handle(of, offset, Object.class, true).compareAndExchange(of, expected, value);
  }

  /** Writes a reference; answers the one that there was. */
  public @Nullable Object getAndSetReference(Object of, long offset, @Nullable Object value) {
    return of instanceof Object[] array
        ? (@Nullable Object) REFERENCES.getAndSet(array, index(offset, REFERENCE_SCALE), value)
        : (@Nullable Object) handle(of, offset, Object.class, true).getAndSet(of, value);
  }
}
