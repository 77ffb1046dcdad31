package oversell.trial;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.ThreadFactory;

/** The scope of JDK 21 to 24, where a policy is a subclass. */
public final class StructuredBuyerScope implements BuyerScope {
  @Override
  public void run(Iterable<? extends Callable<?>> buyers, WhenForked whenForked)
      throws InterruptedException {
    ThreadFactory threads = Thread.ofVirtual().name("buyer-", 0).factory();
    try (var scope = new StructuredTaskScope.ShutdownOnFailure("sale", threads)) {
      for (Callable<?> buyer : buyers) {
        scope.fork(buyer);
      }
      whenForked.run();
      scope.join().throwIfFailed();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a buyer failed past its own handling", failed.getCause());
    }
  }
}
