package oversell.lab.fork;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/** How a fork ended. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ForkOutcome.Completed.class, name = "completed"),
  @JsonSubTypes.Type(value = ForkOutcome.Crashed.class, name = "crashed"),
  @JsonSubTypes.Type(value = ForkOutcome.TimedOut.class, name = "timed-out"),
  @JsonSubTypes.Type(value = ForkOutcome.Unavailable.class, name = "unavailable")
})
public sealed interface ForkOutcome {
  /**
   * All trials were run.
   *
   * @param took from its launch to its end
   */
  record Completed(Duration took) implements ForkOutcome {}

  /**
   * It ended before it had sent all its results.
   *
   * @param status its exit status; 128 + the signal's number where one killed it
   * @param lastWords the last lines that it printed, without stack frames; empty if none
   * @param output the file in the results folder with all that it printed
   */
  record Crashed(int status, String lastWords, String output) implements ForkOutcome {}

  /**
   * It missed its deadline and was killed.
   *
   * @param deadline what it had
   * @param threadDump the file in the results folder that shows what its threads waited for; empty
   *     if there is none
   */
  record TimedOut(Duration deadline, String threadDump) implements ForkOutcome {}

  /**
   * It was never launched.
   *
   * @param reason a clause: "JDK 22 is not installed"
   */
  record Unavailable(String reason) implements ForkOutcome {}

  /** Whether it did not do what it was launched for. */
  default boolean isFailure() {
    return !(this instanceof Completed);
  }

  /** What to tell the reader of a table, in a clause. */
  default String describe() {
    return switch (this) {
      case Completed completed -> "completed in " + completed.took().toMillis() + " ms";
      case Crashed crashed ->
          "crashed with status "
              + crashed.status()
              + (crashed.lastWords().isEmpty()
                  ? " and printed nothing"
                  : ": " + crashed.lastWords() + " (" + crashed.output() + ")");
      case TimedOut timedOut ->
          "missed its deadline of "
              + timedOut.deadline().toMillis()
              + " ms"
              + (timedOut.threadDump().isEmpty()
                  ? ""
                  : ", thread dump in " + timedOut.threadDump());
      case Unavailable unavailable -> "was not launched: " + unavailable.reason();
    };
  }
}
