package oversell.report.table;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import oversell.lab.experiment.Expectation;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Published;
import oversell.lab.fork.ForkOutcome;
import oversell.lab.fork.ForkPlan;
import oversell.lab.fork.Message;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome;
import oversell.lab.trial.ScenarioOutcome;
import oversell.lab.trial.TrialResult;
import oversell.stats.Latencies;
import oversell.stats.MedianEstimate;
import oversell.stats.Summary;
import oversell.store.Audit;

/**
 * What the forks of one row of the table came to.
 *
 * @param row as it was planned
 * @param forks how many JVMs were to run it
 * @param outcomes how forks ended, in the order of their ends
 * @param samples the counted trials of each fork that has any
 * @param pinned what the forks that count pinned threads counted
 * @param memory how much memory the other forks had
 * @param explorations what the forks that explore came to
 * @param lapNanos of those that begin anew several times, how long each time took
 * @param counterexamples the shortest failing execution of each fork that found one
 * @param disturbed the number of forks from which another machine took so much time that their
 *     times mean little
 * @param stored what the store of its stock said
 */
public record RowResult(
    ForkPlan.Row row,
    int forks,
    List<ForkOutcome> outcomes,
    List<List<TrialResult>> samples,
    List<Message.PinningCounted> pinned,
    List<Message.MemoryMeasured> memory,
    List<Explored> explorations,
    List<List<Long>> lapNanos,
    List<Message.CounterexampleFound> counterexamples,
    int disturbed,
    StoredRow stored) {
  /** Copies its lists. */
  public RowResult {
    outcomes = List.copyOf(outcomes);
    samples = samples.stream().map(List::copyOf).toList();
    pinned = List.copyOf(pinned);
    memory = List.copyOf(memory);
    explorations = List.copyOf(explorations);
    lapNanos = lapNanos.stream().map(List::copyOf).toList();
    counterexamples = List.copyOf(counterexamples);
  }

  /** The counted trials of all forks. */
  public List<TrialResult> trials() {
    return samples.stream().flatMap(List::stream).toList();
  }

  /** Whether it is explored, and not measured. */
  public boolean isExplored() {
    return row.workload().conduct().exploration().isPresent();
  }

  /** Whether its explorations end at the first failure, whoever explores. */
  public boolean isUntilFirstFailure() {
    return row.workload()
        .conduct()
        .exploration()
        .filter(how -> how.until() == Exploration.Until.FIRST_FAILURE)
        .isPresent();
  }

  /** Whether another tool explores it. */
  public boolean isByLincheck() {
    return row.workload().isExploredBy(Exploration.Tool.LINCHECK);
  }

  /** What its exploration came to; of several the one that claims least; empty if none ended. */
  public Optional<Explored> explored() {
    return Explored.leastClaim(explorations);
  }

  /** How long the first exploration of a JVM took, in the median of its JVMs; empty if unknown. */
  public Optional<Double> coldNanos() {
    return medianLap(List::getFirst);
  }

  /** How long the last one took, which is not the first; empty if unknown. */
  public Optional<Double> warmNanos() {
    return lapNanos.stream().allMatch(laps -> laps.size() > 1)
        ? medianLap(List::getLast)
        : Optional.empty();
  }

  private Optional<Double> medianLap(ToDoubleFunction<List<Long>> which) {
    return lapNanos.isEmpty()
        ? Optional.empty()
        : Optional.of(MedianEstimate.of(lapNanos.stream().mapToDouble(which).toArray()).median());
  }

  private Stream<Outcome.Grade> grades() {
    return outcomesSeen().map(Outcome::grade);
  }

  private Stream<Outcome> outcomesSeen() {
    return Stream.concat(
        counterexamples.stream().map(found -> found.counterexample().outcome()),
        explorations.stream().flatMap(Explored::distinctOutcomes));
  }

  /** The first counterexample; empty if there is none. */
  public Optional<Message.CounterexampleFound> counterexample() {
    return counterexamples.stream().findFirst();
  }

  /**
   * What was seen, in words: "undecided" for an exploration that decided nothing, and the exception
   * if that is all that went wrong; empty if nothing was seen.
   */
  public Optional<String> finding() {
    boolean isWrong = grades().anyMatch(Outcome.Grade::isViolation);
    if (isExplored() && !isWrong && !isDecided()) {
      return Optional.of("undecided");
    }
    return isWrong && grades().allMatch(RowResult::isAnswerOrException)
        ? Optional.of("throws " + exception())
        : observed().map(Expectation::toString);
  }

  private static boolean isAnswerOrException(Outcome.Grade grade) {
    return grade == Outcome.Grade.UNANSWERED
        || grade == Outcome.Grade.THREW
        || !grade.isViolation();
  }

  /** The class of the exception that buyers got, without its package. */
  private String exception() {
    return outcomesSeen()
        .map(Outcome::failure)
        .filter(failure -> !failure.isEmpty())
        .map(failure -> failure.replaceFirst(":.*", "").replaceFirst(".*[.$]", ""))
        .findFirst()
        .orElse("an exception");
  }

  /** Whether all of its explorations decided something. */
  public boolean isDecided() {
    return explorations.stream().allMatch(Explored::isDecided);
  }

  /** What was seen; empty if nothing was. */
  public Optional<Expectation> observed() {
    if (isExplored()) {
      // An exploration that misses its deadline is large; that shows no hang.
      return hasTrials()
          ? Optional.of(Verdict.amounting(grades(), row.workload().isScenario()))
          : Optional.empty();
    }
    if (!hasTrials()) {
      return outcomes.stream().anyMatch(ForkOutcome.TimedOut.class::isInstance)
          ? Optional.of(Expectation.HANGS)
          : Optional.empty();
    }
    boolean isViolated = count(TrialResult::isViolation) > 0 || stored.count(Audit::isBroken) > 0;
    if (isViolated) {
      return Optional.of(Expectation.OVERSELLS);
    }
    boolean isStarved = stored.count(audit -> audit.withoutConnection() > 0) > 0;
    return Optional.of(isStarved ? Expectation.STARVES : Expectation.SAFE);
  }

  /** Whether the outcome is as expected; empty if the row's forks were not reached. */
  public Optional<Verdict> verdict() {
    if (!hasTrials() && failures().isEmpty()) {
      return Optional.empty();
    }
    if (!isAsPublished()) {
      return Optional.of(Verdict.FAIL);
    }
    return Optional.of(
        Verdict.of(
            row.expected(), observed(), isDecided() && failedBuyers() == 0 && heldOrLeft() == 0));
  }

  /** The texts of what the executions of a scenario returned, sorted. */
  public List<String> returned() {
    return explored().stream()
        .flatMap(Explored::distinctOutcomes)
        .filter(outcome -> !outcome.grade().isViolation())
        .flatMap(outcome -> outcome instanceof ScenarioOutcome one ? Stream.of(one) : Stream.of())
        .map(ScenarioOutcome::returned)
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether nothing is published of it, or exactly that was found, by a search of all there is. */
  public boolean isAsPublished() {
    Published published = row.published();
    if (published.equals(Published.nothing())) {
      return true;
    }
    boolean tracesDiffer =
        published.traces().isPresent()
            && !explored().map(Explored::executions).equals(published.traces());
    boolean outcomesDiffer =
        !published.outcomes().isEmpty()
            && !Set.copyOf(returned()).equals(Set.copyOf(published.outcomes()));
    return explored().filter(Explored::complete).isPresent() && !tracesDiffer && !outcomesDiffer;
  }

  /** The number of buyers, over all trials, that got no answer. */
  public long failedBuyers() {
    return trials().stream().mapToLong(TrialResult::failed).sum();
  }

  /**
   * The number of guards still held and buyers still running when scopes had ended, over all
   * trials.
   */
  public long heldOrLeft() {
    return trials().stream()
        .mapToLong(trial -> (long) trial.seen().guardsHeld() + trial.seen().leftBehind())
        .sum();
  }

  /** Whether a fork failed in another way than by missing its deadline where that may happen. */
  public boolean failedUnexpectedly() {
    boolean mayHang = row.expected() == Expectation.HANGS || row.expected() == Expectation.ANY;
    return failures().stream()
        .anyMatch(failure -> !(mayHang && failure instanceof ForkOutcome.TimedOut));
  }

  /** Whether there is anything to judge by. */
  public boolean hasTrials() {
    return !explorations.isEmpty() || !counterexamples.isEmpty() || !trials().isEmpty();
  }

  /** How the forks ended that failed. */
  public List<ForkOutcome> failures() {
    return outcomes.stream().filter(ForkOutcome::isFailure).toList();
  }

  /** The number of trials that meet a condition. */
  public long count(Predicate<TrialResult> predicate) {
    return trials().stream().filter(predicate).count();
  }

  /** A figure over all trials; empty if there are none. */
  public Optional<Summary> summary(ToDoubleFunction<TrialResult> figure) {
    return trials().isEmpty()
        ? Optional.empty()
        : Optional.of(Summary.of(trials().stream().mapToDouble(figure).toArray()));
  }

  /** Purchases a second, over the time of all trials together; empty if there are none. */
  public Optional<Double> purchasesPerSecond() {
    double seconds = trials().stream().mapToLong(TrialResult::wallNanos).sum() / 1e9;
    long purchases = trials().stream().mapToLong(TrialResult::purchases).sum();
    return seconds > 0 ? Optional.of(purchases / seconds) : Optional.empty();
  }

  /** A figure of each trial, fork by fork. */
  public double[][] sampled(ToDoubleFunction<TrialResult> figure) {
    return samples.stream()
        .map(sample -> sample.stream().mapToDouble(figure).toArray())
        .toArray(double[][]::new);
  }

  /** The median of a figure over all trials, and its interval; empty if there are none. */
  public Optional<MedianEstimate> median(ToDoubleFunction<TrialResult> figure) {
    return trials().isEmpty()
        ? Optional.empty()
        : Optional.of(MedianEstimate.of(trials().stream().mapToDouble(figure).toArray()));
  }

  /**
   * The median ratio of a figure to the baseline that ran in turn; empty if there was none.
   *
   * @param figure in nanoseconds
   */
  public Optional<MedianEstimate> againstBaseline(ToDoubleFunction<TrialResult> figure) {
    List<TrialResult> paired =
        trials().stream().filter(trial -> trial.seen().baselineNanos().isPresent()).toList();
    return paired.isEmpty()
        ? Optional.empty()
        : Optional.of(
            MedianEstimate.ofRatios(
                paired.stream().mapToDouble(figure).toArray(),
                paired.stream()
                    .mapToDouble(trial -> trial.seen().baselineNanos().orElseThrow())
                    .toArray()));
  }

  /** How long the buyers of all trials waited for the guard; empty if there were none. */
  public Optional<Latencies> waits() {
    Latencies all = Latencies.empty();
    trials().forEach(trial -> all.addAll(Latencies.decode(trial.waits())));
    return all.count() == 0 ? Optional.empty() : Optional.of(all);
  }

  /** The longest of those waits, in milliseconds. */
  public Optional<Double> longestWaitMillis() {
    return waits()
        .map(any -> trials().stream().mapToLong(TrialResult::longestWaitNanos).max().orElse(0))
        .map(nanos -> nanos / 1e6);
  }
}
