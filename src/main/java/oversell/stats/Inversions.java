package oversell.stats;

/**
 * How far an order is from a sorted one: the pairs in which the greater one comes first.
 *
 * <p>Source: D. E. Knuth, <a href="https://www-cs-faculty.stanford.edu/~knuth/taocp.html">The Art
 * of Computer Programming</a>, volume 3, 2nd edition, 1998, section 5.1.1.
 *
 * @param count the pairs out of order, 0 (sorted) to all of them (reversed)
 * @param pairs all the pairs there are, n(n-1)/2 of n
 */
public record Inversions(long count, long pairs) {
  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException if one is negative or there are more out of order than pairs
   */
  public Inversions {
    if (count < 0 || count > pairs) {
      throw new IllegalArgumentException(
          "expected pairs out of order among all pairs: " + count + " of " + pairs);
    }
  }

  /**
   * Counts them while merging: O(n log n), with two copies in memory.
   *
   * @param ranks in the order to look at, any number of them; two that are the same are in order;
   *     left as they are
   */
  public static Inversions of(int... ranks) {
    int[] from = ranks.clone();
    int[] to = new int[ranks.length];
    long count = 0;
    // A long: twice the width would overflow an int before it passed the length of a long array.
    for (long width = 1; width < ranks.length; width *= 2) {
      for (long low = 0; low < ranks.length; low += 2 * width) {
        int middle = (int) Math.min(low + width, ranks.length);
        int high = (int) Math.min(low + 2 * width, ranks.length);
        count += merge(from, to, (int) low, middle, high);
      }
      int[] sorted = to;
      to = from;
      from = sorted;
    }
    return new Inversions(count, (long) ranks.length * (ranks.length - 1) / 2);
  }

  /** Merges two sorted runs; each value of the second that goes first was behind too many. */
  private static long merge(int[] from, int[] to, int low, int middle, int high) {
    long count = 0;
    int left = low;
    int right = middle;
    for (int i = low; i < high; i++) {
      if (right == high || (left < middle && from[left] <= from[right])) {
        to[i] = from[left++];
      } else {
        to[i] = from[right++];
        count += middle - left;
      }
    }
    return count;
  }
}
