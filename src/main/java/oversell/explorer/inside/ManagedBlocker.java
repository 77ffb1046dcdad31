package oversell.explorer.inside;

/** Stands for the one of {@code ForkJoinPool}, which copies of synchronizers wait by. */
public interface ManagedBlocker {
  /** Waits; whether there is no more to wait for. */
  boolean block() throws InterruptedException;

  /** Whether there is nothing to wait for. */
  boolean isReleasable();
}
