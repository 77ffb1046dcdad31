package oversell.explorer.schedule;

import java.util.Arrays;

/**
 * Locations that are read, or written: those that have a bit of their own as bits, and the others
 * by number. Of very many others it is only kept that there are.
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
   * Adds what {@link Locations} hands out: one location, everything, or some of those that are
   * named there.
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

  /** Whether there is nothing in it but some of those that are named in {@link Locations}. */
  public boolean isWithin(long named) {
    return (bits & ~named) == 0;
  }

  /** The bits, one of which stands for all that have none of their own. */
  public long bits() {
    return bits;
  }

  /** How many have no bit of their own, or below 0 that there are too many. */
  public int size() {
    return size;
  }

  /** Removes what was added since these were its bits and its size. */
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

  /** The same where only the bits are known. */
  static int[] far(long bits) {
    return (bits & Locations.FAR) == 0 ? NONE : ANY;
  }

  /** Whether two have one in common that has no bit of its own. */
  // Which array it is tells any from one.
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
