package oversell.explorer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the failure that is found. */
final class Failures<R> implements ExplorationListener<ScenarioResult<R>> {
  private @Nullable Found<ScenarioResult<R>> first;

  @Override
  public void progressed(long executions, long failures, double share, double perSecond) {}

  @Override
  public void found(Found<ScenarioResult<R>> failure) {
    first = failure;
  }

  Optional<Found<ScenarioResult<R>>> first() {
    return Optional.ofNullable(first);
  }

  /** A failure as users see it; empty if it is none. */
  static <R> Optional<Failure> of(String scenario, Found<ScenarioResult<R>> found) {
    ScenarioResult<R> result = found.outcome();
    return result
        .failure()
        .map(kind -> new Failure(scenario, kind, result.cause().orElse(null), found.story()));
  }
}
