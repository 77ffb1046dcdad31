package oversell.corpus;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicStampedReference;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/** Guards made of atomic variables: each broken and correct. */
public final class Atomics {
  private Atomics() {}

  /** A volatile field: every buyer reads the latest stock, but two can read the same one. */
  public static final class VolatileWithoutAtomicity {
    private VolatileWithoutAtomicity() {}

    /** The broken version. */
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

    /** The correct version. */
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

    /** The broken version. */
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

    /** The correct version. */
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

  /** An atomic subtraction whose check is a step of its own. */
  public static final class CheckThenAdd {
    private CheckThenAdd() {}

    /** The broken version. */
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

    /** The correct version. */
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

  /** A version that comes back to a former value, so that a change is not noticed (ABA). */
  public static final class VersionThatComesRound {
    private VersionThatComesRound() {}

    /** The broken version. */
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

    /** The correct version. */
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

  /** Checks twice, but the second check uses the value of the first read. */
  public static final class DoubleCheckedRead {
    private DoubleCheckedRead() {}

    /** The broken version. */
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

    /** The correct version. */
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

  /** A concurrent map, read and written in two steps. */
  public static final class GetThenPut {
    private GetThenPut() {}

    /** The broken version. */
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

    /** The correct version. */
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

  /** A map that is not thread-safe, without a lock. */
  public static final class MapWithoutALock {
    private MapWithoutALock() {}

    /** The broken version. */
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

    /** The correct version. */
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

    /** The broken version. */
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

    /** The correct version. */
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
