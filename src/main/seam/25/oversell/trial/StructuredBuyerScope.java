package oversell.trial;

import java.util.concurrent.Callable;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.ThreadFactory;

/** The scope from JDK 25 on, where a policy is a joiner. */
public final class StructuredBuyerScope implements BuyerScope {
  @Override
  public void run(Iterable<? extends Callable<?>> buyers, WhenForked whenForked)
      throws InterruptedException {
    ThreadFactory threads = Thread.ofVirtual().name("buyer-", 0).factory();
    // The joiner keeps no list of subtasks: at a million buyers that list would be what the trial
    // measures.
    try (var scope =
        StructuredTaskScope.open(
            Joiner.<Object>awaitAllSuccessfulOrThrow(),
            config -> config.withName("sale").withThreadFactory(threads))) {
      for (Callable<?> buyer : buyers) {
        scope.fork(buyer);
      }
      whenForked.run();
      scope.join();
    } catch (InterruptedException | RuntimeException passedOn) {
      throw passedOn;
    } catch (Exception failed) {
      // What join() throws has changed its type between releases; what it wraps has not.
      throw new IllegalStateException("a buyer failed past its own handling", failed.getCause());
    }
  }
}
