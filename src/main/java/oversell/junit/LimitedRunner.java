package oversell.junit;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs tests in this JVM, one at a time, each on a thread of its own, and gives up one that does
 * not end. Explorations look at the clock between executions, so one that blocks its thread for
 * real, in a call that is not under control, would never see that its time is over.
 */
final class LimitedRunner {
  /**
   * What a test may take beyond its own limit: the execution that is being run ends, and a failure
   * is made as short as can be and written up.
   */
  static final Duration GRACE = Duration.ofSeconds(60);

  private final Duration grace;
  // Each has all of its time, whoever else runs tests at the same time.
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private volatile @Nullable Thread abandoned;

  /** A runner that gives up a test so long after the test's own limit. */
  LimitedRunner(Duration grace) {
    this.grace = grace;
  }

  /** Whether it can run a test: none that it has given up still runs, and holds the explorer. */
  boolean isFree() {
    Thread last = abandoned;
    return last == null || !last.isAlive();
  }

  Report run(Request request, ClassLoader classes) throws InterruptedException {
    oneAtATime.lockInterruptibly();
    try {
      return runAlone(request, classes);
    } finally {
      oneAtATime.unlock();
    }
  }

  private Report runAlone(Request request, ClassLoader classes) throws InterruptedException {
    FutureTask<Report> task = new FutureTask<>(() -> new Runner(classes).run(request));
    Thread thread = new Thread(task, "interleavings of " + request.name());
    thread.setDaemon(true);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    Duration limit = request.how().within().plus(grace);
    boolean isDone = false;
    thread.start();
    try {
      Report report = task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      isDone = true;
      return report;
    } catch (TimeoutException tooLong) {
      return Report.givenUp(
          request,
          "an execution did not end within %,d s, and was given up; look for what blocks in a call"
                  .formatted(limit.toSeconds())
              + " of the JDK or in native code, and take it out of the test"
              + StackTraces.ofWhatRunsOn(thread),
          limit.toMillis());
    } catch (ExecutionException thrown) {
      isDone = true;
      Throwable cause = thrown.getCause();
      return Report.broken(request, cause == null ? thrown : cause);
    } finally {
      if (!isDone) {
        abandoned = thread;
      }
    }
  }
}
