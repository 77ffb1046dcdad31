package oversell.conformance.library;

import org.jspecify.annotations.Nullable;
import oversell.explorer.Scenario;

/** A call in each of two threads, and what is found when both have ended. */
abstract class TwoCalls implements Scenario<String> {
  private @Nullable Object one;
  private @Nullable Object other;

  abstract @Nullable Object first();

  abstract @Nullable Object second();

  abstract @Nullable Object end();

  @Override
  public final String run() throws InterruptedException {
    Thread a = Thread.startVirtualThread(() -> one = first());
    Thread b = Thread.startVirtualThread(() -> other = second());
    a.join();
    b.join();
    return one + " " + other + " " + end();
  }
}
