package oversell;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import oversell.report.table.Results;

/** What the lab's exit status says. */
enum ExitStatus {
  /** Every verdict is as expected. */
  AS_EXPECTED(0, "everything as expected"),
  /** A verdict failed. */
  VERDICT_FAILED(1, "a verdict failed"),
  /** What was asked makes no sense or cannot be begun; nothing was run. */
  BAD_INPUT(2, "could not be begun"),
  /** A fork failed, or the run could not be written down. */
  FORK_FAILED(3, "a fork failed, or the results could not be written"),
  /** The lab itself is broken. */
  BUG(70, "the lab itself is broken"),
  /** The run was interrupted, as a shell writes it. */
  INTERRUPTED(130, "interrupted");

  /** From the least to the most severe. */
  private static final List<ExitStatus> BY_SEVERITY =
      List.of(AS_EXPECTED, BAD_INPUT, FORK_FAILED, VERDICT_FAILED, INTERRUPTED, BUG);

  private final int code;
  private final String text;

  ExitStatus(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** As the closing lines of several runs say it. */
  @Override
  public String toString() {
    return text;
  }

  /** What several runs come to: the most severe of theirs; as expected if there are none. */
  static ExitStatus of(Collection<ExitStatus> runs) {
    return runs.stream().max(Comparator.comparingInt(BY_SEVERITY::indexOf)).orElse(AS_EXPECTED);
  }

  int code() {
    return code;
  }

  /**
   * What a run comes to. A verdict that failed on trials that ended says more than a fork that did
   * not.
   */
  static ExitStatus of(Results results) {
    if (results.ended().isEmpty()) {
      return INTERRUPTED;
    }
    if (results.anyVerdictFailed()) {
      return VERDICT_FAILED;
    }
    return results.anyForkFailed() ? FORK_FAILED : AS_EXPECTED;
  }
}
