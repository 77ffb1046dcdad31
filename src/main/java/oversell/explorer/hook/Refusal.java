package oversell.explorer.hook;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;

/** What a pool does with a task that it does not take, unless it was told otherwise. */
final class Refusal extends ThreadPoolExecutor.AbortPolicy {
  @Override
  public void rejectedExecution(Runnable task, ThreadPoolExecutor pool) {
    throw rejected();
  }

  static RejectedExecutionException rejected() {
    return new Rejected();
  }

  /**
   * It can be caught, and thrown on. The JDK's text says how many threads there are and how many
   * tasks are done, which threads change between their steps, so nobody can ask for it here.
   */
  static final class Rejected extends RejectedExecutionException {
    private static final long serialVersionUID = 1L;
    private static final String TEXT = "a pool that is shut down, or has no room";

    private Rejected() {
      super(TEXT);
    }

    @Override
    public String getMessage() {
      Hooks.controller.escape(
          "the text of a RejectedExecutionException, which counts the threads and tasks of a pool"
              + " (catch it, and count what you need)");
      return TEXT;
    }

    @Override
    public String toString() {
      return RejectedExecutionException.class.getName() + ": " + getMessage();
    }
  }
}
