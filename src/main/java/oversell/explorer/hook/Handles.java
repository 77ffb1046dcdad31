package oversell.explorer.hook;

import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields, the elements and the code that handles and updaters of woven classes reach. That
 * never changes, so it is kept as long as the handle is: a class may make one when it is loaded and
 * use it in each execution. A handle that is not known here, since it was derived from another one
 * or made by other means, may reach anything.
 */
final class Handles {
  // They have no equals of their own.
  private static final Map<Object, Place> PLACES = new WeakHashMap<>();

  private static final Place CODE = new Place(Where.CODE, 0);

  private Handles() {}

  /** Where. */
  enum Where {
    FIELD,
    STATIC_FIELD,
    ELEMENT,
    /** None, since it calls a method that is woven. */
    CODE
  }

  /**
   * The place that a handle reaches.
   *
   * @param part of a field: the part of its object as which it is announced
   */
  record Place(Where where, int part) {}

  /** The place that a handle reaches; null if it is not known. */
  static @Nullable Place of(@Nullable Object handle) {
    synchronized (PLACES) {
      return PLACES.get(handle);
    }
  }

  /** Records that a handle reaches a field. */
  static void ofField(@Nullable Object handle, Class<?> owner, String name) {
    Optional<Field> field = field(owner, name);
    // Methods of any other class may access the field without an announcement.
    if (handle != null
        && field.isPresent()
        && field.get().getDeclaringClass().getClassLoader() instanceof Woven) {
      String holder = field.get().getDeclaringClass().getName().replace('.', '/');
      boolean isStatic = Modifier.isStatic(field.get().getModifiers());
      put(handle, new Place(isStatic ? Where.STATIC_FIELD : Where.FIELD, part(holder, name)));
    }
  }

  /** Records that a handle reaches the elements of arrays. */
  static void ofElements(VarHandle handle) {
    put(handle, new Place(Where.ELEMENT, 0));
  }

  /**
   * Records that a handle calls a constructor, which announces all that it does, if it is woven.
   */
  static void ofConstructor(@Nullable Object handle, Class<?> owner) {
    if (handle != null && owner.getClassLoader() instanceof Woven) {
      put(handle, CODE);
    }
  }

  /** Records that a handle calls a method, if that or whatever overrides it is woven. */
  static void ofMethod(@Nullable Object handle, Class<?> owner, String name, MethodType type) {
    Class<?> at = owner;
    while (handle != null && at != null && at.getClassLoader() instanceof Woven) {
      try {
        Method unused = at.getDeclaredMethod(name, type.parameterArray());
        put(handle, CODE);
        return;
      } catch (NoSuchMethodException inherited) {
        at = at.getSuperclass();
      }
    }
  }

  static boolean callsWovenCode(Object handle) {
    Place place = of(handle);
    return place != null && place.where() == Where.CODE;
  }

  private static void put(Object handle, Place place) {
    synchronized (PLACES) {
      PLACES.put(handle, place);
    }
  }

  /** The part of its object, or of all static fields, as which a field is announced. */
  static int part(String holder, String name) {
    return (holder + "." + name).hashCode();
  }

  private static Optional<Field> field(Class<?> owner, String name) {
    for (Class<?> at = owner; at != null; at = at.getSuperclass()) {
      try {
        return Optional.of(at.getDeclaredField(name));
      } catch (NoSuchFieldException inherited) {
        // Then a class that it extends declares it.
      }
    }
    return Optional.empty();
  }
}
