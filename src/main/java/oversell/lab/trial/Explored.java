package oversell.lab.trial;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What the exploration of a sale or a scenario came to.
 *
 * @param executions those that were run to their end; with reduction each is another trace
 * @param cut those that were broken off, because the rest of them would have shown nothing new
 * @param standsFor the schedules that the executions stand for: themselves without reduction; empty
 *     if they cannot be counted
 * @param runTwice those of them that were run a second time and did the same
 * @param complete whether every schedule was run, or one that differs from it in nothing that
 *     matters
 * @param violations executions that failed a check
 * @param uncontrolled what was done that the explorer has no hold on, with its place; none if all
 *     is under control
 * @param bound which bound an execution reached, with its place and what to do: the search ended
 *     there, and decided nothing; empty if none did
 * @param notWoven classes that it used and that announce nothing, but for those of the JDK and of
 *     the lab: loggers
 * @param assumed what its executions have in common that others might not have, as clauses
 * @param steps of all executions
 * @param wallNanos how long it took
 * @param outcomes what the executions came to
 * @param leastProbability with which each execution finds a bug, if the strategy promises one
 */
public record Explored(
    long executions,
    long cut,
    Optional<BigInteger> standsFor,
    long runTwice,
    boolean complete,
    long violations,
    List<String> uncontrolled,
    String bound,
    List<String> notWoven,
    List<String> assumed,
    long steps,
    long wallNanos,
    List<Share> outcomes,
    OptionalDouble leastProbability) {
  private static final Comparator<Explored> LEAST_CLAIM_FIRST =
      Comparator.comparing((Explored explored) -> explored.violations() == 0)
          .thenComparing(explored -> explored.uncontrolled().isEmpty())
          .thenComparing(explored -> explored.bound().isEmpty())
          .thenComparing(Explored::complete);

  /** Copies its lists. */
  public Explored {
    uncontrolled = List.copyOf(uncontrolled);
    notWoven = List.copyOf(notWoven);
    assumed = List.copyOf(assumed);
    outcomes = List.copyOf(outcomes);
  }

  /**
   * The one of several of one subject that claims least: one with violations, else one that was not
   * under control, else one that reached a bound, else one that is not complete. Of those that
   * claim the same it is the one of median time, of two the faster.
   */
  public static Optional<Explored> leastClaim(List<Explored> several) {
    Optional<Explored> least = several.stream().min(LEAST_CLAIM_FIRST);
    List<Explored> alike =
        several.stream()
            .filter(one -> LEAST_CLAIM_FIRST.compare(one, least.orElseThrow()) == 0)
            .sorted(Comparator.comparingLong(Explored::wallNanos))
            .toList();
    return least.map(any -> alike.get((alike.size() - 1) / 2));
  }

  /**
   * One outcome, and how often it came.
   *
   * @param outcome what came
   * @param executions in so many executions
   * @param standsFor that stand for so many schedules; empty if they cannot be counted
   */
  public record Share(Outcome outcome, long executions, Optional<BigInteger> standsFor) {
    /** How many schedules came to it, of those that are stood for if they can be counted. */
    public BigInteger count() {
      return standsFor.orElse(BigInteger.valueOf(executions));
    }
  }

  /** How many schedules there are behind it: those that are stood for if they can be counted. */
  public BigInteger count() {
    return standsFor.orElse(BigInteger.valueOf(executions));
  }

  /** What it came to, each once. */
  public Stream<Outcome> distinctOutcomes() {
    return outcomes.stream().map(Share::outcome);
  }

  /** Whether it proves that nothing can go wrong, within what it covers. */
  public boolean isProof() {
    return complete && violations == 0 && isDecided();
  }

  /** Whether nothing kept the search from what it was after. */
  public boolean isDecided() {
    return uncontrolled.isEmpty() && bound.isEmpty();
  }
}
