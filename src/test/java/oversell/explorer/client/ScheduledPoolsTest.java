package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;

import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Options;
import oversell.explorer.Scenario;

/** Tasks that are due after a delay, in the pools that the JDK has for them. */
class ScheduledPoolsTest {
  private static <R> Exploration<R> explored(Class<? extends Scenario<R>> scenario) {
    return Explorer.explore(scenario, Options.exhaustive());
  }

  private static <R> void comesTo(Class<? extends Scenario<R>> scenario, Set<R> outcomes) {
    Exploration<R> explored = explored(scenario);

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.failure()).isEmpty();
    assertThat(explored.outcomes().keySet()).isEqualTo(outcomes);
    assertThat(explored.certificate()).isPresent();
    checkAgainstAllSchedules(scenario, explored);
  }

  /** A reservation that lapses after a while, unless it is paid for before. */
  static class Reservation implements Scenario<String> {
    private boolean isPaid;
    private boolean hasLapsed;

    boolean isGuarded() {
      return true;
    }

    private void lapse() {
      if (isGuarded()) {
        synchronized (this) {
          hasLapsed = !isPaid;
        }
      } else {
        hasLapsed = !isPaid;
      }
    }

    private void pay() {
      if (isGuarded()) {
        synchronized (this) {
          isPaid = !hasLapsed;
        }
      } else {
        isPaid = !hasLapsed;
      }
    }

    ScheduledExecutorService pool() {
      return Executors.newScheduledThreadPool(1);
    }

    @Override
    public String run() throws Exception {
      ScheduledExecutorService pool = pool();
      pool.schedule(this::lapse, 10, TimeUnit.MILLISECONDS);
      pay();
      pool.shutdown();
      boolean isOver = pool.awaitTermination(1, TimeUnit.DAYS);
      return (isPaid ? "paid" : "") + (hasLapsed ? "lapsed" : "") + (isOver ? "" : " not over");
    }
  }

  static final class Unguarded extends Reservation {
    @Override
    boolean isGuarded() {
      return false;
    }
  }

  static final class OfAClass extends Reservation {
    @Override
    ScheduledExecutorService pool() {
      return new ScheduledThreadPoolExecutor(2, Thread.ofVirtual().factory());
    }
  }

  @Test
  void aTaskMayBeDueBetweenAnyTwoStepsOfOthers() {
    comesTo(Reservation.class, Set.of("paid", "lapsed"));
    comesTo(Unguarded.class, Set.of("paid", "lapsed", "paidlapsed"));
    comesTo(OfAClass.class, Set.of("paid", "lapsed"));
  }

  /** Two tasks of one thread, the later one first. */
  static class InOrder implements Scenario<String> {
    private final StringBuffer seen = new StringBuffer();

    int threads() {
      return 1;
    }

    @Override
    public String run() throws Exception {
      try (ExecutorService all = both()) {
        all.execute(() -> seen.append('c'));
      }
      return seen.toString();
    }

    private ExecutorService both() {
      ScheduledExecutorService pool = Executors.newScheduledThreadPool(threads());
      pool.schedule(() -> seen.append('b'), 20, TimeUnit.MILLISECONDS);
      pool.schedule(() -> seen.append('a'), 10, TimeUnit.MILLISECONDS);
      return pool;
    }
  }

  /** The JDK starts a thread all the same, which ends when there is no task. */
  static final class OfNoCoreThread extends InOrder {
    @Override
    int threads() {
      return 0;
    }
  }

  static final class OfTwoThreads extends InOrder {
    @Override
    int threads() {
      return 2;
    }
  }

  @Test
  void tasksOfOneThreadAreRunInTheOrderInWhichTheyAreDue() {
    // The first may be due before the next is handed over.
    comesTo(InOrder.class, Set.of("cab", "acb", "abc", "bac", "bca"));
    comesTo(OfNoCoreThread.class, Set.of("cab", "acb", "abc", "bac", "bca"));
    assertThat(explored(OfTwoThreads.class).outcomes().keySet())
        .contains("cba", "abc", "acb", "bac", "bca", "cab");
  }

  static final class Cancelled implements Scenario<String> {
    private int count;

    @Override
    public String run() throws Exception {
      ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
      pool.setRemoveOnCancelPolicy(true);
      ScheduledFuture<?> task = pool.schedule(() -> ++count, 1, TimeUnit.SECONDS);
      boolean isCancelled = task.cancel(false);
      pool.close();
      return isCancelled + " " + count + " " + task.isCancelled();
    }
  }

  static final class Dropped implements Scenario<Integer> {
    private int count;

    @Override
    public Integer run() {
      ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
      pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
      pool.schedule(() -> ++count, 1, TimeUnit.SECONDS);
      pool.close();
      return count;
    }
  }

  @Test
  void aTaskThatIsCancelledBeforeItIsDueIsNotRun() {
    comesTo(Cancelled.class, Set.of("true 0 true", "true 1 true", "false 1 false"));
    comesTo(Dropped.class, Set.of(0, 1));
  }

  static final class Value implements Scenario<Integer> {
    @Override
    public Integer run() throws Exception {
      try (var pool = new ScheduledThreadPoolExecutor(1)) {
        long begun = System.nanoTime();
        int value = pool.schedule(() -> 7, 5, TimeUnit.SECONDS).get();
        return System.nanoTime() - begun >= 5_000_000_000L ? value : -1;
      }
    }
  }

  static final class AfterADay implements Scenario<Integer> {
    private int count;

    @Override
    public Integer run() throws Exception {
      var pool = Executors.newSingleThreadScheduledExecutor();
      pool.schedule(() -> ++count, 1, TimeUnit.DAYS);
      Thread other = Thread.startVirtualThread(() -> count = 5);
      other.join();
      int before = count;
      pool.shutdown();
      return pool.awaitTermination(2, TimeUnit.DAYS) ? 10 * before + count : -1;
    }
  }

  static final class OfAStage implements Scenario<Integer> {
    private int count;

    @Override
    public Integer run() {
      var pool = Executors.newSingleThreadScheduledExecutor();
      var stage = CompletableFuture.runAsync(() -> count++, pool);
      count++;
      stage.join();
      return count;
    }
  }

  @Test
  void theTimeOfADelayHasPassedWhenATaskRuns() {
    comesTo(Value.class, Set.of(7));
    comesTo(AfterADay.class, Set.of(56));
    comesTo(OfAStage.class, Set.of(1, 2));
  }

  static final class Rejected implements Scenario<String> {
    @Override
    public String run() {
      var pool = Executors.newScheduledThreadPool(1);
      pool.shutdown();
      try {
        pool.schedule(() -> {}, 1, TimeUnit.SECONDS);
        return "taken";
      } catch (java.util.concurrent.RejectedExecutionException refused) {
        return "refused";
      }
    }
  }

  @Test
  void aPoolThatIsShutDownTakesNoTask() {
    comesTo(Rejected.class, Set.of("refused"));
  }

  /** Takes from a stock at a fixed rate until it is empty. */
  static class Periodic implements Scenario<Integer> {
    private final CountDownLatch three = new CountDownLatch(3);
    private int stock = 3;

    boolean isGuarded() {
      return true;
    }

    final void take() {
      if (isGuarded()) {
        synchronized (this) {
          stock--;
        }
      } else {
        stock--;
      }
      three.countDown();
    }

    ScheduledFuture<?> start(ScheduledExecutorService pool) {
      return pool.scheduleAtFixedRate(this::take, 0, 1, TimeUnit.SECONDS);
    }

    @Override
    public Integer run() throws Exception {
      ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
      ScheduledFuture<?> ticks = start(pool);
      if (isGuarded()) {
        synchronized (this) {
          stock += 10;
        }
      } else {
        stock += 10;
      }
      three.await();
      ticks.cancel(false);
      pool.shutdown();
      return pool.awaitTermination(1, TimeUnit.DAYS) ? stock - (int) three.getCount() : -1;
    }
  }

  static final class WithADelay extends Periodic {
    @Override
    ScheduledFuture<?> start(ScheduledExecutorService pool) {
      return pool.scheduleWithFixedDelay(this::take, 1, 1, TimeUnit.SECONDS);
    }
  }

  static final class UnguardedTicks extends Periodic {
    @Override
    boolean isGuarded() {
      return false;
    }
  }

  /** Nobody ends it, so it goes on in the JVM when all others have ended. */
  static final class NotEnded implements Scenario<Integer> {
    private int count;

    @Override
    public Integer run() {
      Executors.newScheduledThreadPool(1)
          .scheduleAtFixedRate(() -> ++count, 1, 1, TimeUnit.MINUTES);
      return count;
    }
  }

  static final class FailsSoon implements Scenario<String> {
    private int count;

    @Override
    public String run() throws Exception {
      var pool = new ScheduledThreadPoolExecutor(1);
      var ticks =
          pool.scheduleAtFixedRate(
              () -> {
                if (++count == 2) {
                  throw new IllegalStateException("sold out");
                }
              },
              1,
              1,
              TimeUnit.SECONDS);
      try {
        ticks.get();
        return "ended";
      } catch (java.util.concurrent.ExecutionException expected) {
        return expected.getCause().getMessage() + count;
      }
    }
  }

  @Test
  void aPeriodicTaskRunsUntilItIsEnded() {
    Exploration<Integer> guarded = explored(Periodic.class);
    Exploration<Integer> broken = explored(UnguardedTicks.class);

    assertThat(guarded.failure()).isEmpty();
    assertThat(guarded.outcomes().keySet()).contains(9, 10);
    assertThat(explored(WithADelay.class).outcomes().keySet()).contains(9, 10);
    assertThat(broken.outcomes().keySet()).contains(0, -1);
    assertThat(explored(FailsSoon.class).outcomes().keySet()).containsExactly("sold out2");
  }

  /** It could run any number of times between two steps of another thread. */
  @Test
  void aPeriodicTaskIsABoundAndNeverProved() {
    for (Exploration<?> explored : List.of(explored(Periodic.class), explored(NotEnded.class))) {
      assertThat(explored.certificate()).isEmpty();
      assertThat(explored.uncontrolled()).isEmpty();
      assertThat(explored.schedules()).isEmpty();
      assertThat(explored.bound().orElseThrow()).startsWith("a periodic task was run again only");
    }
  }

  /** Stops a pool that has a task: how many are left of it, and how many were run. */
  static final class Stopped implements Scenario<String> {
    private int run;

    @Override
    public String run() throws Exception {
      ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
      pool.schedule(() -> run++, 1, TimeUnit.MILLISECONDS);
      int left = pool.shutdownNow().size();
      boolean isOver = pool.awaitTermination(1, TimeUnit.DAYS);
      return left + " left, " + run + " run" + (isOver ? "" : ", not over");
    }
  }

  @Test
  void aTaskIsLostThatAThreadHasTakenFromAPoolThatIsStopped() {
    comesTo(Stopped.class, Set.of("1 left, 0 run", "0 left, 1 run", "0 left, 0 run"));
  }

  /** Hands tasks on to a pool, and counts them. */
  private static final class Counting extends AbstractExecutorService
      implements ScheduledExecutorService {
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
    private int count;

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      count++;
      return pool.schedule(task, delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
      return pool.schedule(task, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
        Runnable task, long delay, long period, TimeUnit unit) {
      return pool.scheduleAtFixedRate(task, delay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable task, long delay, long period, TimeUnit unit) {
      return pool.scheduleWithFixedDelay(task, delay, period, unit);
    }

    @Override
    public void execute(Runnable task) {
      pool.execute(task);
    }

    @Override
    public void shutdown() {
      pool.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
      return pool.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
      return pool.isShutdown();
    }

    @Override
    public boolean isTerminated() {
      return pool.isTerminated();
    }

    @Override
    public boolean awaitTermination(long limit, TimeUnit unit) throws InterruptedException {
      return pool.awaitTermination(limit, unit);
    }
  }

  static final class HandsOn implements Scenario<Integer> {
    private int sum;

    @Override
    public Integer run() throws Exception {
      Counting counting = new Counting();
      ScheduledExecutorService pool = counting;
      Runnable task = () -> sum += 10;
      Thread beside = Thread.startVirtualThread(() -> pool.schedule(() -> {}, 1, TimeUnit.SECONDS));
      ScheduledFuture<?> one = pool.schedule(task, 1, TimeUnit.SECONDS);
      one.get();
      beside.join();
      return sum + counting.count;
    }
  }

  @Test
  void aClassThatHandsTasksOnIsExplored() {
    Exploration<Integer> explored = explored(HandsOn.class);

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes()).containsOnlyKeys(11, 12);
  }

  static final class Own extends ScheduledThreadPoolExecutor {
    Own() {
      super(1);
    }
  }

  static final class OfOnesOwn implements Scenario<Integer> {
    @Override
    public Integer run() throws Exception {
      return new Own().schedule(() -> 1, 1, TimeUnit.SECONDS).get();
    }
  }

  @Test
  void whyAClassOfOnesOwnIsNotUnderControlIsSaid() {
    assertThat(explored(OfOnesOwn.class).uncontrolled())
        .first()
        .asString()
        .contains("a class that extends it", "Executors");
  }

  static final class Asked implements Scenario<Integer> {
    @Override
    public Integer run() throws Exception {
      var pool = new ScheduledThreadPoolExecutor(1);
      pool.schedule(() -> 1, 1, TimeUnit.SECONDS);
      return pool.getQueue().size();
    }
  }

  static final class GrowsLater implements Scenario<Integer> {
    private int count;

    @Override
    public Integer run() throws Exception {
      ThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
      pool.setCorePoolSize(2);
      var one = pool.submit(() -> count++);
      var other = pool.submit(() -> count++);
      one.get();
      other.get();
      return count;
    }
  }

  static final class OtherThreads implements Scenario<Integer> {
    @Override
    public Integer run() throws Exception {
      var pool = new ScheduledThreadPoolExecutor(1);
      pool.setThreadFactory(task -> new Thread(task, "mine"));
      return pool.submit(() -> Thread.currentThread().getName().length()).get();
    }
  }

  /** Once they are due, the JDK's heap runs the last of them before the one in the middle. */
  static class AllAtOnce implements Scenario<Integer> {
    private int seen;

    int tasks() {
      return 3;
    }

    @Override
    public Integer run() throws Exception {
      Timer timer = new Timer(true);
      CountDownLatch done = new CountDownLatch(tasks());
      for (int i = 1; i <= tasks(); i++) {
        int number = i;
        timer.schedule(
            new TimerTask() {
              @Override
              public void run() {
                seen = 10 * seen + number;
                done.countDown();
              }
            },
            5);
      }
      done.await();
      return seen;
    }
  }

  static final class BothAtOnce extends AllAtOnce {
    @Override
    int tasks() {
      return 2;
    }
  }

  @Test
  void twoTasksOfATimerThatAreDueTogetherRunInTheOrderInWhichTheyWereScheduled() {
    comesTo(BothAtOnce.class, Set.of(12));
  }

  /** One task was due long ago, and another one is due now that was scheduled before. */
  static final class DueLongAgo implements Scenario<String> {
    private final StringBuffer seen = new StringBuffer();

    private TimerTask task(String name, CountDownLatch done) {
      return new TimerTask() {
        @Override
        public void run() {
          seen.append(name);
          done.countDown();
        }
      };
    }

    @Override
    public String run() throws Exception {
      Timer timer = new Timer(true);
      CountDownLatch done = new CountDownLatch(2);
      timer.schedule(task("now", done), 0);
      timer.schedule(task("past", done), new Date(5));
      done.await();
      return seen.toString();
    }
  }

  @Test
  void aTimerRunsFirstWhatWasDueFirst() {
    comesTo(DueLongAgo.class, Set.of("nowpast", "pastnow"));
  }

  /** What the JDK answers is in the order of its heap: one, three, two. */
  static final class ListsWhatIsLeft implements Scenario<Integer> {
    @Override
    public Integer run() {
      ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
      pool.schedule(() -> {}, 1, TimeUnit.DAYS);
      var last = pool.schedule(() -> {}, 3, TimeUnit.DAYS);
      pool.schedule(() -> {}, 2, TimeUnit.DAYS);
      return pool.shutdownNow().indexOf(last);
    }
  }

  /** The next task may find it, and may not. */
  static final class LeavesAnInterrupt implements Scenario<Integer> {
    private int seen;

    @Override
    public Integer run() throws Exception {
      Timer timer = new Timer(true);
      CountDownLatch done = new CountDownLatch(2);
      for (int i = 0; i < 2; i++) {
        timer.schedule(
            new TimerTask() {
              @Override
              public void run() {
                seen += Thread.currentThread().isInterrupted() ? 1 : 0;
                Thread.currentThread().interrupt();
                done.countDown();
              }
            },
            0);
      }
      done.await();
      return seen;
    }
  }

  /** The next task finds it interrupted, or does not, as the thread waited for that or did not. */
  static final class InterruptsATimer implements Scenario<Integer> {
    private volatile Thread thread;

    @Override
    public Integer run() throws Exception {
      Timer timer = new Timer();
      CompletableFuture<Integer> seen = new CompletableFuture<>();
      CountDownLatch begun = new CountDownLatch(1);
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              thread = Thread.currentThread();
              begun.countDown();
            }
          },
          0);
      begun.await();
      thread.interrupt();
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              seen.complete(Thread.currentThread().isInterrupted() ? 2 : 1);
            }
          },
          0);
      return seen.get();
    }
  }

  @Test
  void anInterruptOfATimerIsNamed() {
    assertThat(explored(InterruptsATimer.class).certificate()).isEmpty();
    assertThat(explored(InterruptsATimer.class).uncontrolled().toString())
        .contains("an interrupt of the thread of a Timer", "(ScheduledPoolsTest.java:");
  }

  static final class Unconfigurable implements Scenario<Integer> {
    @Override
    public Integer run() throws Exception {
      return Executors.unconfigurableScheduledExecutorService(new ScheduledThreadPoolExecutor(1))
          .schedule(() -> 1, 1, TimeUnit.SECONDS)
          .get();
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        OfOnesOwn.class,
        Asked.class,
        Unconfigurable.class,
        GrowsLater.class,
        OtherThreads.class,
        AllAtOnce.class,
        ListsWhatIsLeft.class,
        LeavesAnInterrupt.class
      })
  void whatIsNotUnderControlIsNamed(Class<? extends Scenario<Integer>> scenario) {
    Exploration<Integer> explored = explored(scenario);

    assertThat(explored.uncontrolled()).isNotEmpty();
    assertThat(explored.certificate()).isEmpty();
  }

  /** A timer ends a sale that a buyer comes to. */
  static class EndOfSale implements Scenario<String> {
    private final Object lock = new Object();
    private int stock = 1;
    private boolean isOver;

    boolean isGuarded() {
      return true;
    }

    private boolean buy() {
      if (isGuarded()) {
        synchronized (lock) {
          return !isOver && stock-- > 0;
        }
      }
      return !isOver && stock-- > 0;
    }

    private void end() {
      if (isGuarded()) {
        synchronized (lock) {
          isOver = true;
          stock = 0;
        }
      } else {
        isOver = true;
        stock = 0;
      }
    }

    @Override
    public String run() throws Exception {
      Timer timer = new Timer();
      CountDownLatch over = new CountDownLatch(1);
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              end();
              over.countDown();
            }
          },
          10);
      boolean isSold = buy();
      over.await();
      timer.cancel();
      return isSold + " " + stock;
    }
  }

  static final class UnguardedEnd extends EndOfSale {
    @Override
    boolean isGuarded() {
      return false;
    }
  }

  static final class FailingTimer implements Scenario<String> {
    private String name = "";

    @Override
    public String run() throws Exception {
      Timer timer = new Timer();
      CountDownLatch done = new CountDownLatch(1);
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              name = Thread.currentThread().getName();
              done.countDown();
              throw new IllegalStateException("sold out");
            }
          },
          new Date(System.currentTimeMillis() + 5));
      done.await();
      try {
        timer.schedule(
            new TimerTask() {
              @Override
              public void run() {}
            },
            0);
        return name + " goes on";
      } catch (IllegalStateException ended) {
        return name + " " + ended.getMessage();
      }
    }
  }

  static final class CancelledTask implements Scenario<String> {
    private int count;

    @Override
    public String run() throws Exception {
      Timer timer = new Timer(true);
      TimerTask task =
          new TimerTask() {
            @Override
            public void run() {
              count++;
            }
          };
      timer.schedule(task, 5);
      boolean isCancelled = task.cancel();
      int seen = count;
      timer.cancel();
      try {
        timer.schedule(task, 5);
        return "taken";
      } catch (IllegalStateException refused) {
        return isCancelled + " " + seen;
      }
    }
  }

  @Test
  void aTimerRunsATaskAtAnyMomentAfterItsTime() {
    comesTo(EndOfSale.class, Set.of("true 0", "false 0"));
    comesTo(CancelledTask.class, Set.of("true 0", "false 0", "false 1"));
    assertThat(explored(UnguardedEnd.class).outcomes().keySet()).contains("false -1");
  }

  @Test
  void aTimerEndsWithATaskThatFails() {
    Exploration<String> explored = explored(FailingTimer.class);

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.failure().orElseThrow().toString()).contains("sold out");
  }

  /** Two tasks, one after the other, and which threads run them. */
  static class RunBy implements Scenario<String> {
    int threads() {
      return 0;
    }

    @Override
    public String run() throws Exception {
      try (ScheduledExecutorService pool = new ScheduledThreadPoolExecutor(threads())) {
        String first = nameIn(pool);
        Thread.sleep(20);
        return first + " " + nameIn(pool);
      }
    }

    private static String nameIn(ScheduledExecutorService pool) throws Exception {
      return pool.schedule(() -> Thread.currentThread().getName(), 1, TimeUnit.MILLISECONDS).get();
    }
  }

  static final class RunByOne extends RunBy {
    @Override
    int threads() {
      return 1;
    }
  }

  @Test
  void aThreadThatIsNoCoreThreadMayEndBetweenTwoTasks() {
    comesTo(
        RunBy.class, Set.of("pool-1-thread-1 pool-1-thread-1", "pool-1-thread-1 pool-1-thread-2"));
    comesTo(RunByOne.class, Set.of("pool-1-thread-1 pool-1-thread-1"));
  }
}
