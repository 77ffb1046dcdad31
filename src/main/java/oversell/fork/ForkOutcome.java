package oversell.fork;

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
   * It ended before its trials did.
   *
   * @param status its exit status; 128 + the signal's number where one killed it
   * @param lastWords the last lines that it printed; empty if none
   */
  record Crashed(int status, String lastWords) implements ForkOutcome {}

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
      case Completed completed -> "completed in %d ms".formatted(completed.took().toMillis());
      case Crashed crashed ->
          "crashed with status %d%s"
              .formatted(
                  crashed.status(),
                  crashed.lastWords().isEmpty() ? "" : ": " + crashed.lastWords());
      case TimedOut timedOut ->
          "missed its deadline of %d ms%s"
              .formatted(
                  timedOut.deadline().toMillis(),
                  timedOut.threadDump().isEmpty()
                      ? ""
                      : ", thread dump in " + timedOut.threadDump());
      case Unavailable unavailable -> "was not launched: " + unavailable.reason();
    };
  }
}
