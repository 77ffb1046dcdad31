package oversell.explorer.hook;

import java.lang.reflect.Field;
import java.util.Objects;

/**
 * What a platform thread was given by whoever made it. It inherits the rest from the thread that
 * made it, as it does its group if it has none of its own; without a name it has the next of the
 * JDK's.
 *
 * @param name whether it was given a name
 * @param daemon whether it was said whether it is a daemon
 * @param priority whether it was given a priority
 */
public record Given(boolean name, boolean daemon, boolean priority) {
  /** All that there is to give. */
  public static final Given ALL = new Given(true, true, true);

  /** By a constructor. */
  static Given byConstructor(boolean isNamed) {
    return new Given(isNamed, false, false);
  }

  /** By a builder of platform threads, which does not tell, but keeps it. */
  static Given by(Object builder) {
    Class<?> type = builder.getClass();
    try {
      return new Given(
          field(type.getSuperclass(), "name").get(builder) != null,
          field(type, "daemonChanged").getBoolean(builder),
          field(type, "priority").getInt(builder) != 0);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      throw new IllegalStateException(
          "what the threads of a " + type.getName() + " are given is not known", closed);
    }
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = Objects.requireNonNull(type).getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
