package oversell.lab.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;

/** The scope of JDK 21 to 24, where a policy is a subclass. */
public final class StructuredBuyerScope implements BuyerScope {
  @Override
  public Ending run(
      ThreadFactory threads,
      Iterable<? extends Callable<?>> buyers,
      Optional<Duration> timeout,
      WhenForked whenForked)
      throws InterruptedException {
    try (var scope = new StructuredTaskScope.ShutdownOnFailure("sale", threads)) {
      for (Callable<?> buyer : buyers) {
        scope.fork(buyer);
      }
      whenForked.run();
      if (timeout.isPresent()) {
        scope.joinUntil(Instant.now().plus(timeout.get()));
      } else {
        scope.join();
      }
      return scope.exception().isPresent() ? Ending.CANCELLED : Ending.JOINED;
    } catch (TimeoutException late) {
      return Ending.CANCELLED;
    }
  }
}
