package oversell.lab.trial;

import java.time.Duration;

/**
 * What a sale asks of the threads that it runs on. There are two: {@link RealThreads} of a sale
 * that is measured and {@link ExploredThreads} of one that is explored. All else of a sale is the
 * same for both.
 */
interface ThreadControl {
  /** Pauses as long as the hold of the workload says. */
  void pause() throws InterruptedException;

  /** Sleeps. */
  void sleep(Duration time) throws InterruptedException;

  /** Waits until the thread is interrupted. */
  void waitUntilInterrupted() throws InterruptedException;

  /** Interrupts a thread. */
  void interrupt(Thread thread);

  /** Called by a buyer that is about to end with what cancels its scope. */
  void beforeCancel();

  /** Whether this ends a thread of an execution that is not run to its end: never to be caught. */
  boolean isEnd(Throwable thrown);
}
