package oversell.lab.trial;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Locale;

/** What one execution came to: a sale, or a scenario. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(SaleOutcome.class), @JsonSubTypes.Type(ScenarioOutcome.class)})
public sealed interface Outcome permits SaleOutcome, ScenarioOutcome {
  /** The first of the checks that it failed, or that it passed them all. */
  Grade grade();

  /** What was thrown; empty if nothing was. */
  String failure();

  /** What its grade means, in a sentence, without a full stop. */
  default String meaning() {
    return grade().meaning();
  }

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
    /** A scenario threw, or one of its threads did. */
    THREW("the scenario threw an exception, or a thread of it did"),
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
}
