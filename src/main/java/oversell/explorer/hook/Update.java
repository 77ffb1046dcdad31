package oversell.explorer.hook;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call that computes the value of a key of a map.
 *
 * @param how which method is called
 * @param function the function that is passed to it
 * @param value the value that is passed to merge; null for other methods
 * @param isSound whether no argument is null that must not be; otherwise the map throws by itself
 */
public record Update(
    How how,
    BiFunction<Object, @Nullable Object, @Nullable Object> function,
    @Nullable Object value,
    boolean isSound) {
  /** The method. */
  public enum How {
    COMPUTE,
    IF_ABSENT,
    IF_PRESENT,
    MERGE
  }

  static Update compute(How how, BiFunction<Object, @Nullable Object, @Nullable Object> function) {
    return new Update(how, function, null, function != null);
  }

  static Update ifAbsent(Function<Object, @Nullable Object> function) {
    return new Update(How.IF_ABSENT, (key, old) -> function.apply(key), null, function != null);
  }

  static Update merge(
      Object value, BiFunction<@Nullable Object, Object, @Nullable Object> function) {
    return new Update(
        How.MERGE,
        (key, old) -> function.apply(old, value),
        value,
        function != null && value != null);
  }

  public boolean isOnlyIfAbsent() {
    return how == How.IF_ABSENT;
  }

  /** Whether the function is called where the key has this value. */
  public boolean callsFor(@Nullable Object old) {
    return switch (how) {
      case COMPUTE -> true;
      case IF_ABSENT -> old == null;
      case IF_PRESENT, MERGE -> old != null;
    };
  }

  /** The value of the key afterwards where the function is not called. */
  public @Nullable Object without(@Nullable Object old) {
    return how == How.MERGE ? value : old;
  }
}
