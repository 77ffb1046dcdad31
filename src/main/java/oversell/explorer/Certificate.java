package oversell.explorer;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import oversell.text.Words;

/**
 * What an exploration has proved, and what the proof does not cover. There is a certificate only if
 * every schedule was run or is stood for by one that was, everything was under control, and no
 * schedule failed.
 *
 * @param scenario the name of its class
 * @param options how it was explored
 * @param executions that were run to their end
 * @param schedules that they stand for; empty if they cannot be counted
 * @param aborted those of them that were aborted, and so are not covered
 * @param runTwice how many of the executions were run a second time, and did the same
 * @param notWoven the classes that were used and are not woven
 * @param assumed what its executions have in common that others might not have, as clauses
 */
public record Certificate(
    String scenario,
    Options options,
    long executions,
    Optional<BigInteger> schedules,
    Aborts aborted,
    long runTwice,
    List<String> notWoven,
    List<String> assumed) {
  /** Copies its lists. */
  public Certificate {
    notWoven = List.copyOf(notWoven);
    assumed = List.copyOf(assumed);
  }

  /** The proof and its limits in one paragraph. */
  @Override
  public String toString() {
    String all =
        schedules
            .map(count -> count.equals(BigInteger.ONE) ? "its one schedule" : many(count))
            .orElse("every schedule");
    return Words.text(
        "%s: %s at %s%s%s ends without a failure, proved by %s, of which %s run a second time and did"
            + " the same. Not covered: %sweak memory (each read sees the last write), what the JDK"
            + " does inside of one call, other inputs%s%s%s.",
        scenario,
        all,
        options.granularity(),
        options.wakesSpuriously() ? ", with spurious wake-ups," : "",
        aborted.executions() == 0 ? "" : " that was not aborted",
        Words.many(executions, "execution"),
        runTwice == 1 ? "1 was" : Words.text("%,d were", runTwice),
        aborted.executions() == 0 ? "" : aborted.what() + ", ",
        assumed.stream().map(what -> ", " + what).collect(Collectors.joining()),
        options.classes().notCovered(),
        notWoven.isEmpty()
            ? ""
            : ", and what these classes do, which are not woven: " + String.join(", ", notWoven));
  }

  private static String many(BigInteger count) {
    return Words.text("each of its %s", Words.many(count, "schedule"));
  }
}
