package oversell.corpus;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** Common code with the JDK: each broken and correct. */
public final class Everyday {
  private Everyday() {}

  private static final class Executing extends Shop {
    private final boolean guarded;

    Executing(int stock, boolean guarded) {
      super(stock);
      this.guarded = guarded;
    }

    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        return executor.submit(() -> alone(units, pause)).get();
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private Answer alone(int units, Pause pause) throws InterruptedException {
      if (!guarded) {
        return sell(units, pause);
      }
      synchronized (this) {
        return sell(units, pause);
      }
    }
  }

  /** A thread for each purchase, by an executor that is closed afterwards. */
  public static final class ExecutorPerPurchase {
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> new Executing(stock, false));
      }
    }

    public static final class Right extends Door {
      public Right() {
        super(stock -> new Executing(stock, true));
      }
    }
  }

  private static final class InvokingAll extends Shop {
    private final boolean guarded;

    InvokingAll(int stock, boolean guarded) {
      super(stock);
      this.guarded = guarded;
    }

    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<Boolean> take = this::take;
        List<Future<Boolean>> taken = executor.invokeAll(List.of(take, take));
        int sold = 0;
        for (Future<Boolean> one : taken) {
          sold += one.get() ? 1 : 0;
        }
        return new Answer(sold, 0);
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private boolean take() {
      if (!guarded) {
        return takeOne();
      }
      synchronized (this) {
        return takeOne();
      }
    }

    private boolean takeOne() {
      int seen = stock;
      if (seen == 0) {
        return false;
      }
      stock = seen - 1;
      return true;
    }
  }

  /** Two threads for one purchase, which takes its units one by one. */
  public static final class InvokeAll {
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> new InvokingAll(stock, false));
      }
    }

    public static final class Right extends Door {
      public Right() {
        super(stock -> new InvokingAll(stock, true));
      }
    }
  }

  /** What a shop looks up by its service file. */
  public interface Cashier {
    boolean isCareful();

    Answer serve(Till till, int units, Pause pause) throws InterruptedException;
  }

  /** A till with cashiers. */
  public interface Till {
    Answer sellUnguarded(int units, Pause pause) throws InterruptedException;
  }

  public static final class Hasty implements Cashier {
    @Override
    public boolean isCareful() {
      return false;
    }

    @Override
    public Answer serve(Till till, int units, Pause pause) throws InterruptedException {
      return till.sellUnguarded(units, pause);
    }
  }

  public static final class Careful implements Cashier {
    @Override
    public boolean isCareful() {
      return true;
    }

    @Override
    public Answer serve(Till till, int units, Pause pause) throws InterruptedException {
      synchronized (till) {
        return till.sellUnguarded(units, pause);
      }
    }
  }

  private static final class Served extends Shop implements Till {
    private final boolean carefully;

    Served(int stock, boolean carefully) {
      super(stock);
      this.carefully = carefully;
    }

    @Override
    public Answer sellUnguarded(int units, Pause pause) throws InterruptedException {
      return sell(units, pause);
    }

    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      for (Cashier cashier : ServiceLoader.load(Cashier.class)) {
        if (cashier.isCareful() == carefully) {
          return cashier.serve(this, units, pause);
        }
      }
      throw new IllegalStateException("no cashier");
    }
  }

  /** Looks up a cashier as a service. */
  public static final class AService {
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> new Served(stock, false));
      }
    }

    public static final class Right extends Door {
      public Right() {
        super(stock -> new Served(stock, true));
      }
    }
  }

  /** A map whose one entry is the stock. */
  private abstract static class Shelf implements Inventory {
    final ConcurrentHashMap<String, Integer> shelf;

    Shelf(int stock) {
      shelf = new ConcurrentHashMap<>(Map.of("units", stock));
    }

    static int minus(int now, int units, Pause pause) {
      try {
        pause.pause();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
      return now - units;
    }

    @Override
    public int stock() {
      return shelf.get("units");
    }
  }

  /** Pauses while the map computes, or reads the map before it computes. */
  public static final class ComputeInAMap {
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shelf(stock) {
                  @Override
                  public Answer purchase(int units, Pause pause) {
                    int seen = shelf.get("units");
                    if (seen < units) {
                      return Answer.refused(seen);
                    }
                    int left = shelf.compute("units", (key, now) -> minus(seen, units, pause));
                    return new Answer(units, left);
                  }
                });
      }
    }

    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shelf(stock) {
                  @Override
                  public Answer purchase(int units, Pause pause) {
                    boolean[] sold = {false};
                    int left =
                        shelf.compute(
                            "units",
                            (key, now) -> {
                              sold[0] = now >= units;
                              return sold[0] ? minus(now, units, pause) : now;
                            });
                    return sold[0] ? new Answer(units, left) : Answer.refused(left);
                  }
                });
      }
    }
  }

  /** Merges in one call, or reads and then puts. */
  public static final class MergeInAMap {
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shelf(stock) {
                  @Override
                  public Answer purchase(int units, Pause pause) {
                    int seen = shelf.get("units");
                    if (seen < units) {
                      return Answer.refused(seen);
                    }
                    shelf.put("units", seen - units);
                    return new Answer(units, seen - units);
                  }
                });
      }
    }

    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shelf(stock) {
                  @Override
                  public Answer purchase(int units, Pause pause) {
                    boolean[] sold = {false};
                    int left =
                        shelf.merge(
                            "units",
                            units,
                            (now, wanted) -> {
                              sold[0] = now >= wanted;
                              return sold[0] ? now - wanted : now;
                            });
                    return sold[0] ? new Answer(units, left) : Answer.refused(left);
                  }
                });
      }
    }
  }

  private abstract static class Locking extends Shop {
    final ConcurrentMap<String, Object> locks = new ConcurrentHashMap<>();

    Locking(int stock) {
      super(stock);
    }

    abstract Object lock();

    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      synchronized (lock()) {
        return sell(units, pause);
      }
    }
  }

  /** A map of locks, each made when it is first needed. */
  public static final class LocksInAMap {
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Locking(stock) {
                  @Override
                  Object lock() {
                    if (!locks.containsKey("article")) {
                      locks.put("article", new Object());
                    }
                    return locks.get("article");
                  }
                });
      }
    }

    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Locking(stock) {
                  @Override
                  Object lock() {
                    return locks.computeIfAbsent("article", key -> new Object());
                  }
                });
      }
    }
  }

  private static final class Nesting extends Shop {
    private final ConcurrentMap<Integer, Integer> map = new ConcurrentHashMap<>(Map.of(1, 1, 2, 2));
    private final boolean ordered;

    Nesting(int stock, boolean ordered) {
      super(stock);
      this.ordered = ordered;
    }

    @Override
    public Answer purchase(int units, Pause pause) {
      int first = ordered ? 1 : 1 + (int) (Thread.currentThread().threadId() % 2);
      map.compute(first, (key, now) -> map.compute(3 - first, (other, then) -> now));
      return Answer.refused(stock);
    }
  }

  /** Computes one entry in the middle of another. */
  public static final class ComputeInCompute {
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> new Nesting(stock, false));
      }
    }

    public static final class Right extends Door {
      public Right() {
        super(stock -> new Nesting(stock, true));
      }
    }
  }

  /** Puts into the bin that it computes. */
  public static final class RecursiveUpdate extends Door {
    public RecursiveUpdate() {
      super(
          stock ->
              new Shop(stock) {
                private final ConcurrentMap<Integer, Integer> map = new ConcurrentHashMap<>();

                @Override
                public Answer purchase(int units, Pause pause) {
                  map.computeIfAbsent(1, key -> map.put(17, 1));
                  return Answer.refused(stock);
                }
              });
    }
  }

  /** Makes a map grow while it computes. */
  public static final class GrowsMeanwhile extends Door {
    public GrowsMeanwhile() {
      super(
          stock ->
              new Shop(stock) {
                private final ConcurrentMap<Integer, Integer> map = new ConcurrentHashMap<>();

                @Override
                public Answer purchase(int units, Pause pause) {
                  map.computeIfAbsent(
                      0,
                      key -> {
                        for (int i = 1; i < 15; i++) {
                          map.put(i, i);
                        }
                        return 0;
                      });
                  return Answer.refused(stock);
                }
              });
    }
  }

  /** Changes a map by its view while it computes. */
  public static final class ChangesAViewMeanwhile extends Door {
    public ChangesAViewMeanwhile() {
      super(
          stock ->
              new Shelf(stock) {
                @Override
                public Answer purchase(int units, Pause pause) {
                  shelf.computeIfPresent(
                      "units",
                      (key, now) -> {
                        shelf.keySet().remove("none");
                        return now;
                      });
                  return Answer.refused(0);
                }
              });
    }
  }

  private static final class Asserting extends Shop {
    private final boolean guarded;

    Asserting(int stock, boolean guarded) {
      super(stock);
      this.guarded = guarded;
    }

    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      if (!guarded) {
        return checked(units, pause);
      }
      synchronized (this) {
        return checked(units, pause);
      }
    }

    private Answer checked(int units, Pause pause) throws InterruptedException {
      if (!Thread.holdsLock(this)) {
        throw new IllegalStateException("call it under the lock");
      }
      return sell(units, pause);
    }
  }

  /** Asks whether it holds the lock that it needs. */
  public static final class HoldsLock {
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> new Asserting(stock, false));
      }
    }

    public static final class Right extends Door {
      public Right() {
        super(stock -> new Asserting(stock, true));
      }
    }
  }
}
