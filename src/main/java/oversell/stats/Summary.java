package oversell.stats;

import java.util.EnumSet;
import org.apache.commons.statistics.descriptive.DoubleStatistics;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.Statistic;

/**
 * What a sample comes to, in the unit of its values.
 *
 * @param min the least
 * @param mean the arithmetic mean
 * @param median the middle one, or the mean of the two in the middle
 * @param max the greatest
 */
public record Summary(double min, double mean, double median, double max) {
  /**
   * The summary of a sample.
   *
   * @param sample one value or more, in any order; left as it is
   * @throws IllegalArgumentException if it is empty
   */
  public static Summary of(double... sample) {
    if (sample.length == 0) {
      throw new IllegalArgumentException("an empty sample has no summary");
    }
    DoubleStatistics statistics =
        DoubleStatistics.of(EnumSet.of(Statistic.MIN, Statistic.MEAN, Statistic.MAX), sample);
    return new Summary(
        statistics.getAsDouble(Statistic.MIN),
        statistics.getAsDouble(Statistic.MEAN),
        Median.withDefaults().evaluate(sample.clone()),
        statistics.getAsDouble(Statistic.MAX));
  }
}
