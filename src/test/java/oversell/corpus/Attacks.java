package oversell.corpus;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Vector;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** Programs that once got a false proof, found by reading the explorer's code. */
public final class Attacks {
  private Attacks() {}

  /** The argument of a superclass' constructor sets a field of another object. */
  public static final class WriteBeforeSuper {
    private WriteBeforeSuper() {}

    private static final class Shelf {
      int left;
    }

    private static class Base {
      Base(int left) {}
    }

    private static final class Sale extends Base {
      Sale(Shelf shelf, int left) {
        super(shelf.left = left);
      }
    }

    private static Cell cell(int stock) {
      Shelf shelf = new Shelf();
      shelf.left = stock;
      return new Cell(() -> shelf.left, left -> new Sale(shelf, left));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** An interface of its own is implemented by what a class inherits of the JDK. */
  public static final class InterfaceOfAnAtomic {
    private InterfaceOfAnAtomic() {}

    private interface Shelf {
      int get();

      void set(int left);
    }

    private static final class AtomicShelf extends AtomicInteger implements Shelf {
      private static final long serialVersionUID = 1L;

      AtomicShelf(int stock) {
        super(stock);
      }
    }

    private static Cell cell(int stock) {
      Shelf shelf = new AtomicShelf(stock);
      return new Cell(() -> shelf.get(), left -> shelf.set(left));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** An interface of its own is implemented by what a class inherits of a list. */
  public static final class InterfaceOfAList {
    private InterfaceOfAList() {}

    private interface Shelf {
      int size();

      Object remove(int index);
    }

    private static final class ListShelf extends ArrayList<Object> implements Shelf {
      private static final long serialVersionUID = 1L;
    }

    private static Cell cell(int stock) {
      ListShelf list = new ListShelf();
      for (int i = 0; i < stock; i++) {
        list.add(i);
      }
      Shelf shelf = list;
      return new Cell(
          () -> shelf.size(),
          left -> {
            shelf.remove(0);
            shelf.remove(0);
            shelf.remove(0);
          });
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A class reads a field that it inherits from a list of the JDK. */
  public static final class FieldOfASuperclass {
    private FieldOfASuperclass() {}

    private static final class Sales extends ArrayList<Object> {
      private static final long serialVersionUID = 1L;

      int changes() {
        return modCount;
      }
    }

    private static Cell cell(int stock) {
      Sales sales = new Sales();
      return new Cell(
          () -> stock - sales.changes(),
          left -> {
            while (stock - sales.size() > left) {
              sales.add(left);
            }
          });
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A class reads a field that it inherits from a vector. */
  public static final class FieldOfAVector {
    private FieldOfAVector() {}

    private static final class Sales extends Vector<Object> {
      private static final long serialVersionUID = 1L;

      int count() {
        return elementCount;
      }
    }

    private static Cell cell(int stock) {
      Sales sales = new Sales();
      return new Cell(
          () -> stock - sales.count(),
          left -> {
            for (int i = 0; i < 3; i++) {
              sales.add(left);
            }
          });
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A function is inherited from a class that knows nothing of the interface. */
  public static final class ReturnOfAnInheritedFunction {
    private ReturnOfAnInheritedFunction() {}

    private static class Closing {
      volatile boolean closed;
      volatile int calls;

      public int applyAsInt(int left) {
        boolean no = closed;
        return no || left < 3 ? left : left - 3;
      }
    }

    private static final class Sell extends Closing implements IntUnaryOperator {}

    private static Inventory shop(int stock, boolean right) {
      return new Inventory() {
        int left = stock;

        private final AtomicInteger shelf = new AtomicInteger(stock);
        private final Sell sell = new Sell();
        private final AtomicInteger turn = new AtomicInteger();

        @Override
        public Answer purchase(int units, Pause pause) {
          if (turn.getAndIncrement() == 0) {
            sell.closed = true;
            int seen = shelf.get();
            if (right) {
              return Answer.refused(seen);
            }
            if (seen == 5) {
              shelf.addAndGet(0);
              sell.calls = 1;
              return new Answer(3, 2);
            }
            return Answer.refused(seen);
          }
          int before = shelf.getAndUpdate(sell);
          return shelf.get() == 2 ? new Answer(3, 2) : Answer.refused(5);
        }

        private Answer take(int units) {
          int seen = left;
          if (seen < units) {
            return Answer.refused(seen);
          }
          left = seen - units;
          return new Answer(units, seen - units);
        }

        @Override
        public int stock() {
          return right ? shelf.get() : 2;
        }
      };
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> shop(stock, false));
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> shop(stock, true));
      }
    }
  }

  /** The same: it is known before its field is set. */
  public static final class StackTraceOfANote {
    private StackTraceOfANote() {}

    private static class Note extends RuntimeException {
      private static final long serialVersionUID = 1L;
      static volatile Note last;
      int ready;

      Note() {
        super("x");
        ready = 1;
      }
    }

    private static final class Known extends Note {
      private static final long serialVersionUID = 1L;

      @Override
      public Throwable fillInStackTrace() {
        last = this;
        return this;
      }
    }

    private static Inventory shop(int stock, boolean right) {
      return new Inventory() {
        int left = stock;

        @Override
        public Answer purchase(int units, Pause pause) {
          Note known = Note.last;
          if (known == null) {
            new Known();
            return Answer.refused(5);
          }
          return known.ready == 0 && !right ? new Answer(6, 0) : Answer.refused(5);
        }

        private Answer take(int units) {
          int seen = left;
          if (seen < units) {
            return Answer.refused(seen);
          }
          left = seen - units;
          return new Answer(units, seen - units);
        }

        @Override
        public int stock() {
          return left;
        }
      };
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> shop(stock, false));
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> shop(stock, true));
      }
    }
  }

  /** A park that has a limit uses up the permit. */
  public static final class PermitOfATimedPark {
    private PermitOfATimedPark() {}

    private static Inventory shop(int stock, boolean right) {
      return new Inventory() {
        int left = stock;

        private final AtomicInteger turn = new AtomicInteger();

        @Override
        public Answer purchase(int units, Pause pause) throws InterruptedException {
          if (turn.getAndIncrement() == 0) {
            Thread me = Thread.currentThread();
            AtomicBoolean done = new AtomicBoolean();
            Thread other =
                Thread.ofVirtual()
                    .start(
                        () -> {
                          done.set(true);
                          LockSupport.unpark(me);
                        });
            LockSupport.parkNanos(1000);
            if (right) {
              while (!done.get()) {
                LockSupport.park();
              }
            } else {
              LockSupport.park();
            }
            other.join();
          }
          return Answer.refused(5);
        }

        private Answer take(int units) {
          int seen = left;
          if (seen < units) {
            return Answer.refused(seen);
          }
          left = seen - units;
          return new Answer(units, seen - units);
        }

        @Override
        public int stock() {
          return left;
        }
      };
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> shop(stock, false));
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> shop(stock, true));
      }
    }
  }

  /** A string is concatenated of an object and a list. */
  public static final class TextOfTwo {
    private TextOfTwo() {}

    private static final class Front {
      volatile int units = 3;

      @Override
      public String toString() {
        return "" + units + ",";
      }
    }

    private static Inventory shop(int stock, boolean right) {
      return new Inventory() {
        int left = stock;

        private final Front front = new Front();
        private final List<Integer> back = new ArrayList<>(List.of(2));
        private final AtomicInteger turn = new AtomicInteger();

        @Override
        public Answer purchase(int units, Pause pause) {
          if (turn.getAndIncrement() == 0) {
            front.units = 2;
            back.set(0, 3);
            return Answer.refused(5);
          }
          String all = right ? "2,[3]" : "" + front + back;
          return all.equals("3,[3]") ? new Answer(6, 0) : Answer.refused(5);
        }

        private Answer take(int units) {
          int seen = left;
          if (seen < units) {
            return Answer.refused(seen);
          }
          left = seen - units;
          return new Answer(units, seen - units);
        }

        @Override
        public int stock() {
          return left;
        }
      };
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> shop(stock, false));
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> shop(stock, true));
      }
    }
  }

  /** A switch over an enum with a case for null. */
  public static final class SwitchWithNull {
    private SwitchWithNull() {}

    enum Way {
      FAST,
      SLOW;
      int uses;
    }

    private static Inventory shop(int stock, boolean right) {
      return new Inventory() {
        int left = stock;
        private final Way way = right ? Way.SLOW : Way.FAST;

        @Override
        public Answer purchase(int units, Pause pause) {
          return switch (way) {
            case null -> Answer.refused(left);
            case FAST -> take(units);
            default -> {
              synchronized (this) {
                yield take(units);
              }
            }
          };
        }

        private Answer take(int units) {
          int seen = left;
          if (seen < units) {
            return Answer.refused(seen);
          }
          left = seen - units;
          return new Answer(units, seen - units);
        }

        @Override
        public int stock() {
          return left;
        }
      };
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> shop(stock, false));
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> shop(stock, true));
      }
    }
  }

  /** A switch over a sealed interface with constants of an enum. */
  public static final class PatternOverAnEnum {
    private PatternOverAnEnum() {}

    sealed interface Way permits Ways {}

    enum Ways implements Way {
      FAST,
      SLOW;
      int uses;
    }

    private static Inventory shop(int stock, boolean right) {
      return new Inventory() {
        int left = stock;

        private final Way way = right ? Ways.SLOW : Ways.FAST;

        @Override
        public Answer purchase(int units, Pause pause) {
          return switch (way) {
            case Ways.FAST -> take(units);
            case Ways.SLOW -> {
              synchronized (this) {
                yield take(units);
              }
            }
          };
        }

        private Answer take(int units) {
          int seen = left;
          if (seen < units) {
            return Answer.refused(seen);
          }
          left = seen - units;
          return new Answer(units, seen - units);
        }

        @Override
        public int stock() {
          return left;
        }
      };
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> shop(stock, false));
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> shop(stock, true));
      }
    }
  }

  /** A constant of an enum keeps the thread that made it. */
  public static final class ConstantOfAThread {
    private ConstantOfAThread() {}

    enum Maker {
      ONLY;
      final Thread thread = Thread.currentThread();
    }

    private static Inventory shop(int stock, boolean right) {
      return new Inventory() {
        int left = stock;

        @Override
        public Answer purchase(int units, Pause pause) {
          if (!right && Maker.ONLY.thread == Thread.currentThread()) {
            return take(units);
          }

          synchronized (this) {
            return take(units);
          }
        }

        private Answer take(int units) {
          int seen = left;
          if (seen < units) {
            return Answer.refused(seen);
          }
          left = seen - units;
          return new Answer(units, seen - units);
        }

        @Override
        public int stock() {
          return left;
        }
      };
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> shop(stock, false));
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> shop(stock, true));
      }
    }
  }

  /** The body of a constant of an enum does something when it is made. */
  public static final class BodyOfAConstant {
    private BodyOfAConstant() {}

    static final class Uses {
      static int uses;
    }

    enum Way {
      ONLY {
        {
          Uses.uses = 1;
        }
      };
    }

    private static Inventory shop(int stock, boolean right) {
      return new Inventory() {
        int left = stock;

        @Override
        public Answer purchase(int units, Pause pause) {
          boolean first = Way.ONLY.ordinal() == 0 && Uses.uses == 1;
          if (!right && first) {
            return take(units);
          }
          synchronized (this) {
            return take(units);
          }
        }

        private Answer take(int units) {
          int seen = left;
          if (seen < units) {
            return Answer.refused(seen);
          }
          left = seen - units;
          return new Answer(units, seen - units);
        }

        @Override
        public int stock() {
          return left;
        }
      };
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> shop(stock, false));
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> shop(stock, true));
      }
    }
  }

  /** A class is initialised by its name, with a loader. */
  public static final class ForNameOfThree {
    private ForNameOfThree() {}

    static final class Uses {
      static int uses;
    }

    static final class Late {
      static {
        Uses.uses++;
      }

      static int other;
    }

    static boolean load() {
      try {
        Class.forName(
            "oversell.corpus.Attacks$ForNameOfThree$Late", true, Uses.class.getClassLoader());
        return true;
      } catch (ClassNotFoundException x) {
        return false;
      }
    }

    private static Inventory shop(int stock, boolean right) {
      return new Inventory() {
        int left = stock;

        @Override
        public Answer purchase(int units, Pause pause) {
          if (!right && load() && Uses.uses > 0) {
            return take(units);
          }

          synchronized (this) {
            return take(units);
          }
        }

        private Answer take(int units) {
          int seen = left;
          if (seen < units) {
            return Answer.refused(seen);
          }
          left = seen - units;
          return new Answer(units, seen - units);
        }

        @Override
        public int stock() {
          return left;
        }
      };
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> shop(stock, false));
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> shop(stock, true));
      }
    }
  }

  /** A class is initialised by a lookup. */
  public static final class EnsureInitialized {
    private EnsureInitialized() {}

    static final class Uses {
      static int uses;
    }

    static final class Late {
      static {
        Uses.uses++;
      }

      static int other;
    }

    static boolean load() {
      try {
        MethodHandles.lookup().ensureInitialized(Late.class);
        return true;
      } catch (IllegalAccessException x) {
        return false;
      }
    }

    private static Inventory shop(int stock, boolean right) {
      return new Inventory() {
        int left = stock;

        @Override
        public Answer purchase(int units, Pause pause) {
          if (!right && load() && Uses.uses > 0) {
            return take(units);
          }

          synchronized (this) {
            return take(units);
          }
        }

        private Answer take(int units) {
          int seen = left;
          if (seen < units) {
            return Answer.refused(seen);
          }
          left = seen - units;
          return new Answer(units, seen - units);
        }

        @Override
        public int stock() {
          return left;
        }
      };
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> shop(stock, false));
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> shop(stock, true));
      }
    }
  }

  /** A class initialises an interface of it that has a method with a body. */
  public static final class DefaultOfAnInterface {
    private DefaultOfAnInterface() {}

    static final class Uses {
      static int uses;

      static int use() {
        return ++uses;
      }
    }

    interface Base {
      int FIRST = Uses.use();

      default int any() {
        return 1;
      }
    }

    static final class Late implements Base {
      static int seen = Uses.uses;
    }

    private static Inventory shop(int stock, boolean right) {
      return new Inventory() {
        int left = stock;

        @Override
        public Answer purchase(int units, Pause pause) {
          if (!right && Late.seen > 0) {
            return take(units);
          }

          synchronized (this) {
            return take(units);
          }
        }

        private Answer take(int units) {
          int seen = left;
          if (seen < units) {
            return Answer.refused(seen);
          }
          left = seen - units;
          return new Answer(units, seen - units);
        }

        @Override
        public int stock() {
          return left;
        }
      };
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> shop(stock, false));
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> shop(stock, true));
      }
    }
  }

  /** A class initialises a superclass of its superclass. */
  public static final class FarSuperclass {
    private FarSuperclass() {}

    static final class Uses {
      static int uses;

      static int use() {
        return ++uses;
      }
    }

    static class Base {
      static int first = Uses.use();
    }

    static class Middle extends Base {
      int nothing;
    }

    static final class Late extends Middle {
      static int seen = Uses.uses;
    }

    private static Inventory shop(int stock, boolean right) {
      return new Inventory() {
        int left = stock;

        @Override
        public Answer purchase(int units, Pause pause) {
          if (!right && Late.seen > 0) {
            return take(units);
          }

          synchronized (this) {
            return take(units);
          }
        }

        private Answer take(int units) {
          int seen = left;
          if (seen < units) {
            return Answer.refused(seen);
          }
          left = seen - units;
          return new Answer(units, seen - units);
        }

        @Override
        public int stock() {
          return left;
        }
      };
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> shop(stock, false));
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> shop(stock, true));
      }
    }
  }

  /** An interface uses what its outer class keeps to itself. */
  public static final class InterfaceOfTheOuter {
    private InterfaceOfTheOuter() {}

    private static int uses;

    private static int use() {
      return ++uses;
    }

    interface Inner {
      int FIRST = use();
    }

    private static Inventory shop(int stock, boolean right) {
      return new Inventory() {
        int left = stock;

        @Override
        public Answer purchase(int units, Pause pause) {
          if (!right && Inner.FIRST > 0) {
            return take(units);
          }
          int any = Inner.FIRST;
          synchronized (this) {
            return take(units);
          }
        }

        private Answer take(int units) {
          int seen = left;
          if (seen < units) {
            return Answer.refused(seen);
          }
          left = seen - units;
          return new Answer(units, seen - units);
        }

        @Override
        public int stock() {
          return left;
        }
      };
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> shop(stock, false));
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> shop(stock, true));
      }
    }
  }

  /** Methods are found by their annotations, and one is synchronized. */
  public static final class AnnotatedMethods {
    private AnnotatedMethods() {}

    @Retention(RetentionPolicy.RUNTIME)
    @interface Sells {}

    public static final class Seller {
      int left;

      Seller(int left) {
        this.left = left;
      }

      @Sells
      public synchronized Answer guarded(int units) {
        return take(units);
      }

      public Answer unguarded(int units) {
        return take(units);
      }

      private Answer take(int units) {
        int seen = left;
        if (seen < units) {
          return Answer.refused(seen);
        }
        left = seen - units;
        return new Answer(units, seen - units);
      }
    }

    private static Inventory shop(int stock, boolean right) {
      Seller seller = new Seller(stock);
      Method found = null;
      for (Method method : Seller.class.getMethods()) {
        if (right
            ? method.isAnnotationPresent(Sells.class)
            : method.getName().equals("unguarded")) {
          found = method;
        }
      }
      Method sell = found;
      return new Inventory() {
        @Override
        public Answer purchase(int units, Pause pause) {
          try {
            return (Answer) sell.invoke(seller, units);
          } catch (ReflectiveOperationException x) {
            throw new IllegalStateException(x);
          }
        }

        @Override
        public int stock() {
          return seller.left;
        }
      };
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> shop(stock, false));
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> shop(stock, true));
      }
    }
  }

  /** The constants of an enum, by a set of them, are used for the first time. */
  public static final class SetOfAnEnum {
    private SetOfAnEnum() {}

    enum Way {
      ONLY;
      boolean used;
    }

    private static boolean isFirst() {
      boolean first = true;
      for (Way way : EnumSet.allOf(Way.class)) {
        first &= !way.used;
        way.used = true;
      }
      return first;
    }

    private static Inventory shop(int stock, boolean right) {
      return new Inventory() {
        int left = stock;

        @Override
        public Answer purchase(int units, Pause pause) {
          if (!right && isFirst()) {
            return take(units);
          }
          synchronized (this) {
            return take(units);
          }
        }

        private Answer take(int units) {
          int seen = left;
          if (seen < units) {
            return Answer.refused(seen);
          }
          left = seen - units;
          return new Answer(units, seen - units);
        }

        @Override
        public int stock() {
          return left;
        }
      };
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> shop(stock, false));
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> shop(stock, true));
      }
    }
  }
}
