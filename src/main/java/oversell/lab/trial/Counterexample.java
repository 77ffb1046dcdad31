package oversell.lab.trial;

import java.util.List;
import oversell.explorer.picture.Story;

/**
 * One execution, told step by step.
 *
 * @param schedule its order of steps, to replay it by
 * @param outcome what it came to
 * @param threads what its threads are called, by their numbers in the steps
 * @param switches how often another thread than before took a step
 * @param steps in their order, each with the values that are watched: of a sale {@link #STOCK} and
 *     {@link #SOLD}
 * @param brokenAt the number of the step after which a check fails for good, from 0; -1 if none
 *     does
 * @param waits at its end, who waits for what and who has it; none if all threads ended
 */
public record Counterexample(
    String schedule,
    Outcome outcome,
    List<String> threads,
    int switches,
    List<Story.Step> steps,
    int brokenAt,
    List<String> waits) {
  /** The units left, over all articles; empty if they cannot be told. */
  public static final String STOCK = "stock";

  /** The units that buyers were told they got. */
  public static final String SOLD = "sold";

  /** Copies its lists. */
  public Counterexample {
    threads = List.copyOf(threads);
    steps = List.copyOf(steps);
    waits = List.copyOf(waits);
  }

  /** Of an execution that was written up. */
  static Counterexample of(Outcome outcome, Story story) {
    return new Counterexample(
        story.schedule(),
        outcome,
        story.threads(),
        story.switches(),
        story.steps(),
        story.brokenAt(),
        story.waits());
  }

  /** Its steps, to be drawn. */
  public Story story() {
    return new Story(schedule, threads, switches, steps, brokenAt, waits);
  }
}
