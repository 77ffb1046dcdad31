package oversell.explorer.hook;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What calls of the JDK return that belongs to what they are made on: a view of a map, an entry, an
 * iterator, a stream. That holds for classes of the JDK alone: what a woven class overrides may
 * return anything.
 */
final class Parts {
  // A stream goes through these themselves, and waits for nobody.
  private static final String SOURCES =
      "java\\.util\\.((Array|Linked)List|ArrayDeque|(Linked)?HashSet|TreeSet"
          + "|ImmutableCollections\\$List(12|N)|(Linked)?HashMap\\$\\w+|TreeMap\\$(KeySet|Values|EntrySet)"
          + "|concurrent\\.(CopyOnWriteArrayList|ConcurrentHashMap\\$\\w+View)|stream\\..*)";
  private static final String CONSTANTS = "java\\.util\\.ImmutableCollections\\$(?!Stable).*";
  private static final String ENTRIES =
      "java\\.util\\.((Linked)?HashMap\\$\\w+|TreeMap\\$Entry|concurrent\\.ConcurrentHashMap\\$MapEntry)";
  private static final String ENTRY_ITERATORS = "java\\.util\\..*Map\\$(Linked)?EntryIterator";

  private static final Named OF_JDK = new Named("java\\.util\\..*");
  private static final Named IS_SOURCE = new Named(SOURCES);
  private static final Named IS_CONSTANT = new Named(CONSTANTS);
  private static final Named IS_ENTRY = new Named(ENTRIES);
  private static final Named IS_ENTRIES = new Named("java\\.util\\..*Map\\$\\w*EntrySet(View)?");
  private static final Named REACHES_ENTRIES = new Named(ENTRY_ITERATORS);

  private Parts() {}

  /** Classes, by their names. */
  private static final class Named extends ClassValue<Boolean> {
    private final Pattern names;

    Named(String names) {
      this.names = Pattern.compile(names);
    }

    @Override
    protected Boolean computeValue(Class<?> type) {
      return names.matcher(type.getName()).matches();
    }

    boolean has(@Nullable Object object) {
      return object != null && get(object.getClass());
    }
  }

  static void madeView(@Nullable Object view, Object map) {
    if (view != null && OF_JDK.has(view) && OF_JDK.has(map)) {
      var unused = Hooks.controller.alias(map, view);
    }
    if (view instanceof Set<?> set && IS_ENTRIES.has(set)) {
      Hooks.controller.showEntries(set, map);
    }
  }

  /** An iterator has returned an element. */
  static void reachedEntry(@Nullable Object element, Object iterator) {
    if (element instanceof Map.Entry && IS_ENTRY.has(element) && REACHES_ENTRIES.has(iterator)) {
      Hooks.controller.derive(element, iterator);
      var unused = Hooks.controller.alias(iterator, element);
    }
  }

  static void madeIterator(@Nullable Object iterator, Object collection) {
    if (iterator != null && OF_JDK.has(iterator) && OF_JDK.has(collection)) {
      Hooks.controller.part(IS_CONSTANT.has(collection) ? null : collection, iterator);
    }
  }

  /** A stream has been made; of no object by a static method, and then its source is constant. */
  static void madeStream(@Nullable Object stream, @Nullable Object source) {
    if (stream != null && source != null) {
      Hooks.controller.derive(stream, source);
    }
    if (stream != null && OF_JDK.has(stream) && (source == null || IS_SOURCE.has(source))) {
      Hooks.controller.part(IS_CONSTANT.has(source) ? null : source, stream);
    }
  }
}
