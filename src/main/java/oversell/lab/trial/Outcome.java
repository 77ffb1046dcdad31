package oversell.lab.trial;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one execution came to.
 *
 * @param grade the first of the checks that it failed, or that it passed them all
 * @param finalStock units left, over all articles
 * @param soldUnits units that buyers were told they got
 * @param unanswered buyers that got no answer, except those that a fault hit
 * @param failure what the first of those threw; empty if none did
 */
public record Outcome(
    Grade grade, long finalStock, long soldUnits, int unanswered, String failure) {
  /** How an outcome is judged, the worst first. */
  public enum Grade {
    /** Some threads wait for one another for ever. */
    DEADLOCK("buyers wait for one another, or for a signal that never comes"),
    /** It repeats itself for ever. */
    ENDLESS("it never ends: the buyers that are left repeat what they do, and nothing changes"),
    /** The stock was seen below zero. */
    NEGATIVE("more was sold than there was, and the stock was seen below zero"),
    /** Buyers were sold more than there was, and the stock looks fine. */
    OVERSOLD("more was sold than there was, and the stock hides it: an update was lost"),
    /** Units were sold that the stock doesn't know of. */
    LOST_UPDATE("units were sold that the stock doesn't know of"),
    /** Units are gone that nobody was sold. */
    VANISHED("units are gone that nobody was sold"),
    /** Somebody got an exception instead of an answer. */
    UNANSWERED("a buyer got an exception instead of an answer"),
    /** Nothing is wrong. */
    SAFE("no unit was sold twice, none is lost, and every buyer was answered");

    private final String meaning;

    Grade(String meaning) {
      this.meaning = meaning;
    }

    /** In a sentence, without a full stop. */
    public String meaning() {
      return meaning;
    }

    /** Whether a check failed. */
    public boolean isViolation() {
      return this != SAFE;
    }

    /** Whether it is not a wrong end, but none. */
    public boolean isStandstill() {
      return this == DEADLOCK || this == ENDLESS;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  // By hand, since executions are told apart by it: what the JDK makes of a record costs some
  // milliseconds when it is first asked, which is much of a small exploration.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Outcome that
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
