package oversell.explorer.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is in arrays and in collections of the JDK, which is asked, too, whoever asks those for
 * their text, for their hash code, or whether they equal others. Only of those that can be gone
 * through without code of the program, and without a monitor.
 */
final class Contents {
  private static final int DEPTH = 3;
  private static final Pattern PLAIN =
      Pattern.compile(
          "java\\.util\\.(ArrayList|LinkedList|ArrayDeque|PriorityQueue|(Linked)?HashMap|TreeMap|EnumMap"
              + "|(Linked)?HashSet|TreeSet|ImmutableCollections\\$.*|Arrays\\$ArrayList|KeyValueHolder"
              + "|Collections\\$Singleton.*|AbstractMap\\$Simple.*)"
              + "|java\\.util\\.concurrent\\.(CopyOnWriteArray(List|Set)|ConcurrentHashMap(\\$\\w+View)?"
              + "|ConcurrentSkipList(Map|Set)|ConcurrentLinked(Queue|Deque)"
              + "|(Array|Linked)Blocking(Queue|Deque))");
  private static final ClassValue<Boolean> IS_PLAIN =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return PLAIN.matcher(type.getName()).matches();
        }
      };

  private Contents() {}

  /** All that is in there, but not the object itself. */
  static List<Object> of(@Nullable Object object) {
    if (object == null || !hasAny(object)) {
      return List.of();
    }
    List<Object> found = new ArrayList<>();
    addIn(object, DEPTH, found);
    return found;
  }

  /** Whether it is of a kind that may have something in it, which is asked whenever it is. */
  static boolean hasAny(Object object) {
    return object instanceof Object[]
        || object instanceof Collection
        || object instanceof Map
        || object instanceof Map.Entry
        || object instanceof Optional
        || object instanceof AtomicReference;
  }

  private static void addIn(Object object, int depth, List<Object> found) {
    if (object instanceof Object[] array) {
      addAll(Arrays.asList(array), depth, found);
    } else if (object instanceof Optional<?> optional) {
      optional.ifPresent(one -> add(one, depth, found));
    } else if (object instanceof AtomicReference<?> reference) {
      add(reference.getPlain(), depth, found);
    } else {
      addInCollection(object, depth, found);
    }
  }

  private static void addInCollection(Object object, int depth, List<Object> found) {
    Object whole = Wholes.of(object);
    Object collection = whole == null ? object : whole;
    if (!IS_PLAIN.get(collection.getClass())) {
      return;
    }
    if (collection instanceof Collection<?> elements) {
      addAll(elements, depth, found);
    } else if (collection instanceof Map.Entry<?, ?> entry) {
      add(entry.getKey(), depth, found);
      add(entry.getValue(), depth, found);
    } else if (collection instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        add(entry.getKey(), depth, found);
        add(entry.getValue(), depth, found);
      }
    }
  }

  private static void addAll(Collection<?> elements, int depth, List<Object> found) {
    for (Object element : elements) {
      add(element, depth, found);
    }
  }

  private static void add(@Nullable Object one, int depth, List<Object> found) {
    // Most have none.
    if (one != null && !(one instanceof String) && !(one instanceof Number)) {
      found.add(one);
      if (depth > 1 && hasAny(one)) {
        addIn(one, depth - 1, found);
      }
    }
  }
}
