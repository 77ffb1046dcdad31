package oversell.corpus;

import java.lang.ref.Cleaner;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/** Inventories whose work is done by threads that the JDK makes, each broken and right. */
public final class Strangers {
  private Strangers() {}

  /** An inventory whose purchases are made by another object. */
  private abstract static class Delegating extends Shop {
    final boolean guarded;

    Delegating(int stock, boolean guarded) {
      super(stock);
      this.guarded = guarded;
    }

    final Answer alone(int units, Pause pause) throws InterruptedException {
      if (!guarded) {
        return sell(units, pause);
      }
      synchronized (this) {
        return sell(units, pause);
      }
    }
  }

  private static final class Inheriting extends Delegating {
    Inheriting(int stock, boolean guarded) {
      super(stock, guarded);
    }

    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        return executor.submit(() -> alone(units, pause)).get();
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** The JDK itself makes the threads, which have the scheduler of the thread that starts them. */
  public static final class ThreadsOfTheJdk {
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> new Inheriting(stock, false));
      }
    }

    public static final class Right extends Door {
      public Right() {
        super(stock -> new Inheriting(stock, true));
      }
    }
  }

  /** A thread of the JDK's pool sells, by a lambda of ours. */
  public static final class SellsInAPool extends Door {
    public SellsInAPool() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) {
                  AtomicInteger sold = new AtomicInteger();
                  new ConcurrentHashMap<>(Map.of(1, 1, 2, 2, 3, 3, 4, 4))
                      .forEach(
                          1,
                          (number, same) -> {
                            if (number <= units && stock > 0) {
                              stock = stock - 1;
                              sold.incrementAndGet();
                            }
                          });
                  return new Answer(sold.get(), 0);
                }
              });
    }
  }

  /** A publisher's thread sells, and the buyer does not even wait for it. */
  public static final class Publishes extends Door {
    public Publishes() {
      super(
          stock ->
              new Shop(stock) {
                private final SubmissionPublisher<Integer> orders = new SubmissionPublisher<>();
                private final AtomicInteger sold = new AtomicInteger();

                @Override
                public Answer purchase(int units, Pause pause) {
                  synchronized (this) {
                    orders.consume(sold::addAndGet);
                    orders.submit(units);
                    return Answer.refused(stock);
                  }
                }
              });
    }
  }

  /** A thread of the JDK waits for garbage. */
  public static final class Cleans extends Door {
    public Cleans() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public synchronized Answer purchase(int units, Pause pause)
                    throws InterruptedException {
                  Cleaner.create().register(new Object(), () -> this.stock = 0);
                  return sell(units, pause);
                }
              });
    }
  }
}
