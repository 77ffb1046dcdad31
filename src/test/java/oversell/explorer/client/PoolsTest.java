package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.explored;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.FailureKind;
import oversell.explorer.Scenario;

/** Pools of threads, whoever makes them, and what they run is under control. */
public class PoolsTest {
  /** Two tasks that add one, by which executor they are run. */
  abstract static class Tasks implements Scenario<Integer> {
    private int count;

    abstract ExecutorService executor();

    void add() {
      count++;
    }

    @Override
    public Integer run() throws Exception {
      try (ExecutorService executor = executor()) {
        Future<?> one = executor.submit(this::add);
        Future<?> two = executor.submit(this::add);
        one.get();
        two.get();
      }
      return count;
    }
  }

  static class Fixed extends Tasks {
    @Override
    ExecutorService executor() {
      return Executors.newFixedThreadPool(2);
    }
  }

  static class FixedOfAFactory extends Tasks {
    @Override
    ExecutorService executor() {
      return Executors.newFixedThreadPool(2, body -> new Thread(body, "an adder"));
    }
  }

  static class FixedOfVirtualThreads extends Tasks {
    @Override
    ExecutorService executor() {
      return Executors.newFixedThreadPool(2, Thread.ofVirtual().factory());
    }
  }

  static class OwnPoolOfTheDefaultFactory extends Tasks {
    @Override
    ExecutorService executor() {
      return new ThreadPoolExecutor(
          2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Executors.defaultThreadFactory());
    }
  }

  static class SingleOfTheDefaultFactory extends Tasks {
    @Override
    ExecutorService executor() {
      return Executors.newFixedThreadPool(1, Executors.defaultThreadFactory());
    }
  }

  static class Cached extends Tasks {
    @Override
    ExecutorService executor() {
      return Executors.newCachedThreadPool();
    }
  }

  static class PerTask extends Tasks {
    @Override
    ExecutorService executor() {
      return Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory());
    }
  }

  static class OwnPool extends Tasks {
    @Override
    ExecutorService executor() {
      return new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }
  }

  static class OwnPoolThatHandsOver extends Tasks {
    @Override
    ExecutorService executor() {
      return new ThreadPoolExecutor(0, 9, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
    }
  }

  static class OwnPoolOfAFactory extends Tasks {
    @Override
    ExecutorService executor() {
      return new ThreadPoolExecutor(
          2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), body -> new Thread(body));
    }
  }

  static class OwnPoolThatRefuses extends Tasks {
    @Override
    ExecutorService executor() {
      return new ThreadPoolExecutor(
          2,
          2,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread::new,
          (task, pool) -> {
            throw new RejectedExecutionException();
          });
    }
  }

  /** Its threads end when they have waited for a second. */
  static class PoolThatLetsItsThreadsEnd extends Tasks {
    @Override
    ExecutorService executor() {
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
      pool.allowCoreThreadTimeOut(true);
      return pool;
    }
  }

  static class SubclassOfAPool extends Tasks {
    private static class Pool extends ThreadPoolExecutor {
      Pool() {
        super(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
      }

      @Override
      protected void afterExecute(Runnable task, Throwable thrown) {
        super.afterExecute(task, thrown);
      }
    }

    @Override
    ExecutorService executor() {
      return new Pool();
    }
  }

  static class Single extends Tasks {
    @Override
    ExecutorService executor() {
      return Executors.newSingleThreadExecutor();
    }
  }

  static class SinglePool extends Tasks {
    @Override
    ExecutorService executor() {
      return Executors.newFixedThreadPool(1);
    }
  }

  static class FixedWithALock extends Fixed {
    @Override
    synchronized void add() {
      super.add();
    }
  }

  static class CachedWithALock extends Cached {
    @Override
    synchronized void add() {
      super.add();
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Fixed.class,
        FixedOfAFactory.class,
        OwnPoolOfTheDefaultFactory.class,
        FixedOfVirtualThreads.class,
        Cached.class,
        PerTask.class,
        OwnPool.class,
        OwnPoolThatHandsOver.class,
        OwnPoolOfAFactory.class,
        OwnPoolThatRefuses.class,
        PoolThatLetsItsThreadsEnd.class,
        SubclassOfAPool.class
      })
  void tasksOfAPoolLoseAnUpdate(Class<? extends Tasks> scenario) {
    Exploration<Integer> explored = explored(scenario);

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.outcomes()).containsOnlyKeys(1, 2);
    checkAgainstAllSchedules(scenario);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Single.class,
        SingleOfTheDefaultFactory.class,
        SinglePool.class,
        FixedWithALock.class,
        CachedWithALock.class
      })
  void withOneThreadOrALockTheyAreProved(Class<? extends Tasks> scenario) {
    Exploration<Integer> explored = explored(scenario);

    assertThat(explored.certificate()).isPresent();
    assertThat(explored.outcomes()).containsOnlyKeys(2);
    checkAgainstAllSchedules(scenario);
  }

  /** The thread of a pool that a task meets may have run another one before. */
  static class LeftInALocal implements Scenario<List<String>> {
    private final ThreadLocal<String> user = new ThreadLocal<>();

    ExecutorService executor() {
      return Executors.newCachedThreadPool();
    }

    @Override
    public List<String> run() throws Exception {
      try (ExecutorService executor = executor()) {
        executor.submit(() -> user.set("somebody")).get();
        return List.of(String.valueOf(executor.submit(user::get).get()));
      }
    }
  }

  static class LeftInALocalOfOneThread extends LeftInALocal {
    @Override
    ExecutorService executor() {
      return Executors.newFixedThreadPool(1);
    }
  }

  /** Its threads wait in a queue of a class under test, for a second. */
  static class LeftInALocalOfAThreadThatMayEnd extends LeftInALocal {
    private static class Orders extends LinkedBlockingQueue<Runnable> {
      private static final long serialVersionUID = 1L;
    }

    @Override
    ExecutorService executor() {
      ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new Orders());
      pool.allowCoreThreadTimeOut(true);
      return pool;
    }
  }

  @Test
  void aTaskMayFindWhatAnotherLeftInTheLocalsOfItsThread() {
    assertThat(explored(LeftInALocal.class).outcomes())
        .containsOnlyKeys(List.of("null"), List.of("somebody"));
    checkAgainstAllSchedules(LeftInALocal.class);
    assertThat(explored(LeftInALocalOfAThreadThatMayEnd.class).outcomes())
        .containsOnlyKeys(List.of("null"), List.of("somebody"));
    assertThat(explored(LeftInALocalOfOneThread.class).outcomes())
        .containsOnlyKeys(List.of("somebody"));
  }

  /** Each task waits for the other, and there is a thread for one of them. */
  static class Starved implements Scenario<Integer> {
    int threads() {
      return 1;
    }

    @Override
    public Integer run() throws Exception {
      ExecutorService executor = Executors.newFixedThreadPool(threads());
      CountDownLatch done = new CountDownLatch(1);
      Future<Integer> waiting =
          executor.submit(
              () -> {
                done.await();
                return 1;
              });
      executor.execute(done::countDown);
      int answer = waiting.get();
      executor.shutdown();
      return answer;
    }
  }

  static class NotStarved extends Starved {
    @Override
    int threads() {
      return 2;
    }
  }

  @Test
  void aPoolThatIsTooSmallIsADeadlock() {
    assertThat(explored(Starved.class).failure().orElseThrow().kind())
        .isEqualTo(FailureKind.DEADLOCK);
    assertThat(explored(NotStarved.class).certificate()).isPresent();
    checkAgainstAllSchedules(Starved.class);
    checkAgainstAllSchedules(NotStarved.class);
  }

  static class ShutDownNow implements Scenario<String> {
    private String seen = "never begun";

    @Override
    public String run() throws Exception {
      ExecutorService executor = Executors.newFixedThreadPool(1);
      executor.execute(
          () -> {
            seen = "begun";
            try {
              Thread.sleep(10);
              seen = "done";
            } catch (InterruptedException interrupted) {
              seen = "interrupted";
            }
          });
      List<Runnable> left = executor.shutdownNow();
      boolean isOver = executor.awaitTermination(1, TimeUnit.HOURS);
      return isOver + " " + left.size() + " " + seen;
    }
  }

  static class Rejects implements Scenario<String> {
    @Override
    public String run() throws Exception {
      ExecutorService executor = Executors.newCachedThreadPool();
      Thread other =
          new Thread(
              () -> {
                executor.shutdown();
              });
      other.start();
      String seen;
      try {
        seen = executor.submit(() -> "run").get();
      } catch (RejectedExecutionException rejected) {
        seen = "rejected";
      }
      other.join();
      return seen;
    }
  }

  @Test
  void aPoolIsShutDownWhileItsTasksAreAnywhere() {
    assertThat(explored(ShutDownNow.class).outcomes())
        .containsOnlyKeys("true 0 interrupted", "true 0 done");
    checkAgainstAllSchedules(ShutDownNow.class);
    assertThat(explored(Rejects.class).outcomes()).containsOnlyKeys("run", "rejected");
    checkAgainstAllSchedules(Rejects.class);
  }

  static class Fails implements Scenario<String> {
    @Override
    public String run() throws Exception {
      try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
        Callable<String> failing =
            () -> {
              throw new IllegalStateException("no stock");
            };
        return executor.submit(failing).get();
      } catch (ExecutionException failed) {
        return failed.getCause().getMessage();
      }
    }
  }

  @Test
  void whatATaskThrowsIsItsResult() {
    assertThat(explored(Fails.class).outcomes()).containsOnlyKeys("no stock");
  }

  /** Two computations of the common pool, or of an executor, that add one. */
  static class Async implements Scenario<Integer> {
    private int count;

    void add() {
      count++;
    }

    int count() {
      return count;
    }

    CompletableFuture<Void> start() {
      return CompletableFuture.runAsync(this::add);
    }

    @Override
    public Integer run() {
      CompletableFuture.allOf(start(), start()).join();
      return count;
    }
  }

  static class AsyncWithALock extends Async {
    @Override
    synchronized void add() {
      super.add();
    }
  }

  static class AsyncByAnExecutor extends Async {
    @Override
    CompletableFuture<Void> start() {
      Executor executor = body -> Thread.ofVirtual().start(body);
      return CompletableFuture.runAsync(this::add, executor);
    }
  }

  static class AsyncByAPool extends Async {
    private final ExecutorService pool = Executors.newFixedThreadPool(2);

    @Override
    CompletableFuture<Void> start() {
      return CompletableFuture.runAsync(this::add, pool);
    }
  }

  static class AsyncAfterEachOther extends Async {
    @Override
    public Integer run() {
      start().thenRunAsync(this::add).join();
      return count();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Async.class, AsyncByAnExecutor.class, AsyncByAPool.class})
  void computationsAtTheSameTimeLoseAnUpdate(Class<? extends Async> scenario) {
    assertThat(explored(scenario).outcomes()).containsOnlyKeys(1, 2);
    checkAgainstAllSchedules(scenario);
  }

  @ParameterizedTest
  @ValueSource(classes = {AsyncWithALock.class, AsyncAfterEachOther.class})
  void withALockOrOneAfterTheOtherTheyDoNot(Class<? extends Async> scenario) {
    assertThat(explored(scenario).certificate().orElseThrow().toString())
        .contains("a common pool, or a ForkJoinPool, with fewer threads than tasks");
    assertThat(explored(scenario).outcomes()).containsOnlyKeys(2);
    checkAgainstAllSchedules(scenario);
  }

  /** Whoever completes a future first decides what it is. */
  static class CompletedTwice implements Scenario<String> {
    private final List<String> seen = new ArrayList<>();

    @Override
    public String run() {
      CompletableFuture<String> future = CompletableFuture.supplyAsync(() -> "supplied");
      boolean isFirst = future.complete("completed");
      seen.add(future.join() + " " + isFirst);
      return seen.getFirst();
    }
  }

  @Test
  void aFutureIsCompletedByWhoeverComesFirst() {
    assertThat(explored(CompletedTwice.class).outcomes())
        .containsOnlyKeys("supplied false", "completed true");
    checkAgainstAllSchedules(CompletedTwice.class);
  }

  /** The queue of a pool, as whoever made it has it. */
  static class LooksAtTheQueue implements Scenario<String> {
    @Override
    public String run() throws Exception {
      LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
      ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue);
      pool.execute(() -> {});
      pool.execute(() -> {});
      String seen = (pool.getQueue() == queue) + " " + queue.size();
      pool.close();
      return seen;
    }
  }

  @Test
  void theQueueOfAPoolIsSeenByWhoeverMadeIt() {
    assertThat(explored(LooksAtTheQueue.class).outcomes()).containsOnlyKeys("true 0", "true 1");
    checkAgainstAllSchedules(LooksAtTheQueue.class);
  }

  /** The threads that a pool begins at once, by their names. */
  static class Names implements Scenario<String> {
    @Override
    public String run() throws Exception {
      try (ExecutorService one = Executors.newFixedThreadPool(1);
          ExecutorService two = Executors.newFixedThreadPool(1)) {
        return one.submit(() -> Thread.currentThread().getName()).get()
            + ", "
            + two.submit(() -> Thread.currentThread().getName()).get();
      }
    }
  }

  @Test
  void theThreadsOfPoolsAreNumberedInEachExecution() {
    assertThat(explored(Names.class).outcomes())
        .containsOnlyKeys("pool-1-thread-1, pool-2-thread-1");
  }

  /** Three tasks for one thread, from two. */
  static class QueuedInTurns implements Scenario<String> {
    private String order = "";

    private void run(String task) {
      order += task;
    }

    @Override
    public String run() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(1);
      Thread other = new Thread(() -> pool.execute(() -> run("b")));
      other.start();
      pool.execute(() -> run("a"));
      pool.execute(() -> run("c"));
      other.join();
      pool.close();
      return order;
    }
  }

  @Test
  void tasksOfOneThreadRunInTheOrderInWhichTheyCame() {
    assertThat(explored(QueuedInTurns.class).outcomes()).containsOnlyKeys("bac", "abc", "acb");
  }

  /** Which of two pools is the first depends on who makes it first. */
  static class PoolsInTurn implements Scenario<String> {
    private static ThreadPoolExecutor pool() {
      return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }

    @Override
    public String run() throws Exception {
      Thread other = new Thread(() -> pool().shutdown());
      other.start();
      ThreadPoolExecutor own = pool();
      String name = own.submit(() -> Thread.currentThread().getName()).get();
      own.shutdown();
      other.join();
      return name;
    }
  }

  static class NamesItsThreads implements Scenario<String> {
    @Override
    public String run() throws Exception {
      try (ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(1)) {
        pool.setThreadFactory(body -> new Thread(body, "mine"));
        return pool.submit(() -> Thread.currentThread().getName()).get();
      }
    }
  }

  @Test
  void poolsAreNumberedInTheOrderInWhichTheyAreMade() {
    assertThat(explored(PoolsInTurn.class).outcomes())
        .containsOnlyKeys("pool-1-thread-1", "pool-2-thread-1");
    assertThat(explored(NamesItsThreads.class).outcomes()).containsOnlyKeys("mine");
  }

  /** It is closed while a task waits for what never comes. */
  static class NeverEnds implements Scenario<Integer> {
    @Override
    public Integer run() {
      try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
        pool.execute(
            () -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException impossible) {
                throw new IllegalStateException(impossible);
              }
            });
      }
      return 1;
    }
  }

  @Test
  void aPoolThatIsClosedWhileATaskWaitsForEverIsADeadlock() {
    assertThat(explored(NeverEnds.class).failure().orElseThrow().kind())
        .isEqualTo(FailureKind.DEADLOCK);
  }

  /** The result of a task is there, and its thread has yet to ask for the next one. */
  abstract static class AfterTheResult implements Scenario<String> {
    abstract ThreadPoolExecutor pool();

    abstract String look(ThreadPoolExecutor pool, Future<?> first) throws Exception;

    @Override
    public String run() throws Exception {
      try (ThreadPoolExecutor pool = pool()) {
        return look(pool, pool.submit(() -> {}));
      }
    }
  }

  static class SubmitsWithoutAQueue extends AfterTheResult {
    @Override
    ThreadPoolExecutor pool() {
      return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>());
    }

    @Override
    String look(ThreadPoolExecutor pool, Future<?> first) throws Exception {
      first.get();
      return submit(pool);
    }

    static String submit(ThreadPoolExecutor pool) {
      try {
        pool.submit(() -> {});
        return "there is room";
      } catch (RejectedExecutionException full) {
        return "there is none";
      }
    }
  }

  static class SubmitsToAShortQueue extends AfterTheResult {
    @Override
    ThreadPoolExecutor pool() {
      return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1));
    }

    @Override
    String look(ThreadPoolExecutor pool, Future<?> first) throws Exception {
      pool.submit(() -> {});
      first.get();
      return SubmitsWithoutAQueue.submit(pool);
    }
  }

  static class LooksIntoTheQueue extends AfterTheResult {
    @Override
    ThreadPoolExecutor pool() {
      return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }

    @Override
    String look(ThreadPoolExecutor pool, Future<?> first) throws Exception {
      pool.submit(() -> {});
      first.get();
      return textOf(left(pool) == 0);
    }

    int left(ThreadPoolExecutor pool) {
      return pool.getQueue().size();
    }

    static String textOf(boolean hasTakenIt) {
      return hasTakenIt ? "there is room" : "there is none";
    }
  }

  static class ShutsDownNow extends LooksIntoTheQueue {
    @Override
    int left(ThreadPoolExecutor pool) {
      return pool.shutdownNow().size();
    }
  }

  static class HasTheQueue extends LooksIntoTheQueue {
    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();

    @Override
    ThreadPoolExecutor pool() {
      return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue);
    }

    @Override
    int left(ThreadPoolExecutor pool) {
      return queue.size();
    }
  }

  static class KeepsTheQueueThatItHandsOn extends LooksIntoTheQueue {
    private @Nullable BlockingQueue<Runnable> kept;

    private BlockingQueue<Runnable> kept(BlockingQueue<Runnable> queue) {
      kept = queue;
      return queue;
    }

    @Override
    ThreadPoolExecutor pool() {
      return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, kept(new LinkedBlockingQueue<>()));
    }

    @Override
    int left(ThreadPoolExecutor pool) {
      return Objects.requireNonNull(kept).size();
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        KeepsTheQueueThatItHandsOn.class,
        SubmitsWithoutAQueue.class,
        SubmitsToAShortQueue.class,
        LooksIntoTheQueue.class,
        ShutsDownNow.class,
        HasTheQueue.class
      })
  void aThreadAsksForItsNextTaskAfterTheResultOfTheLast(Class<? extends AfterTheResult> scenario) {
    assertThat(explored(scenario).outcomes()).containsOnlyKeys("there is room", "there is none");
    checkAgainstAllSchedules(scenario);
  }

  /** Whoever was handed it may have it. */
  @Test
  void aQueueThatWasHandedOnIsSharedAsOneThatIsKept() {
    assertThat(explored(KeepsTheQueueThatItHandsOn.class).executions())
        .isEqualTo(explored(HasTheQueue.class).executions());
  }

  /** It counts how often a thread came for a task, in its own way to take one. */
  static class HasAQueueThatCounts extends LooksIntoTheQueue {
    private static class Counting extends LinkedBlockingQueue<Runnable> {
      private static final long serialVersionUID = 1;

      private int taken;

      @Override
      public Runnable take() throws InterruptedException {
        Runnable task = super.take();
        taken++;
        return task;
      }
    }

    private final Counting queue = new Counting();

    @Override
    ThreadPoolExecutor pool() {
      return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue);
    }

    @Override
    int left(ThreadPoolExecutor pool) {
      return 1 - queue.taken;
    }
  }

  @Test
  void aThreadTakesItsTaskInTheWayOfTheQueueThatItsPoolWasGiven() {
    assertThat(explored(HasAQueueThatCounts.class).outcomes())
        .containsOnlyKeys("there is room", "there is none");
  }

  /** A future that another thread completes, perhaps in time. */
  abstract static class InTime implements Scenario<String> {
    final CompletableFuture<String> future = new CompletableFuture<>();

    abstract CompletableFuture<String> limited();

    @Override
    public String run() throws Exception {
      Thread other = Thread.ofVirtual().start(() -> future.complete("in time"));
      try {
        return limited().get();
      } catch (ExecutionException late) {
        return late.getCause() instanceof TimeoutException ? "late" : "broken";
      } finally {
        other.join();
      }
    }
  }

  static class OrTimeout extends InTime {
    @Override
    CompletableFuture<String> limited() {
      return future.orTimeout(10, TimeUnit.MILLISECONDS);
    }
  }

  static class OrAnotherValue extends InTime {
    @Override
    CompletableFuture<String> limited() {
      return future.completeOnTimeout("late", 10, TimeUnit.MILLISECONDS);
    }
  }

  /** A future that counts who asks it for a timeout. */
  static class OwnTimeouts implements Scenario<Integer> {
    private static class Counting extends CompletableFuture<String> {
      private int asked;

      @Override
      public CompletableFuture<String> orTimeout(long time, TimeUnit unit) {
        asked++;
        return this;
      }

      @Override
      public CompletableFuture<String> completeOnTimeout(String value, long time, TimeUnit unit) {
        asked++;
        return this;
      }
    }

    @Override
    public Integer run() throws InterruptedException {
      Counting counting = new Counting();
      CompletableFuture<String> future = counting;
      Thread other =
          Thread.ofVirtual().start(() -> future.completeOnTimeout("late", 1, TimeUnit.SECONDS));
      var unused = future.orTimeout(1, TimeUnit.SECONDS);
      other.join();
      return counting.asked;
    }
  }

  @Test
  void aFutureThatTimesOutInItsOwnWayIsAsked() {
    assertThat(explored(OwnTimeouts.class).outcomes()).containsOnlyKeys(1, 2);
  }

  /** Its text has the number of the tasks that are done, which comes late. */
  abstract static class ShowsItsText implements Scenario<Boolean> {
    ExecutorService pool() {
      return Executors.newFixedThreadPool(1);
    }

    abstract String textOf(ExecutorService pool);

    @Override
    public Boolean run() throws Exception {
      ExecutorService pool = pool();
      pool.submit(() -> {}).get();
      boolean isCounted = textOf(pool).contains("completed tasks = 1");
      pool.close();
      return isCounted;
    }
  }

  static class AsksForItsText extends ShowsItsText {
    @Override
    String textOf(ExecutorService pool) {
      return pool.toString();
    }
  }

  static class AsksForTheTextOfAnObject extends ShowsItsText {
    @Override
    String textOf(ExecutorService pool) {
      return String.valueOf((Object) pool);
    }
  }

  static class AppendsIt extends ShowsItsText {
    @Override
    String textOf(ExecutorService pool) {
      return new StringBuilder().append(pool).toString();
    }
  }

  static class AddsItToAText extends ShowsItsText {
    @Override
    String textOf(ExecutorService pool) {
      return "a pool: " + pool;
    }
  }

  static class AddsAnObjectToAText extends ShowsItsText {
    private static String text(Object any) {
      return "a pool: " + any;
    }

    @Override
    String textOf(ExecutorService pool) {
      return text(pool);
    }
  }

  static class FormatsIt extends ShowsItsText {
    @Override
    String textOf(ExecutorService pool) {
      return String.format("a pool: %s", pool);
    }
  }

  static class HasItInAMap extends ShowsItsText {
    @Override
    String textOf(ExecutorService pool) {
      return new HashMap<>(Map.of("pool", pool)).toString();
    }
  }

  static class HasItInARecord extends ShowsItsText {
    private record Name(Object of) {}

    @Override
    String textOf(ExecutorService pool) {
      return new Name(pool).toString();
    }
  }

  static class HasItInAnAtomic extends ShowsItsText {
    @Override
    String textOf(ExecutorService pool) {
      return new AtomicReference<>(pool).toString();
    }
  }

  static class AsksByReflection extends ShowsItsText {
    @Override
    String textOf(ExecutorService pool) {
      try {
        return (String) Object.class.getMethod("toString").invoke(pool);
      } catch (ReflectiveOperationException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }

  static class AsksAPoolOfItsOwn extends ShowsItsText {
    private static class Own extends ThreadPoolExecutor {
      Own() {
        super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
      }
    }

    @Override
    ExecutorService pool() {
      return new Own();
    }

    @Override
    String textOf(ExecutorService pool) {
      return textOf((Own) pool);
    }

    private static String textOf(Own pool) {
      return "a pool: " + pool;
    }
  }

  static final class HasAQueueOfItsOwn extends HasItInAMap {
    private static final class Own extends LinkedBlockingQueue<Runnable> {
      private static final long serialVersionUID = 1L;

      @Override
      public Runnable take() throws InterruptedException {
        return super.take();
      }
    }

    @Override
    ExecutorService pool() {
      return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new Own());
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        AsksForItsText.class,
        AsksForTheTextOfAnObject.class,
        AppendsIt.class,
        AddsItToAText.class,
        AddsAnObjectToAText.class,
        FormatsIt.class,
        HasItInAMap.class,
        HasItInARecord.class,
        HasItInAnAtomic.class,
        AsksByReflection.class,
        AsksAPoolOfItsOwn.class,
        HasAQueueOfItsOwn.class
      })
  void theTextOfAPoolIsNamed(Class<? extends ShowsItsText> scenario) {
    assertThat(explored(scenario).uncontrolled())
        .singleElement()
        .asString()
        .contains("(PoolsTest.java:");
  }

  /** The exception has the text of the pool in its message, and nobody reads that. */
  static class IsRefused implements Scenario<Boolean> {
    @Override
    public Boolean run() {
      ExecutorService pool = Executors.newFixedThreadPool(1);
      pool.shutdown();
      try {
        pool.execute(() -> {});
        return false;
      } catch (RejectedExecutionException refused) {
        return true;
      }
    }
  }

  /** Tasks of such a future go to the executor of its class. */
  static final class HasItsOwnExecutor implements Scenario<Integer> {
    private static class Own extends CompletableFuture<Integer> {
      @Override
      public Executor defaultExecutor() {
        return Runnable::run;
      }
    }

    @Override
    public Integer run() {
      CompletableFuture<Integer> future = new Own();
      Thread caller = Thread.currentThread();
      var asked = future.thenApplyAsync(value -> Thread.currentThread() == caller ? value : 0);
      future.complete(1);
      return asked.join();
    }
  }

  @Test
  void aFutureWithItsOwnExecutorIsNamed() {
    Exploration<Integer> explored = explored(HasItsOwnExecutor.class);

    assertThat(explored.uncontrolled()).singleElement().asString().contains("defaultExecutor");
    assertThat(explored.certificate()).isEmpty();
  }

  @Test
  void aTaskThatIsRefusedIsUnderControl() {
    Exploration<Boolean> explored = explored(IsRefused.class);

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes()).containsOnlyKeys(true);
  }

  /** Asks for the text of the exception, each in its own way. */
  abstract static class AsksWhyItIsRefused implements Scenario<String> {
    ThreadPoolExecutor pool() {
      return (ThreadPoolExecutor) Executors.newFixedThreadPool(1);
    }

    abstract String text(RejectedExecutionException refused);

    @Override
    public String run() throws Exception {
      ThreadPoolExecutor pool = pool();
      pool.submit(() -> {}).get();
      pool.shutdown();
      try {
        pool.execute(() -> {});
        return "taken";
      } catch (RejectedExecutionException refused) {
        return text(refused).replaceAll(".*completed tasks = (\\d+).*", "$1");
      }
    }
  }

  static class AsksForTheMessage extends AsksWhyItIsRefused {
    @Override
    String text(RejectedExecutionException refused) {
      return refused.getMessage();
    }
  }

  static class WritesTheException extends AsksWhyItIsRefused {
    @Override
    String text(RejectedExecutionException refused) {
      Object any = refused;
      return "" + any;
    }
  }

  static class WrapsTheException extends AsksWhyItIsRefused {
    @Override
    String text(RejectedExecutionException refused) {
      return new IllegalStateException(refused).getMessage();
    }
  }

  static class SetsThePolicyLater extends AsksForTheMessage {
    @Override
    ThreadPoolExecutor pool() {
      ThreadPoolExecutor pool = super.pool();
      pool.setRejectedExecutionHandler(new ThreadPoolExecutor.AbortPolicy());
      return pool;
    }
  }

  static class AsksAScheduledPool extends AsksForTheMessage {
    @Override
    ThreadPoolExecutor pool() {
      return new ScheduledThreadPoolExecutor(1);
    }
  }

  static class RefusesByHand extends AsksForTheMessage {
    @Override
    ThreadPoolExecutor pool() {
      ThreadPoolExecutor pool = super.pool();
      new ThreadPoolExecutor.AbortPolicy().rejectedExecution(() -> {}, pool);
      return pool;
    }

    @Override
    public String run() throws Exception {
      try {
        return super.run();
      } catch (RejectedExecutionException refused) {
        return text(refused);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        AsksForTheMessage.class,
        WritesTheException.class,
        WrapsTheException.class,
        SetsThePolicyLater.class,
        AsksAScheduledPool.class,
        RefusesByHand.class
      })
  void theReasonOfARefusalIsNamedWhichCountsThreads(Class<? extends AsksWhyItIsRefused> scenario) {
    Exploration<String> explored = explored(scenario);

    assertThat(explored.certificate()).isEmpty();
    assertThat(explored.uncontrolled().toString())
        .contains("RejectedExecutionException", "(PoolsTest.java:");
  }

  /** A policy that counts what it refuses, and leaves the rest to the JDK's. */
  static class CountsRefusals implements Scenario<String> {
    private int refused;

    /** The policy. */
    final class Counting extends ThreadPoolExecutor.AbortPolicy {
      @Override
      public void rejectedExecution(Runnable task, ThreadPoolExecutor pool) {
        refused++;
        super.rejectedExecution(task, pool);
      }
    }

    ThreadPoolExecutor pool() {
      return new ThreadPoolExecutor(
          1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new Counting());
    }

    @Override
    public String run() {
      ThreadPoolExecutor pool = pool();
      pool.shutdown();
      try {
        pool.execute(() -> {});
        return "taken";
      } catch (RejectedExecutionException thrown) {
        return refused + " by " + pool.getRejectedExecutionHandler().getClass().getSimpleName();
      }
    }
  }

  static class CountsRefusalsOfAScheduledPool extends CountsRefusals {
    @Override
    ThreadPoolExecutor pool() {
      return new ScheduledThreadPoolExecutor(1, new Counting());
    }
  }

  @Test
  void aPolicyThatRefusesAsTheJdkDoesIsUnderControl() {
    for (var scenario : List.of(CountsRefusals.class, CountsRefusalsOfAScheduledPool.class)) {
      Exploration<String> explored = explored(scenario);

      assertThat(explored.certificate()).as(explored.toString()).isPresent();
      assertThat(explored.outcomes()).containsOnlyKeys("1 by Counting");
    }
  }

  /** Says of what classes the objects are that the explorer makes. */
  static class KnowsWhatItIsGiven implements Scenario<String> {
    @Override
    public String run() throws Exception {
      ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(1);
      ScheduledThreadPoolExecutor scheduled = new ScheduledThreadPoolExecutor(1);
      Timer timer = new Timer();
      CompletableFuture<Class<?>> thread = new CompletableFuture<>();
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              thread.complete(Thread.currentThread().getClass());
            }
          },
          0);
      Class<?> first = thread.get();
      timer.cancel();
      Future<?> task = scheduled.schedule(() -> {}, 0, TimeUnit.SECONDS);
      task.get();
      Class<?> refused = Object.class;
      pool.shutdown();
      scheduled.shutdown();
      try {
        pool.execute(() -> {});
      } catch (RejectedExecutionException thrown) {
        refused = thrown.getClass();
      }
      return Stream.of(
              pool.getClass(),
              pool.getRejectedExecutionHandler().getClass(),
              scheduled.getClass(),
              new ForkJoinPool(2).getClass(),
              timer.getClass(),
              task.getClass(),
              new SecureRandom().getClass(),
              first,
              refused)
          .map(Class::getName)
          .collect(Collectors.joining(" "));
    }
  }

  static class KnowsTheThreadOfATimeout implements Scenario<String> {
    @Override
    public String run() {
      Thread caller = Thread.currentThread();
      // Whoever comes first: the thread of the timeout, or the one that adds this to it.
      return new CompletableFuture<Integer>()
          .completeOnTimeout(1, 20, TimeUnit.MILLISECONDS)
          .thenApply(
              value ->
                  Thread.currentThread() == caller
                      ? "late"
                      : Thread.currentThread().getClass().getName()
                          + Thread.currentThread().getName())
          .join();
    }
  }

  @Test
  void whatTheExplorerMakesIsSeenAsTheJdksOwn() throws Exception {
    Exploration<String> explored = explored(KnowsWhatItIsGiven.class);
    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes()).containsOnlyKeys(new KnowsWhatItIsGiven().run());
    Exploration<String> late = explored(KnowsTheThreadOfATimeout.class);
    assertThat(late.certificate()).as(late.toString()).isPresent();
    assertThat(late.outcomes()).containsKeys("late", new KnowsTheThreadOfATimeout().run());
  }

  /** The JDK may run both tasks on one thread, or each on its own. */
  static class NamesOfTwoThreads implements Scenario<Boolean> {
    @Override
    public Boolean run() throws Exception {
      ForkJoinPool pool = new ForkJoinPool(2);
      String first = pool.submit(() -> Thread.currentThread().getName()).get();
      return pool.submit(() -> Thread.currentThread().getName()).get().equals(first);
    }
  }

  @Test
  void theNameOfAThreadIsNamedThatMayBeAnyOfSeveral() {
    assertThat(explored(NamesOfTwoThreads.class).certificate()).isEmpty();
    assertThat(explored(NamesOfTwoThreads.class).uncontrolled().toString())
        .contains("the name of a thread", "(PoolsTest.java:");
  }

  /** A day passes only if nobody can go on. */
  static class OrTimeoutOfADay extends InTime {
    @Override
    CompletableFuture<String> limited() {
      return future.orTimeout(1, TimeUnit.DAYS);
    }
  }

  static class ADayThatPasses extends OrTimeoutOfADay {
    @Override
    public String run() throws Exception {
      try {
        return limited().get();
      } catch (ExecutionException late) {
        return late.getCause() instanceof TimeoutException ? "late" : "broken";
      }
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {OrTimeout.class, OrAnotherValue.class})
  void aFutureWithATimeoutMayBeLate(Class<? extends InTime> scenario) {
    assertThat(explored(scenario).outcomes()).containsOnlyKeys("in time", "late");
    checkAgainstAllSchedules(scenario);
  }

  @Test
  void aTimeoutOfADayPassesOnlyIfNobodyCanGoOn() {
    assertThat(explored(OrTimeoutOfADay.class).outcomes()).containsOnlyKeys("in time");
    assertThat(explored(ADayThatPasses.class).outcomes()).containsOnlyKeys("late");
  }

  /** Its task comes after the other one's in time, and may come before it all the same. */
  static class ATaskThatIsDelayed implements Scenario<Integer> {
    private int count;

    void add() {
      count++;
    }

    @Override
    public Integer run() {
      CompletableFuture<Void> later =
          CompletableFuture.runAsync(
              this::add, CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS));
      add();
      later.join();
      return count;
    }
  }

  static class ATaskThatIsDelayedWithALock extends ATaskThatIsDelayed {
    @Override
    synchronized void add() {
      super.add();
    }
  }

  @Test
  void aTaskThatIsDelayedLosesAnUpdateWithoutALock() {
    assertThat(explored(ATaskThatIsDelayed.class).outcomes()).containsOnlyKeys(1, 2);
    assertThat(explored(ATaskThatIsDelayedWithALock.class).outcomes()).containsOnlyKeys(2);
    checkAgainstAllSchedules(ATaskThatIsDelayed.class);
    checkAgainstAllSchedules(ATaskThatIsDelayedWithALock.class);
  }

  /** It takes back a task that waits behind another one. */
  static class TakesBack extends LooksIntoTheQueue {
    private final Runnable second =
        () -> {
          // It does nothing.
        };

    @Override
    String look(ThreadPoolExecutor pool, Future<?> first) throws Exception {
      pool.execute(second);
      return textOf(!pool.remove(second));
    }
  }

  @Test
  void aTaskCanBeTakenBackUntilAThreadHasTakenIt() {
    assertThat(explored(TakesBack.class).outcomes())
        .containsOnlyKeys("there is room", "there is none");
    checkAgainstAllSchedules(TakesBack.class);
  }

  static class Counts extends LooksIntoTheQueue {
    @Override
    int left(ThreadPoolExecutor pool) {
      return (int) pool.getCompletedTaskCount();
    }
  }

  static class CountsThoseAtWork extends LooksIntoTheQueue {
    @Override
    int left(ThreadPoolExecutor pool) {
      return pool.getActiveCount();
    }
  }

  /** They change after the result is there, in the code of the JDK. */
  @ParameterizedTest
  @ValueSource(classes = {Counts.class, CountsThoseAtWork.class})
  void whatAPoolCountsIsNotUnderControl(Class<? extends AfterTheResult> scenario) {
    assertThat(explored(scenario).certificate()).isEmpty();
    assertThat(explored(scenario).uncontrolled().toString()).contains("Count");
  }

  /** A task has done its last step, and is not done yet. */
  static class PolledForATime implements Scenario<String> {
    private int written;

    @Override
    public String run() throws Exception {
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        var tasks = new ExecutorCompletionService<Integer>(executor);
        tasks.submit(() -> written = 1);
        Future<Integer> done = tasks.poll(1, TimeUnit.SECONDS);
        return done == null ? "late " + written : "in time " + done.get();
      }
    }
  }

  @Test
  void aTaskIsDoneAfterItsLastStep() {
    assertThat(explored(PolledForATime.class).outcomes())
        .containsOnlyKeys("late 0", "late 1", "in time 1");
    checkAgainstAllSchedules(PolledForATime.class);
  }

  /** Whether an executor that starts a thread for each task has ended where its task is done. */
  abstract static class EndsAfterItsTask implements Scenario<Boolean> {
    ExecutorService executor() {
      return Executors.newVirtualThreadPerTaskExecutor();
    }

    void awaitTask(ExecutorService executor) throws Exception {
      Future<?> task = executor.submit(() -> 1);
      executor.shutdown();
      task.get();
    }

    boolean hasEnded(ExecutorService executor) throws InterruptedException {
      return executor.isTerminated();
    }

    @Override
    public Boolean run() throws Exception {
      ExecutorService executor = executor();
      awaitTask(executor);
      return hasEnded(executor);
    }
  }

  static class AsksAfterTheResult extends EndsAfterItsTask {}

  static class AsksAfterTheResultOfAPlatformThread extends EndsAfterItsTask {
    @Override
    ExecutorService executor() {
      return Executors.newThreadPerTaskExecutor(Thread::new);
    }
  }

  static class AsksAfterTheSignal extends EndsAfterItsTask {
    @Override
    void awaitTask(ExecutorService executor) throws Exception {
      CountDownLatch latch = new CountDownLatch(1);
      executor.execute(latch::countDown);
      executor.shutdown();
      latch.await();
    }
  }

  static class AsksAfterTheResultOfAFutureTask extends EndsAfterItsTask {
    @Override
    void awaitTask(ExecutorService executor) throws Exception {
      FutureTask<Integer> task = new FutureTask<>(() -> 1);
      executor.execute(task);
      executor.shutdown();
      task.get();
    }
  }

  static class AsksAfterTheFirstResult extends EndsAfterItsTask {
    @Override
    void awaitTask(ExecutorService executor) throws Exception {
      int unused = executor.<Integer>invokeAny(List.of(() -> 1));
      executor.shutdown();
    }
  }

  static class WaitsShortlyAfterTheResult extends EndsAfterItsTask {
    @Override
    boolean hasEnded(ExecutorService executor) throws InterruptedException {
      return executor.awaitTermination(1, TimeUnit.NANOSECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        AsksAfterTheResult.class,
        AsksAfterTheResultOfAPlatformThread.class,
        AsksAfterTheSignal.class,
        AsksAfterTheResultOfAFutureTask.class,
        AsksAfterTheFirstResult.class,
        WaitsShortlyAfterTheResult.class
      })
  void anExecutorEndsAfterTheResultsOfItsTasksAreThere(Class<? extends EndsAfterItsTask> scenario) {
    assertThat(explored(scenario).outcomes()).containsOnlyKeys(true, false);
    checkAgainstAllSchedules(scenario);
  }

  static class WaitsForTheEnd extends EndsAfterItsTask {
    @Override
    boolean hasEnded(ExecutorService executor) throws InterruptedException {
      return executor.awaitTermination(1, TimeUnit.HOURS) && super.hasEnded(executor);
    }
  }

  static class ClosesTheExecutor extends EndsAfterItsTask {
    @Override
    boolean hasEnded(ExecutorService executor) throws InterruptedException {
      executor.close();
      return super.hasEnded(executor);
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {WaitsForTheEnd.class, ClosesTheExecutor.class})
  void anExecutorHasEndedForWhoeverHasWaitedForThat(Class<? extends EndsAfterItsTask> scenario) {
    assertThat(explored(scenario).outcomes()).containsOnlyKeys(true);
    assertThat(explored(scenario).certificate()).isPresent();
  }

  /** Whether a thread has ended where what it computes is there. */
  abstract static class EndsAfterItsResult implements Scenario<Boolean> {
    abstract Thread start(Runnable body);

    void await(Thread thread) throws InterruptedException {}

    @Override
    public Boolean run() throws Exception {
      FutureTask<Integer> task = new FutureTask<>(() -> 1);
      Thread thread = start(task);
      int unused = task.get();
      await(thread);
      return thread.isAlive();
    }
  }

  static class OfAPlatformThread extends EndsAfterItsResult {
    @Override
    Thread start(Runnable body) {
      Thread thread = new Thread(body);
      thread.start();
      return thread;
    }
  }

  static class OfAVirtualThread extends EndsAfterItsResult {
    @Override
    Thread start(Runnable body) {
      return Thread.startVirtualThread(body);
    }
  }

  static class OfABuilder extends EndsAfterItsResult {
    @Override
    Thread start(Runnable body) {
      return Thread.ofVirtual().start(body);
    }
  }

  static class OfAFactory extends EndsAfterItsResult {
    @Override
    Thread start(Runnable body) {
      Thread thread = Thread.ofVirtual().factory().newThread(body);
      thread.start();
      return thread;
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        OfAPlatformThread.class,
        OfAVirtualThread.class,
        OfABuilder.class,
        OfAFactory.class
      })
  void aThreadEndsAfterTheResultOfItsTaskIsThere(Class<? extends EndsAfterItsResult> scenario) {
    assertThat(explored(scenario).outcomes()).containsOnlyKeys(true, false);
    checkAgainstAllSchedules(scenario);
  }

  static class Joined extends OfAVirtualThread {
    @Override
    void await(Thread thread) throws InterruptedException {
      thread.join();
    }
  }

  static class JoinedPlatformThread extends OfAPlatformThread {
    @Override
    void await(Thread thread) throws InterruptedException {
      thread.join();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Joined.class, JoinedPlatformThread.class})
  void aThreadThatIsJoinedHasEndedAfterItsTask(Class<? extends EndsAfterItsResult> scenario) {
    assertThat(explored(scenario).outcomes()).containsOnlyKeys(false);
    assertThat(explored(scenario).certificate()).isPresent();
  }

  /** Whoever waits for the last task, or for the end of a pool, finds the thread there or gone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Executors.newFixedThreadPool(1)",
        "Executors.newCachedThreadPool(Thread.ofVirtual().factory())",
        "Executors.newSingleThreadExecutor()",
        "Executors.newScheduledThreadPool(1)",
        "Executors.newVirtualThreadPerTaskExecutor()",
        "Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())"
      })
  void aThreadEndsAfterItsPool(String pool) {
    String body =
        """
        var ran = new Thread[1];
        try (var pool = %s) {
          pool.execute(() -> ran[0] = Thread.currentThread());
        }
        """
            .formatted(pool);
    Class<? extends Scenario<Integer>> asked =
        Sources.scenario(body + "return ran[0].isAlive() ? 1 : 0;");

    assertThat(explored(asked).outcomes()).containsOnlyKeys(0, 1);
    checkAgainstAllSchedules(asked);
    assertThat(
            explored(Sources.scenario(body + "ran[0].join(); return ran[0].isAlive() ? 1 : 0;"))
                .outcomes())
        .containsOnlyKeys(0);
  }

  /** It is the executor's, which is given code of the JDK. */
  @Test
  void aThreadEndsAfterTheFutureThatItCompletes() {
    Class<? extends Scenario<Integer>> scenario =
        Sources.scenario(
            """
            var made = new Thread[1];
            CompletableFuture.runAsync(() -> {}, task -> {
              made[0] = new Thread(task);
              made[0].start();
            }).join();
            return made[0].isAlive() ? 1 : 0;
            """);

    assertThat(explored(scenario).outcomes()).containsOnlyKeys(0, 1);
    checkAgainstAllSchedules(scenario);
  }

  /** A factory that has others make its threads, and makes them daemons with names of its own. */
  static final class OfDaemons implements ThreadFactory {
    private final ThreadFactory made = Executors.defaultThreadFactory();

    @Override
    public Thread newThread(Runnable body) {
      Thread thread = made.newThread(body);
      thread.setName(thread.getName() + (thread.isDaemon() ? " daemon" : " with a new name"));
      thread.setDaemon(true);
      return thread;
    }
  }

  /** Which thread runs a task, of the second pool that is made. */
  static final class NamedByAFactory implements Scenario<String> {
    @Override
    public String run() throws Exception {
      ThreadFactory first = Executors.defaultThreadFactory();
      try (ExecutorService pool = Executors.newFixedThreadPool(1, new OfDaemons())) {
        String named =
            pool.submit(() -> Thread.currentThread().getName() + Thread.currentThread().isDaemon())
                .get();
        return first.newThread(() -> {}).getName() + " " + named;
      }
    }
  }

  @Test
  void theDefaultFactoryNumbersItsThreadsAndPools() {
    Exploration<String> explored = explored(NamedByAFactory.class);

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes())
        .containsOnlyKeys("pool-1-thread-1 pool-2-thread-1 with a new nametrue");
  }

  /** Two threads ask one factory for a thread each, and the main thread asks another one. */
  static final class NumberedByOrder implements Scenario<List<String>> {
    private final ThreadFactory shared = Executors.defaultThreadFactory();

    @Override
    public List<String> run() throws InterruptedException {
      List<String> names = new ArrayList<>(List.of("", ""));
      Thread other = new Thread(() -> names.set(0, shared.newThread(() -> {}).getName()));
      other.start();
      names.set(1, shared.newThread(() -> {}).getName());
      other.join();
      return names;
    }
  }

  @Test
  void whoAsksAFactoryFirstHasTheFirstNumber() {
    assertThat(explored(NumberedByOrder.class).outcomes())
        .containsOnlyKeys(
            List.of("pool-1-thread-1", "pool-1-thread-2"),
            List.of("pool-1-thread-2", "pool-1-thread-1"));
    checkAgainstAllSchedules(NumberedByOrder.class);
  }

  /** The pool asks the future whether it is done, and so does whoever waits for it. */
  @Test
  void aFutureOfThePoolsOwnSaysItselfWhetherItIsDone() {
    Exploration<Integer> explored =
        explored(
            Sources.scenario(
                """
                class Own<T> extends FutureTask<T> {
                  Own(Callable<T> task) {
                    super(task);
                  }

                  @Override
                  public boolean isDone() {
                    synchronized (lock) {
                      count++;
                      return super.isDone();
                    }
                  }
                }
                var pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
                  @Override
                  protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
                    return new Own<>(task);
                  }
                };
                Future<Integer> future = pool.submit(() -> 5);
                return future.get() + count;
                """));

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.outcomes().keySet()).containsExactly(5);
  }

  @Test
  void aPoolKeepsItsThreadsForAsLongAsItIsTold() {
    Exploration<Integer> explored =
        explored(
            Sources.scenario(
                """
                var pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
                pool.setKeepAliveTime(5, TimeUnit.SECONDS);
                pool.allowCoreThreadTimeOut(true);
                return (int) pool.getKeepAliveTime(TimeUnit.SECONDS);
                """));

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes()).containsOnlyKeys(5);
  }

  @Test
  void aPoolIsPurgedOfTasksThatAreCancelled() {
    Class<? extends Scenario<Integer>> scenario =
        Sources.scenario(
            """
            var pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
            pool.execute(() -> count++);
            pool.submit(() -> count += 10).cancel(false);
            pool.purge();
            int left = pool.getQueue().size();
            pool.close();
            return 100 * left + count;
            """);

    assertThat(explored(scenario).outcomes()).containsOnlyKeys(1, 11);
    checkAgainstAllSchedules(scenario);
  }

  /** Nobody is stopped in the queue, where its threads would wait for it. */
  @Test
  void aQueueComparesTasksInOneStep() {
    Exploration<Integer> explored =
        explored(
            Sources.scenario(
                """
                var queue = new PriorityBlockingQueue<Runnable>(2, (one, other) -> {
                  synchronized (lock) {
                    return count;
                  }
                });
                var pool = new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, queue);
                for (int i = 0; i < 4; i++) {
                  pool.execute(() -> {});
                }
                pool.shutdown();
                return pool.awaitTermination(1, TimeUnit.HOURS) ? 1 : 0;
                """));

    assertThat(explored.outcomes().keySet()).containsExactly(1);
    assertThat(explored.certificate())
        .hasValueSatisfying(
            proved -> assertThat(proved.toString()).contains("while the queue of a pool compares"));
  }

  /** Here no thread of the pool waits in it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "return queue.offer(() -> count++) ? 1 : 0;",
        "new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue).execute(() -> {}); return 1;"
      })
  void aQueueWithoutRoomIsOfOnePoolAlone(String use) {
    Exploration<Integer> explored =
        explored(
            Sources.scenario(
                """
                var queue = new SynchronousQueue<Runnable>();
                var pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue);
                pool.prestartCoreThread();
                """
                    + use));

    assertThat(explored.uncontrolled())
        .singleElement()
        .asString()
        .startsWith("a SynchronousQueue of a pool that is used besides");
  }
}
