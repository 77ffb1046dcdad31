package oversell.explorer.hook;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets woven classes run as if they were not woven, but for their monitors: no exploration is
 * running.
 */
public final class Uncontrolled implements Controller {
  private final Set<Class<?>> initialising = ConcurrentHashMap.newKeySet();

  @Override
  public void created(Object object) {}

  @Override
  public void access(@Nullable Object target, int part, boolean write, int site) {}

  @Override
  public void enter(Object monitor, int site) {}

  @Override
  public void exit(Object monitor, int site) {}

  @Override
  public void beginAtomic(int site) {}

  @Override
  public void endAtomic() {}

  @Override
  public void await(Object monitor, long limitNanos, int site) {
    throw new IllegalStateException("nobody would signal");
  }

  @Override
  public void signal(Object monitor, boolean all, int site) {}

  @Override
  public void guard(Object synchronizer, int site) {}

  @Override
  public void lock(Object lock, boolean interruptible, int site) {}

  @Override
  public void awaitLatch(Object latch, int site) {}

  @Override
  public void call(@Nullable Object target, int site) {}

  @Override
  public void use(@Nullable Object target, int part, Use use, int site) {}

  @Override
  public void succeed() {}

  @Override
  public void copyArray(@Nullable Object array, int site) {}

  @Override
  public void callAnything(int site) {}

  @Override
  public void callBack() {}

  @Override
  public void touchAnything(int site) {}

  @Override
  public void lookAtAnything(int site) {}

  @Override
  public boolean dispatch(@Nullable Object receiver, @Nullable Object[] arguments, int site) {
    return false;
  }

  @Override
  public void copy(@Nullable Object copied, int site) {}

  @Override
  public void callPast(Object receiver, int site) {}

  @Override
  public void derive(Object part, Object from) {}

  @Override
  public void showEntries(Set<?> view, Object map) {}

  @Override
  public void jvmState(int site) {}

  @Override
  public void changeJvmState(int site) {}

  @Override
  public boolean initialise(Class<?> type, int site) {
    return initialising.add(type);
  }

  @Override
  public int endInitialisation(Class<?> type, int site) {
    return 1;
  }

  @Override
  public Throwable failInitialisation(Throwable failure, Class<?> type, int site) {
    return failure;
  }

  @Override
  public void initialised(Class<?> type) {}

  @Override
  public void askForAnEnd(int site) {}

  @Override
  public void noteStage(Object asked) {}

  @Override
  public void askForEndOf(Thread thread, int site) {}

  @Override
  public boolean isAlive(Thread thread) {
    return thread.isAlive();
  }

  @Override
  public void shareTasks() {}

  @Override
  public void askForTasks(int site) {}

  @Override
  public void competeWithAnEnd(int site) {}

  @Override
  public void makeTask() {}

  @Override
  public void exploreInside(Class<?> type, int site) {}

  @Override
  public void collectInto() {}

  @Override
  public void fill(@Nullable Object filled, int site) {}

  @Override
  public void goThrough(@Nullable Object array, int from, int to, boolean changes, int site) {}

  @Override
  public void setField(Field field, int site) {}

  @Override
  public void returned(int site) {}

  @Override
  public void endTask() {}

  @Override
  public void leavePool() {}

  @Override
  public void left() {}

  @Override
  public void leftDispatched() {}

  @Override
  public void fork(Object scope, int site) {}

  @Override
  public void forked(Object subtask) {}

  @Override
  public void joinScope(Object scope, int site) {}

  @Override
  public void closeScope(Object scope, int site) {}

  @Override
  public void askScope(Object scope, int site) {}

  @Override
  public void askSubtask(Object subtask, int site) {}

  @Override
  public void spawn(int site) {}

  @Override
  public <T> T alias(Object whole, T part) {
    return part;
  }

  @Override
  public void part(@Nullable Object whole, Object part) {}

  @Override
  public void mayReachMore(Object part) {}

  @Override
  public void sleep(long nanos, int site) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanos);
  }

  @Override
  public boolean hasStarted(Thread other, int site) {
    return other.getState() != Thread.State.NEW;
  }

  @Override
  public void join(Thread other, int site) throws InterruptedException {
    other.join();
  }

  // What the woven class was to do.
  @SuppressWarnings("ThreadPriorityCheck")
  @Override
  public void giveWay(int site) {
    Thread.yield();
  }

  @SuppressWarnings("ThreadPriorityCheck")
  @Override
  public void parkNanos(long limitNanos, int site) {
    Thread.yield();
  }

  @Override
  public Condition newCondition(Lock lock) {
    return lock.newCondition();
  }

  @SuppressWarnings("WaitNotInLoop")
  @Override
  public long awaitNanos(Condition condition, long limitNanos, int site)
      throws InterruptedException {
    return condition.awaitNanos(limitNanos);
  }

  @SuppressWarnings("WaitNotInLoop")
  @Override
  public boolean awaitSignal(Condition condition, long limitNanos, int site)
      throws InterruptedException {
    return condition.await(limitNanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void waitForATime(int site) {}

  @Override
  public void waitUntil(BooleanSupplier isOver, long limitNanos, int site) {}

  @Override
  public boolean beginLimit(Object shared, long limitNanos, int site) {
    return false;
  }

  @Override
  public boolean beginLimitOfEnds(long limitNanos, int site) {
    return false;
  }

  @Override
  public boolean hasLimitPassed() {
    return false;
  }

  @Override
  public void endLimit(boolean byLimit) {}

  @Override
  public void passTime(long limitNanos) {}

  @Override
  public void passTimeParked(long limitNanos) {}

  @Override
  public void askInterrupted(int site) {}

  @Override
  public long nanoTime(int site) {
    return 0;
  }

  @Override
  public void callConstructor() {}

  @Override
  public boolean isCalledByConstructor() {
    return false;
  }

  @Override
  public void madeThread(Thread thread, Given given) {}

  @Override
  public void makeThread(int site) {}

  @Override
  public void start(Thread thread) {
    thread.start();
  }

  @Override
  public Thread perTask(Thread thread, Object executor) {
    return thread;
  }

  @Override
  public Thread standInOfScope(Thread thread) {
    return thread;
  }

  @Override
  public ThreadFactory defaultThreadFactory() {
    return Executors.defaultThreadFactory();
  }

  @Override
  public ThreadFactory factory(@Nullable ThreadFactory own, ThreadPoolExecutor pool) {
    return own == null ? Executors.defaultThreadFactory() : own;
  }

  @Override
  public BlockingQueue<Runnable> queue(BlockingQueue<Runnable> tasks, boolean hasNoRoom) {
    return tasks;
  }

  @Override
  public BlockingQueue<Runnable> ownQueue(BlockingQueue<Runnable> tasks) {
    return tasks;
  }

  @Override
  public BlockingQueue<Runnable> tasksOf(BlockingQueue<Runnable> queue) {
    return queue;
  }

  @Override
  public void madePool(Object pool, Object queue) {}

  @Override
  public void madeDelegate(Object executor, Object pool) {}

  @Override
  public boolean enterPool(Object pool, int site) {
    return false;
  }

  @Override
  public boolean enterPoolToHandOver(Object pool, int site) {
    return false;
  }

  @Override
  public boolean enterPoolToShutDown(Object pool, int site) {
    return false;
  }

  @Override
  public void enterPoolToEnd(Object pool, int site) {}

  @Override
  public ExecutorService poolOf(ExecutorService executor) {
    return executor;
  }

  @Override
  public void noteInterrupts(int threads) {}

  @Override
  public void noteCancel(Object task) {}

  @Override
  public void enterPoolToCancel(Object pool, int site) {}

  @Override
  public boolean isPool(Object pool) {
    return false;
  }

  @Override
  public void enterCommonPool(int site) {}

  @Override
  public void enterTask(ForkJoinTask<?> task, boolean atOnce, int site) {}

  @Override
  public boolean enterAllOf(CompletableFuture<?>[] parts, int site) {
    return false;
  }

  @Override
  public CompletableFuture<Void> allOf(CompletableFuture<?>[] parts) {
    return CompletableFuture.allOf(parts);
  }

  @Override
  public void submitted(Object future) {}

  @Override
  public void handedOver(Object task, boolean isResult) {}

  @Override
  public boolean awaitResult(Future<?> future, int site) {
    return false;
  }

  @Override
  public boolean awaitEnd(ExecutorService pool, int site) {
    pool.close();
    return false;
  }

  @Override
  public boolean awaitEnd(ExecutorService pool, long limitNanos, int site) {
    return false;
  }

  @Override
  public void startTimer(Thread timer) {
    timer.start();
  }

  @Override
  public ClassLoader systemLoader() {
    return ClassLoader.getSystemClassLoader();
  }

  @Override
  public boolean isDecided(Object scope) {
    return true;
  }

  @Override
  public boolean enterUndecided(Object scope, int site) {
    return false;
  }

  @Override
  public boolean joinScopeNow(Object scope, int site) {
    return true;
  }

  @Override
  public void startWorker(Thread worker, Runnable body, Object task, TaskPool pool) {
    Thread.ofPlatform().daemon().start(body);
  }

  @Override
  public BlockingQueue<Runnable> timedQueue(BlockingQueue<Runnable> tasks) {
    return tasks;
  }

  @Override
  public void schedulePeriodically() {}

  @Override
  public long nowToSchedule() {
    return 0;
  }

  @Override
  public TaskPool commonTaskPool(int site) {
    return TaskPool.common(site);
  }

  @Override
  public void uncaught(Throwable thrown) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
  }

  @Override
  public int numberOf(Class<?> kind) {
    return 1;
  }

  @Override
  public void serve() {}

  @Override
  public long randomSeed() {
    return 0;
  }

  @Override
  public Thread currentThread() {
    return Thread.currentThread();
  }

  @Override
  public void unparks(Thread thread) {}

  @Override
  public Thread standIn(Thread thread) {
    return thread;
  }

  @Override
  public Thread seen(Thread thread) {
    return thread;
  }

  @Override
  public Thread.Builder.OfVirtual ofVirtual() {
    return Thread.ofVirtual();
  }

  @Override
  public long threadId(Thread thread) {
    return thread.threadId();
  }

  @Override
  public boolean isNumberedAsMade(Thread thread) {
    return true;
  }

  @Override
  public int identityHashCode(@Nullable Object object) {
    return System.identityHashCode(object);
  }

  @Override
  public void escape(int site) {}

  @Override
  public void escape(int site, String what) {}

  @Override
  public void escapeCall(int site, String why) {}

  @Override
  public void escape(String what) {}

  @Override
  public void noteParallelStream() {}

  @Override
  public void noteLeftInterrupt() {}

  @Override
  public void noteHandOver(int tasks) {}

  @Override
  public void noteWeakAttempt() {}

  @Override
  public void noteCarrier() {}

  @Override
  public void loop() {}

  @Override
  public void told(@Nullable Object value) {}

  @Override
  public <T> T changeIfEqual(
      Map<?, ?> map, Supplier<T> call, int site, @Nullable Object... arguments) {
    return call.get();
  }

  @Override
  public <T> T change(
      Map<?, ?> map,
      boolean onlyIfAbsent,
      Supplier<T> call,
      int site,
      @Nullable Object... arguments) {
    return call.get();
  }

  @Override
  public @Nullable Object compute(
      Map<Object, @Nullable Object> map,
      @Nullable Object key,
      Update update,
      Supplier<@Nullable Object> call,
      int site) {
    return call.get();
  }

  @Override
  public boolean holdsLock(Object monitor) {
    // The thread that entered a monitor did not take it.
    return true;
  }
}
