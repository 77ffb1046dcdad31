package oversell.corpus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** Guards that are reached by a class or by a handle: each broken and correct. */
public final class Fields {
  private Fields() {}

  /** A field that a handle can change in one step. */
  private abstract static class Handled implements Inventory {
    static final VarHandle HANDLE;
    static final AtomicIntegerFieldUpdater<Handled> UPDATER =
        AtomicIntegerFieldUpdater.newUpdater(Handled.class, "left");

    static {
      try {
        HANDLE = MethodHandles.lookup().findVarHandle(Handled.class, "left", int.class);
      } catch (ReflectiveOperationException impossible) {
        throw new ExceptionInInitializerError(impossible);
      }
    }

    volatile int left;

    Handled(int stock) {
      left = stock;
    }

    abstract boolean swap(int seen, int after);

    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      while (true) {
        int seen = (int) HANDLE.getVolatile(this);
        if (seen < units) {
          return Answer.refused(seen);
        }
        pause.pause();
        if (swap(seen, seen - units)) {
          return new Answer(units, seen - units);
        }
      }
    }

    @Override
    public int stock() {
      return left;
    }
  }

  /** Sets what it should compare and set. */
  public static final class HandleThatSets {
    private HandleThatSets() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Handled(stock) {
                  @Override
                  boolean swap(int seen, int after) {
                    HANDLE.setVolatile(this, after);
                    return true;
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Handled(stock) {
                  @Override
                  boolean swap(int seen, int after) {
                    return HANDLE.compareAndSet(this, seen, after);
                  }
                });
      }
    }
  }

  /** The same with an updater. */
  public static final class UpdaterThatAdds {
    private UpdaterThatAdds() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Handled(stock) {
                  @Override
                  boolean swap(int seen, int after) {
                    UPDATER.addAndGet(this, after - seen);
                    return true;
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Handled(stock) {
                  @Override
                  boolean swap(int seen, int after) {
                    return UPDATER.compareAndSet(this, seen, after);
                  }
                });
      }
    }
  }

  private static final class OfClass {
    private static int left;

    private OfClass() {}

    static void restock(int stock) {
      left = stock;
    }

    static Answer sell(int units, Pause pause) throws InterruptedException {
      if (left < units) {
        return Answer.refused(left);
      }
      pause.pause();
      left -= units;
      return new Answer(units, left);
    }

    static synchronized Answer sellOneByOne(int units, Pause pause) throws InterruptedException {
      return sell(units, pause);
    }
  }

  private abstract static class Branch implements Inventory {
    Branch(int stock) {
      OfClass.restock(stock);
    }

    @Override
    public int stock() {
      return OfClass.left;
    }
  }

  /** A static field, which the monitor of an object does not guard. */
  public static final class StaticLostUpdate {
    private StaticLostUpdate() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Branch(stock) {
                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (new Object()) {
                      return OfClass.sell(units, pause);
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Branch(stock) {
                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return OfClass.sellOneByOne(units, pause);
                  }
                });
      }
    }
  }

  /** Half of the buyers take the monitor of the class, and half that of the object. */
  public static final class ClassAndObject {
    private ClassAndObject() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Branch(stock) {
                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return Thread.currentThread().threadId() % 2 == 0
                        ? OfClass.sellOneByOne(units, pause)
                        : sell(units, pause);
                  }

                  private synchronized Answer sell(int units, Pause pause)
                      throws InterruptedException {
                    return OfClass.sell(units, pause);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Branch(stock) {
                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return Thread.currentThread().threadId() % 2 == 0
                        ? OfClass.sellOneByOne(units, pause)
                        : sell(units, pause);
                  }

                  private Answer sell(int units, Pause pause) throws InterruptedException {
                    synchronized (OfClass.class) {
                      return OfClass.sell(units, pause);
                    }
                  }
                });
      }
    }
  }
}
