package oversell.corpus;

import java.nio.IntBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/**
 * Inventories whose threads touch shared state in places where it is easily overlooked: each buyer
 * looks at something, changes it, and is answered what it saw. Nothing is right or wrong here, but
 * what buyers can see must not depend on what is left out.
 */
public final class Hidden {
  private Hidden() {}

  /** Looks, acts, and tells what it saw as the units that it sold. */
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

  /** The JDK goes on in its own state after it has called a lambda. */
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
      // The last thing it does before it may wait is to read what has nothing to do with it.
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

  /** Forgets an interrupt that nobody but the other buyer sent. */
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
}
