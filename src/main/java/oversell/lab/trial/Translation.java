package oversell.lab.trial;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import oversell.explorer.ExplorationListener;
import oversell.explorer.Findings;
import oversell.explorer.Found;
import oversell.explorer.Options;
import oversell.explorer.SubjectExplorer;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;

/** Translates between what the lab asks and shows and what the library takes and finds. */
public final class Translation {
  /** How many orderings a bug may take for the bound of pct to hold. */
  public static final int BUG_DEPTH = 3;

  private Translation() {}

  /**
   * The options of an exploration.
   *
   * @throws IllegalArgumentException if it has none
   */
  static Options options(Workload workload, long seed) {
    Exploration how =
        workload
            .conduct()
            .exploration()
            .orElseThrow(
                () -> new IllegalArgumentException("what is left to chance cannot be explored"));
    Options search =
        switch (how.strategy()) {
          case EXHAUSTIVE -> Options.exhaustive();
          case RANDOM -> Options.random(how.schedules(), seed);
          case PCT -> Options.pct(BUG_DEPTH, how.schedules(), seed);
          case FEWEST_SWITCHES -> Options.fewestSwitches();
        };
    Options bounded =
        search.granularity(how.granularity()).reduction(how.reduction()).schedules(how.schedules());
    return how.until() == Exploration.Until.END ? bounded : bounded.stopAtFirstFailure();
  }

  /** Passes on what is heard, with the outcomes of the lab. */
  static <R> ExplorationListener<R> heardBy(SaleListener listener, Function<R, Outcome> outcome) {
    return new ExplorationListener<>() {
      @Override
      public void progressed(long executions, long failures, double share, double perSecond)
          throws IOException {
        listener.progressed(executions, failures, share, perSecond);
      }

      @Override
      public void found(Found<R> failure) throws IOException {
        listener.found(Counterexample.of(outcome.apply(failure.outcome()), failure.story()));
      }
    };
  }

  /** What was found, with the outcomes of the lab in this order. */
  static <R> Explored explored(
      Findings<R> findings, Comparator<R> order, Function<R, Outcome> outcome) {
    List<Explored.Share> shares =
        findings.outcomes().stream()
            .sorted(Comparator.comparing(Findings.Share::outcome, order))
            .map(
                share ->
                    new Explored.Share(
                        outcome.apply(share.outcome()), share.executions(), share.standsFor()))
            .toList();
    return new Explored(
        findings.executions(),
        findings.blocked(),
        findings.standsFor(),
        findings.runTwice(),
        findings.complete(),
        findings.failures(),
        findings.uncontrolled(),
        findings.bound(),
        findings.notWoven(),
        findings.assumed(),
        findings.steps(),
        findings.wallNanos(),
        shares,
        findings.leastProbability());
  }

  static <R> TrialExplorer.Replayed replay(
      SubjectExplorer<R> explorer, Function<R, Outcome> outcome, String schedule) {
    SubjectExplorer.Replayed<R> replayed = explorer.replay(schedule);
    Found<R> found = replayed.found();
    return new TrialExplorer.Replayed(
        replayed.isStrict(),
        replayed.passedOver(),
        Counterexample.of(outcome.apply(found.outcome()), found.story()));
  }
}
