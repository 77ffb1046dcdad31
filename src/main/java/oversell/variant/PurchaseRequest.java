package oversell.variant;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * One purchase in the mailbox of a single writer: waited for by its buyer, served by the writer.
 * Promises that a buyer who is interrupted before the act is not sold to, and that the writer is
 * interrupted in this buyer's pause only, never in the next one's. Costs a lock of its own, which
 * buyer and writer take in turn and nobody keeps during a pause.
 */
final class PurchaseRequest {
  private final int units;
  private final Pause pause;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ending = lock.newCondition();
  private boolean begun;
  private boolean cancelled;
  private boolean ended;
  // Who may be interrupted; nobody before the request is begun nor after its pause.
  private @Nullable Thread writer;
  private @Nullable Answer answer;
  private @Nullable Throwable failure;

  PurchaseRequest(int units, Pause pause) {
    this.units = units;
    this.pause = pause;
  }

  /**
   * Waits until it is served. A buyer that is interrupted leaves at once if it is not its turn yet,
   * and otherwise when its pause is over.
   */
  Answer await() throws InterruptedException {
    lock.lock();
    try {
      while (!ended) {
        ending.await();
      }
    } catch (InterruptedException interrupted) {
      cancel(interrupted);
    } finally {
      lock.unlock();
    }
    return outcome();
  }

  private void cancel(InterruptedException interrupted) throws InterruptedException {
    cancelled = true;
    if (!begun) {
      throw interrupted;
    }
    if (writer != null) {
      writer.interrupt();
    }
    while (!ended) {
      ending.awaitUninterruptibly();
    }
    if (!(failure instanceof InterruptedException)) {
      // It came too late to be what ended the purchase, so the buyer has yet to learn of it.
      Thread.currentThread().interrupt();
    }
  }

  private Answer outcome() throws InterruptedException {
    return switch (failure) {
      case null -> Objects.requireNonNull(answer);
      case InterruptedException interrupted -> throw interrupted;
      case RuntimeException thrown -> throw thrown;
      case Error thrown -> throw thrown;
      case Throwable thrown -> throw new UndeclaredThrowableException(thrown);
    };
  }

  /** Called by the writer. Throws nothing, whatever the pause does: others wait for the writer. */
  void serve(Shelf shelf) {
    if (!begin()) {
      return;
    }
    Answer given = null;
    Throwable thrown = null;
    try {
      given = shelf.purchase(units, this::pauseUnlessCancelled);
    } catch (Throwable any) {
      thrown = any;
    }
    end(given, thrown);
  }

  private boolean begin() {
    lock.lock();
    try {
      if (!cancelled) {
        begun = true;
        writer = Thread.currentThread();
      }
      return begun;
    } finally {
      lock.unlock();
    }
  }

  private void pauseUnlessCancelled() throws InterruptedException {
    pause.pause();
    lock.lock();
    try {
      // From here on it is too late to cancel.
      writer = null;
      if (cancelled) {
        throw new InterruptedException();
      }
    } finally {
      lock.unlock();
    }
  }

  private void end(@Nullable Answer given, @Nullable Throwable thrown) {
    lock.lock();
    try {
      writer = null;
      // What was meant for this buyer must not meet the next one's pause, whether it came from the
      // buyer, after its pause had ended, or from the pause itself.
      var unused = Thread.interrupted();
      answer = given;
      failure = thrown;
      ended = true;
      ending.signal();
    } finally {
      lock.unlock();
    }
  }
}
