package oversell.lab.trial;

import java.util.Optional;
import oversell.stats.Latencies;

/**
 * The result of one trial. Counts are over all articles; what was sold is counted from the buyers'
 * answers.
 *
 * @param trial its number in its fork, from 0, warmups first
 * @param warmup whether it is not to be counted
 * @param sold units that buyers were told they got
 * @param purchases buyers that got their units
 * @param refused buyers that got none
 * @param failed buyers that threw or were interrupted, but for those that a fault hit
 * @param firstFailure what one of those threw
 * @param finalStock units left at the end; negative if oversold
 * @param lowestStock the least that any buyer or the end saw in one article
 * @param oversold units sold beyond the stock
 * @param lostUpdates units sold that the stock does not show
 * @param vanished units missing from the stock that were sold to no buyer
 * @param wallNanos from the opening of the gate to the end of the last buyer; in a sale of more
 *     than 10,000 buyers to the end of the scope, since most buyers read no clock
 * @param longestWaitNanos the longest wait for the guard of those in {@code waits}, to the
 *     nanosecond; 0 if no buyer was answered
 * @param waits how long buyers waited until they were inside the guard, from the opening of the
 *     gate on or, without one, from their fork; of a sample in a sale of more than 10,000 buyers;
 *     none of a warmup; see {@link oversell.stats.Latencies#encoded()}
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
   * Whether the waits are those of a sample of the buyers, and the wall time ends with the scope.
   * Larger sales of older logs have the waits of all.
   *
   * @param buyers how many there were
   */
  public boolean isSampled(int buyers) {
    return buyers > Stopwatch.ALL
        && Latencies.decode(waits).count() < buyers - failed - seen.faulted();
  }

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
