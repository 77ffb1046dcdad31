package oversell.explorer.picture;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One execution, step by step.
 *
 * @param schedule its order of steps, to replay it by
 * @param threads the names of its threads, by their numbers in the steps
 * @param switches how many context switches there were
 * @param steps in their order
 * @param brokenAt the number of the step after which the invariant stays broken, from 0; -1 if
 *     there is none
 * @param waits at its end, which thread waits for what, and which thread has it; empty if all
 *     threads ended
 */
public record Story(
    String schedule,
    List<String> threads,
    int switches,
    List<Step> steps,
    int brokenAt,
    List<String> waits) {
  /** Copies its lists. */
  public Story {
    threads = List.copyOf(threads);
    steps = List.copyOf(steps);
    waits = List.copyOf(waits);
  }

  /** Whether it breaks at one of its steps. */
  public boolean isBroken() {
    return brokenAt >= 0 && brokenAt < steps.size();
  }

  /** The threads that take a step or are blocked, by number. */
  public List<Integer> lanes() {
    return steps.stream()
        .flatMap(step -> Stream.concat(Stream.of(step.thread()), step.waiting().stream()))
        .distinct()
        .sorted()
        .toList();
  }

  /** The names of the values that are watched. */
  public List<String> watched() {
    return steps.stream().flatMap(step -> step.watched().keySet().stream()).distinct().toList();
  }

  /**
   * One step, and the state after it.
   *
   * @param thread the thread that takes it
   * @param place file and line of the source; empty if it has none
   * @param method the method that it is in; empty if it is in none
   * @param action what it does, as a clause without a subject: "reads stock"
   * @param values the values that it reads or writes, in order, as text
   * @param watched the values that the scenario names, as text; empty where one is not known
   * @param waiting the threads that are blocked
   */
  public record Step(
      int thread,
      String place,
      String method,
      String action,
      List<String> values,
      Map<String, String> watched,
      List<Integer> waiting) {
    /** Copies its lists. */
    public Step {
      values = List.copyOf(values);
      watched = Collections.unmodifiableMap(new LinkedHashMap<>(watched));
      waiting = List.copyOf(waiting);
    }

    /** What it does, with what it read or wrote: "reads stock = 10". */
    public String said() {
      if (values.isEmpty()) {
        return action;
      }
      boolean isOne = values.size() == 1 && (isRead() || isWrite());
      return action + (isOne ? " = " : ": ") + String.join(", ", values);
    }

    /** Whether it reads a field or an element. */
    public boolean isRead() {
      return action.startsWith("reads ");
    }

    /** Whether it writes one. */
    public boolean isWrite() {
      return action.startsWith("writes ");
    }

    boolean isSleep() {
      return action.equals("ends its sleep") || action.equals("ends its pause");
    }
  }
}
