package oversell.versus;

import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;

/**
 * The programs of the experiment {@code versus}: sales, programs of SCTBench restated as calls
 * (Thomson, Donaldson and Betts, <a href="https://doi.org/10.1145/2858651">Concurrency Testing
 * Using Controlled Schedulers</a>, 2016), and what people write without a lock. They are public
 * since other tools make them.
 */
public final class Programs {
  private Programs() {}

  /** Two buyers want three units each of a stock of three. */
  public abstract static class Sale extends Operations {
    private final Inventory inventory;

    Sale(InventoryProvider variant) {
      super(2);
      inventory = variant.create(3);
    }

    /** By the loader of this class, which may be one that weaves. */
    static InventoryProvider variant(String name) {
      for (InventoryProvider one :
          ServiceLoader.load(InventoryProvider.class, Sale.class.getClassLoader())) {
        if (one.name().equals(name)) {
          return one;
        }
      }
      throw new IllegalStateException("no inventory is named " + name);
    }

    @Override
    public final Object call(int thread) throws InterruptedException {
      // The pause need not give way to anybody: a tool switches wherever it wants.
      return inventory.purchase(3, () -> {}).sold();
    }

    @Override
    public final Object afterwards() {
      return inventory.stock();
    }
  }

  /** Sells more than there is. */
  public static final class UnlockedSale extends Sale {
    // Looked up once: a tool would run the service loader under its control, too.
    private static final InventoryProvider VARIANT = variant("unlocked");

    /** For tools. */
    public UnlockedSale() {
      super(VARIANT);
    }

    @Override
    protected Operations fresh() {
      return new UnlockedSale();
    }
  }

  /** Is right. */
  public static final class SynchronizedSale extends Sale {
    private static final InventoryProvider VARIANT = variant("synchronized");

    /** For tools. */
    public SynchronizedSale() {
      super(VARIANT);
    }

    @Override
    protected Operations fresh() {
      return new SynchronizedSale();
    }
  }

  /** Is right. */
  public static final class ReentrantLockSale extends Sale {
    private static final InventoryProvider VARIANT = variant("reentrant-lock");

    /** For tools. */
    public ReentrantLockSale() {
      super(VARIANT);
    }

    @Override
    protected Operations fresh() {
      return new ReentrantLockSale();
    }
  }

  /** Counts in two steps: an update can be lost. */
  public static final class Counter extends Operations {
    private volatile int count;

    /** For tools. */
    public Counter() {
      super(2);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public Object call(int thread) {
      count++;
      return "counted";
    }

    @Override
    public Object afterwards() {
      return count;
    }

    @Override
    protected Operations fresh() {
      return new Counter();
    }
  }

  /** Counts in one step; three threads do. */
  public static final class AtomicCounter extends Operations {
    private final AtomicInteger count = new AtomicInteger();

    /** For tools. */
    public AtomicCounter() {
      super(3);
    }

    @Override
    public Object call(int thread) {
      return count.incrementAndGet();
    }

    @Override
    public Object afterwards() {
      return count.get();
    }

    @Override
    protected Operations fresh() {
      return new AtomicCounter();
    }
  }

  /** SCTBench's account, whose withdrawal forgets the lock that the deposit takes. */
  public static final class AccountBad extends Operations {
    private int balance = 1;

    /** For tools. */
    public AccountBad() {
      super(2);
    }

    private synchronized void deposit() {
      balance += 2;
    }

    private void withdraw() {
      balance -= 4;
    }

    @Override
    public Object call(int thread) {
      if (thread == 0) {
        deposit();
      } else {
        withdraw();
      }
      return "done";
    }

    @Override
    public Object afterwards() {
      return balance;
    }

    @Override
    protected Operations fresh() {
      return new AccountBad();
    }
  }

  /** SCTBench's wrong lock: both threads lock, and each another lock. */
  public static final class WrongLockBad extends Operations {
    private final Object lock = new Object();
    private int data;

    /** For tools. */
    public WrongLockBad() {
      super(2);
    }

    @Override
    public Object call(int thread) {
      synchronized (thread == 0 ? lock : this) {
        return ++data;
      }
    }

    @Override
    public Object afterwards() {
      return data;
    }

    @Override
    protected Operations fresh() {
      return new WrongLockBad();
    }
  }

  /** SCTBench's text buffer of the JDK: appends another one, which is cut after it was measured. */
  public static final class StringBufferJdkBad extends Operations {
    private final Text text = new Text("ab");
    private final Text other = new Text("cde");

    /** For tools. */
    public StringBufferJdkBad() {
      super(2);
    }

    /** A text of which each method alone is right. */
    private static final class Text {
      private String value;

      Text(String value) {
        this.value = value;
      }

      synchronized int length() {
        return value.length();
      }

      synchronized String upTo(int end) {
        return value.substring(0, end);
      }

      synchronized void cut(int end) {
        value = value.substring(0, end);
      }

      synchronized void append(Text more) {
        int length = more.length();
        value += more.upTo(length);
      }
    }

    @Override
    public Object call(int thread) {
      if (thread == 0) {
        text.append(other);
      } else {
        other.cut(1);
      }
      return "done";
    }

    @Override
    public Object afterwards() {
      return text.upTo(text.length());
    }

    @Override
    protected Operations fresh() {
      return new StringBufferJdkBad();
    }
  }

  /** SCTBench's two stages: what belongs together is written under two locks, one after another. */
  public static final class TwoStageBad extends Operations {
    private final Object first = new Object();
    private final Object second = new Object();
    private int one;
    private int other;

    /** For tools. */
    public TwoStageBad() {
      super(2);
    }

    @Override
    public Object call(int thread) {
      return thread == 0 ? write() : read();
    }

    private String write() {
      synchronized (first) {
        one = 1;
      }
      synchronized (second) {
        other = one + 1;
      }
      return "written";
    }

    private String read() {
      int seen;
      synchronized (first) {
        seen = one;
      }
      synchronized (second) {
        return seen + " and " + other;
      }
    }

    @Override
    public Object afterwards() {
      return one + other;
    }

    @Override
    protected Operations fresh() {
      return new TwoStageBad();
    }
  }

  /** SCTBench's deadlock: each thread takes the other one's lock second. */
  public static final class Deadlock01Bad extends Operations {
    private final ReentrantLock one = new ReentrantLock();
    private final ReentrantLock other = new ReentrantLock();
    private int moved;

    /** For tools. */
    public Deadlock01Bad() {
      super(2);
    }

    @Override
    public Object call(int thread) {
      ReentrantLock first = thread == 0 ? one : other;
      ReentrantLock second = thread == 0 ? other : one;
      first.lock();
      try {
        second.lock();
        try {
          return ++moved;
        } finally {
          second.unlock();
        }
      } finally {
        first.unlock();
      }
    }

    @Override
    public Object afterwards() {
      return moved;
    }

    @Override
    protected Operations fresh() {
      return new Deadlock01Bad();
    }
  }

  /** The same with both locks in one order: it is right. */
  public static final class Deadlock01Good extends Operations {
    private final ReentrantLock one = new ReentrantLock();
    private final ReentrantLock other = new ReentrantLock();
    private int moved;

    /** For tools. */
    public Deadlock01Good() {
      super(2);
    }

    @Override
    public Object call(int thread) {
      one.lock();
      try {
        other.lock();
        try {
          return ++moved;
        } finally {
          other.unlock();
        }
      } finally {
        one.unlock();
      }
    }

    @Override
    public Object afterwards() {
      return moved;
    }

    @Override
    protected Operations fresh() {
      return new Deadlock01Good();
    }
  }

  /** One element of a stack without a lock. */
  private record Element(int value, @Nullable Element next) {
    static String text(@Nullable Element top) {
      return top == null ? "" : top.value + " " + text(top.next);
    }
  }

  /** A stack whose pop sets the top that it computed, whatever the top is by then. */
  public static final class LockFreeStackBad extends Operations {
    private final AtomicReference<@Nullable Element> top =
        new AtomicReference<>(new Element(1, null));

    /** For tools. */
    public LockFreeStackBad() {
      super(2);
    }

    @Override
    public Object call(int thread) {
      return thread == 0 ? push(2) : pop();
    }

    private String push(int value) {
      Element seen = top.get();
      while (!top.compareAndSet(seen, new Element(value, seen))) {
        seen = top.get();
      }
      return "pushed";
    }

    private int pop() {
      Element seen = top.get();
      if (seen == null) {
        return -1;
      }
      top.set(seen.next());
      return seen.value();
    }

    @Override
    public Object afterwards() {
      return Element.text(top.get());
    }

    @Override
    protected Operations fresh() {
      return new LockFreeStackBad();
    }
  }

  /** Treiber's stack, which is right: two threads push, and a third pops. */
  public static final class LockFreeStackGood extends Operations {
    private final AtomicReference<@Nullable Element> top =
        new AtomicReference<>(new Element(1, null));

    /** For tools. */
    public LockFreeStackGood() {
      super(3);
    }

    @Override
    public Object call(int thread) {
      return thread == 2 ? pop() : push(2 + thread);
    }

    private String push(int value) {
      Element seen = top.get();
      while (!top.compareAndSet(seen, new Element(value, seen))) {
        seen = top.get();
      }
      return "pushed";
    }

    private int pop() {
      Element seen = top.get();
      while (seen != null && !top.compareAndSet(seen, seen.next())) {
        seen = top.get();
      }
      return seen == null ? -1 : seen.value();
    }

    @Override
    public Object afterwards() {
      return Element.text(top.get());
    }

    @Override
    protected Operations fresh() {
      return new LockFreeStackGood();
    }
  }

  /** A queue whose takers look first and then take: two get the same element. */
  public static final class QueueBad extends Operations {
    private final int[] elements = {7, 8};
    private volatile int taken;

    /** For tools. */
    public QueueBad() {
      super(3);
    }

    @Override
    public Object call(int thread) {
      int next = taken;
      if (next == elements.length) {
        return "empty";
      }
      taken = next + 1;
      return elements[next];
    }

    @Override
    public Object afterwards() {
      return taken;
    }

    @Override
    protected Operations fresh() {
      return new QueueBad();
    }
  }
}
