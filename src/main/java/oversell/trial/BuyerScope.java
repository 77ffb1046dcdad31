package oversell.trial;

import java.util.concurrent.Callable;

/**
 * The seam to {@code StructuredTaskScope}. That is a preview API, whose class files run on just the
 * release that compiled them and whose shape changed between JDK 24 and 25; so the two sources that
 * name it, one for each shape, are compiled by the JDK that runs them.
 */
@FunctionalInterface
public interface BuyerScope {
  /** The class that implements it, wherever its class file was made. */
  String IMPLEMENTATION = "oversell.trial.StructuredBuyerScope";

  /**
   * Forks every buyer as a virtual thread in one scope and returns when the last one has ended.
   *
   * @param buyers forked in this order; one that fails cancels the others, so they keep their
   *     failures to themselves
   * @param whenForked run by the owner of the scope after the last fork and before the join
   * @throws InterruptedException if the owner is interrupted; the buyers are then cancelled and
   *     have ended
   */
  void run(Iterable<? extends Callable<?>> buyers, WhenForked whenForked)
      throws InterruptedException;

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
