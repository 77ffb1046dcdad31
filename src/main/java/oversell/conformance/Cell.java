package oversell.conformance;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** A variable that threads share, 0 at first, by whichever means of the JDK. */
interface Cell {
  /** Its means. */
  enum Means {
    /** A volatile field, which cannot be changed by one step that depends on its value. */
    FIELD,
    ATOMIC,
    /** A VarHandle of a field, one of two in an object. */
    HANDLE,
    /** An updater of a field, one of two in an object. */
    UPDATER,
    /** An element of an atomic array. */
    ELEMENT,
    /** A VarHandle of an element of an array. */
    ELEMENT_BY_HANDLE
  }

  int get();

  void set(int value);

  int getAndIncrement();

  boolean compareAndSet(int expected, int value);

  /** Two of them, as near to each other as the means lets them be. */
  static Cell[] pair(Means means) {
    return switch (means) {
      case FIELD -> new Cell[] {new OfField(), new OfField()};
      case ATOMIC -> new Cell[] {new OfAtomic(), new OfAtomic()};
      case HANDLE -> {
        Pair pair = new Pair();
        yield new Cell[] {new OfHandle(pair, Pair.FIRST), new OfHandle(pair, Pair.SECOND)};
      }
      case UPDATER -> {
        Pair pair = new Pair();
        yield new Cell[] {
          new OfUpdater(pair, Pair.FIRST_UPDATER), new OfUpdater(pair, Pair.SECOND_UPDATER)
        };
      }
      case ELEMENT -> {
        AtomicIntegerArray array = new AtomicIntegerArray(2);
        yield new Cell[] {new OfElement(array, 0), new OfElement(array, 1)};
      }
      case ELEMENT_BY_HANDLE -> {
        int[] array = new int[2];
        yield new Cell[] {new OfElementByHandle(array, 0), new OfElementByHandle(array, 1)};
      }
    };
  }

  /** A volatile field. */
  final class OfField implements Cell {
    private volatile int value;

    @Override
    public int get() {
      return value;
    }

    @Override
    public void set(int to) {
      value = to;
    }

    @Override
    public int getAndIncrement() {
      throw new UnsupportedOperationException("that takes two steps");
    }

    @Override
    public boolean compareAndSet(int expected, int to) {
      throw new UnsupportedOperationException("that takes two steps");
    }
  }

  /** An atomic. */
  final class OfAtomic implements Cell {
    private final AtomicInteger value = new AtomicInteger();

    @Override
    public int get() {
      return value.get();
    }

    @Override
    public void set(int to) {
      value.set(to);
    }

    @Override
    public int getAndIncrement() {
      return value.getAndIncrement();
    }

    @Override
    public boolean compareAndSet(int expected, int to) {
      return value.compareAndSet(expected, to);
    }
  }

  /** Two fields of one object. */
  final class Pair {
    static final VarHandle FIRST = handle("first");
    static final VarHandle SECOND = handle("second");
    static final AtomicIntegerFieldUpdater<Pair> FIRST_UPDATER =
        AtomicIntegerFieldUpdater.newUpdater(Pair.class, "first");
    static final AtomicIntegerFieldUpdater<Pair> SECOND_UPDATER =
        AtomicIntegerFieldUpdater.newUpdater(Pair.class, "second");

    volatile int first;
    volatile int second;

    private static VarHandle handle(String field) {
      try {
        return MethodHandles.lookup().findVarHandle(Pair.class, field, int.class);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** A field by a handle. */
  final class OfHandle implements Cell {
    private final Pair pair;
    private final VarHandle handle;

    OfHandle(Pair pair, VarHandle handle) {
      this.pair = pair;
      this.handle = handle;
    }

    @Override
    public int get() {
      return (int) handle.getVolatile(pair);
    }

    @Override
    public void set(int to) {
      handle.setVolatile(pair, to);
    }

    @Override
    public int getAndIncrement() {
      return (int) handle.getAndAdd(pair, 1);
    }

    @Override
    public boolean compareAndSet(int expected, int to) {
      return handle.compareAndSet(pair, expected, to);
    }
  }

  /** A field by an updater. */
  final class OfUpdater implements Cell {
    private final Pair pair;
    private final AtomicIntegerFieldUpdater<Pair> updater;

    OfUpdater(Pair pair, AtomicIntegerFieldUpdater<Pair> updater) {
      this.pair = pair;
      this.updater = updater;
    }

    @Override
    public int get() {
      return updater.get(pair);
    }

    @Override
    public void set(int to) {
      updater.set(pair, to);
    }

    @Override
    public int getAndIncrement() {
      return updater.getAndIncrement(pair);
    }

    @Override
    public boolean compareAndSet(int expected, int to) {
      return updater.compareAndSet(pair, expected, to);
    }
  }

  /** An element of an atomic array. */
  final class OfElement implements Cell {
    private final AtomicIntegerArray array;
    private final int index;

    OfElement(AtomicIntegerArray array, int index) {
      this.array = array;
      this.index = index;
    }

    @Override
    public int get() {
      return array.get(index);
    }

    @Override
    public void set(int to) {
      array.set(index, to);
    }

    @Override
    public int getAndIncrement() {
      return array.getAndIncrement(index);
    }

    @Override
    public boolean compareAndSet(int expected, int to) {
      return array.compareAndSet(index, expected, to);
    }
  }

  /** An element of an array by a handle. */
  final class OfElementByHandle implements Cell {
    private static final VarHandle ELEMENTS = MethodHandles.arrayElementVarHandle(int[].class);

    private final int[] array;
    private final int index;

    OfElementByHandle(int[] array, int index) {
      this.array = array;
      this.index = index;
    }

    @Override
    public int get() {
      return (int) ELEMENTS.getVolatile(array, index);
    }

    @Override
    public void set(int to) {
      ELEMENTS.setVolatile(array, index, to);
    }

    @Override
    public int getAndIncrement() {
      return (int) ELEMENTS.getAndAdd(array, index, 1);
    }

    @Override
    public boolean compareAndSet(int expected, int to) {
      // By way of the other method that does it.
      return (int) ELEMENTS.compareAndExchange(array, index, expected, to) == expected;
    }
  }
}
