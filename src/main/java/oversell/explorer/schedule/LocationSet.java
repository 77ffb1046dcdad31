package oversell.explorer.schedule;

import java.util.Arrays;

/**
 * A set of locations that are read, or written. Those that have a bit of their own are kept as
 * bits, the others by number. If there are very many others, the set records only that there are.
 */
public final class LocationSet {
  private static final int FEW = 4;
  private static final int MOST = 256;
  private static final int TOO_MANY = -1;

  /** No numbers. */
  private static final int[] NONE = {};

  /** Stands for any numbers. */
  private static final int[] ANY = {-1};

  private long bits;
  private int size;
  private int[] far = NONE;

  /** Removes all. */
  public void clear() {
    bits = 0;
    size = 0;
  }

  /**
   * Adds what {@link Locations} returns: one location, {@link Locations#ANYTHING}, or some of the
   * named ones.
   */
  public void add(long location) {
    if ((location & Locations.FAR) == 0) {
      bits |= location;
    } else {
      addFar(location);
    }
  }

  private void addFar(long location) {
    if (location == Locations.ANYTHING) {
      bits = location;
    } else {
      bits |= Locations.FAR;
      addNumber(Locations.number(location));
    }
  }

  private void addNumber(int number) {
    if (size == TOO_MANY || (size > 0 && far[size - 1] == number)) {
      return;
    }
    if (size == MOST) {
      size = TOO_MANY;
      return;
    }
    if (size == far.length) {
      far = Arrays.copyOf(far, Math.max(FEW, 2 * size));
    }
    far[size++] = number;
  }

  /** Adds all of another. */
  public void addAll(LocationSet other) {
    bits |= other.bits;
    if (other.size != 0) {
      addAllFar(other);
    }
  }

  private void addAllFar(LocationSet other) {
    if (other.size == TOO_MANY) {
      size = TOO_MANY;
    }
    for (int i = 0; i < other.size; i++) {
      addNumber(other.far[i]);
    }
  }

  /** Whether it has no locations but these named ones of {@link Locations}. */
  public boolean isWithin(long named) {
    return (bits & ~named) == 0;
  }

  /** The bits, one of which stands for all that have none of their own. */
  public long bits() {
    return bits;
  }

  /** How many have no bit of their own; negative if there are too many to be kept. */
  public int size() {
    return size;
  }

  /** Removes what was added since it had these bits and this size. */
  public void setBack(long formerBits, int formerSize) {
    bits = formerBits;
    size = formerSize;
  }

  /** The numbers of those without a bit of their own, in order, as far as they are known. */
  int[] far() {
    if (bits == Locations.ANYTHING || size <= 0) {
      return far(bits);
    }
    int[] sorted = Arrays.copyOf(far, size);
    Arrays.sort(sorted);
    return sorted;
  }

  /** The numbers of those without a bit of their own, where only the bits are known. */
  static int[] far(long bits) {
    return (bits & Locations.FAR) == 0 ? NONE : ANY;
  }

  /** Whether two have one in common that has no bit of its own. */
  // The identity of the array tells ANY from one location.
  @SuppressWarnings("ReferenceEquality")
  static boolean haveCommon(int[] one, int[] other) {
    if (one == ANY || other == ANY) {
      return true;
    }
    int i = 0;
    int j = 0;
    while (i < one.length && j < other.length) {
      if (one[i] == other[j]) {
        return true;
      }
      if (one[i] < other[j]) {
        i++;
      } else {
        j++;
      }
    }
    return false;
  }
}
