package oversell.explorer.schedule;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A call, by one step, of an object that two threads must not use at once, or an access to an
 * element of an array.
 *
 * @param object the object
 * @param called what is called: the object itself, or a view or an iterator of it
 * @param access what the call does with the object
 * @param goesOn whether the call changes what is called: an iterator, which goes on
 * @param site where the call is
 * @param guard the object whose monitor is taken around the call; null if none is
 * @param elements of what is gone through element by element, what is reached of it; null of any
 *     other object
 * @param next another one by the same step, or by a call around it; null if there is none
 */
public record ObjectUse(
    Object object,
    Object called,
    Access access,
    boolean goesOn,
    int site,
    @Nullable Object guard,
    @Nullable Elements elements,
    @Nullable ObjectUse next) {
  /** What a call does with an object. */
  public enum Access {
    /** It reads one element, or how many there are. */
    READS_ONE,
    /** It reads several, one after the other. */
    READS,
    /** It changes one element of a list, as that of an array is changed. */
    SETS_ONE,
    /** It changes what others read. */
    CHANGES;

    boolean meets(Access other) {
      return this == CHANGES
          || other == CHANGES
          || (this == SETS_ONE && other == READS)
          || (this == READS && other == SETS_ONE);
    }
  }

  /** Whether it changes the object. */
  public boolean changes() {
    return access == Access.CHANGES || access == Access.SETS_ONE;
  }

  /** The same, followed by others. */
  public ObjectUse before(@Nullable ObjectUse others) {
    return new ObjectUse(object, called, access, goesOn, site, guard, elements, others);
  }

  /** A call by each of two steps, if these can overlap and one changes the object; else null. */
  static @Nullable Both both(
      @Nullable ObjectUse ones, @Nullable ObjectUse others, Predicate<Both> matter) {
    for (ObjectUse one = ones; one != null; one = one.next) {
      for (ObjectUse other = others; other != null; other = other.next) {
        Both both = new Both(one, other);
        if (one.canOverlap(other) && matter.test(both)) {
          return both;
        }
      }
    }
    return null;
  }

  // An object is itself, whatever it takes for its equal.
  @SuppressWarnings("ReferenceEquality")
  private boolean canOverlap(ObjectUse other) {
    boolean meet =
        (object == other.object && canMeet(other))
            || ((goesOn || other.goesOn) && called == other.called);
    return meet && (guard == null || guard != other.guard);
  }

  private boolean canMeet(ObjectUse other) {
    if (elements == null || other.elements == null) {
      return access.meets(other.access);
    }
    return (changes() || other.changes()) && elements.canMeet(other.elements);
  }

  boolean areMoved() {
    return elements != null && elements.areMoved();
  }

  /** Whether it reaches another element of the same object, as far as is known. */
  // An object is itself, whatever it takes for its equal.
  @SuppressWarnings("ReferenceEquality")
  boolean isOfAnother(ObjectUse before) {
    boolean isOther =
        elements == null
            ? access == Access.SETS_ONE
            : !elements.equals(before.elements) || elements.equals(Elements.ANY);
    return object == before.object && isOther;
  }

  /**
   * Two calls that can overlap.
   *
   * @param one of one thread
   * @param other of another one
   */
  public record Both(ObjectUse one, ObjectUse other) {
    /** Whether the first goes through elements of which the second reaches one. */
    boolean isOneOfMany() {
      if (one.elements == null || other.elements == null) {
        return one.access == Access.READS && other.access == Access.SETS_ONE;
      }
      return !one.elements.areOne() && other.elements.areOne();
    }

    Both swapped() {
      return new Both(other, one);
    }

    /** The one that changes the object, or else what is called. */
    public ObjectUse change() {
      boolean isOther = other.changes() || (other.goesOn() && !one.goesOn());
      return isOther && !one.changes() ? other : one;
    }
  }
}
