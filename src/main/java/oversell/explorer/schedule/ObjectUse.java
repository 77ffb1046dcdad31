package oversell.explorer.schedule;

import org.jspecify.annotations.Nullable;

/**
 * A call, by one step, of an object that two threads must not use at once.
 *
 * @param object the object, or a part of it: an iterator
 * @param location its location; {@link Locations#ANYTHING} if its allocation was not seen
 * @param changes whether the call changes it
 * @param site where the call is
 * @param next another one by the same step; null if there is none
 */
public record ObjectUse(
    Object object, long location, boolean changes, int site, @Nullable ObjectUse next) {
  /** A call by each of two steps, one of which changes the object; null if there are none. */
  static @Nullable Both both(@Nullable ObjectUse ones, @Nullable ObjectUse others) {
    for (ObjectUse one = ones; one != null; one = one.next) {
      for (ObjectUse other = others; other != null; other = other.next) {
        if ((one.changes || other.changes) && one.isOfSame(other)) {
          return new Both(one, other);
        }
      }
    }
    return null;
  }

  // An object is itself, whatever it takes for its equal.
  @SuppressWarnings("ReferenceEquality")
  private boolean isOfSame(ObjectUse other) {
    return object == other.object || (location != Locations.ANYTHING && location == other.location);
  }

  /**
   * Two calls that can overlap.
   *
   * @param one of one thread
   * @param other of another one
   */
  public record Both(ObjectUse one, ObjectUse other) {}
}
