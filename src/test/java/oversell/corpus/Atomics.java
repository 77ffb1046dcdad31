package oversell.corpus;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicStampedReference;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/** Guards that are atomic variables, each with a mistake and without. */
public final class Atomics {
  private Atomics() {}

  /** Everybody sees the newest stock, and writes over it. */
  public static final class VolatileWithoutAtomicity {
    private VolatileWithoutAtomicity() {}

    /** As it must not be. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private volatile int left = stock;

                  @Override
                  public int stock() {
                    return left;
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int seen = left;
                    if (seen < units) {
                      return Answer.refused(seen);
                    }
                    pause.pause();
                    int after = left - units;
                    left = after;
                    return new Answer(units, after);
                  }
                });
      }
    }

    /** As it should be. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private volatile int left = stock;

                  @Override
                  public int stock() {
                    return left;
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      int seen = left;
                      if (seen < units) {
                        return Answer.refused(seen);
                      }
                      pause.pause();
                      left = seen - units;
                      return new Answer(units, seen - units);
                    }
                  }
                });
      }
    }
  }

  /** An atomic integer, used in two steps. */
  public static final class GetThenSet {
    private GetThenSet() {}

    /** As it must not be. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final AtomicInteger left = new AtomicInteger(stock);

                  @Override
                  public int stock() {
                    return left.get();
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int seen = left.get();
                    if (seen < units) {
                      return Answer.refused(seen);
                    }
                    pause.pause();
                    left.set(seen - units);
                    return new Answer(units, seen - units);
                  }
                });
      }
    }

    /** As it should be. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final AtomicInteger left = new AtomicInteger(stock);

                  @Override
                  public int stock() {
                    return left.get();
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    while (true) {
                      int seen = left.get();
                      if (seen < units) {
                        return Answer.refused(seen);
                      }
                      pause.pause();
                      if (left.compareAndSet(seen, seen - units)) {
                        return new Answer(units, seen - units);
                      }
                    }
                  }
                });
      }
    }
  }

  /** An atomic step that nobody checked. */
  public static final class CheckThenAdd {
    private CheckThenAdd() {}

    /** As it must not be. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final AtomicInteger left = new AtomicInteger(stock);

                  @Override
                  public int stock() {
                    return left.get();
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (left.get() < units) {
                      return Answer.refused(left.get());
                    }
                    pause.pause();
                    return new Answer(units, left.addAndGet(-units));
                  }
                });
      }
    }

    /** As it should be. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final AtomicInteger left = new AtomicInteger(stock);

                  @Override
                  public int stock() {
                    return left.get();
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    pause.pause();
                    int before = left.getAndUpdate(seen -> seen < units ? seen : seen - units);
                    return before < units
                        ? Answer.refused(before)
                        : new Answer(units, before - units);
                  }
                });
      }
    }
  }

  /** A version that has been there before says that nothing has changed. */
  public static final class VersionThatComesRound {
    private VersionThatComesRound() {}

    /** As it must not be. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final AtomicInteger version = new AtomicInteger();
                  private final AtomicInteger left = new AtomicInteger(stock);

                  @Override
                  public int stock() {
                    return left.get();
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    while (true) {
                      int seenVersion = version.get();
                      int seen = left.get();
                      if (seen < units) {
                        return Answer.refused(seen);
                      }
                      pause.pause();
                      if (version.compareAndSet(seenVersion, (seenVersion + 1) % 2)) {
                        left.set(seen - units);
                        return new Answer(units, seen - units);
                      }
                    }
                  }
                });
      }
    }

    /** As it should be. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final AtomicStampedReference<Integer> left =
                      new AtomicStampedReference<>(stock, 0);

                  @Override
                  public int stock() {
                    return left.getReference();
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int[] stamp = new int[1];
                    while (true) {
                      Integer seen = left.get(stamp);
                      if (seen < units) {
                        return Answer.refused(seen);
                      }
                      pause.pause();
                      if (left.compareAndSet(seen, seen - units, stamp[0], stamp[0] + 1)) {
                        return new Answer(units, seen - units);
                      }
                    }
                  }
                });
      }
    }
  }

  /** Checks twice, and the second time what it read the first time. */
  public static final class DoubleCheckedRead {
    private DoubleCheckedRead() {}

    /** As it must not be. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int seen = stock;
                    if (seen < units) {
                      return Answer.refused(seen);
                    }
                    synchronized (this) {
                      if (seen < units) {
                        return Answer.refused(seen);
                      }
                      pause.pause();
                      return act(units);
                    }
                  }
                });
      }
    }

    /** As it should be. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (stock < units) {
                      return Answer.refused(0);
                    }
                    synchronized (this) {
                      return sell(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** A map for many threads, used in two steps. */
  public static final class GetThenPut {
    private GetThenPut() {}

    /** As it must not be. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final ConcurrentMap<String, Integer> left =
                      new ConcurrentHashMap<>(Map.of("units", stock));

                  @Override
                  public int stock() {
                    return left.get("units");
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int seen = left.get("units");
                    if (seen < units) {
                      return Answer.refused(seen);
                    }
                    pause.pause();
                    left.put("units", seen - units);
                    return new Answer(units, seen - units);
                  }
                });
      }
    }

    /** As it should be. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final ConcurrentMap<String, Integer> left =
                      new ConcurrentHashMap<>(Map.of("units", stock));

                  @Override
                  public int stock() {
                    return left.get("units");
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    while (true) {
                      int seen = left.get("units");
                      if (seen < units) {
                        return Answer.refused(seen);
                      }
                      pause.pause();
                      if (left.replace("units", seen, seen - units)) {
                        return new Answer(units, seen - units);
                      }
                    }
                  }
                });
      }
    }
  }

  /** A map for one thread. */
  public static final class MapWithoutALock {
    private MapWithoutALock() {}

    /** As it must not be. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final Map<String, Integer> left = new HashMap<>(Map.of("units", stock));

                  @Override
                  public int stock() {
                    return left.get("units");
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    int seen = left.get("units");
                    if (seen < units) {
                      return Answer.refused(seen);
                    }
                    pause.pause();
                    return new Answer(units, left.merge("units", -units, Integer::sum));
                  }
                });
      }
    }

    /** As it should be. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final Map<String, Integer> left = new HashMap<>(Map.of("units", stock));

                  @Override
                  public int stock() {
                    return left.get("units");
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (left) {
                      int seen = left.get("units");
                      if (seen < units) {
                        return Answer.refused(seen);
                      }
                      pause.pause();
                      return new Answer(units, left.merge("units", -units, Integer::sum));
                    }
                  }
                });
      }
    }
  }

  /** An element of an array is no more atomic than a field. */
  public static final class ArrayElement {
    private ArrayElement() {}

    /** As it must not be. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Shop(stock) {
                  private final long[] left = {0, stock};

                  @Override
                  public int stock() {
                    return (int) left[1];
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (left[1] < units) {
                      return Answer.refused((int) left[1]);
                    }
                    pause.pause();
                    left[1] -= units;
                    return new Answer(units, (int) left[1]);
                  }
                });
      }
    }

    /** As it should be. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Shop(stock) {
                  private final long[] left = {0, stock};

                  @Override
                  public int stock() {
                    return (int) left[1];
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (left) {
                      if (left[1] < units) {
                        return Answer.refused((int) left[1]);
                      }
                      pause.pause();
                      left[1] -= units;
                      return new Answer(units, (int) left[1]);
                    }
                  }
                });
      }
    }
  }
}
