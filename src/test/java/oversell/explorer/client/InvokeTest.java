package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.explored;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Scenario;

/** Whoever waits for several tasks at once for a limited time may be late for any of them. */
class InvokeTest {
  /** How a task ended, as a letter or as its result. */
  static String ending(Future<?> task) throws InterruptedException {
    if (task.isCancelled()) {
      return "-";
    }
    try {
      return "" + task.get();
    } catch (ExecutionException failed) {
      return failed.getCause().getMessage();
    }
  }

  /** One task in time or late, by which executor it is run. */
  abstract static class One implements Scenario<String> {
    private int written;

    abstract ExecutorService executor();

    @Override
    public String run() throws Exception {
      String ended;
      try (ExecutorService executor = executor()) {
        ended = ending(executor.invokeAll(List.of(() -> ++written), 5, TimeUnit.SECONDS).get(0));
      }
      return ended + written;
    }
  }

  static class Fixed extends One {
    @Override
    ExecutorService executor() {
      return Executors.newFixedThreadPool(1);
    }
  }

  static class Cached extends One {
    @Override
    ExecutorService executor() {
      return Executors.newCachedThreadPool();
    }
  }

  static class Single extends One {
    @Override
    ExecutorService executor() {
      return Executors.newSingleThreadExecutor();
    }
  }

  static class Scheduled extends One {
    @Override
    ExecutorService executor() {
      return Executors.newScheduledThreadPool(1);
    }
  }

  static class PerTask extends One {
    @Override
    ExecutorService executor() {
      return Executors.newVirtualThreadPerTaskExecutor();
    }
  }

  static class PerPlatformTask extends One {
    @Override
    ExecutorService executor() {
      return Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory());
    }
  }

  static class Forking extends One {
    @Override
    ExecutorService executor() {
      return new ForkJoinPool(2);
    }
  }

  static class Stealing extends One {
    @Override
    ExecutorService executor() {
      return Executors.newWorkStealingPool();
    }
  }

  /** A task that is cancelled has not begun, is at work, or has done all but return. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        Fixed.class,
        Cached.class,
        Single.class,
        Scheduled.class,
        PerTask.class,
        PerPlatformTask.class,
        Forking.class,
        Stealing.class
      })
  void aTaskIsDoneInTimeOrCancelledWhereverItIs(Class<? extends One> scenario) {
    assertThat(explored(scenario).outcomes()).containsOnlyKeys("11", "-0", "-1");
    assertThat(explored(scenario).certificate()).isPresent();
    checkAgainstAllSchedules(scenario);
  }

  /** Tasks are cancelled one after the other, while the thread that runs them goes on. */
  static class TwoOfOneThread implements Scenario<String> {
    @Override
    public String run() throws Exception {
      List<Future<String>> ended;
      try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
        ended = executor.invokeAll(List.of(() -> "a", () -> "b"), 5, TimeUnit.SECONDS);
      }
      return ending(ended.get(0)) + ending(ended.get(1));
    }
  }

  @Test
  void aTaskMayBeDoneAfterTheOneBeforeItWasCancelled() {
    assertThat(explored(TwoOfOneThread.class).outcomes()).containsOnlyKeys("ab", "a-", "-b", "--");
    checkAgainstAllSchedules(TwoOfOneThread.class);
  }

  /** A task that is cancelled is interrupted where it waits, and tells of it. */
  abstract static class Interrupted implements Scenario<String> {
    private int interrupted;

    abstract ExecutorService executor();

    @Override
    public String run() throws Exception {
      CountDownLatch never = new CountDownLatch(1);
      String ended;
      try (ExecutorService executor = executor()) {
        ended = ending(executor.invokeAll(List.of(() -> await(never)), 5, TimeUnit.SECONDS).get(0));
      }
      return ended + interrupted;
    }

    private int await(CountDownLatch never) {
      try {
        never.await();
      } catch (InterruptedException cancelled) {
        interrupted++;
      }
      return 0;
    }
  }

  static class InterruptedInAPool extends Interrupted {
    @Override
    ExecutorService executor() {
      return Executors.newFixedThreadPool(1);
    }
  }

  static class InterruptedPerTask extends Interrupted {
    @Override
    ExecutorService executor() {
      return Executors.newVirtualThreadPerTaskExecutor();
    }
  }

  static class InterruptedWhereItForks extends Interrupted {
    @Override
    ExecutorService executor() {
      return new ForkJoinPool(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {InterruptedInAPool.class, InterruptedPerTask.class, InterruptedWhereItForks.class})
  void aTaskThatIsCancelledIsInterruptedIfItHasBegun(Class<? extends Interrupted> scenario) {
    assertThat(explored(scenario).outcomes()).containsOnlyKeys("-0", "-1");
    checkAgainstAllSchedules(scenario);
  }

  /** What a task that was cancelled has written is read while that may still be at work. */
  abstract static class ReadsAfterTheLimit implements Scenario<Integer> {
    private int count;

    abstract int read(ExecutorService executor) throws InterruptedException;

    int count() {
      return count;
    }

    @Override
    public Integer run() throws Exception {
      try (ExecutorService executor = Executors.newFixedThreadPool(1)) {
        Callable<Integer> adds =
            () -> {
              count++;
              return count++;
            };
        executor.invokeAll(List.of(adds), 5, TimeUnit.SECONDS);
        return read(executor);
      }
    }
  }

  static class ReadsAtOnce extends ReadsAfterTheLimit {
    @Override
    int read(ExecutorService executor) {
      return count() % 2;
    }
  }

  static class ReadsAfterTheEnd extends ReadsAfterTheLimit {
    @Override
    int read(ExecutorService executor) throws InterruptedException {
      executor.shutdown();
      return executor.awaitTermination(1, TimeUnit.DAYS) ? count() % 2 : -1;
    }
  }

  @Test
  void aTaskThatWasCancelledIsStillAtWorkUnlessItsPoolHasEnded() {
    assertThat(explored(ReadsAtOnce.class).outcomes()).containsOnlyKeys(0, 1);
    assertThat(explored(ReadsAfterTheEnd.class).outcomes()).containsOnlyKeys(0);
    assertThat(explored(ReadsAfterTheEnd.class).certificate()).isPresent();
    checkAgainstAllSchedules(ReadsAtOnce.class);
    checkAgainstAllSchedules(ReadsAfterTheEnd.class);
  }

  /** The first of some tasks, by which executor, and in which time. */
  abstract static class Any implements Scenario<String> {
    abstract ExecutorService executor();

    int minutes() {
      return 0;
    }

    Collection<Callable<String>> tasks() {
      return List.of(() -> "a", () -> "b");
    }

    @Override
    public String run() throws Exception {
      try (ExecutorService executor = executor()) {
        return minutes() > 0
            ? executor.invokeAny(tasks(), minutes(), TimeUnit.MINUTES)
            : executor.invokeAny(tasks(), 5, TimeUnit.SECONDS);
      } catch (TimeoutException passed) {
        return "late";
      } catch (ExecutionException failed) {
        return failed.getCause().getMessage();
      }
    }
  }

  static class AnyOfAPool extends Any {
    @Override
    ExecutorService executor() {
      return Executors.newFixedThreadPool(2);
    }
  }

  static class AnyPerTask extends Any {
    @Override
    ExecutorService executor() {
      return Executors.newVirtualThreadPerTaskExecutor();
    }
  }

  static class AnyThatForks extends Any {
    @Override
    ExecutorService executor() {
      return new ForkJoinPool(2);
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {AnyOfAPool.class, AnyPerTask.class, AnyThatForks.class})
  void anyOfTheTasksIsFirstUnlessTheLimitIs(Class<? extends Any> scenario) {
    assertThat(explored(scenario).outcomes()).containsOnlyKeys("a", "b", "late");
    assertThat(explored(scenario).certificate()).isPresent();
    checkAgainstAllSchedules(scenario);
  }

  static class AnyOfOneThread extends Any {
    @Override
    ExecutorService executor() {
      return Executors.newSingleThreadExecutor();
    }
  }

  @Test
  void theFirstTaskOfASingleThreadIsFirst() {
    assertThat(explored(AnyOfOneThread.class).outcomes()).containsOnlyKeys("a", "late");
    checkAgainstAllSchedules(AnyOfOneThread.class);
  }

  static class FailsOnce extends AnyOfOneThread {
    @Override
    Collection<Callable<String>> tasks() {
      return List.of(
          () -> {
            throw new IllegalStateException("fails");
          },
          () -> "b");
    }
  }

  static class FailsAlways extends AnyOfOneThread {
    @Override
    Collection<Callable<String>> tasks() {
      return List.of(
          () -> {
            throw new IllegalStateException("fails");
          });
    }
  }

  @Test
  void aTaskThatFailsIsNotTheFirstUnlessAllDo() {
    assertThat(explored(FailsOnce.class).outcomes()).containsOnlyKeys("b", "late");
    assertThat(explored(FailsAlways.class).outcomes()).containsOnlyKeys("fails", "late");
    checkAgainstAllSchedules(FailsOnce.class);
    checkAgainstAllSchedules(FailsAlways.class);
  }

  static class AnyInAMinute extends AnyOfAPool {
    @Override
    int minutes() {
      return 1;
    }
  }

  static class AnyPerTaskInAMinute extends AnyPerTask {
    @Override
    int minutes() {
      return 1;
    }
  }

  static class AnyThatForksInAMinute extends AnyThatForks {
    @Override
    int minutes() {
      return 1;
    }
  }

  static class NoneThatForksInAMinute extends NoneInAMinute {
    @Override
    ExecutorService executor() {
      return new ForkJoinPool(2);
    }
  }

  /** Its tasks wait for what never comes. */
  static class NoneInAMinute extends AnyInAMinute {
    @Override
    Collection<Callable<String>> tasks() {
      CountDownLatch never = new CountDownLatch(1);
      return List.of(
          () -> {
            never.await();
            return "a";
          });
    }
  }

  static class NonePerTaskInAMinute extends NoneInAMinute {
    @Override
    ExecutorService executor() {
      return Executors.newVirtualThreadPerTaskExecutor();
    }
  }

  @Test
  void aLimitOfAMinutePassesOnlyIfNobodyCanGoOn() {
    assertThat(explored(AnyInAMinute.class).outcomes()).containsOnlyKeys("a", "b");
    assertThat(explored(AnyPerTaskInAMinute.class).outcomes()).containsOnlyKeys("a", "b");
    assertThat(explored(NoneInAMinute.class).outcomes()).containsOnlyKeys("late");
    assertThat(explored(NonePerTaskInAMinute.class).outcomes()).containsOnlyKeys("late");
    assertThat(explored(AllInAMinute.class).outcomes()).containsOnlyKeys("aa", "a-");
    assertThat(explored(AllInAMinute.class).certificate().orElseThrow().toString())
        .contains("a limit of a minute or more");
    assertThat(explored(AnyThatForksInAMinute.class).outcomes()).containsOnlyKeys("a", "b");
    assertThat(explored(NoneThatForksInAMinute.class).outcomes()).containsOnlyKeys("late");
    checkAgainstAllSchedules(AnyThatForksInAMinute.class);
    checkAgainstAllSchedules(NoneThatForksInAMinute.class);
    checkAgainstAllSchedules(AnyInAMinute.class);
    checkAgainstAllSchedules(AnyPerTaskInAMinute.class);
    checkAgainstAllSchedules(NoneInAMinute.class);
    checkAgainstAllSchedules(NonePerTaskInAMinute.class);
    checkAgainstAllSchedules(AllInAMinute.class);
  }

  /** The second task waits for a signal that it gets only if it is first. */
  static class AllInAMinute implements Scenario<String> {
    private boolean isOver;

    @Override
    public String run() throws Exception {
      CountDownLatch signal = new CountDownLatch(1);
      List<Future<String>> ended;
      try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
        ended =
            executor.invokeAll(
                List.of(
                    () -> {
                      isOver = true;
                      return "a";
                    },
                    () -> {
                      if (isOver) {
                        signal.await();
                      }
                      return "a";
                    }),
                1,
                TimeUnit.MINUTES);
      }
      return ending(ended.get(0)) + ending(ended.get(1));
    }
  }

  /** Whoever waits is interrupted. */
  static class WaitsInterrupted implements Scenario<String> {
    private String seen = "";

    @Override
    public String run() throws Exception {
      CountDownLatch never = new CountDownLatch(1);
      Thread waiting =
          Thread.startVirtualThread(
              () -> {
                try (ExecutorService executor = Executors.newFixedThreadPool(1)) {
                  executor.invokeAll(List.of(() -> await(never)), 2, TimeUnit.MINUTES);
                  seen = "late";
                } catch (InterruptedException ended) {
                  seen = "interrupted" + seen;
                }
              });
      waiting.interrupt();
      waiting.join();
      return seen;
    }

    private boolean await(CountDownLatch never) throws InterruptedException {
      try {
        never.await();
        return true;
      } finally {
        seen = ", and so was the task";
      }
    }
  }

  @Test
  void anInterruptEndsTheWaitAndCancelsTheTasks() {
    assertThat(explored(WaitsInterrupted.class).outcomes())
        .containsOnlyKeys("interrupted", "interrupted, and so was the task");
    checkAgainstAllSchedules(WaitsInterrupted.class);
  }

  /** No time is left from the beginning. */
  static class NoTime implements Scenario<String> {
    private int count;

    @Override
    public String run() throws Exception {
      String ended;
      try (ExecutorService executor = Executors.newFixedThreadPool(1)) {
        ended = ending(executor.invokeAll(List.of(() -> ++count), 0, TimeUnit.SECONDS).get(0));
      }
      return ended + count;
    }
  }

  @Test
  void withoutTimeNoTaskIsRun() {
    assertThat(explored(NoTime.class).outcomes()).containsOnlyKeys("-0");
    checkAgainstAllSchedules(NoTime.class);
  }

  /** It has no room for the second task. */
  static class Refuses implements Scenario<String> {
    private int count;

    @Override
    public String run() throws Exception {
      try (ExecutorService executor =
          new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>())) {
        Callable<Integer> adds = () -> ++count;
        executor.invokeAll(List.of(adds, adds), 5, TimeUnit.SECONDS);
        return "done";
      } catch (RejectedExecutionException refused) {
        return "refused " + count;
      }
    }
  }

  @Test
  void ifOneTaskIsRefusedTheOthersAreCancelled() {
    assertThat(explored(Refuses.class).certificate().orElseThrow().toString())
        .contains("before all tasks have been handed over");
    assertThat(explored(Refuses.class).outcomes())
        .containsOnlyKeys("refused 0", "refused 1", "done");
    checkAgainstAllSchedules(Refuses.class);
  }

  /** The first of two tasks, and what the other one does once it is cancelled. */
  static class FirstThatForks implements Scenario<String> {
    private int count;

    @Override
    public String run() throws Exception {
      int first;
      try (ForkJoinPool pool = new ForkJoinPool(2)) {
        first = pool.invokeAny(List.of(() -> 1, () -> await()));
      }
      return first + "" + count;
    }

    private int await() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException cancelled) {
        count++;
      }
      return 2;
    }
  }

  /** Both fail, each in its way. */
  static class FailsWhereItForks implements Scenario<String> {
    @Override
    public String run() throws Exception {
      try (ForkJoinPool pool = new ForkJoinPool(2)) {
        return pool.invokeAny(
            List.of(
                () -> {
                  throw new IOException("a");
                },
                () -> {
                  throw new IllegalStateException("b");
                }));
      } catch (ExecutionException failed) {
        return failed.getCause().getClass().getSimpleName();
      }
    }
  }

  /** A task of the pool waits for the first of others. */
  static class FirstOfATask implements Scenario<Integer> {
    @Override
    public Integer run() {
      try (ForkJoinPool pool = new ForkJoinPool(2)) {
        Callable<Integer> outer = () -> pool.invokeAny(List.of(() -> 1));
        return pool.submit(outer).join();
      }
    }
  }

  @Test
  void aForkJoinPoolAnswersWithTheFirstTaskThatReturns() {
    assertThat(explored(FirstThatForks.class).outcomes()).containsOnlyKeys("10", "11");
    assertThat(explored(FailsWhereItForks.class).outcomes())
        .containsOnlyKeys("IOException", "IllegalStateException");
    assertThat(explored(FirstOfATask.class).outcomes()).containsOnlyKeys(1);
    checkAgainstAllSchedules(FirstThatForks.class);
    checkAgainstAllSchedules(FailsWhereItForks.class);
    checkAgainstAllSchedules(FirstOfATask.class);
  }

  /** Releases of the JDK tell of it in different ways. */
  static class FailsBadly implements Scenario<String> {
    @Override
    public String run() throws Exception {
      try (ForkJoinPool pool = new ForkJoinPool(2)) {
        return pool.invokeAny(
            List.of(
                () -> {
                  throw new AssertionError("a");
                }));
      } catch (ExecutionException failed) {
        return failed.getCause().getClass().getSimpleName();
      }
    }
  }

  @Test
  void anErrorOfATaskOfAForkJoinPoolIsNamed() {
    assertThat(explored(FailsBadly.class).certificate()).isEmpty();
    assertThat(explored(FailsBadly.class).uncontrolled().toString()).contains("an Error");
  }

  /** A task that was cancelled while it did not wait leaves its interrupt. */
  static class AtWork implements Scenario<Integer> {
    private int count;

    @Override
    public Integer run() throws Exception {
      try (ForkJoinPool pool = new ForkJoinPool(2)) {
        pool.invokeAll(List.of(() -> count++), 5, TimeUnit.SECONDS);
      }
      return count;
    }
  }

  @Test
  void aTaskThatLeavesItsInterruptIsInTheCertificate() {
    assertThat(explored(AtWork.class).outcomes()).containsOnlyKeys(0, 1);
    String certificate = explored(AtWork.class).certificate().orElseThrow().toString();
    // An older thread clears it.
    boolean isCleared = Runtime.version().feature() < 22;
    assertThat(certificate.contains("begins a task while it is interrupted")).isEqualTo(!isCleared);
    checkAgainstAllSchedules(AtWork.class);
  }

  /** A pool of one thread with a way of its own. */
  static class OwnPool extends ThreadPoolExecutor {
    OwnPool() {
      super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }
  }

  static class HandsOverInItsOwnWay extends One {
    @Override
    ExecutorService executor() {
      return new OwnPool() {
        @Override
        public void execute(Runnable task) {
          task.run();
        }
      };
    }
  }

  static class MakesFuturesInItsOwnWay extends One {
    @Override
    ExecutorService executor() {
      return new OwnPool() {
        @Override
        protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
          return new FutureTask<>(task);
        }
      };
    }
  }

  static class RunsWhatItRefuses extends One {
    @Override
    ExecutorService executor() {
      return new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          new ThreadPoolExecutor.CallerRunsPolicy());
    }
  }

  static class AsksItsSuperclass extends One {
    @Override
    ExecutorService executor() {
      return new OwnPool() {
        @Override
        public <T> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long time, TimeUnit unit)
            throws InterruptedException {
          return super.invokeAll(tasks, time, unit);
        }
      };
    }
  }

  /** Time may pass between two tasks that are handed over. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        HandsOverInItsOwnWay.class,
        MakesFuturesInItsOwnWay.class,
        RunsWhatItRefuses.class,
        AsksItsSuperclass.class
      })
  void aPoolThatMayRunTasksWhereTheyAreHandedOverIsNamed(Class<? extends One> scenario) {
    assertThat(explored(scenario).certificate()).isEmpty();
    assertThat(explored(scenario).uncontrolled().toString()).contains("invokeAll");
  }

  static class WaitsInItsOwnWay extends One {
    @Override
    ExecutorService executor() {
      return new OwnPool() {
        @Override
        public <T> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long time, TimeUnit unit)
            throws InterruptedException {
          List<Future<T>> all = new ArrayList<>();
          for (Callable<T> task : tasks) {
            all.add(submit(task));
          }
          for (Future<T> one : all) {
            try {
              one.get();
            } catch (ExecutionException failed) {
              throw new IllegalStateException(failed);
            }
          }
          return all;
        }
      };
    }
  }

  @Test
  void aPoolThatWaitsInItsOwnWayDoesThat() {
    assertThat(explored(WaitsInItsOwnWay.class).outcomes()).containsOnlyKeys("11");
    checkAgainstAllSchedules(WaitsInItsOwnWay.class);
  }
}
