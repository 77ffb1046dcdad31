package oversell.explorer.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A program that hands a few tasks to a pool, asks for their results, cancels them, and shuts the
 * pool down, in any order and on one thread or two. Its outcome is all that it has seen.
 */
final class RandomPoolProgram {
  private static final List<String> POOLS =
      List.of(
          "Executors.newFixedThreadPool(1)",
          "Executors.newFixedThreadPool(2)",
          "Executors.newCachedThreadPool()",
          "Executors.newSingleThreadExecutor()",
          "Executors.newVirtualThreadPerTaskExecutor()",
          "Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())",
          "new ForkJoinPool(2)",
          "Executors.newFixedThreadPool(1, task -> new Thread(() -> { task.run(); count++; }))",
          "Executors.newFixedThreadPool(1, task -> {"
              + " at[0]++; Thread made = new Thread(task); at[0] += count; return made; })",
          "Executors.newFixedThreadPool(2, task -> { Thread made = new Thread(task);"
              + " made.setUncaughtExceptionHandler((thread, thrown) -> at[0] += 5); return made; })",
          "Executors.newThreadPerTaskExecutor("
              + "task -> Thread.ofVirtual().unstarted(() -> { task.run(); count++; }))",
          "Executors.newThreadPerTaskExecutor("
              + "Thread.ofVirtual().uncaughtExceptionHandler((of, thrown) -> at[0]++).factory())",
          "new ThreadPoolExecutor(1, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>())",
          "new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>())",
          "new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1))",
          "new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1),"
              + " new ThreadPoolExecutor.DiscardOldestPolicy())",
          "new ThreadPoolExecutor(1, 2, 0, TimeUnit.SECONDS, new SynchronousQueue<>(),"
              + " new ThreadPoolExecutor.CallerRunsPolicy())",
          "Executors.newFixedThreadPool(2, Thread.ofVirtual()"
              + ".uncaughtExceptionHandler((of, thrown) -> at[0]++).factory())",
          "Executors.newFixedThreadPool(1,"
              + " task -> Thread.ofVirtual().unstarted(() -> { task.run(); count++; }))",
          "new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {"
              + " @Override protected void terminated() { at[0] += 3; } }");
  private static final List<String> ACTS =
      List.of(
          "count++;",
          "at[0]++;",
          "at[0] += count;",
          "synchronized (lock) { count++; }",
          "at[0] += Thread.currentThread().getName().hashCode();",
          "ran[0] = Thread.currentThread();");

  private final Random random;
  private int futures;

  RandomPoolProgram(long seed) {
    random = new Random(seed);
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** The body of a method that returns a number. */
  String body() {
    boolean hasOther = random.nextInt(3) == 0;
    String mine = acts(2 + random.nextInt(2));
    String others =
        hasOther
            ? "Thread other = new Thread(() -> {%s}); other.start();"
                .formatted(acts(1 + random.nextInt(2)))
            : "";
    String end = hasOther ? "Thread.interrupted(); other.join();" : "";
    String declared =
        IntStream.range(0, futures)
            .mapToObj(i -> "var f%d = new Future<?>[1];".formatted(i))
            .collect(Collectors.joining("\n"));
    return """
        var at = new int[1];
        var ran = new Thread[1];
        var go = new CountDownLatch(1);
        var seen = new ConcurrentLinkedQueue<Object>();
        var done = new LinkedBlockingQueue<Future<Integer>>();
        %s
        ExecutorService pool = %s;
        %s
        %s
        %s
        go.countDown();
        %s
        return (seen + " " + count + " " + at[0]).hashCode();
        """
        .formatted(declared, one(POOLS), others, mine, end, closing());
  }

  private String closing() {
    return one(
        List.of(
            "pool.close();",
            "pool.shutdown(); seen.add(pool.awaitTermination(1, TimeUnit.HOURS));",
            "pool.shutdown();",
            ""));
  }

  private String acts(int many) {
    List<String> acts = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      acts.add(
          """
          try {
            %s
          } catch (RejectedExecutionException refused) {
            seen.add("refused");
          } catch (CompletionException | ExecutionException failed) {
            seen.add("failed");
          } catch (TimeoutException passed) {
            seen.add("passed");
          } catch (CancellationException cancelled) {
            seen.add("cancelled");
          } catch (InterruptedException interrupted) {
            seen.add("interrupted");
          }
          """
              .formatted(
                  "if (false) { throw new InterruptedException(); } if (false) { throw new"
                      + " ExecutionException(null); } if (false) { throw new TimeoutException(); } "
                      + act()));
    }
    return String.join("", acts);
  }

  private String task() {
    String body = random.nextInt(3) == 0 ? "" : one(ACTS);
    return switch (random.nextInt(21)) {
      case 16 ->
          "Thread.currentThread().setUncaughtExceptionHandler((of, thrown) -> at[0] += 7);"
              + " if (true) { throw new IllegalStateException(); }";
      case 17 -> body + " pool.execute(() -> { %s });".formatted(one(ACTS));
      case 0, 3, 4 -> body + " if (true) { throw new IllegalStateException(); }";
      case 18, 19, 20 ->
          body + " try { go.await(); } catch (InterruptedException interrupted) { count += 7; }";
      case 1 -> body + " Thread.currentThread().interrupt();";
      case 2 -> body + " pool.shutdown();";
      default -> body;
    };
  }

  private String act() {
    if (futures == 0 || random.nextInt(4) == 0) {
      return handOver();
    }
    String future = "f" + random.nextInt(futures) + "[0]";
    return "if (%s != null) { %s }"
        .formatted(
            future,
            switch (random.nextInt(25)) {
              case 14 -> "Thread.currentThread().interrupt();";
              case 15 ->
                  "seen.add(String.valueOf(%s.get(1, TimeUnit.MILLISECONDS)));".formatted(future);
              case 16 -> "seen.add(done.poll() == null);";
              case 17 ->
                  "if (%s instanceof CompletableFuture<?> part) {".formatted(future)
                      + " seen.add(part.applyToEither("
                      + "CompletableFuture.supplyAsync(() -> null), any -> 1).join()); }";
              case 18 ->
                  "if (pool instanceof ThreadPoolExecutor own) { seen.add(own.prestartCoreThread()); }";
              case 19 ->
                  "if (pool instanceof ThreadPoolExecutor own && own.getMaximumPoolSize() > 1) {"
                      + " own.setCorePoolSize(2); }";
              case 23, 24 -> "go.countDown();";
              case 20, 21 -> "if (ran[0] != null) { seen.add(ran[0].isAlive()); }";
              case 22 ->
                  "if (pool instanceof ThreadPoolExecutor own) { own.purge();"
                      + " own.setKeepAliveTime(1, TimeUnit.SECONDS); own.allowCoreThreadTimeOut(true); }";
              case 12 ->
                  "if (pool instanceof ThreadPoolExecutor own) { own.getQueue().add(() -> %s); }"
                      .formatted("count++");
              case 13 ->
                  "if (pool instanceof ThreadPoolExecutor own) {"
                      + " seen.add(own.getQueue().poll() == null); }";
              case 0, 1, 2, 3 -> "seen.add(String.valueOf(%s.get()));".formatted(future);
              case 4 -> "seen.add(%s.cancel(%s));".formatted(future, random.nextBoolean());
              case 5 -> "seen.add(%s.isDone());".formatted(future);
              case 6 -> "pool.shutdown();";
              case 7 -> "seen.add(pool.shutdownNow().size());";
              case 8 -> "seen.add(pool.isTerminated());";
              case 9 ->
                  "seen.add(pool.awaitTermination(%s));"
                      .formatted(one(List.of("2, TimeUnit.MINUTES", "1, TimeUnit.MILLISECONDS")));
              case 10 ->
                  "if (%s instanceof CompletableFuture<?> part) { CompletableFuture.allOf(part).join(); }"
                      .formatted(future);
              default ->
                  "if (%s instanceof CompletableFuture<?> part) { part.whenComplete((a, b) -> { %s }); }"
                      .formatted(future, one(ACTS));
            });
  }

  private String handOver() {
    String future = "f" + futures++ + "[0]";
    return switch (random.nextInt(12)) {
      case 9 ->
          "var made = new FutureTask<Integer>(() -> { %s return 2; }); %s = made; pool.%s(made);"
              .formatted(one(ACTS), future, one(List.of("execute", "submit")));
      case 10, 11 ->
          "%s = new ExecutorCompletionService<Integer>(pool, done).submit(() -> { %s return 3; });"
                  .formatted(future, task())
              + " seen.add(done.poll() == null);";
      case 0, 8 -> "pool.execute(() -> { %s });".formatted(task());
      case 1, 2 -> "%s = CompletableFuture.runAsync(() -> { %s }, pool);".formatted(future, task());
      case 3 ->
          "%s = CompletableFuture.supplyAsync(() -> { %s return 1; }, pool);"
              .formatted(future, one(ACTS));
      case 4 ->
          "seen.add(pool.invokeAll(List.<Callable<Integer>>of(() -> ++count, () -> 2)).size());";
      default -> "%s = pool.submit(() -> { %s });".formatted(future, task());
    };
  }
}
