package oversell.explorer.hook;

import org.jspecify.annotations.Nullable;

/** Decides how one call counts, by the classes of the objects that it is made with. */
@FunctionalInterface
public interface Dispatch {
  /**
   * How the call counts.
   *
   * @param receiver the object it is made on; null of a static one
   * @param arguments those whose declared types tell too little, in order
   */
  Treatment treatment(@Nullable Object receiver, @Nullable Object... arguments);

  /** Whether the call reads the arrays that it is made with, if it counts for nothing otherwise. */
  default boolean readsArrays() {
    return false;
  }

  /** Whether the call asks its receiver or its arguments for texts that somebody may read. */
  default boolean makesTexts(@Nullable Object receiver) {
    return false;
  }

  /** What the call is, if it is not under control, why, and what to do about it. */
  default String refusal(String subject, @Nullable Object receiver, @Nullable Object... arguments) {
    return subject;
  }

  /**
   * Whether the call may change a {@code ConcurrentHashMap} by code that announces nothing, if its
   * receiver or one of its arguments is one, or a view of one.
   */
  default boolean mayChangeAMap(@Nullable Object receiver, @Nullable Object... arguments) {
    return true;
  }

  /** The descriptor of the method; empty if that is not known. */
  default String descriptor() {
    return "";
  }

  /** Which monitors the call takes by itself. */
  default Holding holding(@Nullable Object receiver) {
    return Holding.ANY;
  }
}
