package oversell.lab.trial;

import java.util.Optional;

/**
 * What came of one trial. Counts are over all articles; what was sold is counted from the buyers'
 * answers.
 *
 * @param trial its number in its fork, from 0, warmups first
 * @param warmup whether it is not to be counted
 * @param sold units that buyers were told they got
 * @param purchases buyers that got their units
 * @param refused buyers that got none
 * @param failed buyers that threw or were interrupted, but for those whom a fault befell
 * @param firstFailure what one of those threw
 * @param finalStock units left at the end; negative if oversold
 * @param lowestStock the least that any buyer or the end saw in one article
 * @param oversold units sold beyond the stock
 * @param lostUpdates units sold that the shelf doesn't know of
 * @param vanished units gone from the shelf that nobody was sold
 * @param wallNanos from the opening of the gate to the end of the last buyer
 * @param longestWaitNanos the longest wait for the guard, to the nanosecond; 0 if nobody was
 *     answered
 * @param waits how long buyers waited until they were inside the guard, from the opening of the
 *     gate on or, without one, from their fork; none of a warmup; see {@link
 *     oversell.stats.Latencies#encoded()}
 * @param seen what else was seen
 */
public record TrialResult(
    int trial,
    boolean warmup,
    long sold,
    int purchases,
    int refused,
    int failed,
    Optional<String> firstFailure,
    long finalStock,
    int lowestStock,
    long oversold,
    long lostUpdates,
    long vanished,
    long wallNanos,
    long longestWaitNanos,
    String waits,
    Observations seen) {

  /**
   * Whether more was sold than there was: the stock was seen below zero, or the buyers hold too
   * many units.
   */
  public boolean isOversold() {
    return oversold > 0 || lowestStock < 0;
  }

  /** Whether sold + left = initial does not hold. */
  public boolean breaksConservation() {
    return lostUpdates > 0 || vanished > 0;
  }

  /** Whether either check was violated. */
  public boolean isViolation() {
    return isOversold() || breaksConservation();
  }
}
