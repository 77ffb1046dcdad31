package oversell.stats;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The median of a sample, and how far the true one may be from it, in the unit of the values.
 *
 * <p>The interval runs from one order statistic to its mirror image: the narrowest such pair that
 * holds the median of what was sampled with a confidence of 95 % or more, whatever the shape of the
 * distribution. All it asks is that the values are independent and of one distribution; where
 * values are tied, the confidence only grows. Source: H. A. David and H. N. Nagaraja, <a
 * href="https://doi.org/10.1002/0471722162">Order Statistics</a>, 3rd edition, 2003, section 7.1.
 *
 * @param median the middle value, or the mean of the two in the middle; finite
 * @param interval where the true median is, with a confidence of 95 % or more; holds the median of
 *     the sample; empty if five values or fewer were too few for it
 */
public record MedianEstimate(double median, Optional<Interval> interval) {
  private static final double ERROR_ON_EITHER_SIDE = 0.025;

  /**
   * Checks that the two belong together.
   *
   * @throws IllegalArgumentException if the median is not finite or outside the interval
   */
  public MedianEstimate {
    if (!Double.isFinite(median)) {
      throw new IllegalArgumentException("the median must be finite: " + median);
    }
    if (interval.isPresent() && !interval.get().contains(median)) {
      throw new IllegalArgumentException(
          "the median must be in its interval: " + median + ", " + interval.get());
    }
  }

  /**
   * The median of a sample. Costs a sorted copy.
   *
   * @param sample one value or more, in any order, all finite; left as it is
   * @throws IllegalArgumentException if it is empty or a value is not finite
   */
  public static MedianEstimate of(double... sample) {
    if (sample.length == 0) {
      throw new IllegalArgumentException("an empty sample has no median");
    }
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    // NaN sorts behind infinity, so a look at the ends is a look at them all.
    if (!Double.isFinite(sorted[0]) || !Double.isFinite(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException(
          "values must be finite, found %s to %s".formatted(sorted[0], sorted[sorted.length - 1]));
    }
    int rank = lowerRank(sorted.length);
    Optional<Interval> interval =
        rank == 0
            ? Optional.empty()
            : Optional.of(new Interval(sorted[rank - 1], sorted[sorted.length - rank]));
    return new MedianEstimate(Median.withDefaults().evaluate(sorted), interval);
  }

  /**
   * The median of what one value is to the other that was measured in turn with it. Pairs cancel
   * what both of them drifted with; the median of their ratios is not the ratio of their medians.
   *
   * @param numerators one value or more, all finite
   * @param denominators as many, in the order of their partners, all above 0
   * @return without a unit; above 1 where the numerators are the greater
   * @throws IllegalArgumentException if there are none, if there are more of one than of the other,
   *     or if a value is not as above
   */
  public static MedianEstimate ofRatios(double[] numerators, double[] denominators) {
    if (numerators.length != denominators.length) {
      throw new IllegalArgumentException(
          "each numerator needs its denominator: %d and %d"
              .formatted(numerators.length, denominators.length));
    }
    double[] ratios = new double[numerators.length];
    for (int i = 0; i < ratios.length; i++) {
      if (!(denominators[i] > 0 && Double.isFinite(denominators[i]))) {
        throw new IllegalArgumentException(
            "denominator %d must be finite and above 0: %s".formatted(i, denominators[i]));
      }
      ratios[i] = numerators[i] / denominators[i];
    }
    return of(ratios);
  }

  /**
   * The rank r, from 1, of the value that the interval of a sample of this size begins at; it ends
   * at the r-th from the top. 0 if not even the least and the greatest value are far enough apart.
   *
   * <p>How many of n values are below the true median is binomial, of n and one half. The interval
   * misses the median below if fewer than r of them are, so r is the greatest for which that has a
   * chance of at most 2.5 %. The smallest k that as many or fewer have a chance of at least 2.5 %
   * is that r, since no power of a half is a fortieth and the two cannot be equal.
   */
  static int lowerRank(int size) {
    return BinomialDistribution.of(size, 0.5).inverseCumulativeProbability(ERROR_ON_EITHER_SIDE);
  }
}
