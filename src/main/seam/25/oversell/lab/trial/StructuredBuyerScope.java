package oversell.lab.trial;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.ThreadFactory;

/** The scope from JDK 25 on, where a policy is a joiner. */
public final class StructuredBuyerScope implements BuyerScope {
  @Override
  public Ending run(
      ThreadFactory threads,
      Iterable<? extends Callable<?>> buyers,
      Optional<Duration> timeout,
      WhenForked whenForked)
      throws InterruptedException {
    // The joiner keeps no list of subtasks: at a million buyers that list would be what the trial
    // measures.
    try (var scope =
        StructuredTaskScope.open(
            Joiner.<Object>awaitAllSuccessfulOrThrow(),
            config -> {
              var threaded = config.withName("sale").withThreadFactory(threads);
              return timeout.isPresent() ? threaded.withTimeout(timeout.get()) : threaded;
            })) {
      for (Callable<?> buyer : buyers) {
        scope.fork(buyer);
      }
      whenForked.run();
      try {
        scope.join();
        return Ending.JOINED;
      } catch (InterruptedException passedOn) {
        throw passedOn;
      } catch (Exception failedOrLate) {
        // What join() throws has changed its type between releases.
        return Ending.CANCELLED;
      }
    }
  }
}
