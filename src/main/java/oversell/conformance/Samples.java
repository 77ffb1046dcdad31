package oversell.conformance;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import oversell.explorer.Scenario;

/** The programs whose outcomes are graded; each is named as the sample is. */
final class Samples {
  private Samples() {}

  /** Two results. */
  abstract static class Pair extends Actors {
    int r1;
    int r2;

    @Override
    final String result() {
      return r1 + "," + r2;
    }
  }

  static final class Simple extends Pair {
    private int v;

    @Override
    void actor1() {
      r1 = ++v;
    }

    @Override
    void actor2() {
      r2 = ++v;
    }
  }

  static final class Arbiters extends Actors {
    private int v;

    @Override
    void actor1() {
      v++;
    }

    @Override
    void actor2() {
      v++;
    }

    @Override
    String result() {
      return String.valueOf(v);
    }
  }

  static final class SameRead extends Pair {
    private int a;

    @Override
    void actor1() {
      a = 1;
    }

    @Override
    void actor2() {
      r1 = a;
      r2 = a;
    }
  }

  static final class SameVolatileRead extends Pair {
    private volatile int a;

    @Override
    void actor1() {
      a = 1;
    }

    @Override
    void actor2() {
      r1 = a;
      r2 = a;
    }
  }

  static final class PlainReads extends Pair {
    private int x;
    private int y;

    @Override
    void actor1() {
      x = 1;
      y = 1;
    }

    @Override
    void actor2() {
      r1 = y;
      r2 = x;
    }
  }

  static final class VolatileGuard extends Pair {
    private int x;
    private volatile int y;

    @Override
    void actor1() {
      x = 1;
      y = 1;
    }

    @Override
    void actor2() {
      r1 = y;
      r2 = x;
    }
  }

  static final class LockGuard extends Pair {
    private int x;
    private int y;

    @Override
    void actor1() {
      synchronized (this) {
        x = 1;
        y = 1;
      }
    }

    @Override
    void actor2() {
      synchronized (this) {
        r1 = y;
        r2 = x;
      }
    }
  }

  static final class PlainDekker extends Pair {
    private int x;
    private int y;

    @Override
    void actor1() {
      x = 1;
      r1 = y;
    }

    @Override
    void actor2() {
      y = 1;
      r2 = x;
    }
  }

  static final class VolatileDekker extends Pair {
    private volatile int x;
    private volatile int y;

    @Override
    void actor1() {
      x = 1;
      r1 = y;
    }

    @Override
    void actor2() {
      y = 1;
      r2 = x;
    }
  }

  static final class OutOfThinAir extends Actors {
    private int x;
    private int y;

    @Override
    void actor1() {
      if (x == 1) {
        y = 1;
      }
    }

    @Override
    void actor2() {
      if (y == 1) {
        x = 1;
      }
    }

    @Override
    String result() {
      return x + "," + y;
    }
  }

  /** An object with a number. */
  private static final class Holder {
    private int value;
    private volatile int volatileValue;
  }

  /** Two threads get what a third one takes away. */
  static final class DoubleRead implements Scenario<String> {
    private @Nullable Holder instance;

    private int get() {
      if (instance == null) {
        return -1;
      }
      Holder again = instance;
      return again == null ? -1 : again.value;
    }

    @Override
    public String run() throws InterruptedException {
      Holder made = new Holder();
      made.value = 42;
      instance = made;
      int[] results = new int[2];
      Thread one = Thread.startVirtualThread(() -> results[0] = get());
      Thread other = Thread.startVirtualThread(() -> results[1] = get());
      Thread taker = Thread.startVirtualThread(() -> instance = null);
      one.join();
      other.join();
      taker.join();
      return results[0] + "," + results[1];
    }
  }

  /** Two threads write, and two read both in different order. */
  static final class IndependentReads implements Scenario<String> {
    private volatile int x;
    private volatile int y;

    @Override
    public String run() throws InterruptedException {
      int[] results = new int[4];
      Thread[] all = {
        Thread.startVirtualThread(() -> x = 1),
        Thread.startVirtualThread(() -> y = 1),
        Thread.startVirtualThread(
            () -> {
              results[0] = x;
              results[1] = y;
            }),
        Thread.startVirtualThread(
            () -> {
              results[2] = y;
              results[3] = x;
            })
      };
      for (Thread thread : all) {
        thread.join();
      }
      return results[0] + "," + results[1] + "," + results[2] + "," + results[3];
    }
  }

  static final class Atomics extends Actors {
    private static final int TURNS = 5;

    private final AtomicInteger count = new AtomicInteger();

    private void add() {
      for (int i = 0; i < TURNS; i++) {
        count.incrementAndGet();
      }
    }

    @Override
    void actor1() {
      add();
    }

    @Override
    void actor2() {
      add();
    }

    @Override
    String result() {
      return String.valueOf(count.get());
    }
  }

  static final class VolatileHolder extends Actors {
    private volatile @Nullable Holder holder;
    private int r;

    @Override
    void actor1() {
      Holder made = new Holder();
      made.value = 42;
      holder = made;
    }

    @Override
    void actor2() {
      Holder found = holder;
      r = found == null ? -1 : found.value;
    }

    @Override
    String result() {
      return String.valueOf(r);
    }
  }

  static final class VolatileValue extends Actors {
    private @Nullable Holder holder;
    private int r;

    @Override
    void actor1() {
      Holder made = new Holder();
      made.volatileValue = 42;
      holder = made;
    }

    @Override
    void actor2() {
      Holder found = holder;
      r = found == null ? -1 : found.volatileValue;
    }

    @Override
    String result() {
      return String.valueOf(r);
    }
  }

  /** Four fields. */
  private static final class Four {
    private int a;
    private int b;
    private int c;
    private int d;

    static Four made() {
      Four made = new Four();
      made.a = 1;
      made.b = 1;
      made.c = 1;
      made.d = 1;
      return made;
    }

    static int sum(@Nullable Four found) {
      return found == null ? -1 : found.a + found.b + found.c + found.d;
    }
  }

  static final class SemiSynchronized extends Actors {
    private @Nullable Four four;
    private int r;

    @Override
    void actor1() {
      synchronized (this) {
        four = Four.made();
      }
    }

    @Override
    void actor2() {
      r = Four.sum(four);
    }

    @Override
    String result() {
      return String.valueOf(r);
    }
  }

  static final class Synchronized extends Actors {
    private @Nullable Four four;
    private int r;

    @Override
    void actor1() {
      synchronized (this) {
        four = Four.made();
      }
    }

    @Override
    void actor2() {
      synchronized (this) {
        r = Four.sum(four);
      }
    }

    @Override
    String result() {
      return String.valueOf(r);
    }
  }

  static final class Volatiles extends Actors {
    private int x;
    private volatile int b;
    private int y;
    private int r1;
    private int r2;
    private int r3;

    @Override
    void actor1() {
      x = 1;
      b = 1;
      y = 1;
    }

    @Override
    void actor2() {
      r1 = y;
      r2 = b;
      r3 = x;
    }

    @Override
    String result() {
      return r1 + "," + r2 + "," + r3;
    }
  }

  static final class SynchronizedMutex extends Pair {
    private int v;

    @Override
    void actor1() {
      synchronized (this) {
        r1 = ++v;
      }
    }

    @Override
    void actor2() {
      synchronized (this) {
        r2 = ++v;
      }
    }
  }

  static final class LockMutex extends Pair {
    private final ReentrantLock lock = new ReentrantLock();
    private int v;

    private int add() {
      lock.lock();
      try {
        return ++v;
      } finally {
        lock.unlock();
      }
    }

    @Override
    void actor1() {
      r1 = add();
    }

    @Override
    void actor2() {
      r2 = add();
    }
  }

  static final class SemaphoreMutex extends Pair {
    private final Semaphore permit = new Semaphore(1);
    private int v;

    private int add() {
      permit.acquireUninterruptibly();
      try {
        return ++v;
      } finally {
        permit.release();
      }
    }

    @Override
    void actor1() {
      r1 = add();
    }

    @Override
    void actor2() {
      r2 = add();
    }
  }

  static final class Spin extends Pair {
    private final AtomicBoolean taken = new AtomicBoolean();
    private int v;

    private int add() {
      while (!taken.compareAndSet(false, true)) {
        Thread.onSpinWait();
      }
      int added = ++v;
      taken.set(false);
      return added;
    }

    @Override
    void actor1() {
      r1 = add();
    }

    @Override
    void actor2() {
      r2 = add();
    }
  }

  static final class Peterson extends Pair {
    private volatile boolean wants1;
    private volatile boolean wants2;
    private volatile int turn = 1;
    private int v;

    @Override
    void actor1() {
      wants1 = true;
      turn = 2;
      while (wants2 && turn == 2) {
        Thread.onSpinWait();
      }
      r1 = ++v;
      wants1 = false;
    }

    @Override
    void actor2() {
      wants2 = true;
      turn = 1;
      while (wants1 && turn == 1) {
        Thread.onSpinWait();
      }
      r2 = ++v;
      wants2 = false;
    }
  }

  static final class Dekker extends Pair {
    private volatile boolean wants1;
    private volatile boolean wants2;
    private volatile int turn = 1;
    private int v;

    @Override
    void actor1() {
      wants1 = true;
      while (wants2) {
        if (turn != 1) {
          wants1 = false;
          while (turn != 1) {
            Thread.onSpinWait();
          }
          wants1 = true;
        }
      }
      r1 = ++v;
      turn = 2;
      wants1 = false;
    }

    @Override
    void actor2() {
      wants2 = true;
      while (wants1) {
        if (turn != 2) {
          wants2 = false;
          while (turn != 2) {
            Thread.onSpinWait();
          }
          wants2 = true;
        }
      }
      r2 = ++v;
      turn = 1;
      wants2 = false;
    }
  }

  static final class Strong extends Actors {
    private final AtomicInteger v = new AtomicInteger();
    private boolean r1;
    private boolean r2;

    @Override
    void actor1() {
      r1 = v.compareAndSet(0, 1);
    }

    @Override
    void actor2() {
      r2 = v.compareAndSet(0, 1);
    }

    @Override
    String result() {
      return sign(r1) + "," + sign(r2);
    }
  }

  static final class AcquireOnSuccess extends Pair {
    private final AtomicInteger g = new AtomicInteger();
    private int x;

    @Override
    void actor1() {
      x = 1;
      g.set(1);
    }

    @Override
    void actor2() {
      r1 = g.compareAndSet(1, 0) ? 1 : 0;
      r2 = x;
    }
  }

  /** Two threads take a flag that is up at first. */
  abstract static class CheckThenReact extends Actors {
    private boolean r1;
    private boolean r2;

    abstract boolean take();

    @Override
    final void actor1() {
      r1 = take();
    }

    @Override
    final void actor2() {
      r2 = take();
    }

    @Override
    final String result() {
      return sign(r1) + "," + sign(r2);
    }
  }

  static final class Racy extends CheckThenReact {
    private boolean flag = true;

    @Override
    boolean take() {
      if (flag) {
        flag = false;
        return true;
      }
      return false;
    }
  }

  static final class Sync extends CheckThenReact {
    private boolean flag = true;

    @Override
    synchronized boolean take() {
      if (flag) {
        flag = false;
        return true;
      }
      return false;
    }
  }

  static final class Atomic extends CheckThenReact {
    private final AtomicBoolean flag = new AtomicBoolean(true);

    @Override
    boolean take() {
      return flag.get() && flag.compareAndSet(true, false);
    }
  }

  static final class DoubleCheckedLocking extends Actors {
    private volatile @Nullable String instance;
    private @Nullable String r1;
    private @Nullable String r2;

    private String get(String made) {
      String found = instance;
      if (found == null) {
        synchronized (this) {
          found = instance;
          if (found == null) {
            found = made;
            instance = found;
          }
        }
      }
      return found;
    }

    @Override
    void actor1() {
      r1 = get("d1");
    }

    @Override
    void actor2() {
      r2 = get("d2");
    }

    @Override
    String result() {
      return r1 + "," + r2;
    }
  }
}
