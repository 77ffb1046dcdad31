package oversell.report;

import java.util.ArrayList;
import java.util.List;
import oversell.explorer.picture.Caption;
import oversell.explorer.picture.Story.Step;
import oversell.explorer.picture.Timeline;
import oversell.lab.trial.Counterexample;
import oversell.lab.trial.Outcome;
import oversell.lab.trial.SaleOutcome;
import oversell.lab.trial.ScenarioOutcome;
import oversell.text.Words;

/**
 * What is said of a counterexample in words.
 *
 * @param told the counterexample
 * @param initial the units that there were, over all articles
 */
record StepWords(Counterexample told, long initial) {
  static String switches(int number) {
    return number == 1 ? "1 switch" : number + " switches";
  }

  /** How it goes and ends, in one sentence. */
  String headline() {
    return Words.text(
        "%s, %s: %s",
        switches(told.switches()), Words.counted(told.steps().size(), "step"), ending());
  }

  private String ending() {
    return switch (told.outcome()) {
      case SaleOutcome sold ->
          Words.text(
              "it ends with a stock of %d and %s sold: %s",
              sold.finalStock(), Words.counted(sold.soldUnits(), "unit"), sold.meaning());
      case ScenarioOutcome one -> meaning();
    };
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
        step.said(),
        step.place().isEmpty() ? "" : " (" + step.place() + ")",
        standsStill ? "" : ": " + broken());
  }

  /** What is wrong from that step on. */
  String broken() {
    Step step = told.steps().get(told.brokenAt());
    String stock = step.watched().getOrDefault(Counterexample.STOCK, "");
    if (!(told.outcome() instanceof SaleOutcome)
        || told.outcome().grade().isStandstill()
        || stock.isEmpty()) {
      return meaning();
    }
    return Words.text(
        "%s sold and %s left, of %d",
        step.watched().getOrDefault(Counterexample.SOLD, ""), stock, initial);
  }

  private String meaning() {
    Outcome outcome = told.outcome();
    if (outcome.failure().isEmpty() || !(outcome instanceof ScenarioOutcome)) {
      return outcome.meaning();
    }
    return outcome.grade() == Outcome.Grade.THREW
        ? "it threw " + outcome.failure()
        : outcome.meaning() + ", after " + outcome.failure();
  }

  boolean isBroken() {
    return told.brokenAt() >= 0 && told.brokenAt() < told.steps().size();
  }

  /** The threads that take a step or wait for one. */
  List<Integer> lanes() {
    return told.story().lanes();
  }

  /** How it goes, as a picture. */
  Timeline timeline(String label) {
    List<String> notes = new ArrayList<>();
    if (isBroken()) {
      notes.add(broken());
      if (!meaning().equals(broken())) {
        notes.add(meaning());
      }
      notes.addAll(told.waits());
    }
    String title =
        Words.text(
            "%s fails in %s and %s",
            label, Words.counted(told.steps().size(), "step"), switches(told.switches()));
    String description = headline() + "." + (isBroken() ? " " + moment() + "." : "");
    return new Timeline(told.story(), new Caption(title, description, notes));
  }
}
