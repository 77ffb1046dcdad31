package oversell.explorer.picture;

import java.util.List;
import java.util.stream.Stream;
import oversell.explorer.Counterexample;
import oversell.explorer.Counterexample.Step;
import oversell.explorer.Outcome;
import oversell.report.table.Words;

/**
 * What is said of a counterexample in words.
 *
 * @param told the counterexample
 * @param initial the units that there were, over all articles
 */
record StepWords(Counterexample told, long initial) {
  /** A step as a clause without a subject, with what it read or wrote: "reads stock = 10". */
  static String action(Step step) {
    if (step.values().isEmpty()) {
      return step.action();
    }
    boolean one = step.values().size() == 1 && isAccess(step);
    return step.action() + (one ? " = " : ": ") + String.join(", ", step.values());
  }

  private static boolean isAccess(Step step) {
    return isRead(step) || isWrite(step);
  }

  static boolean isRead(Step step) {
    return step.action().startsWith("reads ");
  }

  static boolean isWrite(Step step) {
    return step.action().startsWith("writes ");
  }

  static String switches(int number) {
    return number == 1 ? "1 switch" : number + " switches";
  }

  /** How it goes and ends, in one sentence. */
  String headline() {
    Outcome outcome = told.outcome();
    return Words.text(
        "%s, %s: it ends with a stock of %d and %s sold: %s",
        switches(told.switches()),
        Words.counted(told.steps().size(), "step"),
        outcome.finalStock(),
        Words.counted(outcome.soldUnits(), "unit"),
        outcome.grade().meaning());
  }

  /** Where it breaks, in one sentence. */
  String moment() {
    Step step = told.steps().get(told.brokenAt());
    boolean standsStill = told.outcome().grade().isStandstill();
    return Words.text(
        "It %s step %d, where %s %s%s%s",
        standsStill ? "gets no further than" : "breaks at",
        told.brokenAt() + 1,
        told.threads().get(step.thread()),
        action(step),
        step.place().isEmpty() ? "" : " (" + step.place() + ")",
        standsStill ? "" : ": " + broken());
  }

  /** What is wrong from that step on. */
  String broken() {
    Step step = told.steps().get(told.brokenAt());
    if (told.outcome().grade().isStandstill() || step.stock().isEmpty()) {
      return told.outcome().grade().meaning();
    }
    return Words.text("%d sold and %s left, of %d", step.sold(), step.stock(), initial);
  }

  boolean isBroken() {
    return told.brokenAt() >= 0 && told.brokenAt() < told.steps().size();
  }

  /** The threads that take a step or wait for one: the owner of the scope does neither mostly. */
  List<Integer> lanes() {
    return told.steps().stream()
        .flatMap(step -> Stream.concat(Stream.of(step.thread()), step.waiting().stream()))
        .distinct()
        .sorted()
        .toList();
  }
}
