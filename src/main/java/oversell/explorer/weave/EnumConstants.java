package oversell.explorer.weave;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * The constants of an enum that the JDK keeps in its class, for {@code EnumSet}, {@code EnumMap}
 * and whoever asks for one by its name. An enum with state has others in each execution.
 */
final class EnumConstants {
  private static final List<Field> KEPT = kept();

  private EnumConstants() {}

  private static List<Field> kept() {
    List<Field> kept = new ArrayList<>();
    for (String name : List.of("enumConstants", "enumConstantDirectory")) {
      try {
        Field field = Class.class.getDeclaredField(name);
        if (field.trySetAccessible()) {
          kept.add(field);
        }
      } catch (NoSuchFieldException other) {
        // What is not kept need not be forgotten.
      }
    }
    return kept;
  }

  /** Lets the JDK ask for them once more. */
  static void forget(Class<?> type) {
    try {
      for (Field field : KEPT) {
        field.set(type, null);
      }
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
