package oversell.explorer.control;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Calendar;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.NotThreadSafe;
import oversell.explorer.hook.NotThreadSafe.Effect;
import oversell.explorer.schedule.ObjectUse.Access;

/**
 * What objects of the JDK are views, wrappers or iterators of. Who calls one of them uses that, and
 * so does whoever calls another one of the same.
 */
final class Wholes {
  // The views of arrays are of these.
  private static final String ARRAYS = "java.util.Arrays";
  private static final String REVERSED = "java.util.ReverseOrder";
  private static final String WRAPPERS = "java.util.Collections$Synchronized";
  // Names of fields of these classes that have what they are of, if it is a collection or a map.
  private static final Set<String> NAMES =
      Set.of(
          "al",
          "base",
          "c",
          "coll",
          "collection",
          "deq",
          "i",
          "it",
          "itr",
          "list",
          "m",
          "map",
          "q",
          "root",
          "tree");

  // Whether a map is ordered by when its keys were looked up.
  private static final Field ACCESS_ORDER = field(LinkedHashMap.class, "accessOrder");
  // Whether a calendar has computed all that it can be asked for.
  private static final Field TIME_SET = field(Calendar.class, "isTimeSet");
  private static final Field FIELDS_SET = field(Calendar.class, "areAllFieldsSet");

  private static final ClassValue<Part> PARTS =
      new ClassValue<>() {
        @Override
        protected Part computeValue(Class<?> type) {
          return new Part(
              NotThreadSafe.of(type).isPresent(),
              NotThreadSafe.isPiecewise(type),
              NotThreadSafe.isOther(type),
              NotThreadSafe.cursor(type).isPresent(),
              type.getName().startsWith(WRAPPERS),
              NotThreadSafe.locksItself(type),
              hasEquals(type),
              NotThreadSafe.locksItself(type) ? null : find(type));
        }
      };

  private Wholes() {}

  /**
   * What objects of a class are.
   *
   * @param isUnsafe whether two threads must not use them at once
   * @param isPiecewise whether they may, but of one that goes through them the others see the half
   * @param isOther whether of their methods only those are known that change nothing
   * @param isCursor whether they go through others, and keep where they are
   * @param isWrapper whether they take a monitor around the calls that they pass on
   * @param locksItself whether they take a lock of their own in their calls
   * @param hasEquals whether they are asked what they equal, or are themselves alone
   * @param field where they have what they are of; null if they are of nothing else
   */
  record Part(
      boolean isUnsafe,
      boolean isPiecewise,
      boolean isOther,
      boolean isCursor,
      boolean isWrapper,
      boolean locksItself,
      boolean hasEquals,
      @Nullable Field field) {
    /** Whether it matters that two threads use them at once. */
    boolean matters() {
      return isUnsafe || isPiecewise;
    }

    /** Whether it matters that two threads use them at once, and they are of nothing else. */
    boolean isWhole() {
      return matters() && field == null;
    }

    /** What an object is of, or passes its calls on to; null if it is of nothing else. */
    private @Nullable Object next(Object object) {
      if (field == null) {
        return null;
      }
      try {
        return field.get(object);
      } catch (IllegalAccessException closed) {
        throw new IllegalStateException(closed);
      }
    }
  }

  static Part part(Object object) {
    return PARTS.get(object.getClass());
  }

  /**
   * The object itself, or what it is of, for which it matters that two threads use it at once; null
   * if there is none.
   */
  static @Nullable Object of(Object object) {
    Object whole = null;
    Object at = object;
    while (at != null) {
      Part part = part(at);
      if (part.matters()) {
        whole = at;
      }
      at = part.next(at);
    }
    return whole;
  }

  /** The object whose lock is taken around each call; null if none is. */
  static @Nullable Object guard(Object object) {
    Object at = object;
    while (at != null) {
      Part part = part(at);
      if (part.isWrapper()) {
        return Mutexes.of(at);
      }
      if (part.locksItself()) {
        return at;
      }
      if (at.getClass().getName().startsWith(REVERSED)) {
        // It makes several calls of what it is a view of.
        return null;
      }
      at = part.next(at);
    }
    return null;
  }

  /**
   * What a method does with such an object.
   *
   * @param isCalled whether it is called on the object itself, and not on a part of it
   */
  static Access access(Object whole, Effect effect, boolean isCalled) {
    return switch (effect) {
      case NONE -> Access.READS;
      case READS_ONE, PASSES_BY -> Access.READS_ONE;
      case CHANGES -> Access.CHANGES;
      case CHANGES_UNLESS_A_LIST -> whole instanceof List ? Access.SETS_ONE : Access.CHANGES;
      case GOES_ON -> isCalled ? Access.CHANGES : Access.READS_ONE;
      case LOOKS_UP -> isChangedByLookingUp(whole) ? Access.CHANGES : Access.READS_ONE;
    };
  }

  private static boolean isChangedByLookingUp(Object whole) {
    return whole instanceof LinkedHashMap
        ? is(ACCESS_ORDER, whole)
        : whole instanceof Calendar && !(is(TIME_SET, whole) && is(FIELDS_SET, whole));
  }

  private static boolean is(Field field, Object object) {
    try {
      return field.getBoolean(object);
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException(closed);
    }
  }

  private static Field field(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException changed) {
      throw new IllegalStateException(changed);
    }
  }

  private static boolean hasEquals(Class<?> type) {
    try {
      return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static @Nullable Field find(Class<?> type) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      if (at.getClassLoader() == null
          && (at.getPackageName().equals("java.util") || NotThreadSafe.isPiecewise(at))) {
        for (Field field : at.getDeclaredFields()) {
          if (hasWhole(field) && field.trySetAccessible()) {
            return field;
          }
        }
      }
    }
    return null;
  }

  private static boolean hasWhole(Field field) {
    Class<?> type = field.getType();
    boolean isCollection =
        Collection.class.isAssignableFrom(type)
            || Map.class.isAssignableFrom(type)
            || Iterator.class.isAssignableFrom(type);
    return !Modifier.isStatic(field.getModifiers())
        && (field.getName().startsWith("this$")
            || (isCollection && NAMES.contains(field.getName()))
            || (type == Object[].class && isOfAView(field.getDeclaringClass()))
            // What a formatter writes to.
            || Appendable.class.isAssignableFrom(type));
  }

  private static boolean isOfAView(Class<?> type) {
    Class<?> enclosing = type.getEnclosingClass();
    return enclosing != null && enclosing.getName().equals(ARRAYS);
  }
}
