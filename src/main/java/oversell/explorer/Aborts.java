package oversell.explorer;

import java.math.BigInteger;
import java.util.Optional;
import oversell.text.Words;

/**
 * The executions that were aborted: a condition of the scenario did not hold, so nothing was
 * checked. They do not fail, and nothing that is proved covers them.
 *
 * @param executions how many there are
 * @param schedules that they stand for; empty if they cannot be counted
 * @param why the first of them was
 */
public record Aborts(long executions, Optional<BigInteger> schedules, String why) {
  private static final int LONGEST = 160;

  static <R> Aborts of(Findings<ScenarioResult<R>> findings) {
    long executions = 0;
    Optional<BigInteger> schedules = Optional.of(BigInteger.ZERO);
    String why = "";
    for (Findings.Share<ScenarioResult<R>> share : findings.outcomes()) {
      if (share.outcome() instanceof ScenarioResult.Aborted<R> aborted) {
        why = executions == 0 ? aborted.why() : why;
        executions += share.executions();
        schedules = schedules.flatMap(sum -> share.standsFor().map(sum::add));
      }
    }
    return new Aborts(executions, schedules, why);
  }

  /** What they are, for a list. */
  String what() {
    String ofThem =
        schedules.map(count -> Words.many(count, "schedule") + " in ").orElse("the schedules of ");
    return Words.text(
        "%s%s that %s aborted (%s)",
        ofThem, Words.many(executions, "execution"), executions == 1 ? "was" : "were", shown());
  }

  /** How many of all there were, to follow another clause; empty if there were none. */
  String clause() {
    return executions == 0
        ? ""
        : Words.text(
            ", %,d %s aborted (%s)", executions, executions == 1 ? "was" : "were", shown());
  }

  /** Why the first was, on one line. */
  private String shown() {
    String line = why.strip().replaceAll("\\s+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
