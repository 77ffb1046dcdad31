package oversell.lab.trial;

import java.io.IOException;
import java.util.Comparator;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import oversell.explorer.Explorer;
import oversell.explorer.ScenarioResult;
import oversell.explorer.SubjectExplorer;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.Outcome.Grade;

/** Explores the interleavings of one scenario: a class of the user's. */
public final class ScenarioExplorer implements TrialExplorer {
  private static final int LONGEST = 1_000;
  private static final Comparator<ScenarioResult<Object>> WORST_FIRST =
      Comparator.comparing(
          ScenarioExplorer::outcome,
          Comparator.comparing(ScenarioOutcome::grade)
              .thenComparing(ScenarioOutcome::returned)
              .thenComparing(ScenarioOutcome::failure));

  private final SubjectExplorer<ScenarioResult<Object>> explorer;

  /**
   * An explorer of one scenario.
   *
   * @param workload names its class, with an exploration
   * @param classes the loader of that class, not woven
   * @param seed of strategies that draw
   * @param nanoTime the clock, as {@link System#nanoTime()}
   * @throws IllegalArgumentException if there is no such class, or no scenario can be made of it
   */
  public ScenarioExplorer(
      Workload workload, ClassLoader classes, long seed, LongSupplier nanoTime) {
    Class<?> scenario =
        ScenarioNames.find(workload.variant(), classes)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no class %s is on the class path".formatted(workload.variant())));
    explorer =
        new SubjectExplorer<>(
            Explorer.subject(scenario), Translation.options(workload, seed), nanoTime);
  }

  @Override
  public Explored explore(SaleListener listener) throws IOException {
    return Translation.explored(
        explorer.explore(Translation.heardBy(listener, ScenarioExplorer::outcome)),
        WORST_FIRST,
        ScenarioExplorer::outcome);
  }

  @Override
  public Replayed replay(String schedule) {
    return Translation.replay(explorer, ScenarioExplorer::outcome, schedule);
  }

  private static ScenarioOutcome outcome(ScenarioResult<Object> result) {
    return switch (result) {
      case ScenarioResult.Returned<Object> returned ->
          new ScenarioOutcome(Grade.SAFE, text(returned.outcome()), "");
      case ScenarioResult.Threw<Object> threw ->
          new ScenarioOutcome(Grade.THREW, "", shortened(threw.what()));
      case ScenarioResult.Deadlocked<Object> deadlocked ->
          new ScenarioOutcome(
              Grade.DEADLOCK, "", result.cause().map(Throwable::toString).orElse(""));
      case ScenarioResult.Endless<Object> endless -> new ScenarioOutcome(Grade.ENDLESS, "", "");
      // Only tests make assumptions.
      case ScenarioResult.Aborted<Object> aborted ->
          throw new IllegalStateException("a scenario was aborted: " + aborted.why());
    };
  }

  /** An outcome as a reader sees it; its class is the user's, and may refuse to be shown. */
  private static String text(@Nullable Object outcome) {
    try {
      return shortened(String.valueOf(outcome));
    } catch (RuntimeException refused) {
      return "a " + (outcome == null ? "null" : outcome.getClass().getName());
    }
  }

  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
