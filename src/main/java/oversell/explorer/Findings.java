package oversell.explorer;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The result of an exploration.
 *
 * @param executions how many were run to their end
 * @param blocked how many were begun and cut, since the rest would have shown nothing new
 * @param standsFor how many schedules the executions stand for; empty if they cannot be counted
 * @param runTwice how many were run a second time, and did the same
 * @param complete whether every schedule was run or is stood for by one that was, and everything
 *     was under control
 * @param failures how many executions failed
 * @param uncontrolled what was not under control, each with its place
 * @param bound which bound was reached and what to do about it; empty if none was
 * @param notWoven the classes that were used and are not woven
 * @param assumed what executions have in common that others might not have
 * @param steps of all executions
 * @param wallNanos how long it took
 * @param outcomes each outcome, and how often it came
 * @param leastProbability with which each execution finds a bug, if the search promises one
 * @param <R> the outcomes
 */
public record Findings<R>(
    long executions,
    long blocked,
    Optional<BigInteger> standsFor,
    long runTwice,
    boolean complete,
    long failures,
    List<String> uncontrolled,
    String bound,
    List<String> notWoven,
    List<String> assumed,
    long steps,
    long wallNanos,
    List<Share<R>> outcomes,
    OptionalDouble leastProbability) {
  /** Copies its lists. */
  public Findings {
    uncontrolled = List.copyOf(uncontrolled);
    notWoven = List.copyOf(notWoven);
    assumed = List.copyOf(assumed);
    outcomes = List.copyOf(outcomes);
  }

  /**
   * One outcome, and how often it came.
   *
   * @param outcome the outcome
   * @param isFailure whether it is a failure
   * @param executions how many executions came to it
   * @param standsFor how many schedules these stand for; empty if they cannot be counted
   * @param <R> the outcomes
   */
  public record Share<R>(
      R outcome, boolean isFailure, long executions, Optional<BigInteger> standsFor) {}
}
