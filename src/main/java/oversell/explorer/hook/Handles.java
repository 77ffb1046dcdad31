package oversell.explorer.hook;

import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the handles and updaters of fields and elements that woven classes have made stand for. That
 * never changes, so it is kept as long as they are: a class may make one when it is first loaded
 * and use it in each execution. One that is not known here, since it was made of another or by
 * other means, may stand for anything.
 */
final class Handles {
  // None of them takes another for its equal.
  private static final Map<Object, Place> PLACES = new WeakHashMap<>();

  private Handles() {}

  /** Where. */
  enum Where {
    FIELD,
    STATIC_FIELD,
    ELEMENT
  }

  /**
   * What one stands for.
   *
   * @param part of a field, as which part of its object it is announced
   */
  record Place(Where where, int part) {}

  /** What one stands for; null if nobody knows. */
  static @Nullable Place of(@Nullable Object handle) {
    synchronized (PLACES) {
      return PLACES.get(handle);
    }
  }

  /** One stands for a field. */
  static void ofField(@Nullable Object handle, Class<?> owner, String name) {
    Optional<Field> field = field(owner, name);
    // Of any other class methods may touch the field that announce nothing.
    if (handle != null
        && field.isPresent()
        && field.get().getDeclaringClass().getClassLoader() instanceof Woven) {
      String holder = field.get().getDeclaringClass().getName().replace('.', '/');
      boolean isStatic = Modifier.isStatic(field.get().getModifiers());
      put(handle, new Place(isStatic ? Where.STATIC_FIELD : Where.FIELD, part(holder, name)));
    }
  }

  /** One stands for the elements of arrays. */
  static void ofElements(VarHandle handle) {
    put(handle, new Place(Where.ELEMENT, 0));
  }

  private static void put(Object handle, Place place) {
    synchronized (PLACES) {
      PLACES.put(handle, place);
    }
  }

  /** As which part of its object, or of all static fields, a field is announced. */
  static int part(String holder, String name) {
    return (holder + "." + name).hashCode();
  }

  private static Optional<Field> field(Class<?> owner, String name) {
    for (Class<?> at = owner; at != null; at = at.getSuperclass()) {
      try {
        return Optional.of(at.getDeclaredField(name));
      } catch (NoSuchFieldException inherited) {
        // Then one that it inherits from has it.
      }
    }
    return Optional.empty();
  }
}
