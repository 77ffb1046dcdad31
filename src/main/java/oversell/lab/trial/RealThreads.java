package oversell.lab.trial;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import oversell.inventory.Pause;

/** The threads of a sale that is measured, in real time. */
final class RealThreads implements ThreadControl {
  private final Pause pause;

  /**
   * Threads that pause so.
   *
   * @param pause what buyers do between check and act
   */
  RealThreads(Pause pause) {
    this.pause = pause;
  }

  @Override
  public void pause() throws InterruptedException {
    pause.pause();
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }

  @Override
  public void waitUntilInterrupted() throws InterruptedException {
    while (!Thread.interrupted()) {
      LockSupport.park();
    }
    throw new InterruptedException();
  }

  @Override
  public void interrupt(Thread thread) {
    thread.interrupt();
  }

  @Override
  public void beforeCancel() {}

  @Override
  public boolean isEnd(Throwable thrown) {
    return false;
  }
}
