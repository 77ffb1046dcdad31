package oversell.corpus;

import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** State of classes, which is there once, and what happens while they are initialised. */
public final class Statics {
  private Statics() {}

  /** The stock is a static field that the program does not reset. */
  public static final class StaticShelf {
    private StaticShelf() {}

    private static int shelf = 5;

    private static Answer take(int units, Pause pause) throws InterruptedException {
      int seen = shelf;
      if (seen < units) {
        return Answer.refused(seen);
      }
      pause.pause();
      shelf = seen - units;
      return new Answer(units, seen - units);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Inventory() {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return take(units, pause);
                  }

                  @Override
                  public int stock() {
                    return shelf;
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Inventory() {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (StaticShelf.class) {
                      return take(units, pause);
                    }
                  }

                  @Override
                  public int stock() {
                    return shelf;
                  }
                });
      }
    }
  }

  /** The stock is an element of an array that is a constant. */
  public static final class StaticArray {
    private StaticArray() {}

    private static final int[] SHELF = {5};

    private static Answer take(int units) {
      int seen = SHELF[0];
      if (seen < units) {
        return Answer.refused(seen);
      }
      SHELF[0] = seen - units;
      return new Answer(units, seen - units);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Inventory() {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return take(units);
                  }

                  @Override
                  public int stock() {
                    return SHELF[0];
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Inventory() {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (StaticArray.class) {
                      return take(units);
                    }
                  }

                  @Override
                  public int stock() {
                    return SHELF[0];
                  }
                });
      }
    }
  }

  /** The stock is in a constant map. */
  public static final class StaticMap {
    private StaticMap() {}

    private static final Map<String, Integer> SHELF = new HashMap<>(Map.of("book", 5));

    private static Answer take(int units) {
      int seen = SHELF.get("book");
      if (seen < units) {
        return Answer.refused(seen);
      }
      SHELF.put("book", seen - units);
      return new Answer(units, seen - units);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Inventory() {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return take(units);
                  }

                  @Override
                  public int stock() {
                    return SHELF.get("book");
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Inventory() {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (SHELF) {
                      return take(units);
                    }
                  }

                  @Override
                  public int stock() {
                    return SHELF.get("book");
                  }
                });
      }
    }
  }

  /** The stock is in a constant of an interface. */
  public static final class ConstantOfAnInterface {
    private ConstantOfAnInterface() {}

    private interface Shelves {
      List<Integer> SHELF = new ArrayList<>(List.of(5));
    }

    private static Answer take(int units) {
      int seen = Shelves.SHELF.get(0);
      if (seen < units) {
        return Answer.refused(seen);
      }
      Shelves.SHELF.set(0, seen - units);
      return new Answer(units, seen - units);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Inventory() {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return take(units);
                  }

                  @Override
                  public int stock() {
                    return Shelves.SHELF.get(0);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Inventory() {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (Shelves.SHELF) {
                      return take(units);
                    }
                  }

                  @Override
                  public int stock() {
                    return Shelves.SHELF.get(0);
                  }
                });
      }
    }
  }

  /** The stock is a field of the only constant of an enum. */
  public static final class EnumSingleton {
    private EnumSingleton() {}

    private enum Shelf {
      ONLY;

      private int left = 5;

      Answer take(int units) {
        int seen = left;
        if (seen < units) {
          return Answer.refused(seen);
        }
        left = seen - units;
        return new Answer(units, seen - units);
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Inventory() {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return Shelf.ONLY.take(units);
                  }

                  @Override
                  public int stock() {
                    return Shelf.ONLY.left;
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Inventory() {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (Shelf.ONLY) {
                      return Shelf.ONLY.take(units);
                    }
                  }

                  @Override
                  public int stock() {
                    return Shelf.ONLY.left;
                  }
                });
      }
    }
  }

  /** A static lock is made by the first buyer. */
  public static final class LazyLock {
    private LazyLock() {}

    private static Object lock;

    private static Object lock() {
      if (lock == null) {
        lock = new Object();
      }
      return lock;
    }

    private static synchronized Object guardedLock() {
      return lock();
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (lock()) {
                      return sell(units, pause);
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
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (guardedLock()) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** A static map has a lock for each article, which is made by the first buyer. */
  public static final class LazyMapOfLocks {
    private LazyMapOfLocks() {}

    private static final Map<String, Object> LOCKS = new ConcurrentHashMap<>();

    private static Object lockOf(String article) {
      Object lock = LOCKS.get(article);
      if (lock == null) {
        lock = new Object();
        LOCKS.put(article, lock);
      }
      return lock;
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (lockOf("book")) {
                      return sell(units, pause);
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
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (LOCKS.computeIfAbsent("book", any -> new Object())) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** The lock is a constant of a class that is loaded when it is needed. */
  public static final class HolderOfALock {
    private HolderOfALock() {}

    private static volatile Object lock;

    private static Object lock() {
      Object found = lock;
      if (found == null) {
        found = new Object();
        lock = found;
      }
      return found;
    }

    private static final class Holder {
      static final Object LOCK = new Object();
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (lock()) {
                      return sell(units, pause);
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
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (Holder.LOCK) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** A lock is there for all before it knows its shelf. */
  public static final class DoubleCheckedLocking {
    private DoubleCheckedLocking() {}

    private static final class Shelf {
      private int[] left;
    }

    private abstract static class Lazy implements Inventory {
      private final int[] units;
      private volatile Shelf shelf;

      Lazy(int stock) {
        units = new int[] {stock};
      }

      final Answer shelf(int wanted, Pause pause) throws InterruptedException {
        if (shelf == null) {
          synchronized (this) {
            if (shelf == null) {
              shelf = new Shelf();
              shelf.left = units;
            }
          }
        }
        return take(wanted, pause);
      }

      final Answer rightShelf(int wanted, Pause pause) throws InterruptedException {
        if (shelf == null) {
          synchronized (this) {
            if (shelf == null) {
              Shelf made = new Shelf();
              made.left = units;
              shelf = made;
            }
          }
        }
        return take(wanted, pause);
      }

      private Answer take(int wanted, Pause pause) throws InterruptedException {
        synchronized (shelf) {
          int seen = shelf.left[0];
          if (seen < wanted) {
            return Answer.refused(seen);
          }
          pause.pause();
          shelf.left[0] = seen - wanted;
          return new Answer(wanted, seen - wanted);
        }
      }

      @Override
      public final int stock() {
        return units[0];
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Lazy(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return shelf(units, pause);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Lazy(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return rightShelf(units, pause);
                  }
                });
      }
    }
  }

  /** A slip is read after it was given back to a static pool. */
  public static final class PoolOfSlips {
    private PoolOfSlips() {}

    private static final Deque<Slip> POOL = new ConcurrentLinkedDeque<>();

    private static final class Slip {
      private int sold;

      static Slip borrow() {
        Slip slip = POOL.poll();
        return slip == null ? new Slip() : slip;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Slip slip = Slip.borrow();
                    synchronized (this) {
                      slip.sold = sell(units, pause).sold();
                    }
                    POOL.push(slip);
                    return new Answer(slip.sold, 0);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Slip slip = Slip.borrow();
                    synchronized (this) {
                      slip.sold = sell(units, pause).sold();
                    }
                    int sold = slip.sold;
                    POOL.push(slip);
                    return new Answer(sold, 0);
                  }
                });
      }
    }
  }

  /** The first two buyers find no lock in a static pool, and make one each. */
  public static final class PoolThatFills {
    private PoolThatFills() {}

    private static final Deque<Object> POOL = new ConcurrentLinkedDeque<>();

    private static Object lock() {
      Object lock = POOL.peek();
      if (lock == null) {
        lock = new Object();
        POOL.add(lock);
      }
      return lock;
    }

    private static synchronized Object guardedLock() {
      return lock();
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (lock()) {
                      return sell(units, pause);
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
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (guardedLock()) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** The first two calls in the life of a class are not guarded. */
  public static final class CounterOfCalls {
    private CounterOfCalls() {}

    private static final AtomicInteger CALLS = new AtomicInteger();

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (CALLS.getAndIncrement() < 2) {
                      return sell(units, pause);
                    }
                    synchronized (this) {
                      return sell(units, pause);
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
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    CALLS.getAndIncrement();
                    synchronized (this) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** A static flag says that the first call was made, and only that one is not guarded. */
  public static final class WarmedUp {
    private WarmedUp() {}

    static volatile boolean warm;

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (!warm) {
                      Answer answer = sell(units, pause);
                      warm = true;
                      return answer;
                    }
                    synchronized (this) {
                      return sell(units, pause);
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
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      Answer answer = sell(units, pause);
                      warm = true;
                      return answer;
                    }
                  }
                });
      }
    }
  }

  /** The initialisers of two classes need each other, and each buyer begins with another one. */
  public static final class InitialisersThatWait {
    private InitialisersThatWait() {}

    private static int priceOf(int other) {
      return other + 1;
    }

    private static final class Book {
      static final int PRICE = priceOf(Shipping.PRICE);
    }

    private static final class Shipping {
      static final int PRICE = priceOf(Book.PRICE);
    }

    private static final class Prices {
      static final int BOOK = priceOf(0);
      static final int SHIPPING = priceOf(BOOK);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final AtomicInteger turns = new AtomicInteger();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int price = turns.getAndIncrement() == 0 ? Book.PRICE : Shipping.PRICE;
                    synchronized (this) {
                      return price < 0 ? Answer.refused(stock) : sell(units, pause);
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
                new Shop(stock) {
                  private final AtomicInteger turns = new AtomicInteger();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int price = turns.getAndIncrement() == 0 ? Prices.BOOK : Prices.SHIPPING;
                    synchronized (this) {
                      return price < 0 ? Answer.refused(stock) : sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** A buyer that begins with the other class finds a lock that is still null. */
  public static final class HalfMadeClass {
    private HalfMadeClass() {}

    private static Object orNew(Object lock) {
      return lock == null ? new Object() : lock;
    }

    private static final class Front {
      static final Object LOCK = Back.lock();
    }

    private static final class Back {
      static final Object LOCK = orNew(Front.LOCK);

      static Object lock() {
        return LOCK;
      }
    }

    private static final class Doors {
      static final Object FRONT = new Object();
      static final Object BACK = FRONT;
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final AtomicInteger turns = new AtomicInteger();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Object lock = turns.getAndIncrement() == 0 ? Front.LOCK : Back.LOCK;
                    synchronized (lock) {
                      return sell(units, pause);
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
                new Shop(stock) {
                  private final AtomicInteger turns = new AtomicInteger();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Object lock = turns.getAndIncrement() == 0 ? Doors.FRONT : Doors.BACK;
                    synchronized (lock) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /**
   * A class takes a lock while it is initialised, and the owner of that lock waits for the class.
   */
  public static final class InitialiserThatLocks {
    private InitialiserThatLocks() {}

    private static final Object GATE = new Object();

    private static int load() {
      synchronized (GATE) {
        return 1;
      }
    }

    private static final class Rules {
      static final int ALLOWED = load();
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final AtomicInteger turns = new AtomicInteger();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (turns.getAndIncrement() == 0) {
                      synchronized (GATE) {
                        return Rules.ALLOWED > 0 ? sell(units, pause) : Answer.refused(stock);
                      }
                    }
                    int allowed = Rules.ALLOWED;
                    synchronized (GATE) {
                      return allowed > 0 ? sell(units, pause) : Answer.refused(stock);
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
                new Shop(stock) {
                  private final AtomicInteger turns = new AtomicInteger();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    turns.getAndIncrement();
                    int allowed = Rules.ALLOWED;
                    synchronized (GATE) {
                      return allowed > 0 ? sell(units, pause) : Answer.refused(stock);
                    }
                  }
                });
      }
    }
  }

  /** A class takes units while it is initialised, and no guard keeps others from the shelf. */
  public static final class InitialiserThatWrites {
    private InitialiserThatWrites() {}

    private static int shelf = 5;

    private static Answer take(int units) {
      int seen = shelf;
      if (seen < units) {
        return Answer.refused(seen);
      }
      shelf = seen - units;
      return new Answer(units, seen - units);
    }

    private static final class Gift {
      static final int UNITS = take(3).sold();
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Inventory() {
                  private final AtomicInteger turns = new AtomicInteger();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (turns.getAndIncrement() == 0) {
                      return new Answer(Gift.UNITS, 0);
                    }
                    synchronized (Statics.class) {
                      return take(units);
                    }
                  }

                  @Override
                  public int stock() {
                    return shelf;
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Inventory() {
                  private final AtomicInteger turns = new AtomicInteger();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (turns.getAndIncrement() == 0) {
                      synchronized (Statics.class) {
                        return new Answer(Gift.UNITS, 0);
                      }
                    }
                    synchronized (Statics.class) {
                      return take(units);
                    }
                  }

                  @Override
                  public int stock() {
                    return shelf;
                  }
                });
      }
    }
  }

  /** A static thread local gives each thread a lock of its own. */
  public static final class StaticThreadLocal {
    private StaticThreadLocal() {}

    private static final ThreadLocal<Object> LOCK = ThreadLocal.withInitial(Object::new);
    private static final Object ONLY = new Object();
    private static final ThreadLocal<Object> SHARED = ThreadLocal.withInitial(() -> ONLY);

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (LOCK.get()) {
                      return sell(units, pause);
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
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (SHARED.get()) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** A static method has another monitor than an object. */
  public static final class StaticMonitor {
    private StaticMonitor() {}

    private static synchronized Answer sellByAll(Shop shop, int units, Pause pause)
        throws InterruptedException {
      return shop.sell(units, pause);
    }

    private static Answer sellBy(Shop shop, int units, Pause pause) throws InterruptedException {
      if (FIRST.getAndIncrement() % 2 == 0) {
        return sellByAll(shop, units, pause);
      }
      synchronized (shop) {
        return shop.sell(units, pause);
      }
    }

    private static Answer rightlySellBy(Shop shop, int units, Pause pause)
        throws InterruptedException {
      if (FIRST.getAndIncrement() % 2 == 0) {
        return sellByAll(shop, units, pause);
      }
      synchronized (StaticMonitor.class) {
        return shop.sell(units, pause);
      }
    }

    private static final AtomicInteger FIRST = new AtomicInteger();

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return sellBy(this, units, pause);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return rightlySellBy(this, units, pause);
                  }
                });
      }
    }
  }

  /** A static counter that is not guarded gives both buyers the same number. */
  public static final class StaticIdentifiers {
    private StaticIdentifiers() {}

    private static int next;

    private abstract static class Raffle extends Shop {
      private final AtomicInteger winner = new AtomicInteger(-1);

      Raffle(int stock) {
        super(stock);
      }

      /** The first number that is drawn wins. */
      final Answer draw(int number, int units, Pause pause) throws InterruptedException {
        winner.compareAndSet(-1, number);
        return winner.get() == number ? sell(units, pause) : Answer.refused(0);
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Raffle(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int mine = next;
                    next = mine + 1;
                    return draw(mine, units, pause);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Raffle(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int mine;
                    synchronized (Statics.class) {
                      mine = next;
                      next = mine + 1;
                    }
                    return draw(mine, units, pause);
                  }
                });
      }
    }
  }
}
