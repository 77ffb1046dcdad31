package oversell.explorer.control;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;

/** Whose monitors objects of the JDK take when they are called. */
final class Mutexes {
  private static final String WRAPPERS = "java.util.Collections$Synchronized";

  private static final ClassValue<Optional<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected Optional<Field> computeValue(Class<?> type) {
          return find(type);
        }
      };

  private static final ClassValue<Boolean> LOCK_THEMSELVES =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return hasSynchronizedMethod(type);
        }
      };

  private Mutexes() {}

  /** The object whose monitor is taken: itself, what it is a view of, or its wrapper's mutex. */
  static Object of(Object object) {
    Optional<Field> field = FIELDS.get(object.getClass());
    if (field.isEmpty()) {
      return object;
    }
    try {
      Object mutex = field.get().get(object);
      return mutex == null ? object : mutex;
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException(closed);
    }
  }

  /** Whether code of the JDK may take the monitor of an object. */
  // An object is itself, whatever it takes for its equal.
  @SuppressWarnings("ReferenceEquality")
  static boolean mayBeTakenByTheJdk(Object object) {
    return LOCK_THEMSELVES.get(object.getClass()) && of(object) == object;
  }

  private static boolean hasSynchronizedMethod(Class<?> type) {
    for (Class<?> at = type; at != null && type != Class.class; at = at.getSuperclass()) {
      if (at.getClassLoader() == null
          && (at.getName().startsWith(WRAPPERS)
              || Arrays.stream(at.getDeclaredMethods())
                  .anyMatch(
                      method ->
                          Modifier.isSynchronized(method.getModifiers())
                              && !Modifier.isStatic(method.getModifiers())))) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Field> find(Class<?> type) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      boolean isWrapper = at.getName().startsWith(WRAPPERS);
      boolean isView =
          at.getName().startsWith("java.util.Vector$")
              || at.getName().startsWith("java.util.Hashtable$");
      if (isWrapper || isView) {
        for (Field field : at.getDeclaredFields()) {
          if (field.getName().equals(isWrapper ? "mutex" : "this$0")) {
            field.setAccessible(true);
            return Optional.of(field);
          }
        }
      }
    }
    return Optional.empty();
  }
}
