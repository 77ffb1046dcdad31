package oversell.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.function.IntBinaryOperator;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Every construct of the language that a user may write, each with a result. */
@SuppressWarnings({"lossy-conversions", "varargs"})
public final class Constructs {
  private Constructs() {}

  /** The result of each, by its name. */
  public static Map<String, String> results() {
    Map<String, Callable<Object>> all = new LinkedHashMap<>();
    all.put("lambdas", Constructs::lambdas);
    all.put("references", Constructs::references);
    all.put("records", Constructs::records);
    all.put("inner", () -> new Outer(3).inner().sum() + Outer.local(4) + Outer.anonymous(5));
    all.put("enums", Constructs::enums);
    all.put("strings", Constructs::strings);
    all.put("synchronized", Constructs::synchronizedBlocks);
    all.put("methods", Constructs::synchronizedMethods);
    all.put("arrays", Constructs::arrays);
    all.put("wide", () -> new Wide().result());
    all.put(
        "interfaces", () -> new Polite() {}.greet("you") + Polite.twice(4) + new Loud().greet("x"));
    all.put("generics", () -> new Named().compareTo(new Named()) + " " + new Named().get());
    all.put("varargs", () -> sum() + sum(1) + sum(1, 2, 3) + join("-", "a", "b"));
    all.put("static", () -> Initialised.TABLE[2] + Initialised.count);
    all.put("resources", Constructs::resources);
    all.put("loops", Constructs::loops);
    all.put("initialisers", () -> new Initialiser().toString());
    all.put("overridable", () -> new Derived(7).toString());
    all.put("ternaries", () -> ternaries(true, 1) + ternaries(false, 2));
    all.put("locks", Constructs::locks);
    all.put("jdk", Constructs::jdk);
    all.put("threads", Constructs::threads);
    all.put("nested", Constructs::nestedConstructors);
    all.put("exceptions", Constructs::exceptions);
    Map<String, String> results = new LinkedHashMap<>();
    all.forEach(
        (name, construct) -> {
          try {
            results.put(name, String.valueOf(construct.call()));
          } catch (Exception thrown) {
            results.put(name, thrown.toString());
          }
        });
    return results;
  }

  private static int counter;

  private static Object lambdas() throws Exception {
    int base = 3;
    IntBinaryOperator add = (a, b) -> a + b + base + counter++;
    Supplier<Supplier<String>> nested = () -> () -> "deep " + add.applyAsInt(1, 2);
    Callable<String> thrower =
        () -> {
          if (base > 2) {
            throw new IllegalStateException("thrown");
          }
          return "";
        };
    try {
      return thrower.call();
    } catch (IllegalStateException expected) {
      return nested.get().get() + expected.getMessage();
    }
  }

  private static Object references() {
    AtomicInteger atomic = new AtomicInteger(4);
    IntBinaryOperator accumulate = Math::max;
    Supplier<Integer> get = atomic::incrementAndGet;
    BiFunction<AtomicInteger, Integer, Integer> add = AtomicInteger::addAndGet;
    ToIntFunction<String> length = String::length;
    Supplier<List<String>> make = ArrayList::new;
    List<String> made = make.get();
    made.add("x");
    ReentrantLock lock = new ReentrantLock();
    Runnable enter = lock::lock;
    Runnable leave = lock::unlock;
    enter.run();
    boolean held = lock.isHeldByCurrentThread();
    leave.run();
    IntStream numbers = IntStream.range(0, 5);
    return get.get()
        + add.apply(atomic, 5)
        + length.applyAsInt("four")
        + accumulate.applyAsInt(3, 9)
        + made.toString()
        + held
        + lock.isLocked()
        + numbers.boxed().sorted(Comparator.reverseOrder()).map(String::valueOf).toList();
  }

  private record Point<T>(T x, T y) {
    private static int made;

    Point {
      made++;
      if (x == null) {
        throw new IllegalArgumentException("x");
      }
    }

    Point(T both) {
      this(both, both);
    }
  }

  private static Object records() {
    Object pair = new Point<>(new Point<>(1), new Point<>(2, 3));
    String matched = pair instanceof Point<?> point ? point.x() + "," + point.y() : "none";
    return matched + pair.equals(new Point<>(new Point<>(1), new Point<>(2, 3))) + Point.made;
  }

  private static final class Outer {
    private int value;

    Outer(int value) {
      this.value = value;
    }

    Inner inner() {
      return new Inner(2);
    }

    private class Inner {
      private int more;

      Inner(int more) {
        this.more = more + value;
      }

      int sum() {
        class Local {
          int total() {
            return more++ + ++value + Outer.this.value--;
          }
        }
        return new Local().total() + more * 100 + value * 1000;
      }
    }

    static int local(int start) {
      int[] box = {start};
      class Counter {
        private int steps = box[0];

        void step() {
          box[0] += steps++;
        }
      }
      Counter counter = new Counter();
      counter.step();
      counter.step();
      return box[0];
    }

    static int anonymous(int start) {
      return new Object() {
        private int field = start;

        int twice() {
          field *= 2;
          return field;
        }
      }.twice();
    }
  }

  private enum Size {
    SMALL {
      @Override
      int weight() {
        return count++;
      }
    },
    LARGE(10) {
      @Override
      int weight() {
        return base * 2;
      }
    };

    int base;
    static int count = 7;

    Size() {
      this(1);
    }

    Size(int base) {
      this.base = base;
    }

    abstract int weight();
  }

  private static Object enums() {
    StringBuilder text = new StringBuilder();
    for (Size size : Size.values()) {
      switch (size) {
        case SMALL:
          text.append("s");
          break;
        case LARGE:
          text.append("l");
          break;
        default:
          throw new AssertionError();
      }
      text.append(size.weight()).append(Size.valueOf(size.name()).ordinal());
    }
    return text.append(Size.count);
  }

  private static Object strings() {
    String block =
        """
        a "block"
          with \\t two lines\
        """;
    StringBuilder text = new StringBuilder(block);
    for (String word : List.of("one", "two", "Aa", "BB", "else")) {
      text.append(
          switch (word) {
            case "one", "two" -> 1;
            case "Aa" -> 2;
            case "BB" -> 3;
            default -> 4;
          });
    }
    char c = 'x';
    long l = 5L;
    String joined = "a" + c + l + 2.5 + null + true + List.of(1) + new int[0].length;
    joined += text;
    return joined;
  }

  private static Object synchronizedBlocks() {
    Object one = new Object();
    Object other = new Object();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      try {
        synchronized (one) {
          text.append(i);
          try {
            synchronized (other) {
              if (i == 1) {
                throw new IllegalStateException("inside");
              }
              if (i == 2) {
                return text.append("returned");
              }
            }
          } finally {
            text.append("f");
            synchronized (other) {
              text.append("g");
            }
          }
        }
      } catch (IllegalStateException expected) {
        text.append(expected.getMessage());
      } finally {
        text.append(";");
      }
    }
    return text;
  }

  private static synchronized <T extends Comparable<T>> T larger(T a, T b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static synchronized double mixed(long a, double b, int c, Object d, float e)
      throws Exception {
    if (c < 0) {
      throw new Exception("negative");
    }
    return a + b + c + d.toString().length() + e;
  }

  private synchronized void nothing() {}

  private synchronized boolean self(int depth) {
    return depth == 0 || self(depth - 1);
  }

  private static Object synchronizedMethods() throws Exception {
    Constructs made = new Constructs();
    made.nothing();
    String thrown;
    try {
      thrown = "" + mixed(1L, 2.0, -1, "x", 1f);
    } catch (Exception expected) {
      thrown = expected.getMessage();
    }
    return larger(3, 5) + larger("a", "b") + mixed(1L, 2.5, 3, "four", 5f) + thrown + made.self(3);
  }

  private static Object arrays() {
    boolean[] booleans = {true, false};
    byte[] bytes = {1, 2};
    short[] shorts = {3, 4};
    char[] chars = {'a', 'b'};
    int[] ints = {5, 6};
    long[] longs = {7, 8};
    float[] floats = {9.5f, 1};
    double[] doubles = {2.5, 3};
    String[] texts = {"x", "y"};
    booleans[1] |= booleans[0];
    bytes[0] += 5;
    shorts[0]++;
    chars[1]++;
    ints[1] <<= 2;
    longs[0] *= longs[1]--;
    floats[1] /= 3;
    doubles[0] -= doubles[1] = 7;
    texts[0] += texts[1];
    int[][][] cube = new int[2][3][];
    cube[1][2] = new int[] {4, 5, 6};
    long[][] matrix = {{1, 2}, {3}};
    matrix[0][1] += ++matrix[1][0];
    int i = 0;
    ints[i++] = ints[i] = i;
    return Arrays.toString(booleans)
        + Arrays.toString(bytes)
        + Arrays.toString(shorts)
        + Arrays.toString(chars)
        + Arrays.toString(ints)
        + Arrays.toString(longs)
        + Arrays.toString(floats)
        + Arrays.toString(doubles)
        + Arrays.toString(texts)
        + Arrays.deepToString(cube)
        + Arrays.deepToString(matrix)
        + cube[1][2].clone()[1];
  }

  private static final class Wide {
    long number = 5;
    double decimal = 2.5;
    float single = 1.5f;
    byte small = 1;
    short less = 2;
    char letter = 'a';
    boolean flag;
    Integer boxed = 3;
    String text = "t";
    static long shared = 1L << 40;
    static double average;

    String result() {
      number += decimal;
      number <<= 3;
      long before = number++;
      decimal *= number--;
      single -= 0.25;
      small += 300;
      less = (short) (less | 0x7000);
      letter += 2;
      flag ^= true;
      boxed++;
      text += boxed;
      shared ^= before;
      average = (decimal = 3) + shared;
      this.number = this.number > 0 ? -this.number : shared;
      return number + " " + before + decimal + single + small + less + letter + flag + boxed + text
          + shared + average;
    }
  }

  private interface Polite {
    String HELLO = "hello ".toUpperCase(java.util.Locale.ROOT);

    default String greet(String whom) {
      return decorate(whom) + count(whom);
    }

    private String decorate(String whom) {
      Supplier<String> later = () -> HELLO + whom + this.suffix();
      return later.get();
    }

    default String suffix() {
      return "!";
    }

    private static int count(String whom) {
      AtomicInteger counted = new AtomicInteger();
      whom.chars().forEach(letter -> counted.incrementAndGet());
      return counted.get();
    }

    static int twice(int number) {
      synchronized (Polite.class) {
        return 2 * number;
      }
    }
  }

  private static final class Loud implements Polite {
    @Override
    public String greet(String whom) {
      return Polite.super.greet(whom) + "!!";
    }
  }

  private abstract static class Source<T> {
    T held;

    abstract T get();
  }

  private static final class Named extends Source<String> implements Comparable<Named> {
    Named() {
      held = "name";
    }

    @Override
    synchronized String get() {
      return held;
    }

    @Override
    public synchronized int compareTo(Named other) {
      return held.compareTo(other.held);
    }
  }

  private static int sum(int... numbers) {
    int sum = 0;
    for (int number : numbers) {
      sum += number;
    }
    return sum;
  }

  @SafeVarargs
  private static <T> String join(String between, T... parts) {
    return Arrays.stream(parts).map(Object::toString).collect(Collectors.joining(between));
  }

  private static final class Initialised {
    static final int[] TABLE;
    static int count;

    static {
      TABLE = new int[4];
      for (int i = 0; i < TABLE.length; i++) {
        TABLE[i] = square(i);
        count++;
      }
    }

    private static synchronized int square(int number) {
      return number * number;
    }
  }

  private static final class Resource implements AutoCloseable {
    private static final List<String> LOG = new ArrayList<>();
    private final String name;

    Resource(String name) {
      this.name = name;
      LOG.add("open " + name);
    }

    @Override
    public void close() {
      LOG.add("close " + name);
      throw new IllegalStateException("close " + name);
    }
  }

  private static Object resources() {
    Resource.LOG.clear();
    try (Resource first = new Resource("a");
        Resource second = new Resource("b")) {
      throw new IllegalArgumentException(first.name + second.name);
    } catch (IllegalArgumentException | IllegalStateException thrown) {
      return thrown.getMessage() + Arrays.toString(thrown.getSuppressed()) + Resource.LOG;
    }
  }

  private static Object loops() {
    int steps = 0;
    outer:
    for (int i = 0; ; i++) {
      int j = 0;
      do {
        if (i == 2 && j == 1) {
          continue outer;
        }
        if (i == 4) {
          break outer;
        }
        steps++;
      } while (++j < 3);
      while (j > 0) {
        j--;
        counter += 0;
      }
    }
    for (Iterator<Integer> it = List.of(1, 2).iterator(); it.hasNext(); ) {
      steps += it.next();
    }
    return steps;
  }

  private static final class Initialiser {
    private int first = next();
    private final int second;
    private int third;
    private static int given;

    {
      third = first + 1;
    }

    Initialiser() {
      this(next());
      third++;
    }

    private Initialiser(int second) {
      this.second = second;
      {
        third += this.second;
      }
    }

    private static int next() {
      return ++given;
    }

    @Override
    public String toString() {
      given = 0;
      return first + "," + second + "," + third;
    }
  }

  private abstract static class Parent {
    String seen;

    Parent() {
      seen = describe();
    }

    abstract String describe();
  }

  private static final class Derived extends Parent {
    private int number;
    private String text = "set";

    Derived(int number) {
      super();
      this.number = number;
      Derived other = this.number > 5 ? new Derived(1) : this;
      other.number += 3;
      seen += other.number;
    }

    @Override
    synchronized String describe() {
      return number + text;
    }

    @Override
    public String toString() {
      return seen + number + text;
    }
  }

  private static String ternaries(boolean flag, int number) {
    StringBuilder made =
        new StringBuilder(flag ? new String("yes" + counter) : new StringBuilder("no").toString());
    Outer outer = new Outer(flag ? new Outer(number).value : number > 1 ? new Outer(9).value : 0);
    return made.append(outer.value).append(flag && outer.value > 0 || number == 2).toString();
  }

  private static final class MyLock extends ReentrantLock {
    private static final long serialVersionUID = 1L;
    private int taken;

    @Override
    public void lock() {
      super.lock();
      taken++;
    }
  }

  private static Object locks() {
    MyLock mine = new MyLock();
    mine.lock();
    mine.newCondition().signalAll();
    mine.unlock();
    ReentrantReadWriteLock both = new ReentrantReadWriteLock();
    Lock read = both.readLock();
    read.lock();
    int readers = both.getReadLockCount();
    read.unlock();
    both.writeLock().lock();
    boolean written = both.isWriteLockedByCurrentThread();
    both.writeLock().unlock();
    return mine.taken + " " + readers + written;
  }

  private static Object jdk() {
    Map<String, Integer> map = new ConcurrentHashMap<>();
    map.merge("a", 1, Integer::sum);
    map.computeIfAbsent("b", key -> key.length() + counter * 0);
    map.compute("a", (key, value) -> value == null ? 0 : value + 1);
    LongAdder adder = new LongAdder();
    map.values().forEach(adder::add);
    List<Integer> list = new ArrayList<>(List.of(3, 1, 2));
    list.sort(Comparator.naturalOrder());
    list.removeIf(number -> number == 2);
    int sum = 0;
    for (int number : list) {
      sum += number;
    }
    return new java.util.TreeMap<>(map)
        + adder.toString()
        + list
        + sum
        + Optional.of(5).map(number -> number + 1).orElse(0)
        + Thread.currentThread().isInterrupted();
  }

  private static Object threads() throws InterruptedException {
    int[] box = new int[1];
    Thread thread = Thread.ofVirtual().unstarted(() -> box[0] = 5);
    thread.start();
    thread.join();
    Thread other = Thread.startVirtualThread(() -> box[0]++);
    other.join();
    Thread.sleep(0);
    Thread.yield();
    return box[0];
  }

  private static final class Chain {
    Chain next;
    int[] values;

    Chain(Chain next, int... values) {
      this.next = next;
      this.values = values;
    }

    Chain(Chain copied) {
      next = copied.next;
      values = copied.values.clone();
      if (copied.next != null) {
        copied.next.values[0]++;
      }
    }
  }

  private static Object nestedConstructors() {
    Chain chain = new Chain(new Chain(new Chain(null, 1), 2, 3), 4);
    new Chain(chain);
    Chain copy = new Chain(new Chain(chain));
    return copy.next.values[0] + "," + copy.values.length + copy.next.next.values[0];
  }

  private static Object exceptions() {
    StringBuilder text = new StringBuilder();
    try {
      try {
        Object[] objects = new String[1];
        objects[0] = 1;
      } catch (ArrayStoreException expected) {
        text.append("store");
        int[] none = null;
        text.append(none[counter * 0]);
      } finally {
        text.append("finally");
      }
    } catch (NullPointerException expected) {
      text.append("null");
    }
    Outer nobody = null;
    try {
      text.append(nobody.value);
    } catch (NullPointerException expected) {
      text.append("field");
    }
    try {
      text.append(new int[1][counter * 0 + 1].length);
    } catch (ArrayIndexOutOfBoundsException expected) {
      text.append("index");
    }
    try {
      synchronized (nobody) {
        text.append("never");
      }
    } catch (NullPointerException expected) {
      text.append("monitor");
    }
    return text;
  }
}
