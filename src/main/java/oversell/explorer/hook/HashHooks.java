package oversell.explorer.hook;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes call for hash codes, which decide in which order a set or a map goes through
 * what it has. Those of the JVM differ in each execution.
 */
public final class HashHooks {
  // Spreads the texts of constants, which are alike.
  private static final int GOLDEN = 0x9E3779B9;
  private static final @Nullable Field KEPT = kept();

  private HashHooks() {}

  /** Where an enum keeps the hash codes of its constants; none where the JDK keeps it to itself. */
  private static @Nullable Field kept() {
    try {
      Field field = Enum.class.getDeclaredField("hash");
      return field.trySetAccessible() ? field : null;
    } catch (NoSuchFieldException other) {
      return null;
    }
  }

  /**
   * The hash code of an object whose class has none of its own.
   *
   * @param known what was answered before; 0 at first
   */
  public static int hashCode(Object object, int known) {
    if (known != 0) {
      return known;
    }
    int found = Hooks.controller.identityHashCode(object);
    return found == 0 ? 1 : found;
  }

  /** Gives a constant a hash code, since {@code Enum} lets no other class say which. */
  public static void made(Enum<?> constant) {
    if (KEPT != null) {
      String text = constant.getDeclaringClass().getName() + '.' + constant.name();
      try {
        KEPT.setInt(constant, (text.hashCode() * GOLDEN) | 1);
      } catch (IllegalAccessException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
