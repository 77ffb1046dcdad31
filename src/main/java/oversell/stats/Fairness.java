package oversell.stats;

import java.util.Arrays;

/**
 * How evenly something was shared out: the index of Jain, Chiu and Hawe. An index of f says that it
 * is as uneven as if a share f of them had got the same and the others nothing.
 *
 * <p>Source: R. K. Jain, D.-M. W. Chiu and W. R. Hawe, <a href="https://arxiv.org/abs/cs/9809099">A
 * Quantitative Measure of Fairness and Discrimination for Resource Allocation in Shared Computer
 * Systems</a>, 1984.
 *
 * @param index 1 if all got the same, 1/n if one of n got everything; without a unit
 */
public record Fairness(double index) {
  /**
   * Checks the index.
   *
   * @throws IllegalArgumentException if it is not above 0 and at most 1
   */
  public Fairness {
    if (!(0 < index && index <= 1)) {
      throw new IllegalArgumentException("the index must be above 0 and at most 1: " + index);
    }
  }

  /**
   * The fairness of what each of them got: the square of the sum over n times the sum of squares.
   * Where nobody got anything that is 0 over 0; all got the same, so it is defined as 1 here.
   *
   * @param counts one or more, in any order, none negative; left as they are
   * @throws IllegalArgumentException if there are none or one is negative
   */
  public static Fairness of(long... counts) {
    if (counts.length == 0) {
      throw new IllegalArgumentException("there must be one to share with or more");
    }
    // In doubles: the square of a sum of longs would overflow.
    double sum = 0;
    double squares = 0;
    for (long count : counts) {
      if (count < 0) {
        throw new IllegalArgumentException("a count must not be negative: " + count);
      }
      sum += count;
      squares += (double) count * count;
    }
    boolean allTheSame = Arrays.stream(counts).allMatch(count -> count == counts[0]);
    return new Fairness(allTheSame ? 1 : Math.min(1, sum * sum / (counts.length * squares)));
  }
}
