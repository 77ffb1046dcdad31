package oversell.explorer.hook;

import java.lang.reflect.Method;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes call to add several elements to a collection, or several entries to a map, to
 * ask for several, or for the first or the last one. Where the JDK does that by several calls of
 * the collection, and another thread may come between them, each is a step of its own.
 */
public final class CollectionHooks {
  private static final Set<Class<?>> ONE_BY_ONE =
      Set.of(
          AbstractCollection.class,
          AbstractQueue.class,
          ConcurrentHashMap.KeySetView.class,
          ConcurrentHashMap.KeySetView.class.getSuperclass(),
          AbstractMap.class,
          ConcurrentHashMap.class);
  // Of collections that may be for several threads.
  private static final Pattern VIEWS =
      Pattern.compile(
          "java\\.util\\.Collections\\$(SetFromMap|AsLIFOQueue|Unmodifiable.*|Checked.*)");
  private static final ClassValue<Boolean> ADDS_ONE_BY_ONE =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isOneByOne(type, "addAll", Collection.class);
        }
      };
  private static final ClassValue<Boolean> PUTS_ONE_BY_ONE =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isOneByOne(type, "putAll", Map.class);
        }
      };

  private static final ClassValue<Boolean> CONTAINS_ONE_BY_ONE =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isOneByOne(type, "containsAll", Collection.class)
              || VIEWS.matcher(type.getName()).matches();
        }
      };
  private static final Set<Class<?>> LISTS_AND_SETS =
      Set.of(List.class, NavigableSet.class, SortedSet.class);

  // Of getFirst and its like those that a class has from an interface, which makes several calls.
  private static final ClassValue<Set<String>> INHERITED =
      new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> type) {
          return inherited(type);
        }
      };

  private CollectionHooks() {}

  private static Set<String> inherited(Class<?> type) {
    Set<String> inherited = new HashSet<>();
    for (Method method : type.getMethods()) {
      Class<?> declaring = method.getDeclaringClass();
      boolean isOne = method.getParameterCount() == 0 && !method.isBridge();
      if (isOne && LISTS_AND_SETS.contains(declaring)) {
        inherited.add(method.getName());
      }
    }
    return inherited;
  }

  /** Of a class for several threads that does it as most do. */
  private static boolean isOneByOne(Class<?> type, String method, Class<?> parameter) {
    Class<?> ofJdk = type;
    while (ofJdk.getClassLoader() != null) {
      ofJdk = ofJdk.getSuperclass();
    }
    try {
      return (ofJdk.getPackageName().equals("java.util.concurrent")
              || VIEWS.matcher(ofJdk.getName()).matches())
          && ONE_BY_ONE.contains(type.getMethod(method, parameter).getDeclaringClass());
    } catch (NoSuchMethodException none) {
      return false;
    }
  }

  /** As {@code Collections.addAll}, which does it so whatever the collection is. */
  public static boolean addAll(
      Collection<@Nullable Object> collection, @Nullable Object[] elements, int site) {
    boolean changed = false;
    for (int i = 0; i < elements.length; i++) {
      Hooks.read(elements, i, site);
      changed |= add(collection, elements[i], site);
    }
    return changed;
  }

  // A queue refuses to be added to itself, whatever it takes for its equal.
  @SuppressWarnings({"unchecked", "ReferenceEquality"})
  public static boolean addAll(Object receiver, Collection<?> elements, int site) {
    Collection<@Nullable Object> collection =
        (Collection<@Nullable Object>) Objects.requireNonNull(receiver);
    boolean unused = Hooks.controller.dispatch(collection, new Object[] {elements}, site);
    @Nullable Object[] all;
    try {
      if (collection == elements || !ADDS_ONE_BY_ONE.get(collection.getClass())) {
        return collection.addAll(elements);
      }
      all = elements.toArray();
    } finally {
      Hooks.leftDispatched();
    }
    boolean changed = false;
    for (Object element : all) {
      changed |= add(collection, element, site);
    }
    return changed;
  }

  /** As the JDK does it for most: it asks for one after the other. */
  public static boolean containsAll(Object receiver, Collection<?> elements, int site) {
    Collection<?> collection = (Collection<?>) Objects.requireNonNull(receiver);
    boolean unused = Hooks.controller.dispatch(collection, new Object[] {elements}, site);
    @Nullable Object[] all;
    try {
      if (!CONTAINS_ONE_BY_ONE.get(collection.getClass())) {
        return collection.containsAll(elements);
      }
      all = elements.toArray();
    } finally {
      Hooks.leftDispatched();
    }
    for (Object element : all) {
      if (!contains(collection, element, site)) {
        return false;
      }
    }
    return true;
  }

  private static boolean contains(Collection<?> collection, @Nullable Object element, int site) {
    boolean unused = Hooks.controller.dispatch(collection, new Object[] {element}, site);
    try {
      return collection.contains(element);
    } finally {
      Hooks.leftDispatched();
    }
  }

  /** A list that inherits it asks first whether it is empty. */
  public static @Nullable Object getFirst(Object receiver, int site) {
    return inherits(receiver, "getFirst") && receiver instanceof List<?> list
        ? of(list, site, () -> list.get(0))
        : step(receiver, site, ((SequencedCollection<?>) receiver)::getFirst);
  }

  /** The same, and then for its size. */
  public static @Nullable Object getLast(Object receiver, int site) {
    return inherits(receiver, "getLast") && receiver instanceof List<?> list
        ? ofLast(list, site, list::get)
        : step(receiver, site, ((SequencedCollection<?>) receiver)::getLast);
  }

  public static @Nullable Object removeFirst(Object receiver, int site) {
    SequencedCollection<?> collection = (SequencedCollection<?>) Objects.requireNonNull(receiver);
    if (!inherits(receiver, "removeFirst")) {
      return step(receiver, site, collection::removeFirst);
    }
    return switch (collection) {
      case List<?> list -> of(list, site, () -> list.remove(0));
      case NavigableSet<?> set -> of(set, site, set::pollFirst);
      default -> removeFrom(collection, site, collection::getFirst);
    };
  }

  public static @Nullable Object removeLast(Object receiver, int site) {
    SequencedCollection<?> collection = (SequencedCollection<?>) Objects.requireNonNull(receiver);
    if (!inherits(receiver, "removeLast")) {
      return step(receiver, site, collection::removeLast);
    }
    return switch (collection) {
      case List<?> list -> ofLast(list, site, index -> list.remove(index));
      case NavigableSet<?> set -> of(set, site, set::pollLast);
      default -> removeFrom(collection, site, collection::getLast);
    };
  }

  /** Of a sorted set. */
  private static <R extends @Nullable Object> R removeFrom(
      Collection<?> set, int site, Supplier<R> look) {
    R found = step(set, site, look);
    boolean unused = step(set, site, () -> set.remove(found));
    return found;
  }

  private static boolean inherits(Object receiver, String method) {
    return INHERITED.get(Objects.requireNonNull(receiver).getClass()).contains(method);
  }

  private static <R extends @Nullable Object> R of(
      Collection<?> collection, int site, Supplier<R> call) {
    if (step(collection, site, collection::isEmpty)) {
      throw new NoSuchElementException();
    }
    return step(collection, site, call);
  }

  private static <R extends @Nullable Object> R ofLast(
      List<?> list, int site, IntFunction<R> call) {
    int size = of(list, site, list::size);
    return step(list, site, () -> call.apply(size - 1));
  }

  private static <R extends @Nullable Object> R step(Object receiver, int site, Supplier<R> call) {
    boolean unused = Hooks.controller.dispatch(receiver, new Object[0], site);
    try {
      return call.get();
    } finally {
      Hooks.leftDispatched();
    }
  }

  private static boolean add(
      Collection<@Nullable Object> collection, @Nullable Object element, int site) {
    boolean unused = Hooks.controller.dispatch(collection, new Object[] {element}, site);
    try {
      return collection.add(element);
    } finally {
      Hooks.leftDispatched();
    }
  }

  @SuppressWarnings("unchecked")
  public static void putAll(Object receiver, Map<?, ?> entries, int site) {
    Map<Object, Object> map = (Map<Object, Object>) Objects.requireNonNull(receiver);
    boolean unused = Hooks.controller.dispatch(map, new Object[] {entries}, site);
    List<Object> keys = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    try {
      if (!PUTS_ONE_BY_ONE.get(map.getClass())) {
        map.putAll(entries);
        return;
      }
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        keys.add(entry.getKey());
        values.add(entry.getValue());
      }
    } finally {
      Hooks.leftDispatched();
    }
    for (int i = 0; i < keys.size(); i++) {
      Object key = keys.get(i);
      Object value = values.get(i);
      Object unusedOld = Hooks.controller.change(map, false, () -> map.put(key, value), site, key);
    }
  }
}
