package oversell.explorer.control;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Hooks;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Update;
import oversell.explorer.hook.Woven;
import oversell.explorer.schedule.Locations;

/**
 * The bins of a {@link ConcurrentHashMap}, each of which one thread at a time may change. The JDK
 * holds a monitor of its own while it calls the function that computes a value, and a thread that
 * is stopped in there cannot be told from one that is stuck. So such a call is made here as the JDK
 * makes it, with a lock that can be explored: wait for the bin, look, call the function, change the
 * map, let go of the bin. Whoever reads does not wait. What cannot be made exactly as there, such
 * as a table that grows meanwhile, is not under control.
 */
final class Bins {
  private static final @Nullable Field TABLE = field(ConcurrentHashMap.class, "table");
  private static final @Nullable Field SIZE_CONTROL = field(ConcurrentHashMap.class, "sizeCtl");
  private static final @Nullable Field KEY = ofNode("key");
  private static final String INSIDE =
      " (change it before or after that, or explore with Options.inside(\""
          + ConcurrentHashMap.class.getName()
          + "\"))";
  private static final int FIRST_LENGTH = 16;
  // Below this a table may grow because of one long bin.
  private static final int LENGTH_OF_TREES = 64;
  private static final int LONG_BIN = 8;

  private static final Set<String> CHANGES =
      Set.of(
          "put",
          "putIfAbsent",
          "remove",
          "replace",
          "clear",
          "compute",
          "computeIfAbsent",
          "computeIfPresent",
          "merge");
  // Collections of the JDK that change others, which they were given.
  private static final Pattern WRAPPERS =
      Pattern.compile(
          "java\\.util\\.(AbstractMap\\$\\d+|Reverse.*"
              + "|Collections\\$(?!Empty|Singleton|Unmodifiable|CopiesList).*)");
  // Whether objects of a class are such maps, and change in no way of their own.
  private static final ClassValue<Boolean> CHANGES_AS_THE_JDK =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          Class<?> at = type;
          while (at != null && at != ConcurrentHashMap.class) {
            if (Arrays.stream(at.getDeclaredMethods())
                .map(Method::getName)
                .anyMatch(CHANGES::contains)) {
              return false;
            }
            at = at.getSuperclass();
          }
          return at != null;
        }
      };

  // Whether a class of the program keeps its elements as a class of the JDK does that it extends,
  // and has no views of its own.
  private static final ClassValue<Boolean> KEEPS_ITS_OWN =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          Class<?> at = type;
          while (at.getClassLoader() instanceof Woven) {
            if (Arrays.stream(at.getDeclaredMethods())
                .anyMatch(method -> isCollection(method.getReturnType()))) {
              return false;
            }
            at = at.getSuperclass();
          }
          return !Modifier.isAbstract(at.getModifiers()) && at != Object.class;
        }

        private boolean isCollection(Class<?> type) {
          return Collection.class.isAssignableFrom(type)
              || Map.class.isAssignableFrom(type)
              || Iterator.class.isAssignableFrom(type);
        }
      };

  private final Points points;
  private final Locations locations;
  private final List<Bin> held = new ArrayList<>();
  // Whether the program has made a collector that collects into what the program supplies. It may
  // keep that as a constant, for all executions.
  private boolean collectsInto;

  Bins(Points points, Locations locations) {
    this.points = points;
    this.locations = locations;
  }

  /**
   * One that is held.
   *
   * @param reserved whether it was empty then
   */
  private record Bin(Map<?, ?> map, int index, Task owner, boolean reserved) {}

  /** A bin that a thread needs, to change what a key is mapped to. */
  private final class Access implements Task.Wanted {
    private final Map<?, ?> map;
    private final Object key;
    private final boolean onlyIfAbsent;

    Access(Map<?, ?> map, Object key, boolean onlyIfAbsent) {
      this.map = map;
      this.key = key;
      this.onlyIfAbsent = onlyIfAbsent;
    }

    @Override
    public boolean isFreeFor(Task task) {
      Optional<Bin> bin = bin();
      return bin.isEmpty()
          || bin.get().owner() == task
          || (onlyIfAbsent && !bin.get().reserved() && key.equals(firstKey(map, index(map, key))));
    }

    Optional<Bin> bin() {
      for (Bin bin : held) {
        if (is(bin.map(), map) && bin.index() == index(map, key)) {
          return Optional.of(bin);
        }
      }
      return Optional.empty();
    }

    @Override
    public long location() {
      return locations.of(map, 0);
    }

    @Override
    public Optional<Thread> holder() {
      return bin().map(bin -> bin.owner().thread);
    }

    @Override
    public String toString() {
      return "a bin of a ConcurrentHashMap";
    }
  }

  void clear() {
    held.clear();
  }

  /** Whether calls for that key are made here. */
  static boolean knows(Map<?, ?> map, @Nullable Object key) {
    return CHANGES_AS_THE_JDK.get(map.getClass())
        && TABLE != null
        && SIZE_CONTROL != null
        && KEY != null
        && Keys.isPlain(key);
  }

  void collectInto() {
    collectsInto = true;
  }

  /** Whether some thread is in the middle of changing such a map. */
  boolean areHeld() {
    return !held.isEmpty();
  }

  /** Whether some thread is in the middle of changing this one. */
  boolean areHeld(Map<?, ?> map) {
    return held.stream().anyMatch(bin -> is(bin.map(), map));
  }

  /** Changes what a key is mapped to by a call that calls nobody back. */
  <T> T write(
      Task task, Map<?, ?> map, Object key, boolean onlyIfAbsent, Supplier<T> call, int site) {
    Access access = new Access(map, key, onlyIfAbsent);
    enter(task, access, site);
    access.bin().filter(bin -> bin.owner() == task).ifPresent(bin -> throwRecursive(bin, site));
    throwIfItMayGrow(map, key, site);
    return call.get();
  }

  /** Changes what a key is mapped to by a function. */
  @Nullable Object compute(
      Task task, Map<Object, @Nullable Object> map, Object key, Update update, int site) {
    Access access = new Access(map, key, update.isOnlyIfAbsent());
    enter(task, access, site);
    Object old = Raw.get(map, key);
    access.bin().filter(bin -> bin.owner() == task).ifPresent(bin -> throwRecursive(bin, site));
    if (!update.callsFor(old)) {
      Object unchanged = update.without(old);
      if (unchanged != null && old == null) {
        throwIfItMayGrow(map, key, site);
        Raw.put(map, key, unchanged);
      }
      return unchanged;
    }
    makeTable(map, key);
    int index = index(map, key);
    Bin bin = new Bin(map, index, task, first(map, index) == null);
    int before = points.scheduler().steps.trace.length();
    held.add(bin);
    Object computed = null;
    boolean returned = false;
    try {
      computed = update.function().apply(key, old);
      returned = true;
    } finally {
      if (points.scheduler().isDropped()) {
        held.remove(bin);
      } else {
        if (points.scheduler().steps.trace.length() != before) {
          points.pass(task, Operation.CALL, site);
        }
        points.scheduler().steps.touch(0, access.location());
        held.remove(bin);
        if (computed != null) {
          throwIfItMayGrow(map, key, site);
          Raw.put(map, key, computed);
        } else if (returned) {
          Raw.remove(map, key);
        }
      }
    }
    return computed;
  }

  /** The JDK makes the table before it calls a function. */
  private static void makeTable(Map<?, ?> map, Object key) {
    if (get(TABLE, map) == null) {
      Raw.put(map, key, key);
      Raw.remove(map, key);
    }
  }

  private void enter(Task task, Access access, int site) {
    boolean isPoint = points.isPoint(Operation.CALL);
    if (isPoint || !access.isFreeFor(task)) {
      if (!isPoint) {
        // The step that found it taken goes on to here.
        points.scheduler().steps.touch(0, access.location());
      }
      points.scheduler().tasks.want(task, access);
      points.passWhenFree(task, site);
    }
    points.scheduler().steps.touch(0, access.location());
  }

  private void throwRecursive(Bin bin, int site) {
    if (bin.reserved()) {
      throw new IllegalStateException("Recursive update");
    }
    throw escape(site, "a ConcurrentHashMap that is changed while it computes a value" + INSIDE);
  }

  /** Whoever lets the table grow waits for each of its bins. */
  private void throwIfItMayGrow(Map<?, ?> map, Object key, int site) {
    if (!areHeld(map) || Raw.get(map, key) != null) {
      return;
    }
    int length = length(map);
    int size = Raw.size(map);
    if (size + 1 >= sizeControl(map) || (size >= LONG_BIN && length < LENGTH_OF_TREES)) {
      throw escape(
          site, "a ConcurrentHashMap that grows while it computes a value (make it larger)");
    }
  }

  /** Some change of a map is about to be made that may be one of any key. */
  void throwIfHeld(Map<?, ?> map, int site) {
    if (areHeld(map)) {
      throw escape(site, "a change of a ConcurrentHashMap that computes a value" + INSIDE);
    }
  }

  /** Whether code that announces nothing can change one that computes, if it has this object. */
  boolean mayChangeBy(@Nullable Object object) {
    return mayChangeBy(object, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private boolean mayChangeBy(@Nullable Object object, Set<Object> seen) {
    if (object == null || !seen.add(object)) {
      return false;
    }
    return switch (object) {
      case ConcurrentHashMap<?, ?> map -> areHeld(map);
      case Object[] several ->
          Arrays.stream(several).anyMatch(element -> mayChangeBy(element, seen));
      // It may have been given one of its arguments before.
      case MethodHandle handle -> !Hooks.callsWovenCode(handle);
      default -> {
        Class<?> type = object.getClass();
        if (type.getClassLoader() instanceof Woven) {
          // What the JDK does with it may be done to whatever that returns.
          yield isOfCollections(object) && !KEEPS_ITS_OWN.get(type);
        }
        String name = type.getName();
        if (name.startsWith(ConcurrentHashMap.class.getName() + "$")) {
          yield mayChangeByFields(object, field -> field.getName().equals("map"), seen);
        }
        if (name.startsWith(Collectors.class.getName())) {
          yield collectsInto;
        }
        yield WRAPPERS.matcher(name).matches()
            ? mayChangeByFields(object, field -> true, seen)
            : !name.startsWith("java.") && !name.startsWith("javax.");
      }
    };
  }

  private static boolean isOfCollections(Object object) {
    return object instanceof Map
        || object instanceof Collection
        || object instanceof Iterator
        || object instanceof Map.Entry;
  }

  private boolean mayChangeByFields(Object object, Predicate<Field> looked, Set<Object> seen) {
    for (Class<?> at = object.getClass(); at != null; at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && !field.getType().isPrimitive()
            && looked.test(field)
            && (!field.trySetAccessible() || mayChangeBy(get(field, object), seen))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Of a call that may change one that computes by code that announces nothing. */
  Engine.Dropped escapeWhileComputing(int site, String what) {
    return escape(
        site,
        what
            + " while a ConcurrentHashMap computes a value, which may be a change of that map"
            + INSIDE);
  }

  Engine.Dropped escape(int site, String what) {
    points.scheduler().escape(site, what);
    return points.scheduler().drop(Engine.Ending.ESCAPED);
  }

  // A map is itself, whatever it takes for its equal.
  @SuppressWarnings("ReferenceEquality")
  private static boolean is(Map<?, ?> one, Map<?, ?> other) {
    return one == other;
  }

  private static int index(Map<?, ?> map, Object key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (length(map) - 1);
  }

  private static int length(Map<?, ?> map) {
    Object table = get(TABLE, map);
    int begins = sizeControl(map);
    return table != null ? Array.getLength(table) : begins > 0 ? begins : FIRST_LENGTH;
  }

  private static int sizeControl(Map<?, ?> map) {
    return get(SIZE_CONTROL, map) instanceof Integer size ? size : 0;
  }

  /** The key of the first node of a bin; null if there is none, or that is a tree. */
  private static @Nullable Object firstKey(Map<?, ?> map, int index) {
    Object first = first(map, index);
    return first == null ? null : get(KEY, first);
  }

  private static @Nullable Object first(Map<?, ?> map, int index) {
    Object table = get(TABLE, map);
    return table == null ? null : Array.get(table, index);
  }

  /** The methods of the JDK's map, past those that a class which extends it may have. */
  private static final class Raw {
    private static final MethodHandle GET = of("get", Object.class, Object.class);
    private static final MethodHandle PUT = of("put", Object.class, Object.class, Object.class);
    private static final MethodHandle REMOVE = of("remove", Object.class, Object.class);
    private static final MethodHandle SIZE = of("size", int.class);

    private Raw() {}

    private static MethodHandle of(String name, Class<?> result, Class<?>... arguments) {
      Class<?> type = ConcurrentHashMap.class;
      try {
        MethodHandle method =
            MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                .findSpecial(type, name, MethodType.methodType(result, arguments), type);
        return method.asType(method.type().changeParameterType(0, Map.class));
      } catch (ReflectiveOperationException closed) {
        throw new IllegalStateException(
            "a ConcurrentHashMap cannot be explored without " + Engine.FLAGS, closed);
      }
    }

    private static IllegalStateException impossible(Throwable thrown) {
      if (thrown instanceof Error error) {
        throw error;
      }
      return new IllegalStateException(thrown);
    }

    static @Nullable Object get(Map<?, ?> map, Object key) {
      try {
        return (Object) GET.invokeExact(map, key);
      } catch (Throwable thrown) {
        throw impossible(thrown);
      }
    }

    static void put(Map<?, ?> map, Object key, Object value) {
      try {
        Object unused = (Object) PUT.invokeExact(map, key, value);
      } catch (Throwable thrown) {
        throw impossible(thrown);
      }
    }

    static void remove(Map<?, ?> map, Object key) {
      try {
        Object unused = (Object) REMOVE.invokeExact(map, key);
      } catch (Throwable thrown) {
        throw impossible(thrown);
      }
    }

    static int size(Map<?, ?> map) {
      try {
        return (int) SIZE.invokeExact(map);
      } catch (Throwable thrown) {
        throw impossible(thrown);
      }
    }
  }

  private static @Nullable Object get(@Nullable Field field, Object of) {
    try {
      return field == null ? null : field.get(of);
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException(closed);
    }
  }

  private static @Nullable Field field(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      return field.trySetAccessible() ? field : null;
    } catch (NoSuchFieldException other) {
      return null;
    }
  }

  private static @Nullable Field ofNode(String name) {
    try {
      return field(Class.forName(ConcurrentHashMap.class.getName() + "$Node"), name);
    } catch (ClassNotFoundException other) {
      return null;
    }
  }
}
