package oversell.explorer.control;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keys of maps whose hash code and equality are no steps: values, constants, records of these that
 * the compiler compares, and objects that are compared by identity. A class that is woven marks
 * what was not written by a user as synthetic.
 */
final class Keys {
  private static final int DEPTH = 4;
  private static final Pattern VALUES =
      Pattern.compile(
          "java\\.lang\\.(String|Integer|Long|Character|Boolean|Short|Byte|Double|Float|Class)"
              + "|java\\.math\\.Big\\w+|java\\.util\\.(UUID|Currency|Locale)"
              + "|java\\.io\\.File|sun\\.nio\\.fs\\.\\w+Path"
              + "|java\\.time\\.(Local\\w+|Instant|Duration|Period|Year\\w*|Month\\w*|Zone\\w+|Offset\\w+)");

  private static final ClassValue<Boolean> ARE_PLAIN =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return arePlain(type, DEPTH);
        }
      };

  private Keys() {}

  static boolean isPlain(@Nullable Object key) {
    return key != null && ARE_PLAIN.get(key.getClass());
  }

  private static boolean arePlain(Class<?> type, int depth) {
    if (isValue(type)) {
      return true;
    }
    if (type.isRecord()) {
      return depth > 0
          && isNotWritten(type, "hashCode")
          && isNotWritten(type, "equals", Object.class)
          && arePlainComponents(type, depth - 1);
    }
    return isNotWritten(type, "hashCode")
        && method(type, "equals", Object.class).getDeclaringClass() == Object.class;
  }

  private static boolean arePlainComponents(Class<?> type, int depth) {
    for (RecordComponent component : type.getRecordComponents()) {
      // An object of any other type may be of a class whose equality takes steps.
      Class<?> declared = component.getType();
      if (!(isValue(declared) || declared.isRecord()) || !arePlain(declared, depth)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isValue(Class<?> type) {
    return type.isPrimitive() || VALUES.matcher(type.getName()).matches() || isEnum(type);
  }

  /** A constant with a body has a class of its own. */
  private static boolean isEnum(Class<?> type) {
    return type != Enum.class && Enum.class.isAssignableFrom(type);
  }

  private static boolean isNotWritten(Class<?> type, String name, Class<?>... arguments) {
    return method(type, name, arguments).isSynthetic();
  }

  private static Method method(Class<?> type, String name, Class<?>... arguments) {
    try {
      return type.getMethod(name, arguments);
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
