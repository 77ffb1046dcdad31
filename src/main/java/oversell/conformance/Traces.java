package oversell.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The programs whose numbers of traces are published; each is what its name says. */
final class Traces {
  private Traces() {}

  static final class MessagePassing extends Litmus {
    @Override
    List<Runnable> threads() {
      return List.of(
          () -> {
            x.set(1);
            y.set(1);
          },
          () -> read(y, x));
    }
  }

  static final class LoadBuffering extends Litmus {
    @Override
    List<Runnable> threads() {
      return List.of(
          () -> {
            read(x);
            y.set(1);
          },
          () -> {
            read(y);
            x.set(1);
          });
    }
  }

  static final class StoreBuffering extends Litmus {
    @Override
    List<Runnable> threads() {
      return List.of(
          () -> {
            x.set(1);
            read(y);
          },
          () -> {
            y.set(1);
            read(x);
          });
    }
  }

  static final class TwoPlusTwoWrites extends Litmus {
    @Override
    List<Runnable> threads() {
      return List.of(
          () -> {
            x.set(1);
            y.set(2);
          },
          () -> {
            y.set(1);
            x.set(2);
          });
    }
  }

  static final class CoherenceOfReads extends Litmus {
    @Override
    List<Runnable> threads() {
      return List.of(
          () -> {
            x.set(1);
            x.set(2);
          },
          () -> read(x, x));
    }
  }

  static final class CoherenceOfReads1 extends Litmus {
    @Override
    List<Runnable> threads() {
      return List.of(() -> x.set(1), () -> x.set(2), () -> read(x, x), () -> read(x));
    }
  }

  static final class CoherenceOfReads2 extends Litmus {
    @Override
    List<Runnable> threads() {
      return List.of(() -> x.set(1), () -> x.set(2), () -> read(x, x), () -> read(x, x));
    }
  }

  static final class IndependentReads extends Litmus {
    @Override
    List<Runnable> threads() {
      return List.of(() -> x.set(1), () -> y.set(1), () -> read(x, y), () -> read(y, x));
    }
  }

  static final class IndependentReadsOfACopy extends Litmus {
    @Override
    List<Runnable> threads() {
      return List.of(() -> x.set(1), () -> y.set(x.get()), () -> read(x, y), () -> read(y, x));
    }
  }

  static final class ThreeReadsBetweenWriters extends Litmus {
    @Override
    List<Runnable> threads() {
      return List.of(() -> x.set(1), () -> read(x, x, x), () -> x.set(2));
    }
  }

  static final class FourReadsOfThreeWriters extends Litmus {
    @Override
    List<Runnable> threads() {
      return List.of(
          () -> x.set(1),
          () -> x.set(2),
          () -> x.set(3),
          () -> {
            read(x, x);
            read(x, x);
          });
    }
  }

  static final class Small0 extends Litmus {
    @Override
    List<Runnable> threads() {
      return List.of(
          () -> read(x),
          () -> {
            read(x);
            x.set(1);
          },
          () -> x.set(2));
    }
  }

  static final class MessagePassing2 extends Litmus {
    @Override
    List<Runnable> threads() {
      return List.of(
          () -> {
            x.set(1);
            z.set(1);
            y.set(1);
            w.set(1);
          },
          () -> read(y, x),
          () -> read(w, z));
    }
  }

  static final class IncrementsAndReads extends Litmus {
    @Override
    List<Runnable> threads() {
      return List.of(
          x::getAndIncrement,
          x::getAndIncrement,
          () -> read(x, x),
          () -> x.set(42),
          () -> read(x, x));
    }
  }

  static class Increments extends Litmus {
    private final int count;

    Increments(int count) {
      this.count = count;
    }

    @Override
    List<Runnable> threads() {
      return times(count, () -> x.set(x.get() + 1));
    }
  }

  static final class Increments2 extends Increments {
    Increments2() {
      super(2);
    }
  }

  static final class Increments3 extends Increments {
    Increments3() {
      super(3);
    }
  }

  static final class Increments4 extends Increments {
    Increments4() {
      super(4);
    }
  }

  static class AtomicIncrements extends Litmus {
    private final int count;

    AtomicIncrements(int count) {
      this.count = count;
    }

    @Override
    List<Runnable> threads() {
      return times(count, x::getAndIncrement);
    }
  }

  static final class AtomicIncrements2 extends AtomicIncrements {
    AtomicIncrements2() {
      super(2);
    }
  }

  static final class AtomicIncrements3 extends AtomicIncrements {
    AtomicIncrements3() {
      super(3);
    }
  }

  static final class AtomicIncrements4 extends AtomicIncrements {
    AtomicIncrements4() {
      super(4);
    }
  }

  static final class AtomicIncrements5 extends AtomicIncrements {
    AtomicIncrements5() {
      super(5);
    }
  }

  static class LockedIncrements extends Litmus {
    private final int count;
    private final ReentrantLock lock = new ReentrantLock();

    LockedIncrements(int count) {
      this.count = count;
    }

    @Override
    List<Runnable> threads() {
      return times(
          count,
          () -> {
            lock.lock();
            try {
              x.set(x.get() + 1);
            } finally {
              lock.unlock();
            }
          });
    }
  }

  static final class LockedIncrements2 extends LockedIncrements {
    LockedIncrements2() {
      super(2);
    }
  }

  static final class LockedIncrements3 extends LockedIncrements {
    LockedIncrements3() {
      super(3);
    }
  }

  static final class LockedIncrements4 extends LockedIncrements {
    LockedIncrements4() {
      super(4);
    }
  }

  static final class LockedIncrements5 extends LockedIncrements {
    LockedIncrements5() {
      super(5);
    }
  }

  static class SynchronizedIncrements extends Litmus {
    private final int count;
    private final Object lock = new Object();

    SynchronizedIncrements(int count) {
      this.count = count;
    }

    @Override
    List<Runnable> threads() {
      return times(
          count,
          () -> {
            synchronized (lock) {
              x.set(x.get() + 1);
            }
          });
    }
  }

  static final class SynchronizedIncrements4 extends SynchronizedIncrements {
    SynchronizedIncrements4() {
      super(4);
    }
  }

  static class ThreeCounters extends Litmus {
    private final int count;

    ThreeCounters(int count) {
      this.count = count;
    }

    @Override
    List<Runnable> threads() {
      return times(
          count,
          () -> {
            x.getAndIncrement();
            y.getAndIncrement();
            z.getAndIncrement();
          });
    }
  }

  static final class ThreeCounters2 extends ThreeCounters {
    ThreeCounters2() {
      super(2);
    }
  }

  static final class ThreeCounters3 extends ThreeCounters {
    ThreeCounters3() {
      super(3);
    }
  }

  static class Rotation extends Litmus {
    private final int count;

    Rotation(int count) {
      this.count = count;
    }

    @Override
    List<Runnable> threads() {
      List<Runnable> all = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        int value = i;
        all.add(() -> x.compareAndSet(value - 1, value));
      }
      return all;
    }
  }

  static final class Rotation2 extends Rotation {
    Rotation2() {
      super(2);
    }
  }

  static final class Rotation3 extends Rotation {
    Rotation3() {
      super(3);
    }
  }

  static final class Rotation4 extends Rotation {
    Rotation4() {
      super(4);
    }
  }

  static final class Rotation5 extends Rotation {
    Rotation5() {
      super(5);
    }
  }

  static final class Rotation6 extends Rotation {
    Rotation6() {
      super(6);
    }
  }

  static class AttemptAndWrite extends Litmus {
    private final int count;

    AttemptAndWrite(int count) {
      this.count = count;
    }

    @Override
    List<Runnable> threads() {
      List<Runnable> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int value = i + 3;
        all.add(
            () -> {
              x.compareAndSet(0, 1);
              x.set(value);
            });
      }
      return all;
    }
  }

  static final class AttemptAndWrite2 extends AttemptAndWrite {
    AttemptAndWrite2() {
      super(2);
    }
  }

  static final class AttemptAndWrite3 extends AttemptAndWrite {
    AttemptAndWrite3() {
      super(3);
    }
  }

  static final class AttemptAndWrite4 extends AttemptAndWrite {
    AttemptAndWrite4() {
      super(4);
    }
  }

  static final class LastZero5 extends Litmus {
    private static final int COUNT = 5;

    private final AtomicIntegerArray elements = new AtomicIntegerArray(COUNT + 1);

    @Override
    List<Runnable> threads() {
      List<Runnable> all = new ArrayList<>();
      all.add(
          () -> {
            int i = COUNT;
            while (elements.get(i) != 0) {
              i--;
            }
          });
      for (int j = 1; j <= COUNT; j++) {
        int at = j;
        all.add(() -> elements.set(at, elements.get(at - 1) + 1));
      }
      return all;
    }
  }

  static final class Indexer12 extends Litmus {
    private static final int COUNT = 12;
    private static final int SIZE = 128;
    private static final int TURNS = 4;

    private final AtomicIntegerArray table = new AtomicIntegerArray(SIZE);

    @Override
    List<Runnable> threads() {
      List<Runnable> all = new ArrayList<>();
      for (int t = 0; t < COUNT; t++) {
        int thread = t;
        all.add(
            () -> {
              for (int i = 0; i < TURNS; i++) {
                int w = 11 * i + thread;
                int h = 7 * w % SIZE;
                while (!table.compareAndSet(h, 0, w)) {
                  h = (h + 1) % SIZE;
                }
              }
            });
      }
      return all;
    }
  }

  static final class CoarseList4 extends Litmus {
    private static final int COUNT = 4;

    private static final class Node {
      private final int key;
      private @Nullable Node next;

      Node(int key, @Nullable Node next) {
        this.key = key;
        this.next = next;
      }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Node head = new Node(Integer.MIN_VALUE, null);

    private void insert(int key) {
      lock.lock();
      try {
        Node before = head;
        while (before.next != null && before.next.key < key) {
          before = before.next;
        }
        before.next = new Node(key, before.next);
      } finally {
        lock.unlock();
      }
    }

    @Override
    List<Runnable> threads() {
      List<Runnable> all = new ArrayList<>();
      for (int i = 0; i < COUNT; i++) {
        int key = i * 3 % 5;
        all.add(() -> insert(key));
      }
      return all;
    }
  }

  static final class Big0 extends Litmus {
    private static void write(Cell one, Cell other) {
      for (int value = 1; value <= 3; value++) {
        one.set(value);
        other.set(value);
      }
    }

    @Override
    List<Runnable> threads() {
      return List.of(
          () -> {
            read(x, y, z);
            read(w);
            read(x, y, z);
          },
          () -> read(x, y, z),
          () -> write(x, y),
          () -> write(z, w));
    }
  }

  /** Two threads that touch a hundred elements each, and none that the other does. */
  static final class ManyElements extends Litmus {
    private static final int COUNT = 100;

    private final int[] elements = new int[2 * COUNT];

    private void write(int from) {
      for (int i = 0; i < COUNT; i++) {
        elements[from + i] = i;
      }
    }

    @Override
    List<Runnable> threads() {
      return List.of(() -> write(0), () -> write(COUNT));
    }
  }
}
