package oversell.corpus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/** Inventories that never end, do what cannot be controlled, or never release a lock. */
public final class Stubborn {
  private Stubborn() {}

  /** Busy-waits for a flag that is never set, with a yield. */
  public static final class SpinsPolitely extends Door {
    public SpinsPolitely() {
      super(
          stock ->
              new Shop(stock) {
                private boolean flag;

                @Override
                public Answer purchase(int units, Pause pause) {
                  while (!flag) {
                    Thread.onSpinWait();
                  }
                  return Answer.refused(stock);
                }
              });
    }
  }

  /** Busy-waits for a flag that is never set. */
  public static final class Spins extends Door {
    public Spins() {
      super(
          stock ->
              new Shop(stock) {
                private boolean flag;

                @Override
                public Answer purchase(int units, Pause pause) {
                  while (!flag) {
                    // Again.
                  }
                  return Answer.refused(stock);
                }
              });
    }
  }

  /** Busy-waits for a flag that is never set, reading it under a monitor. */
  public static final class SpinsByCalls extends Door {
    public SpinsByCalls() {
      super(
          stock ->
              new Shop(stock) {
                private boolean flag;

                private synchronized boolean flag() {
                  return flag;
                }

                @Override
                public Answer purchase(int units, Pause pause) {
                  while (!flag()) {
                    // Again.
                  }
                  return Answer.refused(stock);
                }
              });
    }
  }

  /** Touches nothing, for ever. */
  public static final class Loops extends Door {
    public Loops() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) {
                  while (true) {
                    // Again.
                  }
                }
              });
    }
  }

  /** The same inside a monitor, whose block is left whatever is thrown. */
  public static final class LoopsInAMonitor extends Door {
    public LoopsInAMonitor() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) {
                  synchronized (this) {
                    while (true) {
                      // Again.
                    }
                  }
                }
              });
    }
  }

  /** The same, and takes nothing that is thrown for an answer. */
  public static final class LoopsWhateverIsThrown extends Door {
    public LoopsWhateverIsThrown() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) {
                  while (true) {
                    try {
                      stock = stock + 0;
                    } catch (Throwable any) {
                      stock = stock + 1;
                    }
                  }
                }
              });
    }
  }

  /** Two threads that always yield to each other (a livelock). */
  public static final class AfterYou extends Door {
    public AfterYou() {
      super(
          stock ->
              new Shop(stock) {
                private final boolean[] wants = new boolean[2];

                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  int me = (int) (Thread.currentThread().threadId() % 2);
                  wants[me] = true;
                  while (wants[1 - me]) {
                    wants[me] = false;
                    Thread.yield();
                    wants[me] = true;
                  }
                  Answer answer = sell(units, pause);
                  wants[me] = false;
                  return answer;
                }
              });
    }
  }

  /** A lock that threads try to take again and again. */
  public static final class SpinsForItsTurn extends Door {
    public SpinsForItsTurn() {
      super(
          stock ->
              new Shop(stock) {
                private final AtomicBoolean taken = new AtomicBoolean();

                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  while (!taken.compareAndSet(false, true)) {
                    Thread.sleep(1);
                  }
                  try {
                    return sell(units, pause);
                  } finally {
                    taken.set(false);
                  }
                }
              });
    }
  }

  public static final class ReadsAFile extends Door {
    public ReadsAFile() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public synchronized Answer purchase(int units, Pause pause)
                    throws InterruptedException {
                  return Files.exists(Path.of("closed"))
                      ? Answer.refused(stock)
                      : sell(units, pause);
                }
              });
    }
  }

  public static final class LooksAtAQueue extends Door {
    public LooksAtAQueue() {
      super(
          stock ->
              new Shop(stock) {
                private final ReentrantLock lock = new ReentrantLock();

                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  if (lock.hasQueuedThreads()) {
                    return Answer.refused(stock);
                  }
                  lock.lock();
                  try {
                    return sell(units, pause);
                  } finally {
                    lock.unlock();
                  }
                }
              });
    }
  }

  /**
   * Is stopped where a map holds a monitor of its own, for which another waits. The hash of the key
   * may be anything, so the bin is not known.
   */
  public static final class ComputesInAMap extends Door {
    public ComputesInAMap() {
      super(
          stock ->
              new Shop(stock) {
                private static final List<String> KEY = List.of("units");
                private final ConcurrentHashMap<List<String>, Integer> shelf =
                    new ConcurrentHashMap<>(Map.of(KEY, stock));

                @Override
                public Answer purchase(int units, Pause pause) {
                  int left =
                      shelf.compute(KEY, (key, now) -> stock = now < units ? now : now - units);
                  return new Answer(units, left);
                }
              });
    }
  }

  public static final class AwaitsForATime extends Door {
    public AwaitsForATime() {
      super(
          stock ->
              new Shop(stock) {
                private final ReentrantLock lock = new ReentrantLock(true);
                private final Condition never = lock.newCondition();

                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  lock.lock();
                  try {
                    return never.await(1, TimeUnit.MILLISECONDS)
                        ? Answer.refused(stock)
                        : sell(units, pause);
                  } finally {
                    lock.unlock();
                  }
                }
              });
    }
  }

  private record Late(long untilNanos) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(1, TimeUnit.DAYS);
    }

    @Override
    public int compareTo(Delayed other) {
      return 0;
    }
  }

  /** Waits for the real clock somewhere inside the JDK. */
  public static final class WaitsForTheClock extends Door {
    public WaitsForTheClock() {
      super(
          stock ->
              new Shop(stock) {
                private final DelayQueue<Late> queue = new DelayQueue<>();

                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  queue.put(new Late(1));
                  takeBehindUs();
                  return Answer.refused(stock);
                }

                // Nobody but the JDK calls the queue there.
                @SuppressWarnings({"rawtypes", "unchecked"})
                private void takeBehindUs() throws InterruptedException {
                  new ExecutorCompletionService<>(Runnable::run, (BlockingQueue) queue).take();
                }
              });
    }
  }

  /** Asks for an address, which is another each time. */
  public static final class AsksForAnAddress extends Door {
    public AsksForAnAddress() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  for (int left = new Object().hashCode() % 64; left > 0; left--) {
                    synchronized (this) {
                      stock = stock + 0;
                    }
                  }
                  return sell(units, pause);
                }
              });
    }
  }

  /** Uses another element of an array each time, at the same place. */
  public static final class WritesToAnAddress extends Door {
    public WritesToAnAddress() {
      super(
          stock ->
              new Shop(stock) {
                private final int[] shelf = new int[64];

                @Override
                public Answer purchase(int units, Pause pause) {
                  // Many of them, since two may be equal by chance.
                  for (int i = 0; i < 10; i++) {
                    shelf[new Object().hashCode() % 64] = units;
                  }
                  return Answer.refused(stock);
                }
              });
    }
  }

  /** Each buyer is answered what it sees of a thread: 1 for its last step, 2 for its life. */
  public static final class WatchesAThread extends Door {
    public WatchesAThread() {
      super(
          stock ->
              new Shop(stock) {
                private boolean done;

                @Override
                public Answer purchase(int units, Pause pause) {
                  Thread thread = Thread.startVirtualThread(() -> done = true);
                  int seen = done ? 1 : 0;
                  return new Answer(seen + (thread.isAlive() ? 2 : 0), 0);
                }
              });
    }
  }

  /** The same of what an executor computes. */
  public static final class WatchesAFuture extends Door {
    public WatchesAFuture() {
      super(
          stock ->
              new Shop(stock) {
                private boolean done;

                @Override
                public Answer purchase(int units, Pause pause) {
                  try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                    var future = executor.submit(() -> done = true);
                    int seen = done ? 1 : 0;
                    return new Answer(seen + (future.isDone() ? 0 : 2), 0);
                  }
                }
              });
    }
  }

  /** The same of what a service has computed. */
  public static final class WatchesAService extends Door {
    public WatchesAService() {
      super(
          stock ->
              new Shop(stock) {
                private boolean done;

                @Override
                public Answer purchase(int units, Pause pause) {
                  try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                    var service = new ExecutorCompletionService<Boolean>(executor);
                    service.submit(() -> done = true);
                    int seen = done ? 1 : 0;
                    return new Answer(seen + (service.poll() == null ? 2 : 0), 0);
                  }
                }
              });
    }
  }

  /** The same of what can be cancelled until it has been computed. */
  public static final class CancelsAFuture extends Door {
    public CancelsAFuture() {
      super(
          stock ->
              new Shop(stock) {
                private boolean done;

                @Override
                public Answer purchase(int units, Pause pause) {
                  try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                    var future = executor.submit(() -> done = true);
                    int seen = done ? 1 : 0;
                    return new Answer(seen + (future.cancel(false) ? 2 : 0), 0);
                  }
                }
              });
    }
  }

  /** The second of two sees that the first has begun, and may have ended before that. */
  public static final class TakesTheFirst extends Door {
    public TakesTheFirst() {
      super(
          stock ->
              new Shop(stock) {
                private int done;

                @Override
                public Answer purchase(int units, Pause pause) {
                  try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                    var service = new ExecutorCompletionService<Integer>(executor);
                    service.submit(
                        () -> {
                          done = 1;
                          return 3;
                        });
                    service.submit(() -> done);
                    return new Answer(service.take().get(), 0);
                  } catch (InterruptedException | ExecutionException unexpected) {
                    throw new IllegalStateException(unexpected);
                  }
                }
              });
    }
  }

  /** Is answered whether a thread was alive, and whether it ended before the wait for that. */
  public static final class JoinsThoughInterrupted extends Door {
    public JoinsThoughInterrupted() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) {
                  Thread thread = Thread.startVirtualThread(() -> stock = units);
                  Thread.currentThread().interrupt();
                  int seen = thread.isAlive() ? 1 : 0;
                  try {
                    thread.join();
                    return new Answer(seen, 0);
                  } catch (InterruptedException early) {
                    return new Answer(seen + 2, 0);
                  }
                }
              });
    }
  }

  /** A deadlock of two locks, one of which is needed to read the stock. */
  public static final class GuardsItsStock extends Door {
    public GuardsItsStock() {
      super(
          stock ->
              new Shop(stock) {
                private final ReentrantLock one = new ReentrantLock();
                private final ReentrantLock other = new ReentrantLock();

                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  boolean even = Thread.currentThread().threadId() % 2 == 0;
                  (even ? one : other).lock();
                  (even ? other : one).lock();
                  try {
                    return sell(units, pause);
                  } finally {
                    one.unlock();
                    other.unlock();
                  }
                }

                @Override
                public int stock() {
                  one.lock();
                  try {
                    return stock;
                  } finally {
                    one.unlock();
                  }
                }
              });
    }
  }

  /** The last buyer keeps the lock, which shows only when the stock is read. */
  public static final class KeepsItsLock extends Door {
    public KeepsItsLock() {
      super(
          stock ->
              new Shop(stock) {
                private final ReentrantLock lock = new ReentrantLock();

                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  lock.lock();
                  Answer answer = sell(units, pause);
                  if (stock > 0) {
                    lock.unlock();
                  }
                  return answer;
                }

                @Override
                public int stock() {
                  lock.lock();
                  try {
                    return stock;
                  } finally {
                    lock.unlock();
                  }
                }
              });
    }
  }

  /** Checks and acts under the lock; the stock is read under the lock, too. */
  public static final class AsksUnderItsLock extends Door {
    public AsksUnderItsLock() {
      super(
          stock ->
              new Shop(stock) {
                private final ReentrantLock lock = new ReentrantLock();

                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  if (stock() < units) {
                    return Answer.refused(0);
                  }
                  lock.lock();
                  try {
                    pause.pause();
                    return act(units);
                  } finally {
                    lock.unlock();
                  }
                }

                @Override
                public int stock() {
                  lock.lock();
                  try {
                    return stock;
                  } finally {
                    lock.unlock();
                  }
                }
              });
    }
  }

  private record Order(int units, Pause pause, CompletableFuture<Answer> answer) {}

  /** A clerk that waits for orders for ever; started by the first buyer or before. */
  private static class Clerk extends Shop {
    final BlockingQueue<Order> orders = new ArrayBlockingQueue<>(4);

    Clerk(int stock) {
      super(stock);
    }

    final void serve() {
      try {
        while (true) {
          Order order = orders.take();
          order.answer().complete(sell(order.units(), order.pause()));
        }
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      Order order = new Order(units, pause, new CompletableFuture<>());
      orders.put(order);
      try {
        return order.answer().get();
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  public static final class HasAClerk extends Door {
    public HasAClerk() {
      super(
          stock -> {
            Clerk clerk = new Clerk(stock);
            Thread.startVirtualThread(clerk::serve);
            return clerk;
          });
    }
  }

  /** Two clerks, which is one too many. */
  public static final class HasTwoClerks extends Door {
    public HasTwoClerks() {
      super(
          stock -> {
            Clerk clerk = new Clerk(stock);
            Thread.ofVirtual().start(clerk::serve);
            Thread.ofVirtual().start(clerk::serve);
            return clerk;
          });
    }
  }

  /** Lets a thread of its own sell, and waits for that. */
  public static final class Delegates extends Door {
    public Delegates() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                    return executor.submit(() -> sellAlone(units, pause)).get();
                  } catch (ExecutionException impossible) {
                    throw new IllegalStateException(impossible);
                  }
                }

                private synchronized Answer sellAlone(int units, Pause pause)
                    throws InterruptedException {
                  return sell(units, pause);
                }
              });
    }
  }
}
