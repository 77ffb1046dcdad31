package oversell.lab.trial;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oversell.explorer.Found;
import oversell.explorer.picture.Story;

/**
 * One execution, told step by step.
 *
 * @param schedule its order of steps, to replay it by
 * @param outcome what it came to
 * @param threads what its threads are called, by their numbers in the steps
 * @param switches how often another thread than before took a step
 * @param steps in their order
 * @param brokenAt the number of the step after which a check fails for good, from 0; -1 if none
 *     does
 * @param waits at its end, who waits for what and who has it; none if all threads ended
 */
public record Counterexample(
    String schedule,
    Outcome outcome,
    List<String> threads,
    int switches,
    List<Step> steps,
    int brokenAt,
    List<String> waits) {
  /** Copies its lists. */
  public Counterexample {
    threads = List.copyOf(threads);
    steps = List.copyOf(steps);
    waits = List.copyOf(waits);
  }

  /** Of a sale that was written up. */
  static Counterexample of(Found<Outcome> found) {
    Story story = found.story();
    return new Counterexample(
        story.schedule(),
        found.outcome(),
        story.threads(),
        story.switches(),
        story.steps().stream().map(Step::of).toList(),
        story.brokenAt(),
        story.waits());
  }

  /** Its steps, to be drawn: beside them stand the stock and what was sold. */
  public Story story() {
    return new Story(
        schedule, threads, switches, steps.stream().map(Step::drawn).toList(), brokenAt, waits);
  }

  /**
   * One step, and how things stand after it.
   *
   * @param thread whose it is
   * @param place file and line of the source; empty if it has none
   * @param method that it is in; empty if it is in none
   * @param action what it does, as a clause without a subject: "reads stock"
   * @param values what it reads or writes, in order, as text
   * @param stock the units left, over all articles; empty if they cannot be told
   * @param sold the units that buyers were told they got
   * @param waiting the threads that cannot go on until another lets them
   */
  public record Step(
      int thread,
      String place,
      String method,
      String action,
      List<String> values,
      String stock,
      long sold,
      List<Integer> waiting) {
    /** Copies its lists. */
    public Step {
      values = List.copyOf(values);
      waiting = List.copyOf(waiting);
    }

    private static Step of(Story.Step step) {
      return new Step(
          step.thread(),
          step.place(),
          step.method(),
          step.action(),
          step.values(),
          step.watched().getOrDefault(SaleExecution.STOCK, ""),
          Long.parseLong(step.watched().getOrDefault(SaleExecution.SOLD, "0")),
          step.waiting());
    }

    private Story.Step drawn() {
      Map<String, String> watched = new LinkedHashMap<>();
      watched.put(SaleExecution.STOCK, stock);
      watched.put(SaleExecution.SOLD, Long.toString(sold));
      return new Story.Step(thread, place, method, action, values, watched, waiting);
    }

    /** What it does, with what it read or wrote: "reads stock = 10". */
    public String said() {
      return drawn().said();
    }
  }
}
