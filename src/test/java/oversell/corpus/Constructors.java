package oversell.corpus;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** Objects that other threads can reach while their constructors run. */
public final class Constructors {
  private Constructors() {}

  /** An order of a buyer. */
  private interface Order {
    int units();
  }

  /** A place on the list of orders. */
  private static final class Place {
    static final Order EMPTY = () -> 0;
    Order order = EMPTY;
  }

  /**
   * A list of orders. They are served in the order of the list, so each must know its units when it
   * is put there.
   */
  private abstract static class Book implements Inventory {
    final Consumer<Order> register = this::register;
    final Map<Order, Order> known = new ConcurrentHashMap<>();
    final Place[] places = {new Place(), new Place()};
    int count;

    private final int stock;

    Book(int stock) {
      this.stock = stock;
    }

    /** Makes an order and puts it on the list. */
    abstract Order order(int units);

    final synchronized void register(Order order) {
      places[count].order = order;
      count = count + 1;
    }

    @Override
    public final Answer purchase(int units, Pause pause) throws InterruptedException {
      Order mine = order(units);
      pause.pause();
      return confirm(mine, units);
    }

    private synchronized Answer confirm(Order mine, int units) {
      int left = stock;
      int place = 0;
      while (places[place].order != mine) {
        left = left - places[place].order.units();
        place = place + 1;
      }
      if (left < units) {
        places[place].order = Place.EMPTY;
        return Answer.refused(left);
      }
      return new Answer(units, left - units);
    }

    @Override
    public final int stock() {
      return stock - places[0].order.units() - places[1].order.units();
    }
  }

  /** A shelf from which clerks take what was sold already. */
  private abstract static class Desk implements Inventory {
    private int unsold;
    private int shelf;

    Desk(int stock) {
      unsold = stock;
      shelf = stock;
    }

    /** Lets a clerk take units from the shelf, and waits for it. */
    abstract void send(int units) throws InterruptedException;

    final synchronized void take(int units) {
      shelf = shelf - units;
    }

    @Override
    public final Answer purchase(int units, Pause pause) throws InterruptedException {
      int left;
      synchronized (this) {
        if (unsold < units) {
          return Answer.refused(unsold);
        }
        left = unsold - units;
        unsold = left;
      }
      send(units);
      return new Answer(units, left);
    }

    @Override
    public final int stock() {
      return shelf;
    }
  }

  /** An order is on the list before it knows its units. */
  public static final class RegistersItself {
    private RegistersItself() {}

    private static final class BrokenOrder implements Order {
      private int units;

      BrokenOrder(Book book, int units) {
        book.register(this);
        this.units = units;
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units);
                  }
                });
      }
    }

    private static final class RightOrder implements Order {
      private int units;

      RightOrder(Book book, int units) {
        this.units = units;
        book.register(this);
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units);
                  }
                });
      }
    }
  }

  /** An order is on the list before it knows its units, and the field is final. */
  public static final class RegistersAFinalField {
    private RegistersAFinalField() {}

    private static final class BrokenOrder implements Order {
      private final int units;

      BrokenOrder(Book book, int units) {
        book.register(this);
        this.units = units;
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units);
                  }
                });
      }
    }

    private static final class RightOrder implements Order {
      private final int units;

      RightOrder(Book book, int units) {
        this.units = units;
        book.register(this);
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units);
                  }
                });
      }
    }
  }

  /** An order puts itself into a field of an object of its book. */
  public static final class KeptInAField {
    private KeptInAField() {}

    private static final class BrokenOrder implements Order {
      private int units;

      BrokenOrder(Book book, int units) {
        synchronized (book) {
          book.places[book.count].order = this;
          book.count = book.count + 1;
        }
        this.units = units;
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units);
                  }
                });
      }
    }

    private static final class RightOrder implements Order {
      private int units;

      RightOrder(Book book, int units) {
        this.units = units;
        synchronized (book) {
          book.places[book.count].order = this;
          book.count = book.count + 1;
        }
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units);
                  }
                });
      }
    }
  }

  /** An order puts itself into an array, which the list knows. */
  public static final class KeptInAnArray {
    private KeptInAnArray() {}

    private static final class BrokenOrder implements Order {
      private int units;
      private Order mine;

      BrokenOrder(Book book, int units) {
        Order[] cell = {this};
        mine = () -> cell[0].units();
        book.register(mine);
        this.units = units;
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units).mine;
                  }
                });
      }
    }

    private static final class RightOrder implements Order {
      private int units;
      private Order mine;

      RightOrder(Book book, int units) {
        this.units = units;
        Order[] cell = {this};
        mine = () -> cell[0].units();
        book.register(mine);
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units).mine;
                  }
                });
      }
    }
  }

  /** An order puts itself into an atomic, which the list knows. */
  public static final class KeptInAnAtomic {
    private KeptInAnAtomic() {}

    private static final class BrokenOrder implements Order {
      private int units;
      private Order mine;

      BrokenOrder(Book book, int units) {
        AtomicReference<Order> cell = new AtomicReference<>(this);
        mine = () -> cell.get().units();
        book.register(mine);
        this.units = units;
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units).mine;
                  }
                });
      }
    }

    private static final class RightOrder implements Order {
      private int units;
      private Order mine;

      RightOrder(Book book, int units) {
        this.units = units;
        AtomicReference<Order> cell = new AtomicReference<>(this);
        mine = () -> cell.get().units();
        book.register(mine);
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units).mine;
                  }
                });
      }
    }
  }

  /** A lambda is on the list that reads the order. */
  public static final class RegistersALambda {
    private RegistersALambda() {}

    private static final class BrokenOrder implements Order {
      private int units;
      private Order mine;

      BrokenOrder(Book book, int units) {
        mine = () -> this.units;
        book.register(mine);
        this.units = units;
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units).mine;
                  }
                });
      }
    }

    private static final class RightOrder implements Order {
      private int units;
      private Order mine;

      RightOrder(Book book, int units) {
        this.units = units;
        mine = () -> this.units;
        book.register(mine);
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units).mine;
                  }
                });
      }
    }
  }

  /** A method reference is on the list that reads the order. */
  public static final class RegistersAReference {
    private RegistersAReference() {}

    private static final class BrokenOrder implements Order {
      private int units;
      private Order mine;

      BrokenOrder(Book book, int units) {
        mine = this::units;
        book.register(mine);
        this.units = units;
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units).mine;
                  }
                });
      }
    }

    private static final class RightOrder implements Order {
      private int units;
      private Order mine;

      RightOrder(Book book, int units) {
        this.units = units;
        mine = this::units;
        book.register(mine);
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units).mine;
                  }
                });
      }
    }
  }

  /** An object of an inner class is on the list that reads the order. */
  public static final class RegistersAnInnerObject {
    private RegistersAnInnerObject() {}

    private static final class BrokenOrder implements Order {
      private int units;
      private final Order mine;

      int all() {
        return units;
      }

      BrokenOrder(Book book, int units) {
        mine =
            new Order() {
              @Override
              public int units() {
                return all();
              }
            };
        book.register(mine);
        this.units = units;
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units).mine;
                  }
                });
      }
    }

    private static final class RightOrder implements Order {
      private int units;
      private final Order mine;

      int all() {
        return units;
      }

      RightOrder(Book book, int units) {
        this.units = units;
        mine =
            new Order() {
              @Override
              public int units() {
                return all();
              }
            };
        book.register(mine);
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units).mine;
                  }
                });
      }
    }
  }

  /** A method of its own puts the order on the list. */
  public static final class RegistersByAMethod {
    private RegistersByAMethod() {}

    private static final class BrokenOrder implements Order {
      private int units;

      private void enlist(Book book) {
        book.register(this);
      }

      BrokenOrder(Book book, int units) {
        enlist(book);
        this.units = units;
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units);
                  }
                });
      }
    }

    private static final class RightOrder implements Order {
      private int units;

      private void enlist(Book book) {
        book.register(this);
      }

      RightOrder(Book book, int units) {
        this.units = units;
        enlist(book);
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units);
                  }
                });
      }
    }
  }

  /** A static method that gets the order puts it on the list. */
  public static final class RegistersByAStaticMethod {
    private RegistersByAStaticMethod() {}

    private static final class BrokenOrder implements Order {
      private int units;

      private static void enlist(Book book, Order order) {
        book.register(order);
      }

      BrokenOrder(Book book, int units) {
        enlist(book, this);
        this.units = units;
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units);
                  }
                });
      }
    }

    private static final class RightOrder implements Order {
      private int units;

      private static void enlist(Book book, Order order) {
        book.register(order);
      }

      RightOrder(Book book, int units) {
        this.units = units;
        enlist(book, this);
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units);
                  }
                });
      }
    }
  }

  /** A method that the order inherits from an interface puts it on the list. */
  public static final class RegistersByAnInterface {
    private RegistersByAnInterface() {}

    private interface Enlisting extends Order {
      default void enlist(Book book) {
        book.register(this);
      }
    }

    private static final class BrokenOrder implements Enlisting {
      private int units;

      BrokenOrder(Book book, int units) {
        enlist(book);
        this.units = units;
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units);
                  }
                });
      }
    }

    private static final class RightOrder implements Enlisting {
      private int units;

      RightOrder(Book book, int units) {
        this.units = units;
        enlist(book);
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units);
                  }
                });
      }
    }
  }

  /** The maker of the order is called back with it, and puts it on the list. */
  public static final class RegistersByACallback {
    private RegistersByACallback() {}

    private static final class BrokenOrder implements Order {
      private int units;

      BrokenOrder(Book book, int units) {
        book.register.accept(this);
        this.units = units;
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units);
                  }
                });
      }
    }

    private static final class RightOrder implements Order {
      private int units;

      RightOrder(Book book, int units) {
        this.units = units;
        book.register.accept(this);
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units);
                  }
                });
      }
    }
  }

  /** A map of the JDK has the order before it knows its units. */
  public static final class RegistersInAMap {
    private RegistersInAMap() {}

    private static final class BrokenOrder implements Order {
      private int units;

      BrokenOrder(Book book, int units) {
        book.known.put(this, this);
        book.register(book.known.get(this));
        this.units = units;
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units);
                  }
                });
      }
    }

    private static final class RightOrder implements Order {
      private int units;

      RightOrder(Book book, int units) {
        this.units = units;
        book.known.put(this, this);
        book.register(book.known.get(this));
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units);
                  }
                });
      }
    }
  }

  /** An initialiser puts an order without a name on the list, and then sets its field. */
  public static final class RegistersInAnInitialiser {
    private RegistersInAnInitialiser() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new Order() {
                      private final int mine;

                      {
                        register(this);
                        mine = units;
                      }

                      @Override
                      public int units() {
                        return mine;
                      }
                    };
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new Order() {
                      private final int mine;

                      {
                        mine = units;
                        register(this);
                      }

                      @Override
                      public int units() {
                        return mine;
                      }
                    };
                  }
                });
      }
    }
  }

  /** A superclass puts the order on the list, before the constructor of the subclass runs. */
  public static final class SuperclassRegisters {
    private SuperclassRegisters() {}

    private abstract static class Listed implements Order {
      Listed(Book book) {
        book.register(this);
      }
    }

    private static final class BrokenOrder extends Listed {
      private final int units;

      BrokenOrder(Book book, int units) {
        super(book);
        this.units = units;
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units);
                  }
                });
      }
    }

    private static final class RightOrder implements Order {
      private final int units;

      RightOrder(Book book, int units) {
        this.units = units;
        book.register(this);
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units);
                  }
                });
      }
    }
  }

  /** A superclass calls a method that the subclass overrides, which puts the order on the list. */
  public static final class SuperclassCallsAMethod {
    private SuperclassCallsAMethod() {}

    private abstract static class Opening implements Order {
      Opening(Book book) {
        open(book);
      }

      abstract void open(Book book);
    }

    private static final class BrokenOrder extends Opening {
      private int units;

      BrokenOrder(Book book, int units) {
        super(book);
        this.units = units;
      }

      @Override
      void open(Book book) {
        book.register(this);
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units);
                  }
                });
      }
    }

    private static final class RightOrder extends Opening {
      private int units;

      RightOrder(Book book, int units) {
        super(book);
        this.units = units;
        book.register(this);
      }

      @Override
      void open(Book book) {
        // Not yet.
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units);
                  }
                });
      }
    }
  }

  /** A record puts itself on the list, and its components are set after that. */
  public static final class RecordRegisters {
    private RecordRegisters() {}

    private record BrokenOrder(Book book, int units) implements Order {
      BrokenOrder {
        book.register(this);
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units);
                  }
                });
      }
    }

    private record RightOrder(Book book, int units) implements Order {
      static Order listed(Book book, int units) {
        Order order = new RightOrder(book, units);
        book.register(order);
        return order;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return RightOrder.listed(this, units);
                  }
                });
      }
    }
  }

  /**
   * The constructor of the superclass has ended, and the subclass sets a field of it after the
   * order is on the list.
   */
  public static final class FieldsOfASuperclass {
    private FieldsOfASuperclass() {}

    private abstract static class Sized implements Order {
      int units;

      @Override
      public int units() {
        return units;
      }
    }

    private static final class BrokenOrder extends Sized {
      BrokenOrder(Book book, int units) {
        book.register(this);
        this.units = units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units);
                  }
                });
      }
    }

    private static final class RightOrder extends Sized {
      RightOrder(Book book, int units) {
        this.units = units;
        book.register(this);
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units);
                  }
                });
      }
    }
  }

  /** One constructor puts the order on the list, and the other one sets its field. */
  public static final class OtherConstructor {
    private OtherConstructor() {}

    private static final class BrokenOrder implements Order {
      private int units;

      private BrokenOrder(Book book) {
        book.register(this);
      }

      BrokenOrder(Book book, int units) {
        this(book);
        this.units = units;
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units);
                  }
                });
      }
    }

    private static final class RightOrder implements Order {
      private final int units;

      private RightOrder(int units) {
        this.units = units;
      }

      RightOrder(Book book, int units) {
        this(units);
        book.register(this);
      }

      @Override
      public int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units);
                  }
                });
      }
    }
  }

  /** An order is on the list with an array that is filled after that. */
  public static final class ArrayThatIsFilledLater {
    private ArrayThatIsFilledLater() {}

    private static final class BrokenOrder implements Order {
      private final int[] units = new int[1];

      BrokenOrder(Book book, int units) {
        book.register(this);
        this.units[0] = units;
      }

      @Override
      public int units() {
        return units[0];
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new BrokenOrder(this, units);
                  }
                });
      }
    }

    private static final class RightOrder implements Order {
      private final int[] units = new int[1];

      RightOrder(Book book, int units) {
        this.units[0] = units;
        book.register(this);
      }

      @Override
      public int units() {
        return units[0];
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Book(stock) {
                  @Override
                  Order order(int units) {
                    return new RightOrder(this, units);
                  }
                });
      }
    }
  }

  /** A clerk takes units from the shelf, and may read how many before the field is set. */
  public static final class ThreadInAConstructor {
    private ThreadInAConstructor() {}

    private static final class BrokenClerk {
      private int units;
      private final Thread thread;

      BrokenClerk(Desk desk, int units) {
        thread = Thread.startVirtualThread(() -> desk.take(this.units));
        this.units = units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Desk(stock) {
                  @Override
                  void send(int units) throws InterruptedException {
                    new BrokenClerk(this, units).thread.join();
                  }
                });
      }
    }

    private static final class RightClerk {
      private final int units;
      private final Thread thread;

      RightClerk(Desk desk, int units) {
        this.units = units;
        thread = Thread.startVirtualThread(() -> desk.take(this.units));
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Desk(stock) {
                  @Override
                  void send(int units) throws InterruptedException {
                    new RightClerk(this, units).thread.join();
                  }
                });
      }
    }
  }

  /** The superclass starts the thread, and the subclass sets what it reads. */
  public static final class ThreadInASuperclass {
    private ThreadInASuperclass() {}

    private abstract static class Clerk {
      final Thread thread;

      Clerk(Desk desk) {
        thread = Thread.ofVirtual().unstarted(() -> desk.take(units()));
      }

      abstract int units();
    }

    private static final class BrokenClerk extends Clerk {
      private final int units;

      BrokenClerk(Desk desk, int units) {
        super(desk);
        thread.start();
        this.units = units;
      }

      @Override
      int units() {
        return units;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Desk(stock) {
                  @Override
                  void send(int units) throws InterruptedException {
                    new BrokenClerk(this, units).thread.join();
                  }
                });
      }
    }

    private static final class RightClerk extends Clerk {
      private final int units;

      RightClerk(Desk desk, int units) {
        super(desk);
        this.units = units;
        thread.start();
      }

      @Override
      int units() {
        return units;
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Desk(stock) {
                  @Override
                  void send(int units) throws InterruptedException {
                    new RightClerk(this, units).thread.join();
                  }
                });
      }
    }
  }

  /** A virtual thread runs the object that starts it. */
  public static final class RunnableThatStartsItself {
    private RunnableThatStartsItself() {}

    private static final class BrokenClerk implements Runnable {
      private final Desk desk;
      private final Thread thread;
      private int units;

      BrokenClerk(Desk desk, int units) {
        this.desk = desk;
        thread = Thread.ofVirtual().start(this);
        this.units = units;
      }

      @Override
      public void run() {
        desk.take(units);
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Desk(stock) {
                  @Override
                  void send(int units) throws InterruptedException {
                    new BrokenClerk(this, units).thread.join();
                  }
                });
      }
    }

    private static final class RightClerk implements Runnable {
      private final Desk desk;
      private final Thread thread;
      private final int units;

      RightClerk(Desk desk, int units) {
        this.desk = desk;
        this.units = units;
        thread = Thread.ofVirtual().start(this);
      }

      @Override
      public void run() {
        desk.take(units);
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Desk(stock) {
                  @Override
                  void send(int units) throws InterruptedException {
                    new RightClerk(this, units).thread.join();
                  }
                });
      }
    }
  }
}
