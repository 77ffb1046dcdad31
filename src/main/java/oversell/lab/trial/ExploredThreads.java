package oversell.lab.trial;

import java.time.Duration;
import oversell.explorer.Control;

/**
 * The threads of a sale that is explored. The sale itself is not woven, so that the steps of an
 * execution are those of the inventory: woven, each number that a buyer notes and each fork would
 * be one more step, and there would be that many more schedules of the same sale. So what a sale
 * does to its threads is told to the explorer here, and nowhere else.
 */
final class ExploredThreads implements ThreadControl {
  private final Control control;
  private final long holdNanos;

  /**
   * Threads of one execution.
   *
   * @param hold how long they pause, in virtual time
   */
  ExploredThreads(Control control, Duration hold) {
    this.control = control;
    holdNanos = hold.toNanos();
  }

  @Override
  public void pause() throws InterruptedException {
    control.sleep(holdNanos);
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    control.sleep(time.toNanos());
  }

  @Override
  public void waitUntilInterrupted() throws InterruptedException {
    control.hang();
  }

  /** The sleep that follows announces that of the current thread; another may be at any step. */
  @Override
  public void interrupt(Thread thread) {
    if (!thread.equals(Thread.currentThread())) {
      control.touchAnything();
    }
    thread.interrupt();
  }

  @Override
  public void beforeCancel() {
    control.touchAnything();
  }

  @Override
  public boolean isEnd(Throwable thrown) {
    return Control.isEnd(thrown);
  }
}
