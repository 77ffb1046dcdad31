package oversell.lab.trial;

import java.util.List;
import java.util.Optional;

/**
 * What was observed in a trial beside what was sold.
 *
 * @param spanNanos from before the first fork of a buyer until the scope had ended
 * @param pauses how often buyers were between check and act; those beyond purchases and faults were
 *     in vain
 * @param faulted buyers that a fault hit, or that were cancelled by one
 * @param guardsHeld articles whose guard was still held when the scope had ended
 * @param leftBehind buyers whose threads had not ended when the scope had
 * @param acquisitions purchases of each buyer, if they come back; empty otherwise
 * @param served numbers of buyers in the order of service, if they came one by one; empty otherwise
 * @param bystander what it did, if there was one
 * @param baselineNanos how long the baseline took that was run in turn, if one was
 */
public record Observations(
    long spanNanos,
    long pauses,
    int faulted,
    int guardsHeld,
    int leftBehind,
    List<Integer> acquisitions,
    List<Integer> served,
    Optional<Beats> bystander,
    Optional<Long> baselineNanos) {
  /** Copies its lists. */
  public Observations {
    acquisitions = List.copyOf(acquisitions);
    served = List.copyOf(served);
  }

  /**
   * What a bystander did during the scope.
   *
   * @param seen how often it woke up
   * @param expected how often it would have at the pace it had alone
   * @param worstGapNanos the longest time without a beat, up to the end of the scope
   * @param lastBeatAgeNanos how long before that end its last beat was
   */
  public record Beats(long seen, long expected, long worstGapNanos, long lastBeatAgeNanos) {}
}
