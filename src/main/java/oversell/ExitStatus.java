package oversell;

import oversell.results.Results;

/** What the lab's exit status says. */
enum ExitStatus {
  /** Every verdict is as expected. */
  AS_EXPECTED(0),
  /** A verdict failed. */
  VERDICT_FAILED(1),
  /** What was asked makes no sense or cannot be begun; nothing was run. */
  BAD_INPUT(2),
  /** A fork failed, or the run could not be written down. */
  FORK_FAILED(3),
  /** The lab itself is broken. */
  BUG(70),
  /** The run was interrupted, as a shell writes it. */
  INTERRUPTED(130);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
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
