package oversell.explorer.hook;

import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes call to add several elements to a collection, or several entries to a map.
 * Where the JDK adds one after the other, and another thread may see some of them before the rest,
 * each is a step of its own.
 */
public final class CollectionHooks {
  private static final Set<Class<?>> ONE_BY_ONE =
      Set.of(
          AbstractCollection.class,
          AbstractQueue.class,
          ConcurrentHashMap.KeySetView.class,
          AbstractMap.class,
          ConcurrentHashMap.class);
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

  private CollectionHooks() {}

  /** Of a class for several threads that does it as most do. */
  private static boolean isOneByOne(Class<?> type, String method, Class<?> parameter) {
    Class<?> ofJdk = type;
    while (ofJdk.getClassLoader() != null) {
      ofJdk = ofJdk.getSuperclass();
    }
    try {
      return ofJdk.getPackageName().equals("java.util.concurrent")
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
