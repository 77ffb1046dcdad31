package oversell.corpus;

import java.nio.IntBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.StampedLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/**
 * Inventories whose threads access shared state in places that are easily overlooked: each buyer
 * reads something, changes it, and gets what it read as its answer. None of them is correct or
 * broken, but with reduction buyers must be able to read the same values as without.
 */
public final class Hidden {
  private Hidden() {}

  /** Reads, acts, and answers with what it read as the units that it sold. */
  private abstract static class Observer implements Inventory {
    abstract int look();

    abstract void act();

    @Override
    public Answer purchase(int units, Pause pause) {
      int seen = look();
      act();
      return new Answer(seen, 0);
    }

    @Override
    public int stock() {
      return 0;
    }
  }

  private static class Base extends Shop {
    Base(int stock) {
      super(stock);
    }

    final Answer take(int units) {
      stock = stock - units;
      return new Answer(units, stock);
    }

    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      return sell(units, pause);
    }
  }

  /** Names a field by the class that inherits it; its superclass names it by its own. */
  private static final class Inheriting extends Base {
    Inheriting(int stock) {
      super(stock);
    }

    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      int seen = this.stock;
      if (seen < units) {
        return Answer.refused(seen);
      }
      pause.pause();
      return take(units);
    }
  }

  public static final class AnInheritedField extends Door {
    public AnInheritedField() {
      super(Inheriting::new);
    }
  }

  private static class StaticBase {
    static int next;

    static void raise() {
      next = next + 1;
    }
  }

  private static final class StaticHeir extends StaticBase {
    static int inherited() {
      return next;
    }
  }

  private static final class InheritingStatic extends Observer {
    InheritingStatic() {
      StaticBase.next = 0;
    }

    @Override
    int look() {
      return StaticHeir.inherited();
    }

    @Override
    void act() {
      StaticHeir.raise();
    }
  }

  public static final class AnInheritedStaticField extends Door {
    public AnInheritedStaticField() {
      super(stock -> new InheritingStatic());
    }
  }

  private static final class Ledger {
    int units;

    Ledger(int units) {
      this.units = units;
    }

    Ledger(Ledger other) {
      units = other.units;
    }
  }

  private static final class Copying extends Observer {
    private final Ledger ledger = new Ledger(0);

    @Override
    int look() {
      return new Ledger(ledger).units;
    }

    @Override
    void act() {
      ledger.units = ledger.units + 1;
    }
  }

  public static final class AConstructorThatReadsAnother extends Door {
    public AConstructorThatReadsAnother() {
      super(stock -> new Copying());
    }
  }

  private static final class Ticket {
    static int next;
    final int number;

    Ticket() {
      number = next++;
    }
  }

  private static final class Ticketing extends Observer {
    Ticketing() {
      reset();
    }

    private static void reset() {
      Ticket.next = 1;
    }

    @Override
    int look() {
      return new Ticket().number;
    }

    @Override
    void act() {}
  }

  public static final class AConstructorThatCounts extends Door {
    public AConstructorThatCounts() {
      super(stock -> new Ticketing());
    }
  }

  private abstract static class OfTokens extends Observer {
    final List<Integer> tokens = new ArrayList<>(List.of(7));

    @Override
    void act() {
      tokens.add(8);
    }
  }

  public static final class ACopyOfACollection extends Door {
    public ACopyOfACollection() {
      super(
          stock ->
              new OfTokens() {
                @Override
                int look() {
                  Deque<Integer> copy = new ArrayDeque<>(tokens);
                  return copy.size();
                }
              });
    }
  }

  public static final class AnInheritedLoop extends Door {
    public AnInheritedLoop() {
      super(
          stock ->
              new OfTokens() {
                @Override
                int look() {
                  int[] sum = {0};
                  Iterable<Integer> all = tokens;
                  all.forEach(token -> sum[0] += token);
                  return sum[0];
                }
              });
    }
  }

  public static final class AnIteratorOfAnIterable extends Door {
    public AnIteratorOfAnIterable() {
      super(
          stock ->
              new OfTokens() {
                @Override
                int look() {
                  int sum = 0;
                  try {
                    Iterable<Integer> all = tokens;
                    for (Integer token : all) {
                      sum += token;
                    }
                  } catch (java.util.ConcurrentModificationException meanwhile) {
                    return 1;
                  }
                  return sum;
                }
              });
    }
  }

  public static final class TextOfACollection extends Door {
    public TextOfACollection() {
      super(
          stock ->
              new OfTokens() {
                @Override
                int look() {
                  return tokens.toString().length();
                }
              });
    }
  }

  public static final class ConcatenationOfACollection extends Door {
    public ConcatenationOfACollection() {
      super(
          stock ->
              new OfTokens() {
                @Override
                int look() {
                  return ("tokens: " + tokens).length();
                }
              });
    }
  }

  public static final class ValueOfACollection extends Door {
    public ValueOfACollection() {
      super(
          stock ->
              new OfTokens() {
                @Override
                int look() {
                  return String.valueOf(tokens).length();
                }
              });
    }
  }

  public static final class JoiningACollection extends Door {
    public JoiningACollection() {
      super(
          stock ->
              new OfTokens() {
                private final List<String> names = new ArrayList<>();

                @Override
                int look() {
                  return String.join(",", names).length();
                }

                @Override
                void act() {
                  names.add("abc");
                }
              });
    }
  }

  public static final class EqualityOfCollections extends Door {
    public EqualityOfCollections() {
      super(
          stock ->
              new OfTokens() {
                @Override
                int look() {
                  return Objects.equals(tokens, List.of(7)) ? 1 : 2;
                }
              });
    }
  }

  public static final class HashOfACollection extends Door {
    public HashOfACollection() {
      super(
          stock ->
              new OfTokens() {
                @Override
                int look() {
                  Object any = tokens;
                  return any.hashCode() & 0xFF;
                }
              });
    }
  }

  public static final class AStringBuilder extends Door {
    public AStringBuilder() {
      super(
          stock ->
              new Observer() {
                private final StringBuilder text = new StringBuilder();

                @Override
                int look() {
                  return text.length();
                }

                @Override
                void act() {
                  text.append('x');
                }
              });
    }
  }

  public static final class ABuffer extends Door {
    public ABuffer() {
      super(
          stock ->
              new Observer() {
                private final IntBuffer buffer = IntBuffer.allocate(1);

                @Override
                int look() {
                  return buffer.get(0);
                }

                @Override
                void act() {
                  buffer.put(0, buffer.get(0) + 1);
                }
              });
    }
  }

  public static final class AWriter extends Door {
    public AWriter() {
      super(
          stock ->
              new Observer() {
                private final java.io.StringWriter writer = new java.io.StringWriter();

                @Override
                int look() {
                  return writer.getBuffer().length();
                }

                @Override
                void act() {
                  writer.write("x");
                }
              });
    }
  }

  /** The JDK continues to change its own state after it has called a lambda. */
  private abstract static class Afterwards extends Observer {
    boolean begun;
    int price = 5;

    final int begin() {
      begun = true;
      return price;
    }
  }

  public static final class AMapAfterALambda extends Door {
    public AMapAfterALambda() {
      super(
          stock ->
              new Afterwards() {
                private final Map<Integer, Integer> map = new HashMap<>(Map.of(0, 1));

                @Override
                int look() {
                  return begun ? map.get(0) : 0;
                }

                @Override
                void act() {
                  map.compute(0, (key, value) -> value + begin());
                }
              });
    }
  }

  public static final class AnAtomicAfterALambda extends Door {
    public AnAtomicAfterALambda() {
      super(
          stock ->
              new Afterwards() {
                private final AtomicInteger atomic = new AtomicInteger(1);

                @Override
                int look() {
                  return begun ? atomic.get() : 0;
                }

                @Override
                void act() {
                  atomic.updateAndGet(value -> value + begin());
                }
              });
    }
  }

  /** A key whose order reads a field. */
  private static final class Key implements Comparable<Key> {
    int order;

    Key(int order) {
      this.order = order;
    }

    @Override
    public int compareTo(Key other) {
      return order - other.order;
    }
  }

  public static final class ATreeAfterAComparison extends Door {
    public ATreeAfterAComparison() {
      super(
          stock ->
              new Afterwards() {
                private final Map<Key, Integer> map = new TreeMap<>(Map.of(new Key(1), 1));

                @Override
                int look() {
                  return begun ? map.size() : 0;
                }

                @Override
                void act() {
                  begun = true;
                  map.put(new Key(2), 2);
                }
              });
    }
  }

  private static final class Mutex extends AbstractQueuedSynchronizer {
    private static final long serialVersionUID = 1L;
    int asked;

    @Override
    protected boolean tryAcquire(int arg) {
      boolean acquired = compareAndSetState(0, 1);
      // Its last step before it may wait is a read that conflicts with nothing.
      return asked < 100 && acquired;
    }

    @Override
    protected boolean tryRelease(int arg) {
      setState(0);
      return true;
    }
  }

  public static final class ASynchronizerOfOnesOwn extends Door {
    public ASynchronizerOfOnesOwn() {
      super(
          stock ->
              new Observer() {
                private final Mutex mutex = new Mutex();

                @Override
                int look() {
                  return mutex.hasQueuedThreads() ? 1 : 0;
                }

                @Override
                void act() {
                  mutex.acquire(1);
                }
              });
    }
  }

  /** Clears an interrupt that only the other buyer can have sent. */
  public static final class AnInterruptOfOnesOwn extends Door {
    public AnInterruptOfOnesOwn() {
      super(
          stock ->
              new Observer() {
                private volatile Thread other = Thread.currentThread();

                @Override
                int look() {
                  Thread former = other;
                  other = Thread.currentThread();
                  former.interrupt();
                  return Thread.interrupted() ? 1 : 0;
                }

                @Override
                void act() {
                  other.interrupt();
                }
              });
    }
  }

  /**
   * The first buyer changes something and the second reads it. Each takes a step before and one
   * after that conflict with nothing.
   */
  private abstract static class Roles implements Inventory {
    private final AtomicInteger taken = new AtomicInteger();
    private boolean open = true;

    abstract void change();

    abstract int look();

    @Override
    public Answer purchase(int units, Pause pause) {
      boolean changes = taken.getAndIncrement() == 0;
      int seen = 0;
      if (open && changes) {
        change();
      } else {
        seen = look();
      }
      return open ? new Answer(seen, 0) : new Answer(0, 0);
    }

    @Override
    public int stock() {
      return 0;
    }

    final void close() {
      open = false;
    }
  }

  /** A buyer that takes the first element of a queue makes the JDK compare the ones that stay. */
  public static final class AQueueOfBuilders extends Door {
    public AQueueOfBuilders() {
      super(
          stock ->
              new Roles() {
                private final StringBuilder changing = new StringBuilder("b");
                private final Queue<StringBuilder> queue =
                    new PriorityQueue<>(
                        List.of(new StringBuilder("a"), changing, new StringBuilder("c")));

                @Override
                void change() {
                  changing.setCharAt(0, 'd');
                }

                @Override
                int look() {
                  queue.poll();
                  return queue.peek() == changing ? 1 : 2;
                }
              });
    }
  }

  /** A phaser registers with its parent. */
  public static final class ATieredPhaser extends Door {
    public ATieredPhaser() {
      super(
          stock ->
              new Roles() {
                private final Phaser parent = new Phaser();
                private final Phaser child = new Phaser(parent);

                @Override
                void change() {
                  child.register();
                }

                @Override
                int look() {
                  return parent.getRegisteredParties();
                }
              });
    }
  }

  /** A view of a sorted set is a sorted set. */
  public static final class AViewOfASortedSet extends Door {
    public AViewOfASortedSet() {
      super(
          stock ->
              new Roles() {
                private final TreeSet<Integer> set = new TreeSet<>(List.of(1, 2, 3));
                private final TreeSet<Integer> view = (TreeSet<Integer>) set.headSet(3);

                @Override
                void change() {
                  view.remove(1);
                }

                @Override
                int look() {
                  return set.size();
                }
              });
    }
  }

  public static final class AListTheOtherWayRound extends Door {
    public AListTheOtherWayRound() {
      super(
          stock ->
              new Roles() {
                private final LinkedList<Integer> list = new LinkedList<>(List.of(1, 2, 3));
                private final LinkedList<Integer> view = list.reversed();

                @Override
                void change() {
                  view.removeFirst();
                }

                @Override
                int look() {
                  return list.size();
                }
              });
    }
  }

  public static final class AViewOfAStampedLock extends Door {
    public AViewOfAStampedLock() {
      super(
          stock ->
              new Roles() {
                private final StampedLock lock = new StampedLock();
                private final Lock view = lock.asWriteLock();

                @Override
                void change() {
                  view.lock();
                }

                @Override
                int look() {
                  return lock.isWriteLocked() ? 1 : 2;
                }
              });
    }
  }

  public static final class AThreadThatSleepsByAUnit extends Door {
    public AThreadThatSleepsByAUnit() {
      super(
          stock ->
              new Roles() {
                private int units;

                @Override
                void change() {
                  units = 1;
                  try {
                    TimeUnit.SECONDS.sleep(1);
                  } catch (InterruptedException never) {
                    throw new IllegalStateException(never);
                  }
                  units = 2;
                }

                @Override
                int look() {
                  return units;
                }
              });
    }
  }

  public static final class AThreadThatParksForATime extends Door {
    public AThreadThatParksForATime() {
      super(
          stock ->
              new Roles() {
                private int units;

                @Override
                void change() {
                  units = 1;
                  LockSupport.parkNanos(1);
                  units = 2;
                }

                @Override
                int look() {
                  return units;
                }
              });
    }
  }

  public static final class AClockThatGoesOn extends Door {
    public AClockThatGoesOn() {
      super(
          stock ->
              new Roles() {
                private final long start = System.nanoTime();
                private final long startMillis = System.currentTimeMillis();

                @Override
                void change() {
                  try {
                    Thread.sleep(1_000);
                  } catch (InterruptedException never) {
                    throw new IllegalStateException(never);
                  }
                }

                @Override
                int look() {
                  return System.nanoTime() > start || System.currentTimeMillis() > startMillis
                      ? 1
                      : 2;
                }
              });
    }
  }

  public static final class AClearedMap extends Door {
    public AClearedMap() {
      super(
          stock ->
              new Roles() {
                private final ConcurrentHashMap<Integer, Integer> map =
                    new ConcurrentHashMap<>(Map.of(1, 1));

                @Override
                void change() {
                  map.clear();
                }

                @Override
                int look() {
                  return map.size();
                }
              });
    }
  }

  public static final class AMapThatIsPutTo extends Door {
    public AMapThatIsPutTo() {
      super(
          stock ->
              new Roles() {
                private final Map<Integer, Integer> map = new ConcurrentHashMap<>(Map.of(1, 1));

                @Override
                void change() {
                  map.put(1, 2);
                  map.putIfAbsent(2, 3);
                  map.replace(1, 4);
                  map.remove(2);
                }

                @Override
                int look() {
                  return map.get(1) + map.size();
                }
              });
    }
  }

  public static final class TextOfAReference extends Door {
    public TextOfAReference() {
      super(
          stock ->
              new Roles() {
                private final List<Integer> list = new ArrayList<>(List.of(1));
                private final AtomicReference<List<Integer>> reference =
                    new AtomicReference<>(list);

                @Override
                void change() {
                  list.add(2);
                }

                @Override
                int look() {
                  return reference.toString().length();
                }
              });
    }
  }

  public static final class TheFirstOfAQueue extends Door {
    public TheFirstOfAQueue() {
      super(
          stock ->
              new Roles() {
                private final PriorityQueue<Integer> queue = new PriorityQueue<>(List.of(1));
                private final PriorityQueue<Integer> other = new PriorityQueue<>(List.of(1));

                @Override
                void change() {
                  queue.clear();
                  other.clear();
                }

                @Override
                int look() {
                  return queue.size();
                }
              });
    }
  }

  public static final class AnErrorAboutAList extends Door {
    public AnErrorAboutAList() {
      super(
          stock ->
              new OfTokens() {
                @Override
                int look() {
                  return new AssertionError(tokens).getMessage().length();
                }
              });
    }
  }

  public static final class ALoggedList extends Door {
    private static final Logger LOG = LoggerFactory.getLogger("shop");

    public ALoggedList() {
      super(
          stock ->
              new Roles() {
                private final List<Integer> list = new ArrayList<>();

                @Override
                void change() {
                  LOG.trace("some");
                  list.add(1);
                }

                @Override
                int look() {
                  LOG.trace("{}", list);
                  return list.size();
                }
              });
    }
  }

  public static final class AStampThatIsRead extends Door {
    public AStampThatIsRead() {
      super(
          stock ->
              new Roles() {
                @Override
                void change() {
                  var unused = StampedLock.isWriteLockStamp(0);
                }

                @Override
                int look() {
                  return StampedLock.isReadLockStamp(0) ? 1 : 2;
                }
              });
    }
  }

  public static final class TheTextOfAnException extends Door {
    public TheTextOfAnException() {
      super(
          stock ->
              new Roles() {
                private final Exception any = new IllegalStateException("any");

                @Override
                void change() {
                  any.getMessage();
                }

                @Override
                int look() {
                  return any.getMessage().length();
                }
              });
    }
  }

  public static final class TheHashOfAnObject extends Door {
    public TheHashOfAnObject() {
      super(
          stock ->
              new Roles() {
                private final Object any = new Object();

                @Override
                void change() {
                  any.hashCode();
                }

                @Override
                int look() {
                  return any.equals(any) ? 1 : 2;
                }
              });
    }
  }

  private enum Colour {
    RED,
    GREEN;

    int units;
  }

  public static final class TheConstantsOfAnEnum extends Door {
    public TheConstantsOfAnEnum() {
      super(
          stock ->
              new Roles() {
                @Override
                void change() {
                  Colour.class.getEnumConstants()[0].units = 1;
                }

                @Override
                int look() {
                  return Colour.RED.units;
                }
              });
    }
  }

  /** The hash code is the same in every execution, or the steps would differ. */
  public static final class ABucketByIdentity extends Door {
    public ABucketByIdentity() {
      super(
          stock ->
              new Roles() {
                private final Object key = new Object();
                private final int[] buckets = new int[8];

                @Override
                void change() {
                  buckets[System.identityHashCode(key) & 7] = 1;
                }

                @Override
                int look() {
                  return buckets[0];
                }
              });
    }
  }
}
