package oversell.explorer.hook;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a map is asked to compute what a key is mapped to.
 *
 * @param how by which method
 * @param function of the key and what it is mapped to
 * @param value what a key that is mapped to nothing is merged with; null for other methods
 * @param isSound whether nothing is null that must not be; the map says so by itself
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

  /** Whether the function is called where a key is mapped to that. */
  public boolean callsFor(@Nullable Object old) {
    return switch (how) {
      case COMPUTE -> true;
      case IF_ABSENT -> old == null;
      case IF_PRESENT, MERGE -> old != null;
    };
  }

  /** What the key is mapped to afterwards where it is not. */
  public @Nullable Object without(@Nullable Object old) {
    return how == How.MERGE ? value : old;
  }
}
