package oversell.stats;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Two independent samples of one quantity, side by side, in its unit.
 *
 * <p>Slow to claim a difference: it takes median intervals that do not overlap, a rank test with p
 * below 0.01 and the same direction by both. What stands against a claim is a {@link Doubt}; a
 * difference is claimed where there is none. To see no difference is not to have shown that there
 * is none. Nothing is corrected for the number of comparisons made.
 *
 * @param baseline the sample that is compared with
 * @param candidate the sample that is compared
 * @param ranks the rank test of the two
 * @param doubts what stands against the claim of a difference, in the order of {@link Doubt}
 */
public record Comparison(
    MedianEstimate baseline, MedianEstimate candidate, MannWhitney ranks, Set<Doubt> doubts) {
  private static final double SIGNIFICANT = 0.01;

  /** What may be said of the candidate. */
  public enum Conclusion {
    /** Its values are the smaller ones. */
    LESS,
    /** Its values are the greater ones. */
    GREATER,
    /** No claim is made; {@link Comparison#doubts} say why. */
    NO_DIFFERENCE_SEEN
  }

  /** A reason not to claim a difference. */
  public enum Doubt {
    /** One of the samples has five values or fewer, which is no interval for its median. */
    TOO_FEW_VALUES,
    /** The intervals of the medians overlap. */
    MEDIANS_OVERLAP,
    /** The rank test has a p of 0.01 or more. */
    MAY_BE_CHANCE,
    /** The greater median is on the side whose values are mostly smaller: the shapes differ. */
    RANKS_CONTRADICT,
    /** Two JVMs of one side differ by as much as the sides do. */
    FORKS_OVERLAP
  }

  /**
   * Keeps a copy of the doubts.
   *
   * @throws IllegalArgumentException if there is no doubt of two equal medians
   */
  public Comparison {
    if (doubts.isEmpty() && baseline.median() == candidate.median()) {
      throw new IllegalArgumentException("equal medians do not differ: " + baseline.median());
    }
    Set<Doubt> ordered = EnumSet.noneOf(Doubt.class);
    ordered.addAll(doubts);
    doubts = Collections.unmodifiableSet(ordered);
  }

  /**
   * Compares values that are independent of one another. Trials of one JVM are not: see {@link
   * #ofForks}.
   *
   * @param baseline one value or more, in any order, all finite; left as it is
   * @param candidate likewise
   * @throws IllegalArgumentException if one is empty or a value is not finite
   */
  public static Comparison of(double[] baseline, double[] candidate) {
    MedianEstimate ofBaseline = MedianEstimate.of(baseline);
    MedianEstimate ofCandidate = MedianEstimate.of(candidate);
    MannWhitney ranks = MannWhitney.of(baseline, candidate);
    return new Comparison(ofBaseline, ofCandidate, ranks, doubts(ofBaseline, ofCandidate, ranks));
  }

  /**
   * Compares values by the JVM they were measured in. What one JVM was dealt - where its memory
   * lies, what its compiler chose - is shared by all its trials, and taken together these look more
   * certain than they are. So, where both sides have two forks or more, the medians of the forks of
   * one side must also all be on one side of those of the other. That guards against the luck of a
   * JVM, but is no test: of two forks by two of one distribution, a third pass. With one fork on a
   * side nothing can guard against it.
   *
   * <p>Sources: A. Georges, D. Buytaert and L. Eeckhout, <a
   * href="https://doi.org/10.1145/1297027.1297033">Statistically Rigorous Java Performance
   * Evaluation</a>, 2007; T. Kalibera and R. Jones, <a
   * href="https://doi.org/10.1145/2464157.2464160">Rigorous Benchmarking in Reasonable Time</a>,
   * 2013.
   *
   * @param baseline the values of each fork: one fork or more, one value or more of each, all
   *     finite; left as they are
   * @param candidate likewise
   * @throws IllegalArgumentException if a side has no fork, a fork no value, or a value is not
   *     finite
   */
  public static Comparison ofForks(double[][] baseline, double[][] candidate) {
    Comparison pooled = of(pool(baseline), pool(candidate));
    Interval forksOfBaseline = rangeOfMedians(baseline);
    Interval forksOfCandidate = rangeOfMedians(candidate);
    Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
    doubts.addAll(pooled.doubts);
    if (Math.min(baseline.length, candidate.length) >= 2
        && forksOfBaseline.overlaps(forksOfCandidate)) {
      doubts.add(Doubt.FORKS_OVERLAP);
    }
    return new Comparison(pooled.baseline, pooled.candidate, pooled.ranks, doubts);
  }

  /** What may be said of the candidate: {@code NO_DIFFERENCE_SEEN} if there is any doubt. */
  public Conclusion conclusion() {
    if (!doubts.isEmpty()) {
      return Conclusion.NO_DIFFERENCE_SEEN;
    }
    return candidate.median() < baseline.median() ? Conclusion.LESS : Conclusion.GREATER;
  }

  /** The candidate's median over the baseline's; empty if the baseline's is 0. */
  public OptionalDouble ratio() {
    return baseline.median() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(candidate.median() / baseline.median());
  }

  private static Set<Doubt> doubts(
      MedianEstimate baseline, MedianEstimate candidate, MannWhitney ranks) {
    Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
    if (baseline.interval().isEmpty() || candidate.interval().isEmpty()) {
      doubts.add(Doubt.TOO_FEW_VALUES);
    } else if (baseline.interval().get().overlaps(candidate.interval().get())) {
      doubts.add(Doubt.MEDIANS_OVERLAP);
    }
    if (ranks.p() >= SIGNIFICANT) {
      doubts.add(Doubt.MAY_BE_CHANCE);
    }
    double byMedians = Math.signum(candidate.median() - baseline.median());
    double byRanks = Math.signum(ranks.superiority() - 0.5);
    if (byMedians * byRanks < 0) {
      doubts.add(Doubt.RANKS_CONTRADICT);
    }
    return doubts;
  }

  private static double[] pool(double[][] forks) {
    return Arrays.stream(forks).flatMapToDouble(Arrays::stream).toArray();
  }

  private static Interval rangeOfMedians(double[][] forks) {
    Summary medians =
        Summary.of(
            Arrays.stream(forks).mapToDouble(fork -> MedianEstimate.of(fork).median()).toArray());
    return new Interval(medians.min(), medians.max());
  }
}
