package oversell.lab.trial;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;

/**
 * The seam to {@code StructuredTaskScope}. That is a preview API, whose class files run on just the
 * release that compiled them and whose shape changed between JDK 24 and 25; so the two sources that
 * name it, one for each shape, are compiled by the JDK that runs them.
 */
@FunctionalInterface
public interface BuyerScope {
  /** The class that implements it, wherever its class file was made. */
  String IMPLEMENTATION = "oversell.lab.trial.StructuredBuyerScope";

  /**
   * Forks every buyer in one scope and returns when the last one has ended.
   *
   * @param threads makes the thread of each
   * @param buyers forked in this order; one that fails cancels the others, so they keep their
   *     failures to themselves unless that is what they want
   * @param timeout after which the scope cancels all; empty for none
   * @param whenForked run by the owner of the scope after the last fork and before the join
   * @return how it ended
   * @throws InterruptedException if the owner is interrupted; the buyers are then cancelled and
   *     have ended
   */
  Ending run(
      ThreadFactory threads,
      Iterable<? extends Callable<?>> buyers,
      Optional<Duration> timeout,
      WhenForked whenForked)
      throws InterruptedException;

  /** The same, whose buyers are let in when a gate has opened: its action has returned. */
  default BuyerScope behind(Runnable gate) {
    return (threads, buyers, timeout, whenForked) ->
        run(
            threads,
            buyers,
            timeout,
            () -> {
              gate.run();
              whenForked.run();
            });
  }

  /** How a scope ended; every thread of it has ended in either case. */
  enum Ending {
    /** Each buyer came to its own end. */
    JOINED,
    /** One failed or the time was up, and the others were interrupted. */
    CANCELLED
  }

  /** What the owner does between forking and joining. */
  @FunctionalInterface
  interface WhenForked {
    /** Does it. */
    void run() throws InterruptedException;
  }

  /**
   * The scope of this JVM.
   *
   * @param loader sees the implementation that this JVM's JDK compiled
   * @throws IllegalStateException if it does not
   */
  static BuyerScope load(ClassLoader loader) {
    try {
      return (BuyerScope) loader.loadClass(IMPLEMENTATION).getConstructor().newInstance();
    } catch (ReflectiveOperationException missing) {
      throw new IllegalStateException("no scope compiled for JDK " + Runtime.version(), missing);
    }
  }
}
