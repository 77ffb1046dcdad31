package oversell.corpus;

import java.io.FileNotFoundException;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TimeZone;
import java.util.Vector;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.TransferQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.MessageFormatter;

/**
 * Programs that each need a row of the table of calls: one buyer changes what the other one reads,
 * by calls of that row. With reduction the same values must be read as without.
 */
public final class Rows {
  private Rows() {}

  private static void take(Object any) {}

  // ---- Threads ---------------------------------------------------------------------------------

  /** The thread that is started first has the lower number. */
  public static final class NumberOfAThread extends TwoRoles {
    @Override
    Roles roles() {
      return new Roles(
          () -> Thread.ofVirtual().start(() -> {}),
          () -> (int) Thread.ofVirtual().start(() -> {}).threadId());
    }
  }

  public static final class NumberOfAVirtualThread extends TwoRoles {
    @Override
    Roles roles() {
      return new Roles(
          () -> Thread.startVirtualThread(() -> {}),
          () -> (int) Thread.startVirtualThread(() -> {}).threadId());
    }
  }

  /** Of two threads that begin with a task either one runs it, and the other one ends. */
  public static final class ATaskOfTwoThreads extends TwoRoles {
    @Override
    Roles roles() {
      return new Roles(() -> {}, ATaskOfTwoThreads::run);
    }

    private static int run() throws Exception {
      FutureTask<String> task = new FutureTask<>(() -> Thread.currentThread().getName());
      Thread one = Thread.ofVirtual().name("1").start(task);
      Thread other = Thread.ofVirtual().name("2").start(task);
      one.join();
      other.join();
      return Integer.parseInt(task.get());
    }
  }

  /** Of the explorer's clocks, each is virtual. */
  public static final class MillisThatGoOn extends TwoRoles {
    @Override
    Roles roles() {
      long start = System.currentTimeMillis();
      return new Roles(
          () -> Thread.sleep(1_000), () -> (int) (System.currentTimeMillis() - start) / 1_000);
    }
  }

  // ---- Hand-overs with a time limit -------------------------------------------------------------

  /** What was handed over, or nothing. */
  private static int given(@Nullable Integer value) {
    return value == null ? 0 : value;
  }

  public static final class OfferWithALimit extends TwoRoles {
    @Override
    Roles roles() {
      SynchronousQueue<Integer> queue = new SynchronousQueue<>();
      return new Roles(() -> queue.offer(3, 1, TimeUnit.SECONDS), () -> given(queue.poll()));
    }
  }

  public static final class PollWithALimit extends TwoRoles {
    @Override
    Roles roles() {
      SynchronousQueue<Integer> queue = new SynchronousQueue<>();
      return new Roles(() -> queue.offer(3), () -> given(queue.poll(1, TimeUnit.SECONDS)));
    }
  }

  public static final class TransferWithALimit extends TwoRoles {
    @Override
    Roles roles() {
      LinkedTransferQueue<Integer> queue = new LinkedTransferQueue<>();
      return new Roles(() -> queue.tryTransfer(3, 1, TimeUnit.SECONDS), () -> given(queue.poll()));
    }
  }

  public static final class PollOfATransferWithALimit extends TwoRoles {
    @Override
    Roles roles() {
      LinkedTransferQueue<Integer> queue = new LinkedTransferQueue<>();
      return new Roles(() -> queue.tryTransfer(3), () -> given(queue.poll(1, TimeUnit.SECONDS)));
    }
  }

  public static final class ExchangeWithALimit extends TwoRoles {
    @Override
    Roles roles() {
      Exchanger<Integer> exchanger = new Exchanger<>();
      return new Roles(() -> exchange(exchanger, 3), () -> exchange(exchanger, 4));
    }

    private static int exchange(Exchanger<Integer> exchanger, int value) throws Exception {
      try {
        return exchanger.exchange(value, 1, TimeUnit.SECONDS);
      } catch (TimeoutException none) {
        return 0;
      }
    }
  }

  public static final class OfferByType extends TwoRoles {
    @Override
    Roles roles() {
      BlockingQueue<Integer> queue = new SynchronousQueue<>();
      return new Roles(() -> queue.offer(3, 1, TimeUnit.SECONDS), () -> given(queue.poll()));
    }
  }

  public static final class PollByType extends TwoRoles {
    @Override
    Roles roles() {
      BlockingQueue<Integer> queue = new LinkedTransferQueue<>();
      return new Roles(() -> queue.offer(3), () -> given(queue.poll(1, TimeUnit.SECONDS)));
    }
  }

  public static final class TransferByType extends TwoRoles {
    @Override
    Roles roles() {
      TransferQueue<Integer> queue = new LinkedTransferQueue<>();
      return new Roles(() -> queue.tryTransfer(3, 1, TimeUnit.SECONDS), () -> given(queue.poll()));
    }
  }

  public static final class OfferToATransferWithALimit extends TwoRoles {
    @Override
    Roles roles() {
      LinkedTransferQueue<Integer> queue = new LinkedTransferQueue<>();
      return new Roles(() -> queue.offer(3, 1, TimeUnit.SECONDS), () -> given(queue.poll()));
    }
  }

  public static final class BarrierWithALimit extends TwoRoles {
    @Override
    Roles roles() {
      CyclicBarrier barrier = new CyclicBarrier(2);
      return new Roles(() -> await(barrier), () -> await(barrier));
    }

    private static int await(CyclicBarrier barrier) throws Exception {
      try {
        return 1 + barrier.await(1, TimeUnit.SECONDS);
      } catch (TimeoutException | BrokenBarrierException none) {
        return 0;
      }
    }
  }

  public static final class PhaseWithALimit extends TwoRoles {
    @Override
    Roles roles() {
      Phaser phaser = new Phaser(2);
      return new Roles(phaser::arrive, () -> await(phaser));
    }

    /** The phase, or how many seconds it has not come for. */
    private static int await(Phaser phaser) throws Exception {
      long begun = System.nanoTime();
      try {
        return phaser.awaitAdvanceInterruptibly(phaser.arrive(), 2, TimeUnit.SECONDS);
      } catch (TimeoutException none) {
        return (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
      }
    }
  }

  // ---- Maps that compute -----------------------------------------------------------------------

  private static Map<Integer, Integer> map() {
    return new ConcurrentHashMap<>(Map.of(1, 1));
  }

  /** It takes a step in the middle. */
  private static void compute(Map<Integer, Integer> map) {
    int[] price = {5};
    map.compute(1, (key, now) -> now + price[0]);
  }

  public static final class PutWhileAnotherComputes extends TwoRoles {
    @Override
    Roles roles() {
      Map<Integer, Integer> map = map();
      return new Roles(() -> compute(map), () -> map.put(1, 2));
    }
  }

  public static final class PutIfAbsentWhileAnotherComputes extends TwoRoles {
    @Override
    Roles roles() {
      Map<Integer, Integer> map = map();
      return new Roles(() -> compute(map), () -> map.putIfAbsent(17, 2) == null ? map.get(1) : 0);
    }
  }

  public static final class RemoveWhileAnotherComputes extends TwoRoles {
    @Override
    Roles roles() {
      Map<Integer, Integer> map = new ConcurrentHashMap<>(Map.of(1, 1, 17, 17));
      return new Roles(() -> compute(map), () -> map.remove(17) + map.get(1));
    }
  }

  public static final class ReplaceWhileAnotherComputes extends TwoRoles {
    @Override
    Roles roles() {
      Map<Integer, Integer> map = map();
      return new Roles(() -> compute(map), () -> map.replace(1, 2));
    }
  }

  public static final class ComputeIfAbsent extends TwoRoles {
    @Override
    Roles roles() {
      Map<Integer, Integer> map = map();
      return new Roles(() -> map.computeIfAbsent(2, key -> 2), () -> map.size());
    }
  }

  public static final class PutIfAbsent extends TwoRoles {
    @Override
    Roles roles() {
      Map<Integer, Integer> map = map();
      return new Roles(() -> map.putIfAbsent(2, 2), () -> map.size());
    }
  }

  // ---- Keys that change ------------------------------------------------------------------------

  private static List<Integer> key() {
    List<Integer> key = new ArrayList<>();
    key.add(1);
    return key;
  }

  private static Map<List<Integer>, Integer> byKey() {
    return new ConcurrentHashMap<>(Map.of(List.of(1), 1));
  }

  public static final class PutOfAKey extends TwoRoles {
    @Override
    Roles roles() {
      List<Integer> key = key();
      Map<List<Integer>, Integer> map = byKey();
      return new Roles(() -> key.add(2), () -> map.put(key, 2) == null ? 1 : 2);
    }
  }

  public static final class PutIfAbsentOfAKey extends TwoRoles {
    @Override
    Roles roles() {
      List<Integer> key = key();
      Map<List<Integer>, Integer> map = byKey();
      return new Roles(() -> key.add(2), () -> map.putIfAbsent(key, 2) == null ? 1 : 2);
    }
  }

  public static final class RemoveOfAKey extends TwoRoles {
    @Override
    Roles roles() {
      List<Integer> key = key();
      Map<List<Integer>, Integer> map = byKey();
      return new Roles(() -> key.add(2), () -> map.remove(key) == null ? 1 : 2);
    }
  }

  public static final class ReplaceOfAKey extends TwoRoles {
    @Override
    Roles roles() {
      List<Integer> key = key();
      Map<List<Integer>, Integer> map = byKey();
      return new Roles(() -> key.add(2), () -> map.replace(key, 2) == null ? 1 : 2);
    }
  }

  public static final class ContainsOfAKey extends TwoRoles {
    @Override
    Roles roles() {
      List<Integer> key = key();
      List<List<Integer>> list = new ArrayList<>(List.of(List.of(1)));
      return new Roles(() -> key.add(2), () -> list.contains(key) ? 1 : 2);
    }
  }

  public static final class QueueAskedForAKey extends TwoRoles {
    @Override
    Roles roles() {
      List<Integer> key = key();
      PriorityQueue<List<Integer>> queue = new PriorityQueue<>((one, other) -> 0);
      queue.add(List.of(1));
      return new Roles(() -> key.add(2), () -> queue.contains(key) ? 1 : 2);
    }
  }

  public static final class VectorAskedForAKey extends TwoRoles {
    @Override
    Roles roles() {
      List<Integer> key = key();
      Vector<List<Integer>> vector = new Vector<>(List.of(List.of(1)));
      return new Roles(() -> key.add(2), () -> vector.contains(key) ? 1 : 2);
    }
  }

  public static final class SetOfAKey extends TwoRoles {
    private static final List<Integer> OTHER = List.of(1);

    @Override
    Roles roles() {
      List<Integer> key = key();
      return new Roles(
          () -> key.add(2),
          () -> {
            try {
              return Set.of(key, OTHER).size();
            } catch (IllegalArgumentException equal) {
              return 1;
            }
          });
    }
  }

  public static final class ListThatNeverChangesAskedForAKey extends TwoRoles {
    @Override
    Roles roles() {
      List<Integer> key = key();
      List<List<Integer>> list = List.of(List.of(1));
      return new Roles(() -> key.add(2), () -> list.contains(key) ? 1 : 2);
    }
  }

  // ---- Constants of an enum --------------------------------------------------------------------

  private enum Colour {
    RED;

    int units;
  }

  public static final class ConstantByItsName extends TwoRoles {
    @Override
    Roles roles() {
      return new Roles(() -> Colour.valueOf("RED").units = 1, () -> Colour.RED.units);
    }
  }

  public static final class ConstantByItsClass extends TwoRoles {
    @Override
    Roles roles() {
      return new Roles(() -> Colour.class.getEnumConstants()[0].units = 1, () -> Colour.RED.units);
    }
  }

  // ---- Guards ----------------------------------------------------------------------------------

  public static final class LockTakenInterruptibly extends TwoRoles {
    @Override
    Roles roles() {
      ReentrantLock lock = new ReentrantLock();
      return new Roles(() -> lock.lockInterruptibly(), () -> lock.isLocked() ? 1 : 2);
    }
  }

  public static final class UnparkBetweenWrites extends TwoRoles {
    @Override
    Roles roles() {
      int[] units = {0};
      return new Roles(
          () -> {
            units[0] = 1;
            LockSupport.unpark(Thread.currentThread());
            units[0] = 2;
          },
          () -> units[0]);
    }
  }

  // ---- Results ---------------------------------------------------------------------------------

  public static final class ResultThatChanges extends TwoRoles {
    @Override
    Roles roles() {
      CompletableFuture<Integer> result = CompletableFuture.completedFuture(1);
      return new Roles(() -> result.obtrudeValue(2), () -> 10 * result.get() + result.get());
    }
  }

  public static final class TwoResults extends TwoRoles {
    @Override
    Roles roles() {
      CompletableFuture<Integer> one = new CompletableFuture<>();
      CompletableFuture<Integer> other = new CompletableFuture<>();
      one.complete(1);
      other.complete(2);
      return new Roles(() -> one.get(), () -> other.get());
    }
  }

  // ---- What is written -------------------------------------------------------------------------

  public static final class MessageAboutAList extends TwoRoles {
    @Override
    Roles roles() {
      List<Integer> list = key();
      return new Roles(
          () -> list.add(2), () -> MessageFormatter.format("{}", list).getMessage().length());
    }
  }

  /** It counts how often a text is made of it. */
  private static final class Counted {
    private int texts;

    @Override
    public String toString() {
      texts++;
      return "counted";
    }
  }

  public static final class LogOfAList extends TwoRoles {
    @Override
    Roles roles() {
      Logger log = Logger.getLogger(QuietLogs.NAME);
      List<Object> list = new ArrayList<>();
      Counted counted = new Counted();
      return new Roles(
          () -> list.add(counted),
          () -> {
            log.fine("looks");
            log.log(Level.WARNING, "{0}", list);
            return counted.texts;
          });
    }
  }

  public static final class LogOfAListByTheSystem extends TwoRoles {
    @Override
    Roles roles() {
      System.Logger log = System.getLogger(QuietLogs.NAME);
      List<Object> list = new ArrayList<>();
      Counted counted = new Counted();
      return new Roles(
          () -> list.add(counted),
          () -> {
            log.log(System.Logger.Level.DEBUG, "looks");
            log.log(System.Logger.Level.WARNING, "{0}", list);
            return counted.texts;
          });
    }
  }

  public static final class PrintOfAPart extends TwoRoles {
    @Override
    Roles roles() {
      StringBuilder text = new StringBuilder();
      return new Roles(
          () -> text.append('a'),
          () -> {
            try {
              System.out.append(text, 1, 1);
              return 1;
            } catch (IndexOutOfBoundsException shorter) {
              return 2;
            }
          });
    }
  }

  public static final class PrintOfNothing extends TwoRoles {
    @Override
    Roles roles() {
      return new Roles(() -> System.out.print(""), () -> System.out.append("") == null ? 1 : 2);
    }
  }

  // ---- What all share --------------------------------------------------------------------------

  public static final class DefaultZone extends TwoRoles {
    @Override
    Roles roles() {
      TimeZone.setDefault(TimeZone.getTimeZone("GMT+01:00"));
      return new Roles(
          () -> TimeZone.setDefault(TimeZone.getTimeZone("GMT+02:00")),
          () -> ZoneId.systemDefault().equals(ZoneId.systemDefault()) ? 1 : 2);
    }
  }

  public static final class CaseByDefault extends TwoRoles {
    @Override
    Roles roles() {
      Locale.setDefault(Locale.ROOT);
      return new Roles(
          () -> Locale.setDefault(Locale.of("tr")),
          () -> "i".toUpperCase().equals("i".toUpperCase()) ? 1 : 2);
    }
  }

  public static final class FormatByDefault extends TwoRoles {
    @Override
    Roles roles() {
      Locale.setDefault(Locale.ROOT);
      return new Roles(
          () -> Locale.setDefault(Locale.of("tr")), () -> locale().equals(locale()) ? 1 : 2);
    }

    private static Locale locale() {
      return DateTimeFormatter.ofPattern("MMM").getLocale();
    }
  }

  public static final class NameByDefault extends TwoRoles {
    @Override
    Roles roles() {
      Locale.setDefault(Locale.ENGLISH);
      return new Roles(
          () -> Locale.setDefault(Locale.GERMAN),
          () ->
              Locale.FRENCH.getDisplayLanguage().equals(Locale.FRENCH.getDisplayLanguage())
                  ? 1
                  : 2);
    }
  }

  public static final class PropertyThatIsSet extends TwoRoles {
    @Override
    Roles roles() {
      return new Roles(
          () -> System.setProperty("oversell.rows", "any"),
          () -> System.getProperty("oversell.rows") == null ? 1 : 2);
    }
  }

  public static final class PropertyAsANumber extends TwoRoles {
    @Override
    Roles roles() {
      return new Roles(
          () -> System.setProperty("oversell.number", "1"),
          () ->
              10 * Integer.getInteger("oversell.number", 2)
                  + Integer.getInteger("oversell.number", 2));
    }
  }

  // ---- What touches nothing --------------------------------------------------------------------

  /** Each of its calls would be a step that conflicts with all others if no row knew it. */
  public static final class CallsThatTouchNothing extends TwoRoles {
    private static int touch() {
      Object list = new ArrayList<>();
      take("any".equals(list));
      take(List.of(1));
      take(Comparator.naturalOrder());
      take(Function.identity());
      take(Executors.callable(() -> {}));
      take(System.lineSeparator());
      take(Runtime.getRuntime());
      take(new FileNotFoundException("any").getMessage());
      VarHandle.fullFence();
      touchMembers();
      return 1;
    }

    private static void touchMembers() {
      try {
        Field field = Shop.class.getDeclaredField("stock");
        take(field.getName());
        take(Modifier.isStatic(field.getModifiers()));
        take(MethodType.methodType(int.class));
        take(MethodHandles.lookup().findGetter(Shop.class, "stock", int.class));
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    Roles roles() {
      return new Roles(() -> touch(), () -> touch());
    }
  }

  /** A class that is initialised by the first buyer. */
  private static final class Counter {
    static final AtomicIntegerFieldUpdater<Counter> UPDATER =
        AtomicIntegerFieldUpdater.newUpdater(Counter.class, "units");
    volatile int units;
  }

  public static final class UpdaterThatIsMadeLate extends TwoRoles {
    @Override
    Roles roles() {
      Object[] any = {0};
      return new Roles(() -> any[0] = 1, () -> Counter.UPDATER == null ? 1 : 2);
    }
  }

  private static final class Handled {
    static final VarHandle UNITS;

    static {
      try {
        UNITS = MethodHandles.lookup().findVarHandle(Handled.class, "units", int.class);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    volatile int units;
  }

  public static final class HandleThatIsMadeLate extends TwoRoles {
    @Override
    Roles roles() {
      Object[] any = {0};
      return new Roles(() -> any[0] = 1, () -> Handled.UNITS == null ? 1 : 2);
    }
  }

  private static final class MadeAsAConstant {
    static final VarHandle UNITS =
        ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "units", VarHandle.class, MadeAsAConstant.class, int.class);

    volatile int units;
  }

  public static final class HandleOfAConstantThatIsMadeLate extends TwoRoles {
    @Override
    Roles roles() {
      Object[] any = {0};
      return new Roles(() -> any[0] = 1, () -> MadeAsAConstant.UNITS == null ? 1 : 2);
    }
  }

  // ---- Places ----------------------------------------------------------------------------------

  public static final class ReadsOfAtomics extends TwoRoles {
    @Override
    Roles roles() {
      AtomicInteger a = new AtomicInteger();
      AtomicInteger b = new AtomicInteger();
      return new Roles(
          () -> {
            a.set(1);
            b.set(1 + a.get());
          },
          () -> 4 * b.get() + a.get());
    }
  }

  /** One of them succeeds, and those that fail commute. */
  public static final class AttemptsOnAtomics extends TwoRoles {
    @Override
    Roles roles() {
      AtomicInteger a = new AtomicInteger();
      return new Roles(
          () -> {
            a.compareAndSet(0, 1);
            a.compareAndSet(5, 6);
          },
          () -> a.compareAndSet(7, 8) ? 9 : a.get());
    }
  }

  public static final class ElementsOfAnAtomicArray extends TwoRoles {
    @Override
    Roles roles() {
      AtomicIntegerArray q = new AtomicIntegerArray(2);
      return new Roles(
          () -> {
            q.set(0, 1);
            q.compareAndSet(1, 0, q.length());
            q.compareAndSet(1, 9, 8);
            take(q.get(0));
          },
          () -> 4 * q.get(1) + (q.compareAndSet(1, 7, 6) ? 16 : 0) + q.get(0));
    }
  }

  /** Two fields of one object. */
  private static final class Fields {
    static final VarHandle FIRST = handle("first");
    static final VarHandle SECOND = handle("second");
    static final AtomicIntegerFieldUpdater<Fields> FIRST_UPDATER =
        AtomicIntegerFieldUpdater.newUpdater(Fields.class, "first");
    static final AtomicIntegerFieldUpdater<Fields> SECOND_UPDATER =
        AtomicIntegerFieldUpdater.newUpdater(Fields.class, "second");

    volatile int first;
    volatile int second;

    private static VarHandle handle(String field) {
      try {
        return MethodHandles.lookup().findVarHandle(Fields.class, field, int.class);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  public static final class FieldsByHandles extends TwoRoles {
    @Override
    Roles roles() {
      Fields q = new Fields();
      return new Roles(
          () -> {
            Fields.FIRST.setVolatile(q, 1);
            Fields.SECOND.compareAndSet(q, 0, 2);
            take((int) Fields.SECOND.compareAndExchange(q, 9, 8));
            take((int) Fields.FIRST.getVolatile(q));
          },
          () ->
              4 * (int) Fields.SECOND.getVolatile(q)
                  + (Fields.SECOND.compareAndSet(q, 7, 6) ? 16 : 0)
                  + (int) Fields.FIRST.getAcquire(q));
    }
  }

  public static final class FieldsByUpdaters extends TwoRoles {
    @Override
    Roles roles() {
      Fields q = new Fields();
      return new Roles(
          () -> {
            Fields.FIRST_UPDATER.set(q, 1);
            Fields.SECOND_UPDATER.compareAndSet(q, 0, 2);
            Fields.SECOND_UPDATER.compareAndSet(q, 9, 8);
            take(Fields.FIRST_UPDATER.get(q));
          },
          () ->
              4 * Fields.SECOND_UPDATER.get(q)
                  + (Fields.SECOND_UPDATER.compareAndSet(q, 7, 6) ? 16 : 0)
                  + q.first);
    }
  }

  /** A value that the handle of a number is called with is put into an object. */
  public static final class ExchangesOfBoxes extends TwoRoles {
    @Override
    Roles roles() {
      Fields q = new Fields();
      return new Roles(
          () -> {
            Integer expected = 0;
            Object found = Fields.FIRST.compareAndExchange(q, expected, (Integer) 1);
            take(found);
          },
          () -> q.first);
    }
  }

  public static final class LookupsInAList extends TwoRoles {
    @Override
    Roles roles() {
      ArrayList<Integer> list = new ArrayList<>();
      return new Roles(
          () -> {
            take(list.size());
            list.add(3);
          },
          () -> list.size());
    }
  }

  /** A call that removes an element compares it, and so reads what is in it. */
  public static final class RemovesWhatIsEqual extends TwoRoles {
    @Override
    Roles roles() {
      ArrayList<Integer> inner = new ArrayList<>();
      ArrayList<Object> outer = new ArrayList<>();
      outer.add(inner);
      Object like = List.of(1);
      return new Roles(() -> inner.add(1), () -> outer.remove(like) ? 1 : 2);
    }
  }

  private static int sum(int before, Iterator<Integer> iterator) {
    int sum = 16 * before;
    try {
      while (iterator.hasNext()) {
        sum += iterator.next();
      }
      return sum;
    } catch (ConcurrentModificationException changed) {
      return 100;
    }
  }

  public static final class IteratorOfAnyList extends TwoRoles {
    @Override
    Roles roles() {
      List<Integer> list = new ArrayList<>(List.of(1, 2));
      return new Roles(() -> list.add(4), () -> sum(list.size(), list.iterator()));
    }
  }

  public static final class IteratorOfAnArrayList extends TwoRoles {
    @Override
    Roles roles() {
      ArrayList<Integer> list = new ArrayList<>(List.of(1, 2));
      return new Roles(() -> list.add(4), () -> sum(list.size(), list.iterator()));
    }
  }

  public static final class IteratorOfAListThatNeverChanges extends TwoRoles {
    @Override
    Roles roles() {
      List<Integer> list = List.of(1, 2);
      int[] any = {0};
      return new Roles(() -> any[0] = 1, () -> sum(any[0], list.iterator()));
    }
  }
}
