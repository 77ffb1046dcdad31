package oversell.results;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import oversell.experiment.Expectation;
import oversell.fork.ForkOutcome;
import oversell.plan.ForkPlan;
import oversell.stats.Summary;
import oversell.stats.Latencies;
import oversell.trial.TrialResult;

/**
 * What became of one row of the table.
 *
 * @param row as it was planned
 * @param forks how many JVMs were to run it
 * @param outcomes how those ended that did, in the order of their ends
 * @param trials the counted ones of all forks
 */
public record RowResult(
    ForkPlan.Row row, int forks, List<ForkOutcome> outcomes, List<TrialResult> trials) {
  /** Copies its lists. */
  public RowResult {
    outcomes = List.copyOf(outcomes);
    trials = List.copyOf(trials);
  }

  /** What was seen; empty if no trial ended. */
  public Optional<Expectation> observed() {
    if (trials.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        count(TrialResult::isViolation) > 0 ? Expectation.OVERSELLS : Expectation.SAFE);
  }

  /** Whether that is what the experiment expects; empty if the row's forks were not reached. */
  public Optional<Verdict> verdict() {
    if (trials.isEmpty() && failures().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Verdict.of(row.expected(), observed(), failedBuyers() == 0));
  }

  /** How many buyers of all trials got no answer. */
  public long failedBuyers() {
    return trials.stream().mapToLong(TrialResult::failed).sum();
  }

  /** Whether anything was seen to judge by. */
  public boolean hasTrials() {
    return !trials.isEmpty();
  }

  /** Those forks that did not do what they were launched for. */
  public List<ForkOutcome> failures() {
    return outcomes.stream().filter(ForkOutcome::isFailure).toList();
  }

  /** How many trials are so. */
  public long count(Predicate<TrialResult> predicate) {
    return trials.stream().filter(predicate).count();
  }

  /** A figure over all trials; empty if there are none. */
  public Optional<Summary> summary(ToDoubleFunction<TrialResult> figure) {
    return trials.isEmpty()
        ? Optional.empty()
        : Optional.of(Summary.of(trials.stream().mapToDouble(figure).toArray()));
  }

  /** Purchases a second, over the time of all trials together; empty if there are none. */
  public Optional<Double> purchasesPerSecond() {
    double seconds = trials.stream().mapToLong(TrialResult::wallNanos).sum() / 1e9;
    long purchases = trials.stream().mapToLong(TrialResult::purchases).sum();
    return seconds > 0 ? Optional.of(purchases / seconds) : Optional.empty();
  }

  /** How long the buyers of all trials waited for the guard; empty if there were none. */
  public Optional<Latencies> waits() {
    Latencies all = Latencies.empty();
    trials.forEach(trial -> all.addAll(Latencies.decode(trial.waits())));
    return all.count() == 0 ? Optional.empty() : Optional.of(all);
  }

  /** The longest of those waits, in milliseconds. */
  public Optional<Double> longestWaitMillis() {
    return waits()
        .map(any -> trials.stream().mapToLong(TrialResult::longestWaitNanos).max().orElse(0) / 1e6);
  }
}
