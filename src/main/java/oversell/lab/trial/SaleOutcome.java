package oversell.lab.trial;

import org.jspecify.annotations.Nullable;

/**
 * What one execution of a sale came to.
 *
 * @param grade the first of the checks that it failed, or that it passed them all
 * @param finalStock units left, over all articles
 * @param soldUnits units that buyers were told they got
 * @param unanswered buyers that got no answer, except those that a fault hit
 * @param failure what the first of those threw; empty if none did
 */
public record SaleOutcome(
    Grade grade, long finalStock, long soldUnits, int unanswered, String failure)
    implements Outcome {
  // By hand, since executions are told apart by it: what the JDK makes of a record costs some
  // milliseconds when it is first asked, which is much of a small exploration.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SaleOutcome that
        && grade == that.grade
        && finalStock == that.finalStock
        && soldUnits == that.soldUnits
        && unanswered == that.unanswered
        && failure.equals(that.failure);
  }

  @Override
  public int hashCode() {
    int hash = 31 * grade.name().hashCode() + Long.hashCode(finalStock);
    hash = 31 * hash + Long.hashCode(soldUnits);
    return 31 * (31 * hash + unanswered) + failure.hashCode();
  }
}
