package oversell.adversary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * What threads of a program share: its declaration in Java, what the interpreter keeps of it, and
 * how the final state of both is told. A {@code @} stands for {@code volatile} where the program is
 * run on real threads, which see no stale values then.
 */
enum Thing {
  FIELDS("@ int a; @ int b;", "31 * a + b", m -> 31 * i(m, "a") + i(m, "b"), "a", 0, "b", 0),
  VOLATILE("volatile int v;", "v", m -> i(m, "v"), "v", 0),
  ELEMENTS(
      "final int[] e = new int[2];",
      "31 * e[0] + e[1]",
      m -> 31 * i(m, "e0") + i(m, "e1"),
      "e0",
      0,
      "e1",
      0),
  REFERENCES(
      "final Integer[] x = {1, 2};",
      "31 * x[0] + x[1]",
      m -> 31 * i(m, "x0") + i(m, "x1"),
      "x0",
      1,
      "x1",
      2),
  STATICS(
      "static @ int s; static volatile int sv; { s = 0; sv = 0; }",
      "31 * s + sv",
      m -> 31 * i(m, "s") + i(m, "sv"),
      "s",
      0,
      "sv",
      0),
  CLASS("", "0", m -> 0, "class", Code.Owned.NOBODY),
  KEPT(
      """
      static @ int k = 1; static final AtomicInteger KC = new AtomicInteger();
      static final ConcurrentHashMap<Integer, Integer> KM = new ConcurrentHashMap<>();
      static final IntSupplier KS = KC::incrementAndGet;""",
      "31 * (31 * k + KC.get()) + KM.hashCode()",
      m -> 31 * (31 * i(m, "k") + i(m, "KC")) + m.apply("KM").hashCode(),
      "k",
      1,
      "KC",
      0,
      "KM",
      Map.of()),
  HOLDERS("$HOLDERS", "0", m -> 0, "H0", 0, "H0.x", 0, "H1", 0, "H1.x", 0),
  BOX(
      """
      static class Box {
        @ int p; @ int q; Box() {} Box(int v) { p = v; q = v + 1; } int f() { return -5; }
        @Override public int hashCode() { return 31 * p + q; }
        @Override public String toString() { return p + "," + q; }
        @Override public boolean equals(Object o) {
          return o instanceof Box x && p == x.p && q == x.q; }
      }
      """,
      "0",
      m -> 0),
  REFERENCE(
      "volatile Box r;",
      "r == null ? 0 : 31 * r.p + r.q",
      m ->
          m.apply("r").equals(-1)
              ? 0
              : 31 * i(m, "box" + m.apply("r") + ".p") + i(m, "box" + m.apply("r") + ".q"),
      "r",
      -1),
  LEAKY(
      """
      static class Leaky extends Box { Leaky(P w, int v) { w.r = this; p = v; q = p + v; } }
      static class Leaks extends Box { Leaks(P w) { w.r = this; } }
      static class LeakyBefore extends Leaks {
        LeakyBefore(P w, int v) { super(w); p = v; q = p + v; } }
      static class LeakyFinal extends Box { final int f;
        LeakyFinal(P w, int v) { w.r = this; f = v; } int f() { return f; } }
      """,
      "0",
      m -> 0),
  FIXED(
      "final Box fixed = new Box(1); final Box other = new Box(1);",
      "31 * fixed.p + fixed.q",
      m -> 31 * i(m, "fixed.p") + i(m, "fixed.q"),
      "fixed.p",
      1,
      "fixed.q",
      2,
      "other.p",
      1,
      "other.q",
      2),
  LIST(
      """
      final ArrayList<Integer> list = new ArrayList<>();
      final ArrayList<Integer> list2 = new ArrayList<>();""",
      "31 * list.hashCode() + list2.hashCode()",
      m -> 31 * list(m, "list").hashCode() + list(m, "list2").hashCode(),
      "list",
      Items.NONE,
      "list2",
      Items.NONE),
  VIEW("final List<Integer> view = Collections.unmodifiableList(list);", "0", m -> 0),
  RECORDS_OF_LISTS(
      """
      record Rec(ArrayList<Integer> l) {}
      final Rec rec = new Rec(list); final Rec rec2 = new Rec(list2);""",
      "0",
      m -> 0),
  RECORDS_OF_BOXES(
      """
      record Rob(Box b) {}
      final Rob rob = new Rob(fixed); final Rob rob2 = new Rob(other);""",
      "0",
      m -> 0),
  MAP(
      "final HashMap<Integer, Integer> map = new HashMap<>();",
      "map.hashCode()",
      m -> ((Entries) m.apply("map")).map.hashCode(),
      "map",
      Entries.NONE),
  DEQUE(
      "final ArrayDeque<Integer> deque = new ArrayDeque<>();",
      "new ArrayList<>(deque).hashCode()",
      m -> m.apply("deque").hashCode(),
      "deque",
      List.of()),
  CONCURRENT(
      "final ConcurrentHashMap<Integer, Integer> chm = new ConcurrentHashMap<>();",
      "chm.hashCode()",
      m -> m.apply("chm").hashCode(),
      "chm",
      Map.of()),
  ATOMICS(
      "final AtomicInteger c = new AtomicInteger(); final AtomicInteger d = new AtomicInteger();",
      "31 * c.get() + d.get()",
      m -> 31 * i(m, "c") + i(m, "d"),
      "c",
      0,
      "d",
      0),
  ATOMIC_ELEMENTS(
      "final AtomicIntegerArray q = new AtomicIntegerArray(2);",
      "31 * q.get(0) + q.get(1)",
      m -> 31 * i(m, "q0") + i(m, "q1"),
      "q0",
      0,
      "q1",
      0),
  HANDLES(
      """
      volatile int n;
      static final VarHandle N;
      static {
        try { N = MethodHandles.lookup().findVarHandle(P.class, "n", int.class); }
        catch (ReflectiveOperationException impossible) { throw new Error(impossible); }
      }
      """,
      "n",
      m -> i(m, "n"),
      "n",
      0),
  HANDLE_OF_ELEMENTS(
      "static final VarHandle E = MethodHandles.arrayElementVarHandle(int[].class);", "0", m -> 0),
  UPDATER(
      """
      volatile int u;
      static final AtomicIntegerFieldUpdater<P> U =
          AtomicIntegerFieldUpdater.newUpdater(P.class, "u");""",
      "u",
      m -> i(m, "u"),
      "u",
      0),
  BUILDER(
      "final StringBuilder sb = new StringBuilder();",
      "sb.toString().hashCode()",
      m -> m.apply("sb").hashCode(),
      "sb",
      ""),
  MONITORS(
      "final Object m = new Object(); final Object o = new Object();",
      "0",
      m -> 0,
      "m",
      Code.Owned.NOBODY,
      "o",
      Code.Owned.NOBODY),
  THIS("", "0", m -> 0, "this", Code.Owned.NOBODY),
  LOCKS(
      """
      final ReentrantLock l = new ReentrantLock(); final ReentrantLock t = new ReentrantLock();
      final Condition lc = l.newCondition();""",
      "0",
      m -> 0,
      "l",
      Code.Owned.NOBODY,
      "t",
      Code.Owned.NOBODY,
      "l.waiters",
      List.of(),
      "l.queue",
      List.of()),
  SEMAPHORE("final Semaphore f = new Semaphore(1);", "0", m -> 0, "f", 1);

  final String declaration;
  final String stockJava;
  final ToIntFunction<Function<String, Object>> stock;
  final Map<String, Object> slots = new LinkedHashMap<>();

  Thing(
      String declaration,
      String stockJava,
      ToIntFunction<Function<String, Object>> stock,
      Object... slots) {
    this.declaration = declaration;
    this.stockJava = stockJava;
    this.stock = stock;
    for (int i = 0; i < slots.length; i += 2) {
      this.slots.put((String) slots[i], slots[i + 1]);
    }
  }

  /** Whether it is a part of the final state. */
  boolean isTold() {
    return !stockJava.equals("0");
  }

  /** Whether real threads can use it at the same time without breaking it. */
  boolean isThreadSafe() {
    return switch (this) {
      case LIST, VIEW, RECORDS_OF_LISTS, MAP, DEQUE, BUILDER, ELEMENTS, REFERENCES -> false;
      default -> true;
    };
  }

  /** Of an ArrayList: an iterator compares how often its structure was changed. */
  record Items(List<Object> items, int changes) {
    static final Items NONE = new Items(List.of(), 0);
  }

  /** Of a HashMap. */
  record Entries(Map<Integer, Integer> map, int changes) {
    static final Entries NONE = new Entries(Map.of(), 0);

    Entries put(int key, int value) {
      return new Entries(with(map, key, value), changes + (map.containsKey(key) ? 0 : 1));
    }
  }

  static List<Object> plus(List<?> list, Object last) {
    List<Object> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  static Map<Integer, Integer> with(Map<Integer, Integer> map, int key, int value) {
    Map<Integer, Integer> changed = new TreeMap<>(map);
    changed.put(key, value);
    return changed;
  }

  static Map<Integer, Integer> without(Map<Integer, Integer> map, int key) {
    Map<Integer, Integer> changed = new TreeMap<>(map);
    changed.remove(key);
    return changed;
  }

  private static int i(Function<String, Object> memory, String name) {
    return (int) memory.apply(name);
  }

  private static List<Object> list(Function<String, Object> memory, String name) {
    return ((Items) memory.apply(name)).items;
  }
}
