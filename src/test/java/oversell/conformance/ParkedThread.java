package oversell.conformance;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import oversell.explorer.Scenario;

/**
 * A model of how a virtual thread parks, with the bug that left some parked for ever. Source:
 * JDK-8369227, <i>Virtual thread stuck in PARKED state</i>, of JDK 25 before 25.0.3: a timed park
 * ends by an unpark while its timeout begins; the thread parks again, without a time; the timeout
 * leaves it a permit but lets only those go on that are in a timed park; and the next unpark finds
 * the permit and takes the thread for one that is not parked.
 */
abstract class ParkedThread implements Scenario<String> {
  private enum State {
    RUNNING,
    TIMED_PARKED,
    PARKED,
    UNPARKED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
  private final AtomicBoolean permit = new AtomicBoolean();
  // It goes on when its scheduler is handed it once more.
  private final Semaphore submitted = new Semaphore(0);
  private final Semaphore timeout = new Semaphore(0);
  private volatile boolean isReady;

  /** The time of a timed park is over. */
  abstract void expire();

  static final class Stuck extends ParkedThread {
    @Override
    void expire() {
      if (leavePermit()) {
        goOnFrom(State.TIMED_PARKED);
      }
    }
  }

  static final class Mended extends ParkedThread {
    @Override
    void expire() {
      unpark();
    }
  }

  /** Whether there was none. */
  final boolean leavePermit() {
    return !permit.getAndSet(true);
  }

  final void goOnFrom(State parked) {
    if (state.get() == parked && state.compareAndSet(parked, State.UNPARKED)) {
      submitted.release();
    }
  }

  final void unpark() {
    if (leavePermit()) {
      State seen = state.get();
      if (seen == State.PARKED || seen == State.TIMED_PARKED) {
        goOnFrom(seen);
      }
    }
  }

  private void park(State parked) throws InterruptedException {
    if (permit.getAndSet(false)) {
      return;
    }
    if (parked == State.TIMED_PARKED) {
      timeout.release();
    }
    state.set(parked);
    if (permit.get()) {
      goOnFrom(parked);
    }
    submitted.acquire();
    state.set(State.RUNNING);
    permit.set(false);
  }

  private void waitUntilReady() throws InterruptedException {
    park(State.TIMED_PARKED);
    while (!isReady) {
      park(State.PARKED);
    }
  }

  private void makeReady() {
    unpark();
    isReady = true;
    unpark();
  }

  @Override
  public final String run() throws InterruptedException {
    Thread parking = started(this::waitUntilReady);
    Thread unparking = started(this::makeReady);
    // If there is no timed park it is never over.
    Thread unused =
        started(
            () -> {
              timeout.acquire();
              expire();
            });
    parking.join();
    unparking.join();
    return "ready";
  }

  private static Thread started(Benchmark.Body body) {
    return Thread.startVirtualThread(
        () -> {
          try {
            body.run();
          } catch (InterruptedException never) {
            throw new IllegalStateException(never);
          }
        });
  }
}
