package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.FailureKind;
import oversell.explorer.Options;
import oversell.explorer.Scenario;

/** Tasks that are forked and joined, and the pools that run them. */
class ForkJoinTest {
  private static <R> Exploration<R> explored(Class<? extends Scenario<R>> scenario) {
    return Explorer.explore(scenario, Options.exhaustive());
  }

  private static <R> void isProved(Class<? extends Scenario<R>> scenario, R outcome) {
    Exploration<R> explored = explored(scenario);

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.outcomes().keySet()).containsExactly(outcome);
    assertThat(explored.certificate()).isPresent();
    checkAgainstAllSchedules(scenario, explored);
  }

  private static <R> void comesTo(Class<? extends Scenario<R>> scenario, Set<R> outcomes) {
    Exploration<R> explored = explored(scenario);

    assertThat(explored.outcomes().keySet()).isEqualTo(outcomes);
    checkAgainstAllSchedules(scenario, explored);
  }

  /** Adds up by halves. */
  static final class Sum extends RecursiveTask<Integer> {
    private static final long serialVersionUID = 1L;
    private final int from;
    private final int to;

    Sum(int from, int to) {
      this.from = from;
      this.to = to;
    }

    @Override
    protected Integer compute() {
      if (to - from == 1) {
        return from;
      }
      int middle = (from + to) / 2;
      Sum left = new Sum(from, middle);
      left.fork();
      int right = new Sum(middle, to).compute();
      return left.join() + right;
    }
  }

  static final class SumOfACommonPool implements Scenario<Integer> {
    @Override
    public Integer run() {
      return ForkJoinPool.commonPool().invoke(new Sum(0, 3));
    }
  }

  static final class SumOfAPool implements Scenario<Integer> {
    @Override
    public Integer run() {
      try (ForkJoinPool pool = new ForkJoinPool(4)) {
        return pool.submit(new Sum(1, 3)).join();
      }
    }
  }

  static final class SumByWhoeverCalls implements Scenario<Integer> {
    @Override
    public Integer run() {
      return new Sum(1, 3).invoke();
    }
  }

  @Test
  void aTaskThatForksAndJoinsIsProved() {
    isProved(SumOfACommonPool.class, 3);
    isProved(SumOfAPool.class, 3);
    isProved(SumByWhoeverCalls.class, 3);
  }

  /** Buys one each of a stock of one, guarded or not. */
  abstract static class Sale implements Scenario<Integer> {
    private int stock = 1;

    abstract boolean isGuarded();

    private void buy() {
      if (stock > 0) {
        int left = stock;
        stock = left - 1;
        sold++;
      }
    }

    private int sold;

    /** One purchase. */
    final class Purchase extends RecursiveAction {
      private static final long serialVersionUID = 1L;

      @Override
      protected void compute() {
        if (isGuarded()) {
          synchronized (Sale.this) {
            buy();
          }
        } else {
          buy();
        }
      }
    }

    final int sold() {
      return sold;
    }
  }

  static class AllAtOnce extends Sale {
    @Override
    boolean isGuarded() {
      return false;
    }

    @Override
    public Integer run() {
      ForkJoinTask.invokeAll(new Purchase(), new Purchase());
      return sold();
    }
  }

  static final class AllAtOnceGuarded extends AllAtOnce {
    @Override
    boolean isGuarded() {
      return true;
    }
  }

  static class AllOfAList extends AllAtOnce {
    @Override
    public Integer run() {
      ForkJoinTask.invokeAll(List.of(new Purchase(), new Purchase()));
      return sold();
    }
  }

  static class JoinedBeforeTheNext extends AllAtOnce {
    @Override
    public Integer run() {
      new Purchase().fork().join();
      new Purchase().fork().join();
      return sold();
    }
  }

  static class NotJoined extends AllAtOnceTwice {
    @Override
    public Integer run() throws Exception {
      new Purchase().fork();
      return sold();
    }
  }

  abstract static class AllAtOnceTwice extends Sale {
    @Override
    boolean isGuarded() {
      return true;
    }
  }

  @Test
  void tasksThatAreForkedTogetherRace() {
    comesTo(AllAtOnce.class, Set.of(1, 2));
    comesTo(AllOfAList.class, Set.of(1, 2));
    isProved(AllAtOnceGuarded.class, 1);
    isProved(JoinedBeforeTheNext.class, 1);
    comesTo(NotJoined.class, Set.of(0, 1));
  }

  static final class Failing implements Scenario<String> {
    private int count;

    /** Fails in the end. */
    final class Fails extends RecursiveAction {
      private static final long serialVersionUID = 1L;

      @Override
      protected void compute() {
        count++;
        throw new IllegalStateException("sold out");
      }
    }

    @Override
    public String run() {
      Fails one = new Fails();
      one.fork();
      try {
        one.join();
        return "joined";
      } catch (IllegalStateException expected) {
        // The JDK may wrap it in another one of its class.
        return expected.getMessage().replaceAll(".*: ", "") + one.isCompletedAbnormally() + count;
      }
    }
  }

  static final class FailingInAll implements Scenario<String> {
    @Override
    public String run() {
      ForkJoinTask<?> fails =
          ForkJoinTask.adapt(
              () -> {
                throw new IllegalStateException("sold out");
              });
      try {
        ForkJoinTask.invokeAll(ForkJoinTask.adapt(() -> {}), fails);
        return "joined";
      } catch (IllegalStateException expected) {
        return expected.getMessage().replaceAll(".*: ", "");
      }
    }
  }

  @Test
  void whatATaskThrowsIsThrownToWhoeverJoinsIt() {
    isProved(Failing.class, "sold outtrue1");
    isProved(FailingInAll.class, "sold out");
  }

  /** Is done by whoever comes first. */
  static final class CompletedByAnother implements Scenario<Integer> {
    @Override
    public Integer run() {
      Sum sum = new Sum(1, 2);
      Thread other = Thread.startVirtualThread(() -> sum.complete(7));
      sum.fork();
      int seen = sum.join();
      try {
        other.join();
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
      return seen;
    }
  }

  static final class Cancelled implements Scenario<Integer> {
    private int count;

    @Override
    public Integer run() {
      ForkJoinTask<?> task = ForkJoinTask.adapt(() -> count = 1);
      task.fork();
      boolean isCancelled = task.cancel(false);
      task.quietlyJoin();
      return (isCancelled ? 10 : 0) + count;
    }
  }

  @Test
  void aTaskIsDoneByWhoeverComesFirst() {
    comesTo(CompletedByAnother.class, Set.of(1, 7));
    // A task that has begun goes on when it is cancelled, and nobody waits for it then.
    comesTo(Cancelled.class, Set.of(1, 10, 11));
  }

  static class OfAnInterface implements Scenario<Integer> {
    private int count;

    ExecutorService pool() {
      return new ForkJoinPool();
    }

    @Override
    public Integer run() throws Exception {
      ExecutorService pool = pool();
      Future<Integer> one = pool.submit(() -> ++count);
      pool.execute(() -> count += 10);
      pool.shutdown();
      int first = one.get();
      return pool.awaitTermination(1, TimeUnit.HOURS) ? first + 100 * count : -1;
    }
  }

  static final class OfWorkStealing extends OfAnInterface {
    @Override
    ExecutorService pool() {
      return Executors.newWorkStealingPool();
    }
  }

  @Test
  void aPoolIsUnderControlAsAnExecutor() {
    comesTo(OfAnInterface.class, Set.of(1101, 1111, 101, 1001));
    comesTo(OfWorkStealing.class, Set.of(1101, 1111, 101, 1001));
  }

  static final class OfAFuture implements Scenario<Integer> {
    private int count;

    @Override
    public Integer run() {
      var one = CompletableFuture.runAsync(() -> count++, ForkJoinPool.commonPool());
      count++;
      one.join();
      return count;
    }
  }

  static final class OfCallables implements Scenario<Integer> {
    private int count;

    @Override
    public Integer run() {
      Callable<Integer> one = () -> ++count;
      List<Future<Integer>> all = new ForkJoinPool(2).invokeAll(List.of(one, one));
      return all.stream().mapToInt(Future::resultNow).sum();
    }
  }

  @Test
  void aPoolIsUnderControlThatIsHandedToTheJdk() {
    comesTo(OfAFuture.class, Set.of(1, 2));
    comesTo(OfCallables.class, Set.of(2, 3));
  }

  static final class Names implements Scenario<String> {
    @Override
    public String run() throws Exception {
      return new ForkJoinPool(2).submit(() -> Thread.currentThread().getName()).get()
          + ForkJoinPool.commonPool().submit(() -> Thread.currentThread().getName()).get()
          + (ForkJoinPool.commonPool() == ForkJoinPool.commonPool());
    }
  }

  @Test
  void threadsHaveTheNamesThatTheJdkGivesThem() {
    isProved(Names.class, "ForkJoinPool-1-worker-1ForkJoinPool.commonPool-worker-1true");
  }

  static final class ClosesTheCommonPool implements Scenario<Integer> {
    @Override
    public Integer run() {
      try (ForkJoinPool pool = ForkJoinPool.commonPool()) {
        pool.submit(new Sum(1, 2));
      }
      return ForkJoinPool.commonPool().submit(new Sum(2, 3)).join();
    }
  }

  @Test
  void theCommonPoolIsNeverClosed() {
    isProved(ClosesTheCommonPool.class, 2);
  }

  /** The next task of the same thread finds what the one before has left, or has taken away. */
  abstract static class Local implements Scenario<Integer> {
    private static final ThreadLocal<Integer> LEFT = ThreadLocal.withInitial(() -> 0);

    abstract boolean isTakenAway();

    private void use() {
      LEFT.set(7);
      if (isTakenAway()) {
        LEFT.remove();
      }
    }

    @Override
    public Integer run() throws Exception {
      ForkJoinPool pool = new ForkJoinPool(2);
      pool.submit(this::use).get();
      return pool.submit(
              () -> {
                int found = LEFT.get();
                LEFT.remove();
                return found;
              })
          .get();
    }
  }

  static final class Left extends Local {
    @Override
    boolean isTakenAway() {
      return false;
    }
  }

  static final class TakenAway extends Local {
    @Override
    boolean isTakenAway() {
      return true;
    }
  }

  /** The same of the common pool, by a future. */
  static final class LeftByAFuture implements Scenario<Integer> {
    private static final ThreadLocal<Integer> LEFT = ThreadLocal.withInitial(() -> 0);

    @Override
    public Integer run() {
      CompletableFuture.runAsync(() -> LEFT.set(7)).join();
      return CompletableFuture.supplyAsync(LEFT::get).join();
    }
  }

  @Test
  void aThreadLocalThatIsTakenAwayHarmsNoOtherTask() {
    isProved(TakenAway.class, 0);
  }

  /** A pool learns that a task is done after those who wait for that. */
  abstract static class Ends implements Scenario<Boolean> {
    final ForkJoinPool pool = new ForkJoinPool(2);

    abstract void end() throws Exception;

    @Override
    public Boolean run() throws Exception {
      end();
      return pool.isTerminated();
    }
  }

  static final class EndsWithATask extends Ends {
    @Override
    void end() throws Exception {
      ForkJoinTask<Integer> task = pool.submit(() -> 5);
      pool.shutdown();
      task.get();
    }
  }

  static final class EndsAfterATask extends Ends {
    @Override
    void end() throws Exception {
      pool.submit(() -> 5).get();
      pool.shutdown();
    }
  }

  static final class EndsAfterAll extends Ends {
    @Override
    void end() throws Exception {
      pool.invokeAll(List.of(() -> 5));
      pool.shutdown();
    }
  }

  static final class EndsWithItself extends Ends {
    @Override
    void end() throws Exception {
      pool.submit(() -> 5);
      pool.close();
    }
  }

  @Test
  void aPoolMayHaveToEndYetWhenItsTaskIsDone() {
    comesTo(EndsWithATask.class, Set.of(false, true));
    comesTo(EndsAfterATask.class, Set.of(false, true));
    comesTo(EndsAfterAll.class, Set.of(false, true));
    isProved(EndsWithItself.class, true);
  }

  static final class WaitsWithALimit implements Scenario<String> {
    @Override
    public String run() throws Exception {
      try {
        return "" + new Sum(1, 2).fork().get(1, TimeUnit.SECONDS);
      } catch (TimeoutException passed) {
        return "late";
      }
    }
  }

  static final class WaitsWithALongLimit implements Scenario<Integer> {
    @Override
    public Integer run() throws Exception {
      return new Sum(1, 2).fork().get(1, TimeUnit.HOURS);
    }
  }

  @Test
  void aTaskIsWaitedForWithALimit() {
    comesTo(WaitsWithALimit.class, Set.of("1", "late"));
    isProved(WaitsWithALongLimit.class, 1);
  }

  /** A task of a pool that is shut down hands in another one. */
  static final class HandsInAfterTheEnd implements Scenario<Integer> {
    @Override
    public Integer run() throws Exception {
      ForkJoinPool pool = new ForkJoinPool(2);
      return pool.submit(
              () -> {
                pool.shutdown();
                return pool.submit(() -> 5).get();
              })
          .get();
    }
  }

  @Test
  void aThreadOfAPoolThatIsShutDownMayHandInTasks() {
    isProved(HandsInAfterTheEnd.class, 5);
  }

  /** Cancels a task that has begun. */
  static final class Cancels implements Scenario<String> {
    private String seen = "";

    @Override
    public String run() throws Exception {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch cancelled = new CountDownLatch(1);
      CountDownLatch ended = new CountDownLatch(1);
      ForkJoinTask<?> task =
          new ForkJoinPool(2)
              .submit(
                  () -> {
                    begun.countDown();
                    try {
                      cancelled.await();
                      seen = "goes on";
                    } catch (InterruptedException interrupted) {
                      seen = "is interrupted";
                    }
                    ended.countDown();
                  });
      begun.await();
      task.cancel(true);
      cancelled.countDown();
      ended.await();
      return seen;
    }
  }

  @Test
  void aTaskIsInterruptedWhereTheJdkInterruptsIt() {
    isProved(Cancels.class, Runtime.version().feature() >= 22 ? "is interrupted" : "goes on");
  }

  /** What a task can know of the thread that runs it. */
  private static String thread(ForkJoinPool pool) {
    Thread thread = Thread.currentThread();
    boolean isOfPool =
        switch (thread) {
          case ForkJoinWorkerThread worker -> worker.getPool() == pool;
          case Thread other -> false;
        };
    return "%s, %s, %s, %s, %s, %s, %s"
        .formatted(
            thread.getClass().getName(),
            isOfPool,
            ForkJoinWorkerThread.class.isInstance(thread),
            ForkJoinTask.inForkJoinPool(),
            ForkJoinTask.getPool() == pool,
            thread.getContextClassLoader() == ClassLoader.getSystemClassLoader(),
            thread.isVirtual());
  }

  static final class KnowsItsThread implements Scenario<String> {
    @Override
    public String run() {
      ForkJoinPool pool = new ForkJoinPool(2);
      return pool.submit(() -> thread(pool)).join() + Thread.currentThread().getClass().isEnum();
    }
  }

  static final class KnowsAThreadOfTheCommonPool implements Scenario<String> {
    @Override
    public String run() {
      ForkJoinPool pool = ForkJoinPool.commonPool();
      return pool.submit(() -> thread(pool) + Thread.currentThread().isDaemon()).join();
    }
  }

  static final class KnowsAThreadOfAFuture implements Scenario<String> {
    @Override
    public String run() {
      return CompletableFuture.supplyAsync(() -> thread(ForkJoinPool.commonPool()))
          .thenApplyAsync(first -> first + thread(ForkJoinPool.commonPool()))
          .join();
    }
  }

  static final class KnowsThatItIsInNoPool implements Scenario<String> {
    @Override
    public String run() {
      return ForkJoinTask.inForkJoinPool() + " " + ForkJoinTask.getPool();
    }
  }

  @Test
  void aTaskSeesTheThreadThatTheJdkWouldGiveIt() {
    isProved(KnowsItsThread.class, new KnowsItsThread().run());
    isProved(KnowsAThreadOfTheCommonPool.class, new KnowsAThreadOfTheCommonPool().run());
    isProved(KnowsAThreadOfAFuture.class, new KnowsAThreadOfAFuture().run());
    isProved(KnowsThatItIsInNoPool.class, "false null");
  }

  /** The JDK may run both tasks on one thread, or each on its own. */
  static final class NamesOfTwoThreads implements Scenario<Integer> {
    @Override
    public Integer run() {
      ForkJoinPool pool = new ForkJoinPool(2);
      String first = pool.submit(() -> Thread.currentThread().getName()).join();
      return pool.submit(() -> Thread.currentThread().getName()).join().equals(first) ? 1 : 2;
    }
  }

  static final class TextsOfTwoThreads implements Scenario<Integer> {
    @Override
    public Integer run() {
      pool().submit(() -> {}).join();
      return pool().submit(() -> Thread.currentThread().toString()).join().length();
    }

    private static ForkJoinPool pool() {
      return ForkJoinPool.commonPool();
    }
  }

  static final class LeavesAName implements Scenario<Integer> {
    @Override
    public Integer run() {
      ForkJoinPool pool = new ForkJoinPool(2);
      pool.submit(() -> Thread.currentThread().setName("sold")).join();
      return 1;
    }
  }

  static final class LeavesAClassLoader implements Scenario<Integer> {
    @Override
    public Integer run() {
      ForkJoinPool pool = new ForkJoinPool(2);
      pool.submit(() -> Thread.currentThread().setContextClassLoader(null)).join();
      return pool.submit(() -> Thread.currentThread().getContextClassLoader() == null ? 1 : 2)
          .join();
    }
  }

  /** A second thread of the pool would have it, and the one that is there already has not. */
  static final class Inherits implements Scenario<Integer> {
    private final InheritableThreadLocal<Integer> inherited = new InheritableThreadLocal<>();

    @Override
    public Integer run() {
      ForkJoinPool pool = new ForkJoinPool(2);
      pool.submit(() -> {}).join();
      inherited.set(5);
      Integer seen = pool.submit(inherited::get).join();
      return seen == null ? 0 : seen;
    }
  }

  static final class LeavesAnInterrupt implements Scenario<Integer> {
    @Override
    public Integer run() {
      ForkJoinPool pool = new ForkJoinPool(2);
      pool.submit(() -> Thread.currentThread().interrupt()).join();
      return pool.submit(() -> Thread.currentThread().isInterrupted() ? 1 : 2).join();
    }
  }

  static final class OneThread implements Scenario<Integer> {
    @Override
    public Integer run() {
      return new ForkJoinPool(1).invoke(new Sum(1, 2));
    }
  }

  static final class Own extends ForkJoinPool {}

  static final class OwnPool implements Scenario<Integer> {
    @Override
    public Integer run() {
      return new Own().invoke(new Sum(1, 2));
    }
  }

  static final class Made implements Scenario<Integer> {
    @Override
    public Integer run() {
      java.util.function.Supplier<ForkJoinPool> make = ForkJoinPool::new;
      return make.get().invoke(new Sum(1, 2));
    }
  }

  static final class Helping implements Scenario<Integer> {
    @Override
    public Integer run() {
      new Sum(1, 2).fork();
      ForkJoinTask.helpQuiesce();
      return 0;
    }
  }

  static final class ForksPastItself implements Scenario<Integer> {
    private static final class Own extends RecursiveTask<Integer> {
      private static final long serialVersionUID = 1L;

      @Override
      protected Integer compute() {
        return 1;
      }

      Integer end() {
        super.fork();
        return join();
      }
    }

    @Override
    public Integer run() {
      return new Own().end();
    }
  }

  static final class AllNow implements Scenario<Integer> {
    @Override
    public Integer run() {
      ForkJoinPool pool = new ForkJoinPool(2);
      pool.execute(() -> {});
      return pool.shutdownNow().size();
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Left.class,
        LeftByAFuture.class,
        NamesOfTwoThreads.class,
        TextsOfTwoThreads.class,
        LeavesAName.class,
        LeavesAClassLoader.class,
        Inherits.class,
        LeavesAnInterrupt.class,
        OneThread.class,
        OwnPool.class,
        Made.class,
        Helping.class,
        AllNow.class
      })
  void whatIsNotUnderControlIsNamed(Class<? extends Scenario<Integer>> scenario) {
    Exploration<Integer> explored = explored(scenario);

    assertThat(explored.uncontrolled()).isNotEmpty();
    assertThat(explored.certificate()).isEmpty();
  }

  @Test
  void aTaskThatIsForkedPastItselfIsForked() {
    assertThat(explored(ForksPastItself.class).certificate()).isPresent();
    assertThat(explored(ForksPastItself.class).outcomes().keySet())
        .containsExactly(new ForksPastItself().run());
  }

  /** A task of a class that extends none of those that the JDK has for that. */
  static final class Adding extends ForkJoinTask<Integer> {
    private static final long serialVersionUID = 1L;

    private final transient Consumer<Adding> code;
    private final boolean isDoneByItself;
    private int result;

    Adding(boolean isDoneByItself, Consumer<Adding> code) {
      this.isDoneByItself = isDoneByItself;
      this.code = code;
    }

    @Override
    public Integer getRawResult() {
      return result;
    }

    @Override
    protected void setRawResult(Integer value) {
      result = value;
    }

    @Override
    protected boolean exec() {
      code.accept(this);
      return isDoneByItself;
    }
  }

  /** Two of them count; one is done when its code has returned, and the other says that it is. */
  static class OfAnOwnKind implements Scenario<Integer> {
    private int count;

    void count() {
      synchronized (this) {
        count++;
      }
    }

    final void add() {
      count++;
    }

    @Override
    public final Integer run() {
      Adding one = new Adding(true, self -> count());
      Adding other =
          new Adding(
              false,
              self -> {
                count();
                self.complete(5);
              });
      one.fork();
      other.fork();
      return one.join() + other.join() + 100 * count;
    }
  }

  static final class OfAnOwnKindWithoutAGuard extends OfAnOwnKind {
    @Override
    void count() {
      add();
    }
  }

  /** Nobody says that it is done. */
  static final class NeverDone implements Scenario<Integer> {
    @Override
    public Integer run() {
      return new Adding(false, self -> {}).invoke();
    }
  }

  @Test
  void aTaskOfAnOwnKindIsDoneWhenItSaysSo() {
    Exploration<Integer> right = explored(OfAnOwnKind.class);
    Exploration<Integer> broken = explored(OfAnOwnKindWithoutAGuard.class);

    assertThat(right.certificate()).as(right.toString()).isPresent();
    assertThat(right.outcomes()).containsOnlyKeys(205);
    assertThat(broken.outcomes()).containsOnlyKeys(105, 205);
    assertThat(explored(NeverDone.class).failure())
        .hasValueSatisfying(found -> assertThat(found.kind()).isEqualTo(FailureKind.DEADLOCK));
  }

  /** Takes a lock, as the Javadoc of what it implements shows. */
  static class TakesALock implements ForkJoinPool.ManagedBlocker {
    final ReentrantLock lock;
    boolean hasLock;

    TakesALock(ReentrantLock lock) {
      this.lock = lock;
    }

    @Override
    public boolean block() throws InterruptedException {
      if (!hasLock) {
        lock.lock();
      }
      return true;
    }

    @Override
    public boolean isReleasable() {
      hasLock = hasLock || lock.tryLock();
      return hasLock;
    }
  }

  /** It does not wait for the lock. */
  static final class TriesALock extends TakesALock {
    TriesALock(ReentrantLock lock) {
      super(lock);
    }

    @Override
    public boolean block() throws InterruptedException {
      return true;
    }
  }

  /** A task and whoever handed it over wait by a blocker. */
  static class WaitsByABlocker implements Scenario<Integer> {
    private final ReentrantLock lock = new ReentrantLock();
    private int count;

    TakesALock blocker(ReentrantLock waitedFor) {
      return new TakesALock(waitedFor);
    }

    private void count() {
      try {
        ForkJoinPool.managedBlock(blocker(lock));
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
      count++;
      if (lock.isHeldByCurrentThread()) {
        lock.unlock();
      }
    }

    @Override
    public final Integer run() throws Exception {
      Future<?> task = ForkJoinPool.commonPool().submit(this::count);
      count();
      task.get();
      return count;
    }
  }

  static final class WaitsByABlockerThatDoesNot extends WaitsByABlocker {
    @Override
    TakesALock blocker(ReentrantLock waitedFor) {
      return new TriesALock(waitedFor);
    }
  }

  @Test
  void aBlockerWaitsForWhatItSays() {
    isProved(WaitsByABlocker.class, 2);
    comesTo(WaitsByABlockerThatDoesNot.class, Set.of(1, 2));
  }
}
