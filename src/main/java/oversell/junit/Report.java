package oversell.junit;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of one test, as it can be told by another JVM.
 *
 * @param verdict what it came to
 * @param text the certificate, the story, or why nothing was proved
 * @param schedule of the failure; empty if there is none
 * @param cause of the failure, in a text that is not cut; null if nothing was thrown
 * @param svg the failure as a picture; empty if there is none
 * @param executions that were run
 * @param aborted how many of them were not judged, since an assumption failed
 * @param schedules that they stand for, as text; empty if they cannot be counted
 * @param uncontrolled what was done that is not under control
 * @param millis how long it took
 */
record Report(
    Verdict verdict,
    String text,
    String schedule,
    @Nullable Cause cause,
    String svg,
    long executions,
    long aborted,
    String schedules,
    List<String> uncontrolled,
    long millis)
    implements Serializable {
  /** What it came to. */
  enum Verdict {
    /** Every schedule was run or stood for, and none failed; not all were aborted. */
    PROVED,
    /** As many as were asked for were run, and none failed; not all were aborted. */
    PASSED,
    /** All were run that were asked for, and an assumption failed in each. */
    ABORTED,
    /** One failed. */
    FAILED,
    /** None failed, and not all were run, or not all was under control. */
    NOT_PROVED,
    /** It could not be explored. */
    REFUSED,
    /** It did not end, or its JVM did. */
    GIVEN_UP
  }

  /** What was thrown. */
  record Cause(String text, List<StackTraceElement> stack) implements Serializable {
    static Cause of(Throwable thrown) {
      return new Cause(String.valueOf(thrown), List.of(thrown.getStackTrace()));
    }

    /** The same, to be shown by a test's runner. */
    Throwable shown() {
      return new Shown(text, stack);
    }
  }

  /** Something that was thrown in an execution, of whatever class. */
  private static final class Shown extends Exception {
    private static final long serialVersionUID = 1;

    Shown(String text, List<StackTraceElement> stack) {
      super(text);
      setStackTrace(stack.toArray(StackTraceElement[]::new));
    }
  }

  /** None: it makes no sense to explore it so, and this says why. */
  static Report refused(Throwable thrown, long millis) {
    return none(
        Verdict.REFUSED,
        Optional.ofNullable(thrown.getMessage()).orElseGet(thrown::toString),
        Cause.of(thrown),
        millis);
  }

  /** None: the explorer itself failed, or had no memory left. */
  static Report broken(Request request, Throwable thrown) {
    return none(
        Verdict.REFUSED,
        request.name() + ": not proved: the explorer failed: " + thrown,
        Cause.of(thrown),
        0);
  }

  /** None: it did not end in time, or the JVM that ran it did. */
  static Report givenUp(Request request, String why, long millis) {
    return none(Verdict.GIVEN_UP, request.name() + ": not proved: " + why, null, millis);
  }

  private static Report none(Verdict verdict, String text, @Nullable Cause cause, long millis) {
    return new Report(verdict, text, "", cause, "", 0, 0, "", List.of(), millis);
  }

  boolean isPass() {
    return verdict == Verdict.PROVED || verdict == Verdict.PASSED;
  }
}
