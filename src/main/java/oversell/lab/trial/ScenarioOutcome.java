package oversell.lab.trial;

/**
 * What one execution of a scenario came to.
 *
 * @param grade whether it returned, and how it failed if it did not
 * @param returned what it returned, as text; empty if it returned nothing
 * @param failure what was thrown, as text; empty if nothing was
 */
public record ScenarioOutcome(Grade grade, String returned, String failure) implements Outcome {
  @Override
  public String meaning() {
    return switch (grade) {
      case DEADLOCK -> "threads wait for one another, or for a signal that never comes";
      case ENDLESS ->
          "it never ends: the threads that are left repeat what they do, and nothing changes";
      case SAFE -> "the scenario returned";
      case THREW, NEGATIVE, OVERSOLD, LOST_UPDATE, VANISHED, UNANSWERED -> grade.meaning();
    };
  }
}
