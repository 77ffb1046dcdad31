package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.explored;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Scenario;

/** A pool says that it is shut down before it has ended, and before it interrupts its threads. */
public class ShutdownTest {
  private static final String INTERRUPTED_LATE =
      "a thread that learns that it is about to be interrupted";

  /** Whether a pool without threads has ended where it says that it is shut down. */
  abstract static class EndsAfterItsShutdown implements Scenario<String> {
    abstract ExecutorService pool();

    void shutDown(ExecutorService pool) {
      pool.shutdown();
    }

    @Override
    public String run() throws Exception {
      ExecutorService pool = pool();
      Thread other = Thread.ofVirtual().start(() -> shutDown(pool));
      String seen = pool.isShutdown() ? "has ended: " + pool.isTerminated() : "is open";
      other.join();
      return pool.awaitTermination(1, TimeUnit.DAYS) ? seen : "never ends";
    }
  }

  static class Fixed extends EndsAfterItsShutdown {
    @Override
    ExecutorService pool() {
      return Executors.newFixedThreadPool(2);
    }
  }

  static class FixedAtOnce extends Fixed {
    @Override
    void shutDown(ExecutorService pool) {
      var unused = pool.shutdownNow();
    }
  }

  static class FixedClosed extends Fixed {
    @Override
    void shutDown(ExecutorService pool) {
      pool.close();
    }
  }

  static class Single extends EndsAfterItsShutdown {
    @Override
    ExecutorService pool() {
      return Executors.newSingleThreadExecutor();
    }
  }

  static class Cached extends EndsAfterItsShutdown {
    @Override
    ExecutorService pool() {
      return Executors.newCachedThreadPool();
    }
  }

  static class PerTask extends EndsAfterItsShutdown {
    @Override
    ExecutorService pool() {
      return Executors.newVirtualThreadPerTaskExecutor();
    }
  }

  static class PerTaskAtOnce extends PerTask {
    @Override
    void shutDown(ExecutorService pool) {
      var unused = pool.shutdownNow();
    }
  }

  static class PerTaskClosed extends PerTask {
    @Override
    void shutDown(ExecutorService pool) {
      pool.close();
    }
  }

  static class Forks extends EndsAfterItsShutdown {
    @Override
    ExecutorService pool() {
      return new ForkJoinPool(2);
    }
  }

  static class Scheduled extends EndsAfterItsShutdown {
    @Override
    ExecutorService pool() {
      return Executors.newScheduledThreadPool(1);
    }
  }

  static class Timed extends EndsAfterItsShutdown {
    @Override
    ExecutorService pool() {
      return new ThreadPoolExecutor(1, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }
  }

  static class CallsItsOwn extends EndsAfterItsShutdown {
    @Override
    ExecutorService pool() {
      return new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
        @Override
        public void shutdown() {
          super.shutdown();
        }
      };
    }
  }

  static class CallsItsOwnAtOnce extends EndsAfterItsShutdown {
    @Override
    ExecutorService pool() {
      return new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
        @Override
        public void shutdown() {
          var unused = super.shutdownNow();
        }
      };
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Fixed.class,
        FixedAtOnce.class,
        FixedClosed.class,
        Single.class,
        Cached.class,
        PerTask.class,
        PerTaskAtOnce.class,
        PerTaskClosed.class,
        Forks.class,
        Scheduled.class,
        Timed.class,
        CallsItsOwn.class,
        CallsItsOwnAtOnce.class,
      })
  void aPoolEndsAfterItSaysThatItIsShutDown(Class<? extends EndsAfterItsShutdown> scenario) {
    assertThat(explored(scenario).outcomes())
        .containsOnlyKeys("is open", "has ended: false", "has ended: true");
    checkAgainstAllSchedules(scenario);
  }

  /** Its tasks are in its queue where it says that it is shut down. */
  static class GivesItsTasksBack implements Scenario<String> {
    @Override
    public String run() throws Exception {
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
      CountDownLatch latch = new CountDownLatch(1);
      pool.execute(() -> await(latch));
      pool.execute(() -> {});
      Thread other = Thread.ofVirtual().start(pool::shutdownNow);
      String seen = pool.isShutdown() ? "waiting: " + pool.getQueue().size() : "is open";
      latch.countDown();
      other.join();
      return pool.awaitTermination(1, TimeUnit.DAYS) ? seen : "never ends";
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void aPoolSaysThatItIsShutDownBeforeItGivesItsTasksBack() {
    assertThat(explored(GivesItsTasksBack.class).outcomes())
        .containsOnlyKeys("is open", "waiting: 0", "waiting: 1");
  }

  /** A task that asks whether its pool is shut down, and then whether it is interrupted. */
  static class AsksItsPool implements Scenario<String> {
    private volatile boolean isInterrupted;

    @Override
    public String run() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(2);
      CountDownLatch begun = new CountDownLatch(1);
      pool.execute(
          () -> {
            begun.countDown();
            while (!pool.isShutdown()) {
              Thread.onSpinWait();
            }
            isInterrupted = Thread.currentThread().isInterrupted();
          });
      begun.await();
      var unused = pool.shutdownNow();
      return pool.awaitTermination(1, TimeUnit.DAYS) + " " + isInterrupted;
    }
  }

  @Test
  void aPoolSaysThatItIsShutDownBeforeItInterruptsItsThreads() {
    Exploration<String> found = explored(AsksItsPool.class);

    assertThat(found.outcomes()).containsOnlyKeys("true false", "true true");
    assertThat(found.isComplete()).as(found.toString()).isTrue();
    assertThat(found.toString()).doesNotContain(INTERRUPTED_LATE);
  }

  /** Of two tasks that are interrupted the second asks when the first says that it was. */
  static class InterruptedTogether implements Scenario<Boolean> {
    private volatile boolean isFirstInterrupted;
    private volatile boolean isSecondInterrupted;

    @Override
    public Boolean run() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(2);
      CountDownLatch begun = new CountDownLatch(2);
      pool.execute(
          () -> {
            begun.countDown();
            while (!Thread.currentThread().isInterrupted()) {
              Thread.onSpinWait();
            }
            isFirstInterrupted = true;
          });
      pool.execute(
          () -> {
            begun.countDown();
            while (!isFirstInterrupted) {
              Thread.onSpinWait();
            }
            isSecondInterrupted = Thread.currentThread().isInterrupted();
          });
      begun.await();
      var unused = pool.shutdownNow();
      return pool.awaitTermination(1, TimeUnit.DAYS) && isSecondInterrupted;
    }
  }

  /** A task asks whether it is interrupted when another thread finds that it is cancelled. */
  static class Cancelled implements Scenario<Boolean> {
    private volatile boolean isCancelled;
    private volatile boolean isInterrupted;

    @Override
    public Boolean run() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(2);
      CountDownLatch begun = new CountDownLatch(1);
      Future<?> task =
          pool.submit(
              () -> {
                begun.countDown();
                while (!isCancelled) {
                  Thread.onSpinWait();
                }
                isInterrupted = Thread.currentThread().isInterrupted();
              });
      begun.await();
      Thread other = Thread.ofVirtual().start(() -> await(task));
      boolean unused = task.cancel(true);
      other.join();
      pool.shutdown();
      return pool.awaitTermination(1, TimeUnit.DAYS) && isInterrupted;
    }

    private void await(Future<?> task) {
      try {
        var unused = task.get();
      } catch (CancellationException cancelled) {
        isCancelled = true;
      } catch (InterruptedException | ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {InterruptedTogether.class, Cancelled.class})
  void anInterruptThatComesLateIsNamed(Class<? extends Scenario<Boolean>> scenario) {
    assertThat(explored(scenario).toString()).contains(INTERRUPTED_LATE);
  }

  /** A thread waits for a pool, or a result, by asking again and again. */
  static class Asks implements Scenario<String> {
    @Override
    public String run() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(1);
      Future<?> task = pool.submit(() -> {});
      Thread other =
          Thread.ofVirtual()
              .start(
                  () -> {
                    task.cancel(false);
                    pool.shutdown();
                  });
      while (!pool.isTerminated()) {
        Thread.onSpinWait();
      }
      other.join();
      return task.isDone() + " " + pool.isShutdown();
    }
  }

  @Test
  void aBusyWaitForTheEndOfAPoolEnds() {
    Exploration<String> found = explored(Asks.class);

    assertThat(found.outcomes()).containsOnlyKeys("true true");
    assertThat(found.isComplete()).as(found.toString()).isTrue();
  }
}
