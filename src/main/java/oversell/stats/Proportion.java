package oversell.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many of how many, as in "oversold in 3 trials of 40".
 *
 * @param part those that did, 0 or more
 * @param whole all there were, 1 or more and no less than the part
 */
public record Proportion(long part, long whole) {
  private static final double QUANTILE =
      NormalDistribution.of(0, 1).inverseCumulativeProbability(0.975);

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException if the whole is not positive or the part not within it
   */
  public Proportion {
    if (whole < 1 || part < 0 || part > whole) {
      throw new IllegalArgumentException(
          "expected a part of a whole of 1 or more: " + part + " of " + whole);
    }
  }

  /** The part over the whole, 0 to 1. */
  public double share() {
    return (double) part / whole;
  }

  /**
   * Where the true share is, with a confidence of 95 %: the score interval, which has something to
   * say of none and of all, where the usual "plus or minus" says 0 and means nothing by it.
   *
   * <p>Its confidence is 95 % on average over shares, for some a little less. Sources: E. B.
   * Wilson, <a href="https://doi.org/10.1080/01621459.1927.10502953">Probable Inference, the Law of
   * Succession, and Statistical Inference</a>, 1927; recommended for few values by L. D. Brown, T.
   * T. Cai and A. DasGupta, <a href="https://doi.org/10.1214/ss/1009213286">Interval Estimation for
   * a Binomial Proportion</a>, 2001.
   *
   * @return within 0 to 1; begins at 0 for none and ends at 1 for all
   */
  public Interval interval() {
    double n = whole;
    double z2 = QUANTILE * QUANTILE;
    double centre = (part + z2 / 2) / (n + z2);
    double reach = QUANTILE / (n + z2) * Math.sqrt(part * (n - part) / n + z2 / 4);
    // At the ends the formula comes to 0 and 1, but for rounding.
    return new Interval(
        part == 0 ? 0 : Math.max(0, centre - reach),
        part == whole ? 1 : Math.min(1, centre + reach));
  }
}
