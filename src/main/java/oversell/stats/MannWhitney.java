package oversell.stats;

import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * The rank test of Mann and Whitney, two-sided: whether two independent samples may well be of one
 * distribution, whatever its shape.
 *
 * <p>Sources: H. B. Mann and D. R. Whitney, <a href="https://doi.org/10.1214/aoms/1177730491">On a
 * Test of Whether one of Two Random Variables is Stochastically Larger than the Other</a>, 1947;
 * for the superiority A. Vargha and H. D. Delaney, <a
 * href="https://doi.org/10.3102/10769986025002101">A Critique and Improvement of the CL Common
 * Language Effect Size Statistics of McGraw and Wong</a>, 2000.
 *
 * @param superiority the share of pairs, one value of each sample, in which the candidate's is the
 *     greater; ties count for half; 0 to 1, one half for samples that do not differ
 * @param p the chance of ranks at least as uneven if both were of one distribution, 0 to 1
 * @param exact whether every order of ranks was counted for p; otherwise it is the normal
 *     approximation, corrected for ties and continuity
 */
public record MannWhitney(double superiority, double p, boolean exact) {
  /** Counting takes memory by the fourth power: for 49 values by 49 it is 23 MiB, as a bound. */
  private static final int LARGEST_TO_COUNT = 49;

  /**
   * Checks the shares.
   *
   * @throws IllegalArgumentException if one of the two is not within 0 to 1
   */
  public MannWhitney {
    if (!(0 <= superiority && superiority <= 1 && 0 <= p && p <= 1)) {
      throw new IllegalArgumentException(
          "expected two numbers of 0 to 1: " + superiority + ", " + p);
    }
  }

  /**
   * Tests two samples. Exact if no two values are the same and neither sample has more than 49.
   *
   * @param baseline one value or more, in any order, none NaN; left as it is
   * @param candidate likewise
   * @throws IllegalArgumentException if one is empty or has a NaN
   */
  public static MannWhitney of(double[] baseline, double[] candidate) {
    boolean small = Math.max(baseline.length, candidate.length) <= LARGEST_TO_COUNT;
    MannWhitneyUTest.Result result =
        MannWhitneyUTest.withDefaults()
            .with(small ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC)
            .test(candidate, baseline);
    double superiority = result.getStatistic() / ((double) baseline.length * candidate.length);
    // If all values are the same, the approximation divides 0 by 0; nothing differs less.
    double p = Double.isNaN(result.getPValue()) ? 1 : result.getPValue();
    return new MannWhitney(superiority, p, small && !result.hasTiedValues());
  }
}
