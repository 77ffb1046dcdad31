package oversell.explorer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oversell.explorer.picture.Story;
import oversell.explorer.picture.StoryText;

/**
 * One schedule that was run again.
 *
 * @param isStrict whether each step was the one that the schedule says; if not, it is a schedule of
 *     another scenario, or of another version of it
 * @param failure how it failed; empty if it did not
 * @param aborted why it was not judged; empty if it was
 * @param outcome what came of it; empty if it failed or was aborted, or if it returned null
 * @param story its steps
 * @param <R> what the scenario returns
 */
public record Replayed<R>(
    boolean isStrict,
    Optional<Failure> failure,
    Optional<String> aborted,
    Optional<R> outcome,
    Story story) {
  static <R> Replayed<R> of(
      ScenarioFactory<R> factory, SubjectExplorer.Replayed<ScenarioResult<R>> replayed) {
    Found<ScenarioResult<R>> found = replayed.found();
    @Nullable R returned =
        found.outcome() instanceof ScenarioResult.Returned<R> result ? result.outcome() : null;
    return new Replayed<>(
        replayed.isStrict(),
        Failures.of(factory, found),
        found.outcome() instanceof ScenarioResult.Aborted<R> result
            ? Optional.of(result.why())
            : Optional.empty(),
        Optional.ofNullable(returned),
        found.story());
  }

  /** The failure as text, or the outcome and the steps. */
  @Override
  public String toString() {
    return failure
        .map(Failure::toString)
        .orElseGet(
            () ->
                aborted
                        .map(why -> "It is aborted, " + why)
                        .orElse("It returns " + outcome.orElse(null))
                    + ":\n\n"
                    + new StoryText(story).text());
  }
}
