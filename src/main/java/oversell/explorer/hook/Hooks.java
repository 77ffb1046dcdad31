package oversell.explorer.hook;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The static methods that woven classes call, by names that are written into their bytecode. They
 * pass each call on to the one controller that is installed, since a woven class can hold no
 * reference to one.
 */
// Objects are compared by identity, whatever their equals says.
@SuppressWarnings("ReferenceEquality")
public final class Hooks {
  static Controller controller = new Uncontrolled();

  private Hooks() {}

  /** Installs the controller that receives the steps of woven classes from now on. */
  public static void install(Controller installed) {
    controller = installed;
  }

  public static void created(Object object) {
    controller.created(object);
  }

  /** An array was allocated, and so were the arrays that are its elements. */
  public static void createdArrays(Object array, int dimensions) {
    created(array);
    if (dimensions > 1) {
      for (Object element : (Object[]) array) {
        createdArrays(element, dimensions - 1);
      }
    }
  }

  /** A call of the JDK has returned what it has made, and nobody else can have. */
  public static void madeNew(@Nullable Object made, @Nullable Object maker) {
    if (made != null) {
      created(made);
    }
  }

  /** An array is about to be copied, by a call that reaches nothing else. */
  public static void copyArray(@Nullable Object array, int site) {
    controller.copyArray(array, site);
  }

  public static void read(@Nullable Object target, int part, int site) {
    controller.access(target, part, false, site);
  }

  public static void write(@Nullable Object target, int part, int site) {
    controller.access(target, part, true, site);
  }

  /** As {@link #read}, in a constructor: no other thread can have the object that is being made. */
  public static void readElsewhere(Object target, int part, int site, Object made) {
    if (target != made) {
      controller.access(target, part, false, site);
    }
  }

  public static void writeElsewhere(Object target, int part, int site, Object made) {
    if (target != made) {
      controller.access(target, part, true, site);
    }
  }

  public static void enter(Object monitor, int site) {
    controller.enter(Objects.requireNonNull(monitor), site);
  }

  public static void exit(Object monitor, int site) {
    controller.exit(monitor, site);
  }

  public static void beginAtomic(int site) {
    controller.beginAtomic(site);
  }

  public static void endAtomic() {
    controller.endAtomic();
  }

  public static void await(Object monitor, int site) throws InterruptedException {
    controller.await(monitor, 0, site);
  }

  public static void await(Object monitor, long millis, int site) throws InterruptedException {
    await(monitor, millis, 0, site);
  }

  public static void await(Object monitor, long millis, int nanos, int site)
      throws InterruptedException {
    if (millis < 0 || nanos < 0) {
      throw new IllegalArgumentException("timeout value is negative");
    }
    controller.await(monitor, TimeUnit.MILLISECONDS.toNanos(millis) + nanos, site);
  }

  public static void signal(Object monitor, int site) {
    controller.signal(monitor, false, site);
  }

  public static void signalAll(Object monitor, int site) {
    controller.signal(monitor, true, site);
  }

  public static boolean holdsLock(Object monitor, int site) {
    return controller.holdsLock(Objects.requireNonNull(monitor));
  }

  public static void guard(Object synchronizer, int site) {
    controller.guard(synchronizer, site);
  }

  public static void lock(Object lock, int site) {
    controller.lock(lock, false, site);
  }

  public static void lockInterruptibly(Object lock, int site) {
    controller.lock(lock, true, site);
  }

  public static void awaitLatch(Object latch, int site) {
    controller.awaitLatch(latch, site);
  }

  public static void call(@Nullable Object target, int site) {
    controller.call(target, site);
  }

  /** As {@link #call}, of one that reads and changes nothing. */
  public static void look(@Nullable Object target, int site) {
    controller.use(target, 0, Use.READ, site);
  }

  /**
   * As {@link #call}, of one that changes something only if {@link #succeeded} says so after it.
   */
  public static void attempt(@Nullable Object target, int site) {
    controller.use(target, 0, Use.ATTEMPT, site);
  }

  /** As {@link #look}, of one that reaches one element of its receiver. */
  public static void lookAt(@Nullable Object target, int index, int site) {
    controller.use(target, index, Use.READ, site);
  }

  public static void attemptAt(@Nullable Object target, int index, int site) {
    controller.use(target, index, Use.ATTEMPT, site);
  }

  public static void changeAt(@Nullable Object target, int index, int site) {
    controller.use(target, index, Use.WRITE, site);
  }

  /**
   * As {@link #look}, of one that reaches what a handle stands for.
   *
   * @param first what it is called with first, if that is an object
   * @param second what it is called with then, if that is a number; else -1
   */
  public static void lookBy(Object handle, @Nullable Object first, int second, int site) {
    by(handle, first, second, Use.READ, site);
  }

  public static void attemptBy(Object handle, @Nullable Object first, int second, int site) {
    by(handle, first, second, Use.ATTEMPT, site);
  }

  public static void changeBy(Object handle, @Nullable Object first, int second, int site) {
    by(handle, first, second, Use.WRITE, site);
  }

  private static void by(Object handle, @Nullable Object first, int second, Use use, int site) {
    Handles.Place place = Handles.of(handle);
    if (place != null && place.where() == Handles.Where.STATIC_FIELD) {
      controller.use(null, place.part(), use, site);
    } else if (place != null && place.where() == Handles.Where.FIELD && first != null) {
      controller.use(first, place.part(), use, site);
    } else if (place != null
        && place.where() == Handles.Where.ELEMENT
        && first != null
        && second >= 0) {
      controller.use(first, second, use, site);
    } else {
      controller.callAnything(site);
    }
  }

  /** An attempt may fail for no reason, and never does. */
  public static void attemptedWeakly() {
    controller.noteWeakAttempt();
  }

  /** Whether the attempt that was announced last has changed anything. */
  public static void succeeded(boolean changed) {
    if (changed) {
      Rounds.changed();
      controller.succeed();
    }
  }

  public static void exchanged(int found, int expected) {
    succeeded(found == expected);
  }

  public static void exchanged(long found, long expected) {
    succeeded(found == expected);
  }

  public static void exchanged(@Nullable Object found, @Nullable Object expected) {
    succeeded(found == expected || mayBeTheSameNumber(found, expected));
  }

  /** Compares what was boxed only for the call. */
  private static boolean mayBeTheSameNumber(@Nullable Object one, @Nullable Object other) {
    return one != null
        && other != null
        && isNumber(one)
        && isNumber(other)
        && (one.getClass() != other.getClass() || one.equals(other));
  }

  private static boolean isNumber(Object object) {
    return object instanceof Number || object instanceof Boolean || object instanceof Character;
  }

  /** A handle or an updater was made that reaches a field. */
  public static void ofField(@Nullable Object handle, Class<?> owner, String name) {
    Handles.ofField(handle, owner, name);
  }

  /** A handle was made that reaches the elements of arrays. */
  public static void ofElements(VarHandle handle) {
    Handles.ofElements(handle);
  }

  /** A handle was made that calls a constructor. */
  public static void ofConstructor(@Nullable Object handle, Class<?> owner) {
    Handles.ofConstructor(handle, owner);
  }

  /** A handle was made that calls a method. */
  public static void ofMethod(
      @Nullable Object handle, Class<?> owner, String name, MethodType type) {
    Handles.ofMethod(handle, owner, name, type);
  }

  /** Whether it is known of a handle that it calls a method that is woven, or a constructor. */
  public static boolean callsWovenCode(MethodHandle handle) {
    return Handles.callsWovenCode(handle);
  }

  /** The part of its object as which a field is announced. */
  public static int part(String holder, String name) {
    return Handles.part(holder, name);
  }

  public static void callAnything(int site) {
    controller.callAnything(site);
  }

  public static boolean dispatch(
      @Nullable Object receiver, @Nullable Object[] arguments, int site) {
    return controller.dispatch(receiver, arguments, site);
  }

  /** A constructor of the JDK is about to copy what is in an object. */
  public static void copy(@Nullable Object copied, int site) {
    controller.copy(copied, site);
  }

  /** A method of the JDK is about to go through elements of an array, or to copy them. */
  public static void goThrough(
      @Nullable Object array, int from, int to, boolean changes, int site) {
    controller.goThrough(array, from, to, changes, site);
  }

  /** A method of the JDK is about to be called on an object past what overrides it. */
  public static void callPast(Object receiver, int site) {
    controller.callPast(receiver, site);
  }

  public static void jvmState(int site) {
    controller.jvmState(site);
  }

  public static void changeJvmState(int site) {
    controller.changeJvmState(site);
  }

  public static boolean initialise(Class<?> type, int site) {
    return controller.initialise(type, site);
  }

  public static int endInitialisation(Class<?> type, int site) {
    return controller.endInitialisation(type, site);
  }

  public static Throwable failInitialisation(Throwable failure, Class<?> type, int site) {
    return controller.failInitialisation(failure, type, site);
  }

  /** A constructor is about to call another one, which uses its class on entry. */
  public static void callConstructor() {
    controller.callConstructor();
  }

  /** Whether the last call was {@link #callConstructor}, by the same thread. */
  public static boolean isCalledByConstructor() {
    return controller.isCalledByConstructor();
  }

  public static void initialised(Class<?> type) {
    controller.initialised(type);
  }

  /** As {@link #used(Class)}, if the caller asks for that. */
  public static void usedIf(Class<?> type, boolean asked) {
    if (asked) {
      used(type);
    }
  }

  /** A class is used in a way that its own methods and fields do not show: by its name, say. */
  public static void used(Class<?> type) {
    try {
      Method use = type.getDeclaredMethod("oversell$use");
      use.setAccessible(true);
      use.invoke(null);
    } catch (NoSuchMethodException hasNone) {
      // Then only the classes that it extends need be initialised.
      Class<?> superclass = type.getSuperclass();
      if (superclass != null) {
        used(superclass);
      }
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(type.getName(), thrown.getCause());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** As {@link #used(Class)}, of the class that declares a static field. */
  public static void used(Field field) {
    if (Modifier.isStatic(field.getModifiers())) {
      used(field.getDeclaringClass());
    }
  }

  public static void competeWithAnEnd(Object receiver, int site) {
    controller.competeWithAnEnd(site);
    controller.noteCancel(receiver);
  }

  public static void askForTasks(Object pool, int site) {
    controller.askForTasks(site);
  }

  public static void makeTask(int site) {
    controller.makeTask();
  }

  /** A delay queue of the JDK is about to wait for a timer of the JVM. */
  public static void delay(int site) {
    controller.exploreInside(DelayQueue.class, site);
  }

  /** A synchronizer of a class of the program's is about to wait for one, too. */
  public static void acquireInTime(int site) {
    controller.exploreInside(AbstractQueuedSynchronizer.class, site);
  }

  public static void collectInto(int site) {
    controller.collectInto();
  }

  /** What a collector asks for that into which it collects. */
  public static @Nullable Supplier<?> supplier(@Nullable Supplier<?> own, int site) {
    return own == null
        ? null
        : () -> {
          Object supplied = own.get();
          controller.fill(supplied, site);
          return supplied;
        };
  }

  public static void setField(Object field, int site) {
    controller.setField((Field) field, site);
  }

  public static void askForResult(Object asked, int site) {
    controller.askForAnEnd(site);
    controller.noteStage(asked);
  }

  public static void askForAnEnd(int site) {
    controller.askForAnEnd(site);
  }

  public static void returned(int site) {
    controller.returned(site);
  }

  public static void left() {
    controller.left();
  }

  public static void leftDispatched() {
    controller.leftDispatched();
  }

  public static void makeThread(int site) {
    controller.makeThread(site);
  }

  public static void fork(Object scope, int site) {
    controller.fork(Objects.requireNonNull(scope), site);
  }

  public static void forked(Object subtask) {
    controller.forked(subtask);
  }

  public static void joinScope(Object scope, int site) {
    controller.joinScope(Objects.requireNonNull(scope), site);
  }

  public static void closeScope(Object scope, int site) {
    controller.closeScope(Objects.requireNonNull(scope), site);
  }

  public static void askScope(Object scope, int site) {
    controller.askScope(Objects.requireNonNull(scope), site);
  }

  public static void askSubtask(Object subtask, int site) {
    controller.askSubtask(Objects.requireNonNull(subtask), site);
  }

  public static Condition newCondition(Lock lock, int site) {
    return controller.newCondition(lock);
  }

  public static Lock readLock(ReadWriteLock lock, int site) {
    return controller.alias(lock, lock.readLock());
  }

  public static Lock writeLock(ReadWriteLock lock, int site) {
    return controller.alias(lock, lock.writeLock());
  }

  public static ReentrantReadWriteLock.ReadLock readLock(ReentrantReadWriteLock lock, int site) {
    return controller.alias(lock, lock.readLock());
  }

  public static ReentrantReadWriteLock.WriteLock writeLock(ReentrantReadWriteLock lock, int site) {
    return controller.alias(lock, lock.writeLock());
  }

  public static void sleep(long millis, int site) throws InterruptedException {
    controller.sleep(TimeUnit.MILLISECONDS.toNanos(millis), site);
  }

  public static void sleep(long millis, int nanos, int site) throws InterruptedException {
    controller.sleep(TimeUnit.MILLISECONDS.toNanos(millis) + nanos, site);
  }

  public static void sleep(Duration duration, int site) throws InterruptedException {
    controller.sleep(TimeUnit.NANOSECONDS.convert(duration), site);
  }

  public static void sleep(TimeUnit unit, long timeout, int site) throws InterruptedException {
    controller.sleep(unit.toNanos(timeout), site);
  }

  public static void giveWay(int site) {
    controller.giveWay(site);
  }

  public static void parkNanos(long nanos, int site) {
    controller.parkNanos(nanos, site);
  }

  public static void parkNanos(@Nullable Object blocker, long nanos, int site) {
    parkNanos(nanos, site);
  }

  public static void parkUntil(long deadlineMillis, int site) {
    long leftMillis = deadlineMillis - currentTimeMillis(site);
    controller.parkNanos(TimeUnit.MILLISECONDS.toNanos(leftMillis), site);
  }

  public static void parkUntil(@Nullable Object blocker, long deadlineMillis, int site) {
    parkUntil(deadlineMillis, site);
  }

  public static void join(Thread other, int site) throws InterruptedException {
    controller.join(other, site);
  }

  public static boolean interrupted(int site) {
    controller.askInterrupted(site);
    return Thread.interrupted();
  }

  public static long nanoTime(int site) {
    return controller.nanoTime(site);
  }

  public static long currentTimeMillis(int site) {
    return TimeUnit.NANOSECONDS.toMillis(controller.nanoTime(site));
  }

  public static Thread.Builder.OfVirtual ofVirtual(int site) {
    return controller.ofVirtual();
  }

  public static long threadId(Thread thread, int site) {
    if (!controller.isNumberedAsMade(thread)) {
      controller.escape(
          site,
          "the identifier of a virtual thread that was not started yet, or not in the order in which"
              + " it was made (start it where it is made)");
    }
    return controller.threadId(thread);
  }

  public static int identityHashCode(@Nullable Object object, int site) {
    return controller.identityHashCode(object);
  }

  public static void escape(int site) {
    controller.escape(site);
  }

  /** An object is asked whether it is of a class that there is a copy of, and only that counts. */
  public static void recognise(@Nullable Object object, String original, int site) {
    Class<?> type = object == null ? null : object.getClass();
    while (type != null) {
      if (type.getName().equals(original)) {
        controller.escape(site);
        return;
      }
      type = type.getSuperclass();
    }
  }

  public static void loop() {
    controller.loop();
  }

  // A map that can compute takes no null, and throws by itself.
  @SuppressWarnings("unchecked")
  private static Map<Object, @Nullable Object> map(Object any) {
    return (Map<Object, @Nullable Object>) Objects.requireNonNull(any);
  }

  public static @Nullable Object put(Object map, Object key, Object value, int site) {
    return controller.change(map(map), false, () -> map(map).put(key, value), site, key, value);
  }

  public static @Nullable Object putIfAbsent(Object map, Object key, Object value, int site) {
    return controller.change(
        map(map), true, () -> map(map).putIfAbsent(key, value), site, key, value);
  }

  public static @Nullable Object remove(Object map, Object key, int site) {
    return controller.change(map(map), false, () -> map(map).remove(key), site, key);
  }

  public static boolean remove(Object map, Object key, Object value, int site) {
    return controller.changeIfEqual(map(map), () -> map(map).remove(key, value), site, key, value);
  }

  public static @Nullable Object replace(Object map, Object key, Object value, int site) {
    return controller.change(map(map), false, () -> map(map).replace(key, value), site, key, value);
  }

  public static boolean replace(Object map, Object key, Object old, Object value, int site) {
    return controller.changeIfEqual(
        map(map), () -> map(map).replace(key, old, value), site, key, old, value);
  }

  /** Makes the iterator of a collection, as part of that if both are the JDK's. */
  public static Iterator<?> iterator(Object collection, int site) {
    Iterable<?> all = (Iterable<?>) Objects.requireNonNull(collection);
    boolean unused = controller.dispatch(all, new Object[0], site);
    Iterator<?> iterator;
    try {
      iterator = all.iterator();
    } finally {
      controller.leftDispatched();
    }
    Parts.madeIterator(iterator, all);
    return iterator;
  }

  public static void madeView(@Nullable Object view, Object map) {
    Parts.madeView(view, map);
  }

  public static void reachedEntry(@Nullable Object element, Object iterator) {
    Parts.reachedEntry(element, iterator);
  }

  /** What was made goes through another object, or is bound to one. */
  public static void derived(@Nullable Object made, @Nullable Object from) {
    if (made != null && from != null) {
      controller.derive(made, from);
    }
  }

  /** A stream was made of a collection or of another stream, or of no object by a static method. */
  public static void madeStream(@Nullable Object stream, @Nullable Object source) {
    Parts.madeStream(stream, source);
  }

  /** A stream was made of an array. */
  public static void madeStreamOfArray(Object stream, Object array) {
    controller.derive(stream, array);
  }

  /** The same of a stream that may reach more than its source. */
  public static void madeWiderStream(@Nullable Object stream, Object source) {
    Parts.madeStream(stream, source);
    if (stream != null) {
      controller.mayReachMore(stream);
    }
  }

  /**
   * A collector was made that asks nothing of the elements.
   *
   * @param none null, since a static method makes it
   */
  public static void madeCollector(Object collector, @Nullable Object none) {
    controller.part(none, collector);
  }

  public static @Nullable Object compute(
      Object map,
      Object key,
      BiFunction<Object, @Nullable Object, @Nullable Object> function,
      int site) {
    return controller.compute(
        map(map),
        key,
        Update.compute(Update.How.COMPUTE, function),
        () -> map(map).compute(key, function),
        site);
  }

  public static @Nullable Object computeIfPresent(
      Object map,
      Object key,
      BiFunction<Object, @Nullable Object, @Nullable Object> function,
      int site) {
    return controller.compute(
        map(map),
        key,
        Update.compute(Update.How.IF_PRESENT, function),
        () -> map(map).computeIfPresent(key, function),
        site);
  }

  public static @Nullable Object computeIfAbsent(
      Object map, Object key, Function<Object, @Nullable Object> function, int site) {
    return controller.compute(
        map(map),
        key,
        Update.ifAbsent(function),
        () -> map(map).computeIfAbsent(key, function),
        site);
  }

  public static @Nullable Object merge(
      Object map,
      Object key,
      Object value,
      BiFunction<@Nullable Object, Object, @Nullable Object> function,
      int site) {
    return controller.compute(
        map(map),
        key,
        Update.merge(value, function),
        () -> map(map).merge(key, value, function),
        site);
  }
}
