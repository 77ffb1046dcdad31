package oversell.explorer;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the failure that is found, and passes progress on. */
final class Failures<R> implements ExplorationListener<ScenarioResult<R>> {
  private final Explorer.Progress progress;
  private @Nullable Found<ScenarioResult<R>> first;

  Failures(Explorer.Progress progress) {
    this.progress = progress;
  }

  @Override
  public void progressed(long executions, long failures, double share, double perSecond) {
    Duration running = Duration.ofNanos((long) (1e9 * executions / Math.max(1e-3, perSecond)));
    progress.made(executions, failures, share, running);
  }

  @Override
  public void found(Found<ScenarioResult<R>> failure) {
    first = failure;
  }

  Optional<Found<ScenarioResult<R>>> first() {
    return Optional.ofNullable(first);
  }

  /** The failure of an execution, as users see it; empty if it did not fail. */
  static <R> Optional<Failure> of(ScenarioFactory<R> factory, Found<ScenarioResult<R>> found) {
    ScenarioResult<R> result = found.outcome();
    String again = factory.replayedBy(found.story().schedule());
    return result
        .failure()
        .map(
            kind ->
                new Failure(
                    factory.name(), again, kind, result.cause().orElse(null), found.story()));
  }
}
