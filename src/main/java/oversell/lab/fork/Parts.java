package oversell.lab.fork;

import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import oversell.lab.trial.Observations;
import oversell.lab.trial.TrialResult;
import oversell.stats.Latencies;

/**
 * A trial that several JVMs have run together.
 *
 * @param results one a JVM, of its own buyers
 */
record Parts(List<TrialResult> results) {
  Parts {
    results = List.copyOf(results);
  }

  /**
   * The trial as one: what buyers were told is added up, and what is left is asked of the store.
   *
   * @param stock units at the start
   * @param left units at the end
   */
  TrialResult joined(int stock, int left) {
    TrialResult first = results.getFirst();
    long sold = sum(TrialResult::sold);
    long unaccounted = sold + left - stock;
    Latencies waits = Latencies.empty();
    results.forEach(part -> waits.addAll(Latencies.decode(part.waits())));
    return new TrialResult(
        first.trial(),
        first.warmup(),
        sold,
        count(TrialResult::purchases),
        count(TrialResult::refused),
        count(TrialResult::failed),
        results.stream().flatMap(part -> part.firstFailure().stream()).findFirst(),
        left,
        Math.min(left, results.stream().mapToInt(TrialResult::lowestStock).min().orElse(left)),
        Math.max(0, sold - stock),
        Math.max(0, unaccounted),
        Math.max(0, -unaccounted),
        most(TrialResult::wallNanos),
        most(TrialResult::longestWaitNanos),
        waits.encoded(),
        seen());
  }

  private Observations seen() {
    return new Observations(
        most(part -> part.seen().spanNanos()),
        sum(part -> part.seen().pauses()),
        count(part -> part.seen().faulted()),
        count(part -> part.seen().guardsHeld()),
        count(part -> part.seen().leftBehind()),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private long sum(ToLongFunction<TrialResult> figure) {
    return results.stream().mapToLong(figure).sum();
  }

  private int count(ToIntFunction<TrialResult> figure) {
    return results.stream().mapToInt(figure).sum();
  }

  private long most(ToLongFunction<TrialResult> figure) {
    return results.stream().mapToLong(figure).max().orElse(0);
  }
}
