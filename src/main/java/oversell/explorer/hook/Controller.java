package oversell.explorer.hook;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Receives the steps of woven classes, each before it is taken. A controller may run other threads
 * first. It is called only by the thread that it lets run.
 *
 * <p>{@code site} is the number of the place in the {@link Sites} of the loader that wove the
 * class.
 */
public interface Controller {
  /** An object was allocated whose state threads may share. */
  void created(Object object);

  /**
   * A field or an element is about to be read or written.
   *
   * @param target the object or array; null for a static field
   * @param part which of its fields or elements
   */
  void access(@Nullable Object target, int part, boolean write, int site);

  /** A monitor is about to be entered; returns when the thread owns it. */
  void enter(Object monitor, int site);

  /** A monitor is about to be left; returns when the thread has left it. */
  void exit(Object monitor, int site);

  /** A method is about to be called that is one step, with all that it does. */
  void beginAtomic(int site);

  /** It has returned, or thrown. */
  void endAtomic();

  /**
   * The thread, which owns a monitor, is about to wait in it.
   *
   * @param limitNanos for how long; 0 if there is no limit
   */
  void await(Object monitor, long limitNanos, int site) throws InterruptedException;

  /** Makes a condition of a lock. */
  Condition newCondition(Lock lock);

  /**
   * The thread, which owns a lock, is about to wait for a condition of it.
   *
   * @return what is left of the timeout; 0 or less if it has passed
   */
  long awaitNanos(Condition condition, long limitNanos, int site) throws InterruptedException;

  /**
   * The same.
   *
   * @return whether it was signalled to, even if the timeout has passed before it has the lock
   *     again
   */
  boolean awaitSignal(Condition condition, long limitNanos, int site) throws InterruptedException;

  /** The thread is about to wait with a timeout; returns when the wait is to end. */
  void waitForATime(int site);

  /** The same, with a timeout that passes only if no other thread can run. */
  void waitUntil(BooleanSupplier isOver, long limitNanos, int site);

  /**
   * The thread is about to wait without a timeout for what may also end by one: where it parks, the
   * explorer may have its timeout pass, and then interrupts it.
   *
   * @param shared the object by which alone others can tell whether it has passed
   * @param limitNanos if it is {@link TimedHooks#VERY_LONG_NANOS} or more, the timeout passes only
   *     if no other thread can run
   * @return whether it is under control; if not, no timeout will pass
   */
  boolean beginLimit(Object shared, long limitNanos, int site);

  /** The same of a wait for what others compute, and that is over when they have come to an end. */
  boolean beginLimitOfEnds(long limitNanos, int site);

  /** Whether the timeout of that wait has passed, and so an interrupt was the explorer's. */
  boolean hasLimitPassed();

  /**
   * That wait has ended.
   *
   * @param byLimit whether by its timeout; if not and that has passed, nobody is to see the
   *     explorer's interrupt
   */
  void endLimit(boolean byLimit);

  /** The timeout of the wait that the thread began last has passed. */
  void passTime(long limitNanos);

  /** As {@link #passTime}, of a wait that has parked the thread. */
  void passTimeParked(long limitNanos);

  /** One or all of the threads that wait in a monitor are about to be notified. */
  void signal(Object monitor, boolean all, int site);

  /** A synchronizer of the JDK is about to be called. */
  void guard(Object synchronizer, int site);

  /**
   * A lock of the JDK is about to be taken.
   *
   * @param interruptible whether an interrupt ends the wait for it
   */
  void lock(Object lock, boolean interruptible, int site);

  /** A latch is about to be waited for, without a limit. */
  void awaitLatch(Object latch, int site);

  /**
   * An object of the JDK is about to be called; other threads can reach its state only by calls,
   * too.
   */
  void call(@Nullable Object target, int site);

  /**
   * One part of an object is about to be used, by a call that reaches nothing else.
   *
   * @param target the object; null of a static field
   * @param part its number in the object
   */
  void use(@Nullable Object target, int part, Use use, int site);

  /** An array is about to be copied: all its elements are read. */
  void copyArray(@Nullable Object array, int site);

  /** The attempt that was announced last has changed its location. */
  void succeed();

  /** Something is about to be called that may reach anything: a method handle, for example. */
  void callAnything(int site);

  /** The same, for a call that makes no callback and takes no monitor. */
  void touchAnything(int site);

  /** A hook is about to call woven code that the JDK would call, between two steps of its own. */
  void callBack();

  /** As {@link #callAnything}, of a call that changes maps only by code that announces it. */
  void lookAtAnything(int site);

  /**
   * A call is about to be made whose {@link Dispatch} decides how it counts.
   *
   * @param arguments the arguments that it decides by
   * @return whether it is a step
   */
  boolean dispatch(@Nullable Object receiver, @Nullable Object[] arguments, int site);

  /** The step that was announced last copies what is in an object. */
  void copy(@Nullable Object copied, int site);

  /** A method of the JDK is called on an object past what overrides it, which was announced. */
  void callPast(Object receiver, int site);

  /**
   * A stream was made of a collection or of another stream, a handle was bound to an object, or an
   * iterator has returned an entry of a map.
   *
   * @param part the stream, the handle or the entry
   */
  void derive(Object part, Object from);

  /** A map has returned a view of all its entries. */
  void showEntries(Set<?> view, Object map);

  /**
   * State of the whole JVM is about to be read: its properties, its default locale or time zone.
   */
  void jvmState(int site);

  /** It is about to be changed, or could be from here on; it is set back after the execution. */
  void changeJvmState(int site);

  /** The thread is about to ask whether another thread, or a computation, has ended. */
  void askForAnEnd(int site);

  /** Somebody has asked this for its end: a future may come to it after those it depends on. */
  void noteStage(Object asked);

  /** The thread is about to ask whether this one has ended. */
  void askForEndOf(Thread thread, int site);

  /** Whether a thread has been started and has not ended, as the program sees it. */
  boolean isAlive(Thread thread);

  /** Threads may ask at any time which tasks are in the queue of a pool. */
  void shareTasks();

  /** A thread is about to ask which tasks are in the queue of a pool. */
  void askForTasks(int site);

  /** A call is about to be made whose result depends on which computation ends first. */
  void competeWithAnEnd(int site);

  /** A class of the JDK waits for a real timer: it has to be explored from the inside. */
  void exploreInside(Class<?> type, int site);

  /** A collector is about to be made that collects into what the program supplies. */
  void collectInto();

  /** The step that was announced last fills an object, which may be one that others have. */
  void fill(@Nullable Object filled, int site);

  /**
   * The step that was announced last goes through elements of an array.
   *
   * @param array the array; null, or of another class, if the call will throw
   * @param from the first of them
   * @param to the one after the last; less than from if these are all
   */
  void goThrough(@Nullable Object array, int from, int to, boolean changes, int site);

  /** A task is about to be made that threads may run whose first steps are in the JDK. */
  void makeTask();

  /** A field is about to be set by reflection. */
  void setField(Field field, int site);

  /**
   * A class is about to be used that is not initialised; returns when another thread has done it,
   * or the caller has to do it.
   *
   * @return whether the caller has to do it, and to announce the end of it
   * @throws NoClassDefFoundError if that has failed before
   */
  boolean initialise(Class<?> type, int site);

  /**
   * The caller has initialised a class.
   *
   * @return 1 if no other thread could have done it, otherwise 2
   */
  int endInitialisation(Class<?> type, int site);

  /**
   * The caller has failed to initialise a class.
   *
   * @return what is to be thrown
   */
  Throwable failInitialisation(Throwable failure, Class<?> type, int site);

  /** A class is used that was initialised while there were several threads. */
  void initialised(Class<?> type);

  /** A method that the JDK may have called is about to return into it. */
  void returned(int site);

  /** A task of a pool is done, and the pool learns of that next. */
  void endTask();

  /** The same, and its thread leaves the pool. */
  void leavePool();

  /**
   * A call that was announced has returned or thrown: of a synchronizer, of an object, or of
   * anything.
   */
  void left();

  /** A call that was announced to {@link #dispatch} has returned or thrown. */
  void leftDispatched();

  /**
   * One object is part of another's state.
   *
   * @return the part
   */
  <T> T alias(Object whole, T part);

  /**
   * One object goes through another, with a state of its own.
   *
   * @param whole the other; null if it never changes
   */
  void part(@Nullable Object whole, Object part);

  /** What goes through one object may come to reach others. */
  void mayReachMore(Object part);

  /** A subtask is about to be forked in a structured task scope. */
  void fork(Object scope, int site);

  /** The subtask was forked. */
  void forked(Object subtask);

  /** A structured task scope is about to be joined; returns when the join need not wait. */
  void joinScope(Object scope, int site);

  /** A structured task scope is about to be closed. */
  void closeScope(Object scope, int site);

  /** A structured task scope is about to be asked for the results of its subtasks. */
  void askScope(Object scope, int site);

  /** A subtask is about to be asked for its result. */
  void askSubtask(Object subtask, int site);

  /** The thread is about to sleep; returns when it has slept, in virtual time. */
  void sleep(long nanos, int site) throws InterruptedException;

  /** The thread yields. */
  void giveWay(int site);

  /**
   * The thread is about to park with a timeout; returns when it has a permit or the time is over.
   */
  void parkNanos(long limitNanos, int site);

  /** Whether another thread has been started, at the step that asks for that. */
  boolean hasStarted(Thread other, int site);

  /** The thread is about to join another one; returns when that has ended. */
  void join(Thread other, int site) throws InterruptedException;

  /** The thread is about to ask for its interrupt flag and to clear it. */
  void askInterrupted(int site);

  /** The time, which passes only while threads sleep. */
  long nanoTime(int site);

  /** A thread is about to be started. */
  void spawn(int site);

  /**
   * A thread has been made by a constructor or by a builder of platform threads.
   *
   * @param given what its maker gave to it
   */
  void madeThread(Thread thread, Given given);

  /** A thread is about to be made, to which the JDK gives a number. */
  void makeThread(int site);

  /** Starts a thread; {@link #spawn} has announced the step. */
  void start(Thread thread);

  /** The thread that is to run a task of an executor that has one for each. */
  Thread perTask(Thread thread, Object executor);

  /** The same of one that a scope is about to start, for one subtask. */
  Thread standInOfScope(Thread thread);

  /** What makes the threads of a pool that was given nothing that does. */
  ThreadFactory defaultThreadFactory();

  /**
   * The threads of a pool.
   *
   * @param own the factory that makes them; null for that of the JDK
   */
  ThreadFactory factory(@Nullable ThreadFactory own, ThreadPoolExecutor pool);

  /** A pool has been made whose threads are of such a factory, or what stands before one. */
  void madePool(Object pool, Object queue);

  /** An executor has been made that hands all calls on to such a pool. */
  void madeDelegate(Object executor, Object pool);

  /** A pool is about to be called; false of any that {@link #madePool} was not told of. */
  boolean enterPool(Object pool, int site);

  /** The same of a call that hands a task to it. */
  boolean enterPoolToHandOver(Object pool, int site);

  /** The same of a call that shuts it down; false also if it is not known what that touches. */
  boolean enterPoolToShutDown(Object pool, int site);

  /** The same of a call that may cancel a task, and interrupt its thread. */
  void enterPoolToCancel(Object pool, int site);

  /** One that was shut down, and has no thread, is about to end. */
  void enterPoolToEnd(Object pool, int site);

  /** Whether {@link #madePool} was told of it. */
  boolean isPool(Object pool);

  /** The pool to which an executor hands all calls on; itself if it is a pool, or none is known. */
  ExecutorService poolOf(ExecutorService executor);

  /** So many threads are interrupted by one step, which the JDK interrupts one after the other. */
  void noteInterrupts(int threads);

  /** A task is about to be cancelled, and if it runs its thread may be interrupted after that. */
  void noteCancel(Object task);

  /** The common pool is about to be handed a task. */
  void enterCommonPool(int site);

  /**
   * A task of a pool is about to be run by the caller, or to be completed by it without that.
   *
   * @param atOnce whether that takes one step
   */
  void enterTask(ForkJoinTask<?> task, boolean atOnce, int site);

  /** Results are about to be awaited as one; false unless each is known to be one of a task. */
  boolean enterAllOf(CompletableFuture<?>[] parts, int site);

  /** Makes that of them. */
  CompletableFuture<Void> allOf(CompletableFuture<?>[] parts);

  /** A pool has returned what will be the result of a task. */
  void submitted(Object future);

  /**
   * A pool has been handed a task, in a call of that kind.
   *
   * @param task the task, or what the pool has returned, which will be its result
   * @param isResult whether it is that
   */
  void handedOver(Object task, boolean isResult);

  /**
   * Such a result is about to be waited for; returns when it is there, or the caller is
   * interrupted.
   *
   * @return false of any other, for which nobody has waited
   */
  boolean awaitResult(Future<?> future, int site);

  /**
   * The end of a pool is about to be waited for, which was told to end.
   *
   * @return whether an interrupt has ended the wait
   */
  boolean awaitEnd(ExecutorService pool, int site);

  /**
   * The same with a limit that passes only if no other thread can go on.
   *
   * @return false if it is not known what the end of the pool touches, and nobody has waited
   */
  boolean awaitEnd(ExecutorService pool, long limitNanos, int site);

  /**
   * A queue in which the threads of a pool wait for a limited time.
   *
   * @param hasNoRoom whether a task must be handed to a thread that waits for it
   */
  BlockingQueue<Runnable> queue(BlockingQueue<Runnable> tasks, boolean hasNoRoom);

  /** The same of a queue of a class under test in which they wait in its own way. */
  BlockingQueue<Runnable> ownQueue(BlockingQueue<Runnable> tasks);

  /** What such a queue was made of; any other itself. */
  BlockingQueue<Runnable> tasksOf(BlockingQueue<Runnable> queue);

  /** The loader as which that of the class path is seen, of which a woven class is, too. */
  ClassLoader systemLoader();

  /**
   * Starts a thread for a task of a pool.
   *
   * @param worker the thread as which it is seen, which is never started
   * @param body what it does
   * @param task what that runs
   */
  void startWorker(Thread worker, Runnable body, Object task, TaskPool pool);

  /** The queue of a pool whose tasks are due at times of {@link ScheduledPool#dueNanos}. */
  BlockingQueue<Runnable> timedQueue(BlockingQueue<Runnable> tasks);

  /** A task is about to be scheduled periodically. */
  void schedulePeriodically();

  /** The virtual time, as part of the step that a thread takes now. */
  long nowToSchedule();

  /** The pool that stands for the common one, in this execution. */
  TaskPool commonTaskPool(int site);

  /** What has ended the code of a thread that the JDK would let end. */
  void uncaught(Throwable thrown);

  /** The number of the next one of a kind, from 1 on in each execution. */
  int numberOf(Class<?> kind);

  /** Starts a thread that waits for a time, as the JDK's own does for futures. */
  void startTimer(Thread timer);

  /** Whether it is known how a scope ends: it was joined, or cancelled, or is over. */
  boolean isDecided(Object scope);

  /** The limit of a scope is about to pass; false if that changes nothing any more. */
  boolean enterUndecided(Object scope, int site);

  /** A scope is about to be joined that has to be over, or it is too late; which is returned. */
  boolean joinScopeNow(Object scope, int site);

  /** The caller begins a task of the JDK, if it is in no call. */
  void serve();

  /** The seed of the next generator of random numbers that the caller makes without one. */
  long randomSeed();

  /** The current thread, as its code knows it. */
  Thread currentThread();

  /** A thread is about to be unparked by the program. */
  void unparks(Thread thread);

  /** The thread that runs for a platform thread; the same for any other. */
  Thread standIn(Thread thread);

  /** The thread that one stands in for; itself if for none. */
  Thread seen(Thread thread);

  /** Makes virtual threads, which are under control if the thread is that starts them. */
  Thread.Builder.OfVirtual ofVirtual();

  /** A constructor is about to call another one, whose first step is to ask for this. */
  void callConstructor();

  /** Whether the last call was {@link #callConstructor}, by the same thread. */
  boolean isCalledByConstructor();

  /** The identifier of a thread, the same in every execution. */
  long threadId(Thread thread);

  /** Whether identifiers tell in which order that thread and others were made, as in the JVM. */
  boolean isNumberedAsMade(Thread thread);

  /** The identity hash code of an object, the same in every execution. */
  int identityHashCode(@Nullable Object object);

  /** The thread is about to do what cannot be controlled. */
  void escape(int site);

  /**
   * The same, in other words than the name of what is called there.
   *
   * @param what was not under control, as a noun: "a parallel stream that is sorted"
   */
  void escape(int site, String what);

  /**
   * The same, of a call.
   *
   * @param why stands after its name: why it cannot be controlled, and what to do about it
   */
  void escapeCall(int site, String why);

  /** The same of what code of the JDK may do as well, for woven code that has called it. */
  void escape(String what);

  /** A parallel stream is about to be worked on. */
  void noteParallelStream();

  void noteWeakAttempt();

  /** The text of a virtual thread was made that names the thread of the JDK which runs it. */
  void noteCarrier();

  /** A task of a ForkJoinPool was interrupted, and has left that to the next one of its thread. */
  void noteLeftInterrupt();

  /** So many tasks are about to be handed over by one call that has a time limit. */
  void noteHandOver(int tasks);

  /** A loop goes round once more. */
  void loop();

  /** The step that was announced last has read a value, or is about to write it. */
  void told(@Nullable Object value);

  /**
   * The value of a key of a map is about to be changed, by a call that makes no callback.
   *
   * @param onlyIfAbsent whether nothing is changed if the key is mapped to something
   * @param arguments those of the call, the key first; none if all keys are meant
   * @return what the call does
   */
  <T> T change(
      Map<?, ?> map,
      boolean onlyIfAbsent,
      Supplier<T> call,
      int site,
      @Nullable Object... arguments);

  /**
   * The value of a key is about to be changed, by a call that changes it only if it equals the
   * second argument.
   *
   * @return what the call does
   */
  <T> T changeIfEqual(Map<?, ?> map, Supplier<T> call, int site, @Nullable Object... arguments);

  /**
   * The value of a key of a map is about to be computed.
   *
   * @return what the call does
   */
  @Nullable Object compute(
      Map<Object, @Nullable Object> map,
      @Nullable Object key,
      Update update,
      Supplier<@Nullable Object> call,
      int site);

  /** Whether the thread owns a monitor. */
  boolean holdsLock(Object monitor);
}
