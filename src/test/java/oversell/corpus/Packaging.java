package oversell.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** What classes under test need from their loader: size, services, names, origins, constructors. */
public final class Packaging {
  private Packaging() {}

  /** A method makes an array of five thousand numbers. */
  public static final class HugeArray {
    private HugeArray() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return HugeMethods.table().length == 5_200
                        ? sell(units, pause)
                        : Answer.refused(-1);
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
                      return HugeMethods.table().length == 5_200
                          ? sell(units, pause)
                          : Answer.refused(-1);
                    }
                  }
                });
      }
    }
  }

  /** A method has thousands of reads and writes. */
  public static final class HugeMethod {
    private HugeMethod() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return new HugeMethods().run() == 3_000
                        ? sell(units, pause)
                        : Answer.refused(-1);
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
                      return new HugeMethods().run() == 3_000
                          ? sell(units, pause)
                          : Answer.refused(-1);
                    }
                  }
                });
      }
    }
  }

  /** A constant is an array of five thousand numbers. */
  public static final class HugeConstant {
    private HugeConstant() {}

    private static final int[] TABLE = HugeMethods.table();

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return TABLE[1] > 0 ? sell(units, pause) : Answer.refused(-1);
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
                      return TABLE[1] > 0 ? sell(units, pause) : Answer.refused(-1);
                    }
                  }
                });
      }
    }
  }

  /** A service is found by its name in a file, by way of the thread's loader. */
  public static final class FoundByTheServiceLoader {
    private FoundByTheServiceLoader() {}

    /** What is found by its name in a file. */
    public interface Tariff {
      /** How many units a buyer may have. */
      int most();
    }

    /** The class that the service file names. */
    public static final class Plain implements Tariff {
      @Override
      public int most() {
        return 3;
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
                    return ServiceLoader.load(Tariff.class).findFirst().orElseThrow().most()
                            >= units
                        ? sell(units, pause)
                        : Answer.refused(-1);
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
                      return ServiceLoader.load(Tariff.class).findFirst().orElseThrow().most()
                              >= units
                          ? sell(units, pause)
                          : Answer.refused(-1);
                    }
                  }
                });
      }
    }
  }

  /** The same by way of the loader of the class. */
  public static final class FoundByALoaderThatIsNamed {
    private FoundByALoaderThatIsNamed() {}

    /** What is found by its name in a file. */
    public interface Tariff {
      /** How many units a buyer may have. */
      int most();
    }

    /** The class that the service file names. */
    public static final class Plain implements Tariff {
      @Override
      public int most() {
        return 3;
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
                    return ServiceLoader.load(Tariff.class, Tariff.class.getClassLoader())
                                .findFirst()
                                .orElseThrow()
                                .most()
                            >= units
                        ? sell(units, pause)
                        : Answer.refused(-1);
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
                      return ServiceLoader.load(Tariff.class, Tariff.class.getClassLoader())
                                  .findFirst()
                                  .orElseThrow()
                                  .most()
                              >= units
                          ? sell(units, pause)
                          : Answer.refused(-1);
                    }
                  }
                });
      }
    }
  }

  /** A class is found by its name, and made by reflection. */
  public static final class MadeByItsName {
    private MadeByItsName() {}

    private interface Shelf {
      Answer take(int units);

      int left();
    }

    /** Known by its name only. */
    static final class PlainShelf implements Shelf {
      private int left = 5;

      @Override
      public Answer take(int units) {
        int seen = left;
        if (seen < units) {
          return Answer.refused(seen);
        }
        left = seen - units;
        return new Answer(units, seen - units);
      }

      @Override
      public int left() {
        return left;
      }
    }

    private static Shelf made() {
      try {
        return (Shelf)
            Class.forName("oversell.corpus.Packaging$MadeByItsName$PlainShelf")
                .getDeclaredConstructor()
                .newInstance();
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Inventory() {
                  private final Shelf shelf = made();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return shelf.take(units);
                  }

                  @Override
                  public int stock() {
                    return shelf.left();
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
                  private final Shelf shelf = made();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      return shelf.take(units);
                    }
                  }

                  @Override
                  public int stock() {
                    return shelf.left();
                  }
                });
      }
    }
  }

  /** A class is loaded by the loader of the thread. */
  public static final class LoadedByTheThreadsLoader {
    private LoadedByTheThreadsLoader() {}

    private interface Shelf {
      Answer take(int units);

      int left();
    }

    /** Known by its name only. */
    static final class PlainShelf implements Shelf {
      private int left = 5;

      @Override
      public Answer take(int units) {
        int seen = left;
        if (seen < units) {
          return Answer.refused(seen);
        }
        left = seen - units;
        return new Answer(units, seen - units);
      }

      @Override
      public int left() {
        return left;
      }
    }

    private static Shelf made() {
      try {
        return (Shelf)
            Thread.currentThread()
                .getContextClassLoader()
                .loadClass("oversell.corpus.Packaging$LoadedByTheThreadsLoader$PlainShelf")
                .getDeclaredConstructor()
                .newInstance();
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Inventory() {
                  private final Shelf shelf = made();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return shelf.take(units);
                  }

                  @Override
                  public int stock() {
                    return shelf.left();
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
                  private final Shelf shelf = made();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      return shelf.take(units);
                    }
                  }

                  @Override
                  public int stock() {
                    return shelf.left();
                  }
                });
      }
    }
  }

  /** A class asks where it comes from. */
  public static final class AsksForItsCodeSource {
    private AsksForItsCodeSource() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return getClass().getProtectionDomain().getCodeSource().getLocation() != null
                        ? sell(units, pause)
                        : Answer.refused(-1);
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
                      return getClass().getProtectionDomain().getCodeSource().getLocation() != null
                          ? sell(units, pause)
                          : Answer.refused(-1);
                    }
                  }
                });
      }
    }
  }

  /** The same in a constructor. */
  public static final class CodeSourceInAConstructor {
    private CodeSourceInAConstructor() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final Object origin =
                      Objects.requireNonNull(
                          getClass().getProtectionDomain().getCodeSource().getLocation());

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return origin != null ? sell(units, pause) : Answer.refused(-1);
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
                  private final Object origin =
                      Objects.requireNonNull(
                          getClass().getProtectionDomain().getCodeSource().getLocation());

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      return origin != null ? sell(units, pause) : Answer.refused(-1);
                    }
                  }
                });
      }
    }
  }

  /** A class asks for a resource beside it. */
  public static final class AsksForAResource {
    private AsksForAResource() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return Packaging.class.getResource("Packaging.class") != null
                        ? sell(units, pause)
                        : Answer.refused(-1);
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
                      return Packaging.class.getResource("Packaging.class") != null
                          ? sell(units, pause)
                          : Answer.refused(-1);
                    }
                  }
                });
      }
    }
  }

  /** A constructor reads a resource. */
  public static final class ReadsAResourceInAConstructor {
    private ReadsAResourceInAConstructor() {}

    private static int firstByte() {
      try (InputStream stream = Packaging.class.getResourceAsStream("Packaging.class")) {
        return Objects.requireNonNull(stream).read();
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final int first = firstByte();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return first == 0xCA ? sell(units, pause) : Answer.refused(-1);
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
                  private final int first = firstByte();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      return first == 0xCA ? sell(units, pause) : Answer.refused(-1);
                    }
                  }
                });
      }
    }
  }

  /** A class asks for its package. */
  public static final class AsksForItsPackage {
    private AsksForItsPackage() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return getClass().getPackage().getName().equals("oversell.corpus")
                        ? sell(units, pause)
                        : Answer.refused(-1);
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
                      return getClass().getPackage().getName().equals("oversell.corpus")
                          ? sell(units, pause)
                          : Answer.refused(-1);
                    }
                  }
                });
      }
    }
  }

  /** A constructor waits for a virtual thread that fills the shelf. */
  public static final class WaitsForAThread {
    private WaitsForAThread() {}

    private static int[] filled(int stock) {
      int[] shelf = new int[1];
      Thread clerk = Thread.startVirtualThread(() -> shelf[0] = stock);
      try {
        clerk.join();
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
      return shelf;
    }

    private abstract static class Filled implements Inventory {
      private final int[] shelf;

      Filled(int stock) {
        shelf = filled(stock);
      }

      final Answer take(int units) {
        int seen = shelf[0];
        if (seen < units) {
          return Answer.refused(seen);
        }
        shelf[0] = seen - units;
        return new Answer(units, seen - units);
      }

      @Override
      public final int stock() {
        return shelf[0];
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Filled(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return take(units);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Filled(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      return take(units);
                    }
                  }
                });
      }
    }
  }

  /** A constructor waits for what a virtual thread counts down. */
  public static final class WaitsForALatch {
    private WaitsForALatch() {}

    private static int[] filled(int stock) {
      int[] shelf = new int[1];
      CountDownLatch done = new CountDownLatch(1);
      Thread.ofVirtual()
          .start(
              () -> {
                shelf[0] = stock;
                done.countDown();
              });
      try {
        done.await();
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
      return shelf;
    }

    private abstract static class Filled implements Inventory {
      private final int[] shelf;

      Filled(int stock) {
        shelf = filled(stock);
      }

      final Answer take(int units) {
        int seen = shelf[0];
        if (seen < units) {
          return Answer.refused(seen);
        }
        shelf[0] = seen - units;
        return new Answer(units, seen - units);
      }

      @Override
      public final int stock() {
        return shelf[0];
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Filled(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return take(units);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Filled(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      return take(units);
                    }
                  }
                });
      }
    }
  }

  /** A constructor waits for the signal of a virtual thread. */
  public static final class WaitsForAMonitor {
    private WaitsForAMonitor() {}

    private static int[] filled(int stock) {
      int[] shelf = new int[1];
      Thread.startVirtualThread(
          () -> {
            synchronized (shelf) {
              shelf[0] = stock;
              shelf.notifyAll();
            }
          });
      synchronized (shelf) {
        while (shelf[0] == 0) {
          try {
            shelf.wait();
          } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
          }
        }
      }
      return shelf;
    }

    private abstract static class Filled implements Inventory {
      private final int[] shelf;

      Filled(int stock) {
        shelf = filled(stock);
      }

      final Answer take(int units) {
        int seen = shelf[0];
        if (seen < units) {
          return Answer.refused(seen);
        }
        shelf[0] = seen - units;
        return new Answer(units, seen - units);
      }

      @Override
      public final int stock() {
        return shelf[0];
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Filled(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return take(units);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Filled(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      return take(units);
                    }
                  }
                });
      }
    }
  }

  /** A constructor closes an executor that fills the shelf. */
  public static final class WaitsForAnExecutor {
    private WaitsForAnExecutor() {}

    private static int[] filled(int stock) {
      int[] shelf = new int[1];
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        executor.execute(() -> shelf[0] = stock);
      }
      return shelf;
    }

    private abstract static class Filled implements Inventory {
      private final int[] shelf;

      Filled(int stock) {
        shelf = filled(stock);
      }

      final Answer take(int units) {
        int seen = shelf[0];
        if (seen < units) {
          return Answer.refused(seen);
        }
        shelf[0] = seen - units;
        return new Answer(units, seen - units);
      }

      @Override
      public final int stock() {
        return shelf[0];
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Filled(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    return take(units);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Filled(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      return take(units);
                    }
                  }
                });
      }
    }
  }

  /** Threads that a constructor starts serve the orders: two of them, or one. */
  public static final class ThreadOfTheConstructor {
    private ThreadOfTheConstructor() {}

    private record Order(int units, CompletableFuture<Answer> answer) {}

    private abstract static class Served implements Inventory {
      final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
      private int shelf;

      Served(int stock, int clerks) {
        shelf = stock;
        for (int i = 0; i < clerks; i++) {
          Thread.startVirtualThread(this::serve);
        }
      }

      private void serve() {
        try {
          while (true) {
            Order order = orders.take();
            order.answer().complete(take(order.units()));
          }
        } catch (InterruptedException end) {
          Thread.currentThread().interrupt();
        }
      }

      private Answer take(int units) {
        int seen = shelf;
        if (seen < units) {
          return Answer.refused(seen);
        }
        shelf = seen - units;
        return new Answer(units, seen - units);
      }

      @Override
      public final int stock() {
        return shelf;
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Served(stock, 2) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    CompletableFuture<Answer> answer = new CompletableFuture<>();
                    orders.add(new Order(units, answer));
                    return answer.join();
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Served(stock, 1) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    CompletableFuture<Answer> answer = new CompletableFuture<>();
                    orders.add(new Order(units, answer));
                    return answer.join();
                  }
                });
      }
    }
  }
}
