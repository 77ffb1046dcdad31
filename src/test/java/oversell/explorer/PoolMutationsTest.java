package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oversell.explorer.weave.Mutant;

/** Each row of the table of calls is needed that is about pools whose tasks fork or have delays. */
@Tag("mutations")
class PoolMutationsTest {
  private static final List<String> PROGRAMS =
      List.of(
          // A thread that has ended is of no group.
          """
          Thread asked = new Thread(() -> {});
          asked.start();
          boolean hasOne = asked.getThreadGroup() != null;
          asked.join();
          return hasOne ? 1 : 2;
          """,
          // A lock names the thread that has it.
          """
          var lock = new java.util.concurrent.locks.ReentrantLock();
          Thread.currentThread().setName("a buyer");
          lock.lock();
          return lock.toString().contains("by thread a buyer]") ? 1 : 2;
          """,
          // A thread is given a name beside whoever asks for that.
          """
          Thread asked = new Thread(() -> {}, "one");
          Thread beside = Thread.startVirtualThread(() -> asked.setName("a buyer"));
          int length = asked.getName().length();
          beside.join();
          return length;
          """,
          // Whoever waits by a blocker waits for another thread.
          """
          var gate = new Semaphore(0);
          Thread beside = Thread.startVirtualThread(() -> {
            count++;
            gate.release();
          });
          ForkJoinPool.managedBlock(new ForkJoinPool.ManagedBlocker() {
            @Override
            public boolean block() throws InterruptedException {
              gate.acquire();
              return true;
            }

            @Override
            public boolean isReleasable() {
              return false;
            }
          });
          int seen = count;
          beside.join();
          return seen;
          """,
          // A thread has the loader of the one that makes it.
          """
          ClassLoader given = new ClassLoader() {};
          Thread.currentThread().setContextClassLoader(given);
          return new Thread(() -> {}).getContextClassLoader() == given ? 1 : 2;
          """,
          // It is given one beside whoever asks for that.
          """
          Thread asked = new Thread(() -> {});
          Thread beside = Thread.startVirtualThread(() -> asked.setContextClassLoader(null));
          boolean hasOne = asked.getContextClassLoader() != null;
          beside.join();
          return hasOne ? 1 : 2;
          """,
          // The threads of the JDK's factories are numbered in each execution.
          """
          Thread first = Executors.defaultThreadFactory().newThread(() -> {});
          return first.getName().equals("pool-1-thread-1") ? 1 : 2;
          """,
          // A task is tagged by one thread, and asked for its tag by another one.
          """
          var task = ForkJoinTask.adapt(() -> {});
          Thread beside = Thread.startVirtualThread(() -> task.setForkJoinTaskTag((short) 1));
          int seen = task.getForkJoinTaskTag();
          beside.join();
          return seen;
          """,
          // Two threads tag a task, and one of them does.
          """
          var task = ForkJoinTask.adapt(() -> {});
          Thread beside =
              Thread.startVirtualThread(
                  () -> task.compareAndSetForkJoinTaskTag((short) 0, (short) 1));
          boolean isMine = task.compareAndSetForkJoinTaskTag((short) 0, (short) 2);
          beside.join();
          return isMine ? 1 : 2;
          """,
          // A pool runs what it is handed, and is shut down.
          """
          var pool = new ForkJoinPool(2);
          pool.execute(() -> count++);
          count++;
          pool.shutdown();
          boolean isDown = pool.isShutdown();
          return pool.awaitTermination(1, TimeUnit.DAYS) && isDown ? count : -1;
          """,
          // A pool says that it is shut down, and has not ended.
          """
          var pool = Executors.newFixedThreadPool(1);
          Thread beside = Thread.startVirtualThread(pool::shutdown);
          int seen = pool.isShutdown() ? pool.isTerminated() ? 1 : 2 : 3;
          beside.join();
          return seen;
          """,
          // The same of one that gives its tasks back.
          """
          var pool = Executors.newFixedThreadPool(1);
          Thread beside = Thread.startVirtualThread(pool::shutdownNow);
          int seen = pool.isShutdown() ? pool.isTerminated() ? 1 : 2 : 3;
          beside.join();
          return seen;
          """,
          // A task is handed to a pool beside whoever shuts that down.
          """
          var pool = new ForkJoinPool(2);
          Thread beside = Thread.startVirtualThread(pool::shutdown);
          try {
            pool.execute(() -> {});
          } catch (RejectedExecutionException refused) {
            count = 5;
          }
          beside.join();
          return count;
          """,
          // A pool is shut down after a write that whoever hands it a task may see.
          """
          var pool = Executors.newFixedThreadPool(1);
          var seen = new int[1];
          Thread beside = Thread.startVirtualThread(() -> {
            seen[0] = count;
            try {
              pool.execute(() -> {});
            } catch (RejectedExecutionException refused) {
              seen[0] += 10;
            }
          });
          count = 1;
          pool.shutdown();
          beside.join();
          return seen[0];
          """,
          // A future gets a task after a write that whoever counts its tasks may see.
          """
          var pool = Executors.newFixedThreadPool(1);
          var one = new CompletableFuture<Integer>();
          var seen = new int[1];
          Thread beside = Thread.startVirtualThread(() -> {
            int saw = count;
            seen[0] = 10 * saw + one.getNumberOfDependents();
          });
          count = 1;
          one.thenRunAsync(() -> {}, pool);
          beside.join();
          return seen[0];
          """,
          // The first of two tasks that is done is taken, of threads of the program's own.
          """
          Executor threads = task -> Thread.startVirtualThread(task);
          var results = new ExecutorCompletionService<Integer>(threads);
          results.submit(() -> 1);
          results.submit(() -> 2);
          return results.take().get();
          """,
          // The same with a result.
          """
          var pool = new ForkJoinPool(2);
          Thread beside = Thread.startVirtualThread(pool::shutdown);
          try {
            pool.submit(() -> 1).join();
          } catch (RejectedExecutionException refused) {
            count = 5;
          }
          beside.join();
          return count;
          """,
          // A task is run by a pool beside whoever shuts that down.
          """
          var pool = new ForkJoinPool(2);
          Thread beside = Thread.startVirtualThread(pool::shutdown);
          try {
            int unused = pool.invoke(ForkJoinTask.adapt(() -> 1));
          } catch (RejectedExecutionException refused) {
            count = 5;
          }
          beside.join();
          return count;
          """,
          // Tasks are handed over one after the other, beside whoever shuts their pool down.
          """
          var pool = Executors.newFixedThreadPool(2);
          Thread beside = Thread.startVirtualThread(pool::shutdown);
          try {
            pool.invokeAll(List.<Callable<Integer>>of(() -> 1, () -> 2));
          } catch (RejectedExecutionException refused) {
            count = 5;
          }
          beside.join();
          return count;
          """,
          // A task is waited for, which another thread completes, or its own.
          """
          ForkJoinTask<Integer> task = ForkJoinTask.adapt(() -> { count++; return 5; });
          task.fork();
          Thread beside = Thread.startVirtualThread(() -> task.complete(7));
          count += 10;
          task.quietlyJoin();
          int seen = count;
          beside.join();
          return seen;
          """,
          // A timer is cancelled after its task was looked for.
          """
          var timer = new Timer();
          timer.schedule(
              new TimerTask() {
                @Override
                public void run() {
                  count++;
                }
              },
              5);
          int seen = count;
          timer.cancel();
          Thread.sleep(10);
          return seen * 10 + count;
          """,
          // A synchronizer of the program's own is waited for, for a time.
          """
          class Gate extends java.util.concurrent.locks.AbstractQueuedSynchronizer {
            @Override
            protected boolean tryAcquire(int many) {
              return compareAndSetState(0, 1);
            }

            @Override
            protected boolean tryRelease(int many) {
              setState(0);
              return true;
            }
          }
          var gate = new Gate();
          gate.acquire(1);
          Thread beside = Thread.startVirtualThread(() -> gate.release(1));
          boolean isOpen = gate.tryAcquireNanos(1, 1_000);
          beside.join();
          return isOpen ? 1 : 2;
          """,
          // One of two tasks is joined.
          """
          var one = ForkJoinTask.adapt(() -> { count++; });
          var two = ForkJoinTask.adapt(() -> { count += 10; });
          one.fork();
          two.fork();
          one.quietlyJoin();
          int seen = count;
          two.quietlyJoin();
          return seen;
          """,
          // The same of one that another method makes.
          """
          var pool = Executors.newWorkStealingPool();
          pool.execute(() -> count++);
          count++;
          pool.shutdown();
          return pool.awaitTermination(1, TimeUnit.DAYS) ? count : -1;
          """,
          // A task is run beside another.
          """
          ForkJoinTask<?> beside = ForkJoinTask.adapt(() -> { count++; }).fork();
          int mine = new ForkJoinPool(2).invoke(ForkJoinTask.adapt(() -> count + 10));
          beside.join();
          return mine;
          """,
          // A task is handed over, and another one beside.
          """
          var pool = ForkJoinPool.commonPool();
          var one = pool.submit(() -> ++count);
          var other = pool.submit(() -> ++count);
          return one.join() * 10 + other.join();
          """,
          // A pool is asked for its parallelism beside a thread.
          """
          Thread beside = Thread.startVirtualThread(() -> { count = 1; count = 2; });
          int asked = new ForkJoinPool(3).getParallelism();
          beside.join();
          return asked;
          """,
          // A task is joined, and what comes of it is not asked.
          """
          var task = ForkJoinTask.adapt(() -> { count++; });
          task.fork();
          count++;
          task.quietlyJoin();
          return count;
          """,
          // A task is run where it is, beside another that runs it, too.
          """
          ForkJoinTask<Integer> task = ForkJoinTask.adapt(() -> ++count);
          Thread beside = Thread.startVirtualThread(() -> { int unused = task.invoke(); });
          int seen = task.invoke();
          beside.join();
          return seen * 10 + count;
          """,
          // The same, and nobody asks what comes of it.
          """
          ForkJoinTask<Integer> task = ForkJoinTask.adapt(() -> ++count);
          Thread beside = Thread.startVirtualThread(() -> task.quietlyInvoke());
          task.quietlyInvoke();
          beside.join();
          return count;
          """,
          // Two tasks at once.
          """
          ForkJoinTask.invokeAll(
              ForkJoinTask.adapt(() -> { count++; }), ForkJoinTask.adapt(() -> { count++; }));
          return count;
          """,
          // A task is made beside a thread.
          """
          Thread beside = Thread.startVirtualThread(() -> { count = 1; count = 2; });
          var task = ForkJoinTask.adapt(() -> 3);
          beside.join();
          return task.invoke();
          """,
          // What has come of a task so far is asked.
          """
          ForkJoinTask<Integer> task = ForkJoinTask.adapt(() -> 5);
          task.fork();
          Integer raw = task.getRawResult();
          task.join();
          return raw == null ? 0 : raw;
          """,
          // A task is done by whoever comes first.
          """
          ForkJoinTask<Integer> task = ForkJoinTask.adapt(() -> 5);
          task.fork();
          task.complete(7);
          return task.join();
          """,
          // A task with a delay, and one without.
          """
          var pool = Executors.newScheduledThreadPool(1);
          var one = pool.schedule(() -> ++count, 1, TimeUnit.SECONDS);
          pool.execute(() -> count += 10);
          pool.shutdown();
          int seen = one.get();
          return pool.awaitTermination(1, TimeUnit.DAYS) ? seen * 100 + count : -1;
          """,
          // A pool of one thread, beside one that it is made in.
          """
          var pool = Executors.newSingleThreadScheduledExecutor();
          Thread beside = Thread.startVirtualThread(() -> { count = 1; count = 2; });
          int seen = pool.schedule(() -> count, 1, TimeUnit.SECONDS).get();
          beside.join();
          return seen;
          """,
          // A task that is run again and again.
          """
          var pool = Executors.newScheduledThreadPool(1);
          pool.scheduleAtFixedRate(() -> count++, 0, 1, TimeUnit.SECONDS);
          count += 10;
          pool.shutdown();
          return count;
          """,
          // The same with a delay.
          """
          var pool = Executors.newScheduledThreadPool(1);
          pool.scheduleWithFixedDelay(() -> count++, 0, 1, TimeUnit.SECONDS);
          count += 10;
          pool.shutdown();
          return count;
          """,
          // A timer's task, beside whoever cancels it, or the timer.
          """
          var timer = new Timer();
          var task = new TimerTask() {
            @Override
            public void run() {
              count++;
            }
          };
          timer.schedule(task, 5);
          count += 10;
          Thread beside = Thread.startVirtualThread(timer::cancel);
          boolean isCancelled = task.cancel();
          beside.join();
          return isCancelled ? 100 + count : count;
          """,
          // A timer is handed a task beside whoever cancels it.
          """
          var timer = new Timer();
          Thread beside = Thread.startVirtualThread(timer::cancel);
          try {
            timer.schedule(
                new TimerTask() {
                  @Override
                  public void run() {}
                },
                5);
          } catch (IllegalStateException refused) {
            count = 5;
          }
          beside.join();
          return count;
          """,
          // The same of one that is to run again and again.
          """
          var timer = new Timer();
          Thread beside = Thread.startVirtualThread(timer::cancel);
          try {
            timer.scheduleAtFixedRate(
                new TimerTask() {
                  @Override
                  public void run() {}
                },
                5,
                5);
          } catch (IllegalStateException refused) {
            count = 5;
          }
          beside.join();
          return count;
          """,
          // A task is made beside a thread.
          """
          Thread beside = Thread.startVirtualThread(() -> { count = 1; count = 2; });
          var task = new TimerTask() {
            @Override
            public void run() {}
          };
          beside.join();
          return task.cancel() ? 1 : 0;
          """,
          // A timer's task is run again and again.
          """
          new Timer().scheduleAtFixedRate(
              new TimerTask() {
                @Override
                public void run() {
                  count++;
                }
              },
              0,
              1_000);
          return count;
          """,
          // A policy that is set later refuses a task, and nobody reads what it says.
          """
          var pool =
              new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
          pool.setRejectedExecutionHandler(new ThreadPoolExecutor.AbortPolicy());
          pool.shutdown();
          try {
            pool.execute(() -> {});
            return 0;
          } catch (RejectedExecutionException refused) {
            return 1;
          }
          """,
          // A task asks whether it is in a pool, and in which, beside a thread.
          """
          Thread beside = Thread.startVirtualThread(() -> { count = 1; count = 2; });
          var pool = new ForkJoinPool(2);
          int in = pool.submit(
              () -> {
                var thread = (ForkJoinWorkerThread) Thread.currentThread();
                return (ForkJoinTask.inForkJoinPool() ? 1 : 0)
                    + (ForkJoinTask.getPool() == pool && thread.getPool() == pool ? 2 : 0);
              }).join();
          beside.join();
          return in;
          """,
          // Each element of an array is set by a thread of its own.
          """
          int[] set = new int[2];
          Arrays.parallelSetAll(set, i -> ++count);
          return set[0] * 10 + set[1];
          """,
          // An array is sorted beside a thread.
          """
          int[] sorted = {2, 1};
          Thread beside = Thread.startVirtualThread(() -> sorted[0] = 3);
          Arrays.parallelSort(sorted);
          beside.join();
          return sorted[0] * 10 + sorted[1];
          """,
          // Elements are added up beside a thread.
          """
          int[] added = {2, 1};
          Thread beside = Thread.startVirtualThread(() -> added[0] = 3);
          Arrays.parallelPrefix(added, (one, other) -> one + other);
          beside.join();
          return added[0] * 10 + added[1];
          """,
          // The same of one of objects, in an order of their own.
          """
          Integer[] sorted = {1, 2};
          Thread beside = Thread.startVirtualThread(() -> count++);
          Arrays.parallelSort(sorted, (one, other) -> count++ + other - one);
          beside.join();
          return count * 100 + sorted[0] * 10 + sorted[1];
          """,
          // A task is handed over with others, and may be late.
          """
          var pool = Executors.newFixedThreadPool(1);
          Callable<Integer> adds = () -> ++count;
          return pool.invokeAll(List.of(adds), 5, TimeUnit.MILLISECONDS).get(0).isCancelled()
              ? 5 + count
              : count;
          """,
          // The first of some tasks, unless all are late.
          """
          var pool = Executors.newFixedThreadPool(2);
          Callable<Integer> adds = () -> ++count;
          try {
            return pool.invokeAny(List.of(adds, adds), 5, TimeUnit.MILLISECONDS);
          } catch (TimeoutException late) {
            return 5 + count;
          }
          """,
          // What is to become of tasks when a pool is shut down.
          """
          var pool = new ScheduledThreadPoolExecutor(1);
          Thread beside = Thread.startVirtualThread(
              () -> pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false));
          pool.schedule(() -> { count++; }, 1, TimeUnit.SECONDS);
          pool.shutdown();
          beside.join();
          return pool.isShutdown() && pool.awaitTermination(1, TimeUnit.DAYS) ? count : -1;
          """,
          // A task is waited for with a limit.
          """
          Callable<Integer> adds = () -> ++count;
          try {
            return ForkJoinTask.adapt(adds).fork().get(5, TimeUnit.MILLISECONDS);
          } catch (TimeoutException late) {
            return 5 + count;
          }
          """,
          // A task is done before it has begun, or goes on then.
          """
          ForkJoinTask<?> task = ForkJoinTask.adapt(() -> { count++; });
          task.fork();
          task.quietlyComplete();
          return count;
          """,
          // The same of one that fails.
          """
          ForkJoinTask<?> task = ForkJoinTask.adapt(() -> { count++; });
          task.fork();
          task.completeExceptionally(new IllegalStateException());
          return count + (task.isCompletedAbnormally() ? 10 : 0);
          """,
          // The last of two tasks completes the one above, which is called back.
          """
          class Part extends CountedCompleter<Integer> {
            Part(CountedCompleter<?> above) {
              super(above);
            }

            @Override
            public void compute() {
              tryComplete();
            }

            @Override
            public void onCompletion(CountedCompleter<?> caller) {
              count++;
            }
          }
          var all = new Part(null);
          all.setPendingCount(1);
          new Part(all).fork();
          new Part(all).compute();
          all.join();
          return count;
          """,
          // The same without a call back.
          """
          class Part extends CountedCompleter<Integer> {
            Part(CountedCompleter<?> above) {
              super(above);
            }

            @Override
            public void compute() {
              count++;
              propagateCompletion();
            }
          }
          var all = new Part(null);
          all.addToPendingCount(1);
          new Part(all).fork();
          new Part(all).compute();
          all.join();
          return count;
          """,
          // The same by whoever goes along those that are complete.
          """
          class Part extends CountedCompleter<Integer> {
            Part(CountedCompleter<?> above) {
              super(above);
            }

            @Override
            public void compute() {
              CountedCompleter<?> at = firstComplete();
              while (at != null) {
                count++;
                at = at.nextComplete();
              }
            }
          }
          var all = new Part(null);
          all.setPendingCount(1);
          new Part(all).fork();
          new Part(all).compute();
          all.join();
          return count;
          """,
          // A task completes the one above, and somebody asks whether that is done.
          """
          class Part extends CountedCompleter<Integer> {
            Part(CountedCompleter<?> above) {
              super(above);
            }

            @Override
            public void compute() {
              getRoot().helpComplete(1);
              count++;
              quietlyCompleteRoot();
            }
          }
          var all = new Part(null);
          new Part(all).fork();
          int seen = count;
          return seen + (all.isDone() ? 10 : 0);
          """,
          // Two threads look for how many tasks another one waits, and then set it.
          """
          var task = new CountedCompleter<Integer>() {
            @Override
            public void compute() {}
          };
          Thread beside =
              Thread.startVirtualThread(() -> task.setPendingCount(task.getPendingCount() + 1));
          task.setPendingCount(task.getPendingCount() + 1);
          beside.join();
          return task.getPendingCount();
          """,
          // They take one off, and try to set it.
          """
          var task = new CountedCompleter<Integer>() {
            @Override
            public void compute() {}
          };
          Thread beside =
              Thread.startVirtualThread(() -> task.compareAndSetPendingCount(0, 5));
          int first = task.compareAndSetPendingCount(0, 7) ? 1 : 2;
          beside.join();
          return first * 10 + task.getPendingCount();
          """);

  private static final List<String> UNCONTROLLED =
      List.of(
          // A lock is asked about a platform thread, which waits for it by another one.
          """
          var lock = new java.util.concurrent.locks.ReentrantReadWriteLock();
          return lock.hasQueuedThread(new Thread(() -> {})) ? 1 : 2;
          """,
          // A timer's task is asked when it was due.
          """
          return new TimerTask() {
            @Override
            public void run() {}
          }.scheduledExecutionTime() == 0 ? 1 : 2;
          """,
          // A task asks for the name of a thread that may have run another one.
          """
          var pool = new ForkJoinPool(2);
          int one = pool.submit(() -> Thread.currentThread().getName().length()).join();
          return one + pool.submit(() -> Thread.currentThread().getName().length()).join();
          """,
          // A pool is hidden behind an object of the JDK.
          """
          var pool = new ScheduledThreadPoolExecutor(1);
          return Executors.unconfigurableScheduledExecutorService(pool).isShutdown() ? 1 : 2;
          """);

  @Test
  @Timeout(value = 240, unit = TimeUnit.SECONDS)
  void eachRowAboutPoolsIsNeededAsItIs() {
    List<Mutant> mutants = Mutant.all().stream().filter(Mutant::isOfPools).toList();
    assertThat(mutants).hasSizeGreaterThan(30);

    assertThat(new MutatedPrograms(PROGRAMS, UNCONTROLLED).unnoticed(mutants)).isEmpty();
  }
}
