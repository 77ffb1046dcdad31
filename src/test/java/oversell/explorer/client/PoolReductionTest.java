package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static oversell.explorer.client.AllSchedules.explored;

import java.math.BigInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Options;
import oversell.explorer.Reduction;
import oversell.explorer.Scenario;

/**
 * What pools do by themselves commutes as far as nobody can tell its order: three tasks have as
 * many traces as three threads.
 */
class PoolReductionTest {
  private static final String WITH_A_LOCK = "synchronized (lock) { if (count < 2) { count++; } }";
  private static final String WITHOUT = "if (count < 2) { count++; }";
  private static final int MOST = 5_000;

  private static final String SUBMIT =
      """
      var results = new ArrayList<Future<?>>();
      for (int i = 0; i < 3; i++) {
        results.add(pool.submit(() -> { BUY }));
      }
      for (Future<?> one : results) {
        one.get();
      }
      """;
  private static final String RUN_ASYNC =
      """
      var results = new ArrayList<CompletableFuture<?>>();
      for (int i = 0; i < 3; i++) {
        results.add(CompletableFuture.runAsync(() -> { BUY }, pool));
      }
      CompletableFuture.allOf(results.toArray(new CompletableFuture<?>[0])).join();
      """;
  private static final String INVOKE_ALL =
      """
      pool.invokeAll(
          Collections.<Callable<Integer>>nCopies(3, () -> { BUY return 0; }));
      """;

  private static Exploration<Integer> explore(String body, String buy) {
    return explored(Sources.scenario(body.replace("BUY", buy)));
  }

  private static void hasATraceForEachOrder(String body) {
    Exploration<Integer> locked = explore(body, WITH_A_LOCK);

    assertThat(locked.uncontrolled()).isEmpty();
    assertThat(locked.certificate()).isPresent();
    assertThat(locked.outcomes().keySet()).containsExactly(2);
    assertThat(locked.executions()).isEqualTo(6);
    assertThat(locked.blocked()).isZero();
  }

  private static void hasThoseOfThreads(String body) {
    hasATraceForEachOrder(body);
    assertThat(explore(body, WITHOUT).outcomes().keySet()).contains(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "newFixedThreadPool(3)",
        "newFixedThreadPool(4, task -> new Thread(task))",
        "newVirtualThreadPerTaskExecutor()",
        "newThreadPerTaskExecutor(Thread.ofPlatform().factory())",
        "newWorkStealingPool(2)"
      })
  void tasksThatAreSubmittedHaveTheTracesOfThreads(String pool) {
    hasThoseOfThreads("var pool = Executors." + pool + ";" + SUBMIT + "return count;");
    hasThoseOfThreads("try (var pool = Executors." + pool + ") {" + SUBMIT + "}" + "return count;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"newFixedThreadPool(3)", "newVirtualThreadPerTaskExecutor()"})
  void soDoTasksOfFutures(String pool) {
    hasThoseOfThreads("var pool = Executors." + pool + ";" + RUN_ASYNC + "return count;");
  }

  @Test
  void oneThreadRunsOneTaskAfterTheOther() {
    String pool = "var pool = Executors.newSingleThreadExecutor();";
    hasATraceForEachOrder(pool + SUBMIT + "return count;");
    hasATraceForEachOrder(pool + RUN_ASYNC + "return count;");

    assertThat(explore(pool + SUBMIT + "return count;", WITHOUT).outcomes().keySet())
        .containsExactly(2);
  }

  @Test
  void soDoTasksOfTheCommonPool() {
    hasThoseOfThreads(RUN_ASYNC.replace(", pool", "") + "return count;");
    hasThoseOfThreads(
        """
        java.util.stream.IntStream.range(0, 3).parallel().forEach(one -> { BUY });
        return count;
        """);
    hasThoseOfThreads(
        """
        class Buyers extends RecursiveAction {
          private final int many;

          Buyers(int many) {
            this.many = many;
          }

          @Override
          protected void compute() {
            if (many == 1) {
              BUY
            } else {
              invokeAll(new Buyers(many / 2), new Buyers(many - many / 2));
            }
          }
        }
        ForkJoinPool.commonPool().invoke(new Buyers(3));
        return count;
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"newFixedThreadPool(3)", "newVirtualThreadPerTaskExecutor()"})
  void soDoTasksThatAreInvokedAtOnce(String pool) {
    hasThoseOfThreads("var pool = Executors." + pool + ";" + INVOKE_ALL + "return count;");
  }

  /** It is shut down before or after each of two tasks returns. */
  @Test
  void whenAPoolIsShutDownMattersToItsThreads() {
    Exploration<Integer> explored =
        explore(
            """
            var pool = Executors.newFixedThreadPool(2);
            pool.execute(() -> { BUY });
            pool.execute(() -> { BUY });
            pool.shutdown();
            return pool.awaitTermination(1, TimeUnit.MINUTES) ? count : -1;
            """,
            WITH_A_LOCK);

    assertThat(explored.outcomes().keySet()).containsExactly(2);
    assertThat(explored.executions()).isEqualTo(2 * 2 * 2);
    assertThat(explored.blocked()).isZero();
  }

  /** Whoever waits for all results at once goes on when that is completed without them. */
  @Test
  void allResultsAtOnceCanBeCompletedBeforeThem() {
    Class<? extends Scenario<Integer>> scenario =
        Sources.scenario(
            """
            var part = CompletableFuture.runAsync(() -> count++);
            var whole = CompletableFuture.allOf(part);
            Thread beside = Thread.startVirtualThread(() -> whole.complete(null));
            whole.join();
            int seen = count;
            beside.join();
            part.join();
            return seen;
            """);

    assertThat(explored(scenario).outcomes().keySet()).containsExactlyInAnyOrder(0, 1);
    AllSchedules.checkAgainstAllSchedules(scenario);
  }

  /** Whoever has the queue of a pool takes a task back before a thread that waits has it. */
  @Test
  void aTaskInTheQueueIsTakenByWhoeverComesFirst() {
    Class<? extends Scenario<Integer>> scenario =
        Sources.scenario(
            """
            var queue = new LinkedBlockingQueue<Runnable>();
            var pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue);
            pool.submit(() -> {}).get();
            queue.add(() -> count++);
            Runnable back = queue.poll();
            pool.shutdown();
            pool.awaitTermination(1, TimeUnit.HOURS);
            return back == null ? 10 + count : count;
            """);

    assertThat(explored(scenario).outcomes().keySet()).containsExactlyInAnyOrder(0, 11);
    AllSchedules.checkAgainstAllSchedules(scenario);
  }

  /** A pool has ended before a handler runs that hears what one of its threads has thrown. */
  @Test
  void aThreadMayGoOnAfterItHasLeftItsPool() {
    Class<? extends Scenario<Integer>> scenario =
        Sources.scenario(
            """
            var pool = Executors.newFixedThreadPool(1, task -> {
              Thread made = new Thread(task);
              made.setUncaughtExceptionHandler((of, thrown) -> count++);
              return made;
            });
            pool.execute(() -> {
              throw new IllegalStateException();
            });
            pool.shutdown();
            return pool.awaitTermination(1, TimeUnit.HOURS) ? count : -1;
            """);

    assertThat(explored(scenario).outcomes().keySet()).containsExactlyInAnyOrder(0, 1);
    AllSchedules.checkAgainstAllSchedules(scenario);
  }

  /** A pool that is shut down starts nobody in the place of a thread that a task has ended. */
  @Test
  void whetherAThreadIsReplacedIsRacedByShutdown() {
    Class<? extends Scenario<Integer>> scenario =
        Sources.scenario(
            """
            var pool = Executors.newFixedThreadPool(1, task -> {
              count++;
              Thread made = new Thread(task);
              made.setUncaughtExceptionHandler((of, thrown) -> {});
              return made;
            });
            pool.execute(() -> {
              throw new IllegalStateException();
            });
            pool.shutdown();
            return pool.awaitTermination(1, TimeUnit.HOURS) ? count : -1;
            """);

    assertThat(explored(scenario).outcomes().keySet()).containsExactlyInAnyOrder(1, 2);
    AllSchedules.checkAgainstAllSchedules(scenario);
  }

  /** Its thread ends, and asks whether tasks are left for another one in its place. */
  @Test
  void theEndOfAThreadIsRacedByWhoeverHasTheQueue() {
    AllSchedules.checkAgainstAllSchedules(
        Sources.scenario(
            """
            var queue = new LinkedBlockingQueue<Runnable>();
            var pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue);
            pool.execute(() -> count++);
            int refused = pool.shutdownNow().size();
            queue.add(() -> {});
            pool.shutdown();
            pool.awaitTermination(1, TimeUnit.HOURS);
            return 10 * refused + count;
            """));
  }

  /** The thread of the pool finds it begun, and leaves it to the one that has begun it. */
  @Test
  void aTaskThatAnotherThreadRunsIsNotDoneByItsPool() {
    Class<? extends Scenario<Integer>> scenario =
        Sources.scenario(
            """
            var task = new FutureTask<Integer>(() -> ++count);
            var pool = Executors.newFixedThreadPool(1);
            Thread hands = Thread.startVirtualThread(() -> {
              count += 10;
              pool.execute(task);
            });
            Thread runs = Thread.startVirtualThread(task);
            int seen = task.get() * 100 + count;
            hands.join();
            runs.join();
            return seen;
            """);

    assertThat(explored(scenario).outcomes().keySet())
        .isEqualTo(
            Explorer.explore(scenario, Options.exhaustive().reduction(Reduction.NONE))
                .outcomes()
                .keySet());
  }

  private static void hasAllOf(String body, Integer... outcomes) {
    Class<? extends Scenario<Integer>> scenario = Sources.scenario(body);

    assertThat(explored(scenario).outcomes().keySet()).containsExactlyInAnyOrder(outcomes);
    AllSchedules.checkAgainstAllSchedules(scenario);
  }

  /** Its thread has no handler before that, so that it seems to end when it leaves the pool. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Executors.newFixedThreadPool(1)",
        "Executors.newFixedThreadPool(1, Thread.ofVirtual().factory())",
        "Executors.newVirtualThreadPerTaskExecutor()",
        "new ForkJoinPool(2)"
      })
  void aTaskGivesItsThreadAHandlerThatRunsAfterTheEndOfThePool(String pool) {
    hasAllOf(
        "var pool = "
            + pool
            + """
            ;
            pool.execute(() -> {
              Thread.currentThread().setUncaughtExceptionHandler((of, thrown) -> count++);
              throw new IllegalStateException();
            });
            pool.shutdown();
            return pool.awaitTermination(1, TimeUnit.HOURS) ? count : -1;
            """,
        0,
        1);
  }

  /** A group of threads asks the one that it is part of what becomes of an exception. */
  @Test
  void aGroupAboveThatOfAThreadHearsWhatATaskThrows() {
    hasAllOf(
        """
        var above = new ThreadGroup("above") {
          @Override
          public void uncaughtException(Thread of, Throwable thrown) {
            count++;
          }
        };
        var group = new ThreadGroup(above, "group");
        var pool = Executors.newFixedThreadPool(1, task -> new Thread(group, task));
        pool.execute(() -> {
          throw new IllegalStateException();
        });
        pool.shutdown();
        return pool.awaitTermination(1, TimeUnit.HOURS) ? count : -1;
        """,
        0,
        1);
  }

  @Test
  void aPoolRefusesAThreadThatItsFactoryHasStarted() {
    hasAllOf(
        """
        var pool = Executors.newFixedThreadPool(1, task -> {
          Thread made = new Thread(task);
          made.start();
          return made;
        });
        try {
          pool.execute(() -> count++);
        } catch (IllegalThreadStateException refused) {
          return -1;
        }
        return count;
        """,
        -1);
  }

  /** Whoever asks for a result while it is interrupted gets it only if it is there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Executors.newFixedThreadPool(1).execute(task);",
        "Executors.newFixedThreadPool(1).submit(task);",
        "Executors.newVirtualThreadPerTaskExecutor().submit(Executors.callable(task));",
        "CompletableFuture.runAsync(task);",
        "ForkJoinPool.commonPool().submit(task);",
        "new Thread(task).start();",
        "Thread.startVirtualThread(task);"
      })
  void aTaskOfTheProgramIsDoneByWhateverRunsIt(String run) {
    hasAllOf(
        """
        int[] own = new int[1];
        var task = new FutureTask<Integer>(() -> own[0]);
        RUN
        Thread.currentThread().interrupt();
        try {
          return task.get();
        } catch (InterruptedException before) {
          return 1;
        }
        """
            .replace("RUN", run),
        0,
        1);
  }

  /** The thread that runs a task puts it into the queue, after the last step of its code. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Executors.newFixedThreadPool(1)",
        "Executors.newScheduledThreadPool(1)",
        "Executors.newVirtualThreadPerTaskExecutor()",
        "ForkJoinPool.commonPool()",
        "run -> new Thread(run).start()",
        "run -> Executors.newFixedThreadPool(1).submit(run)"
      })
  void aTaskThatIsDoneIsPutIntoAQueueOfTheProgram(String executor) {
    hasAllOf(
        """
        var done = new LinkedBlockingQueue<Future<Integer>>();
        Executor executor = EXECUTOR;
        new ExecutorCompletionService<Integer>(executor, done).submit(() -> 1);
        return done.poll() == null ? 0 : 1;
        """
            .replace("EXECUTOR", executor),
        0,
        1);
  }

  /** Its only thread takes the second task from the queue as soon as the first is done. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "var second = pool.submit(() -> { count++; }); go.countDown(); first.get(); second.cancel(false);",
        "var second = CompletableFuture.runAsync(() -> { count++; }, pool); go.countDown();"
            + " first.get(); second.complete(null);",
        "var second = CompletableFuture.completedFuture(1).thenApplyAsync(one -> count++, pool);"
            + " go.countDown(); first.get(); second.cancel(true);",
        "var second = new FutureTask<>(() -> { if (Thread.currentThread() != main) { count++; } }, 1);"
            + " pool.execute(second); go.countDown(); first.get(); second.run();"
      })
  void theNextTaskIsCancelledAfterTheOneBeforeIsDone(String act) {
    hasAllOf(
        """
        Thread main = Thread.currentThread();
        var pool = Executors.newFixedThreadPool(1);
        var go = new CountDownLatch(1);
        var first = pool.submit(() -> {
          go.await();
          return 0;
        });
        ACT
        pool.close();
        return count;
        """
            .replace("ACT", act),
        0,
        1);
  }

  @Test
  void theFirstOfSomeTasksMayHaveTheOthersCancelled() {
    hasAllOf(
        """
        var pool = Executors.newFixedThreadPool(1);
        Callable<Integer> first = () -> 1;
        Callable<Integer> second = () -> ++count;
        pool.invokeAny(List.of(first, second));
        pool.close();
        return count;
        """,
        0,
        1);
  }

  /** An interrupt of whoever closes it takes the tasks out of its queue. */
  @Test
  void theNextTaskIsRefusedAfterTheOneBeforeIsDone() {
    Class<? extends Scenario<Integer>> scenario =
        Sources.scenario(
            """
            Thread main = Thread.currentThread();
            var pool = Executors.newFixedThreadPool(1);
            var go = new CountDownLatch(1);
            var first = pool.submit(() -> {
              go.await();
              return 0;
            });
            pool.execute(() -> count++);
            go.countDown();
            Thread beside = Thread.startVirtualThread(() -> {
              try {
                first.get();
              } catch (ExecutionException | InterruptedException stopped) {
                count += 10;
              }
              main.interrupt();
            });
            pool.close();
            return count;
            """);

    assertThat(explored(scenario).outcomes().keySet()).contains(0, 1);
  }

  /** The first of two results takes what depends on either away from the other. */
  @Test
  void whatDependsOnEitherOfTwoResultsIsCompletedInSeveralSteps() {
    AllSchedules.checkAgainstAllSchedules(
        Sources.scenario(
            """
            var one = CompletableFuture.supplyAsync(() -> 1);
            var other = CompletableFuture.supplyAsync(() -> 2);
            return one.applyToEither(other, first -> first).join();
            """));
  }

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  static LongStream manySeeds() {
    return LongStream.range(40, 340);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRandomProgramWithAPoolComesToTheSameAsWithoutTheReduction(long seed) {
    isReducedSoundly(seed);
  }

  @ParameterizedTest
  @MethodSource("manySeeds")
  @Tag("long")
  void manyRandomProgramsWithPoolsComeToTheSameAsWithoutTheReduction(long seed) {
    isReducedSoundly(seed);
  }

  private static void isReducedSoundly(long seed) {
    String body = new RandomPoolProgram(seed).body();
    Class<? extends Scenario<Integer>> scenario = Sources.scenario(body);
    Exploration<Integer> full =
        Explorer.explore(scenario, Options.exhaustive().reduction(Reduction.NONE).schedules(MOST));
    assumeTrue(full.isComplete(), "too many schedules, or not under control");

    Exploration<Integer> reduced = explored(scenario);

    assertThat(reduced.outcomes().keySet()).as(body).isEqualTo(full.outcomes().keySet());
    assertThat(reduced.failures() > 0).as(body).isEqualTo(full.failures() > 0);
    assertThat(reduced.schedules()).as(body).hasValue(BigInteger.valueOf(full.executions()));
  }
}
