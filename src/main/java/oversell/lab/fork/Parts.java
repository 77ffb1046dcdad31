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

  /** What is known of the sale of a JVM that cannot say it any more. */
  static TrialResult told(int trial, boolean warmup, int purchases, long sold, long wallNanos) {
    return new TrialResult(
        trial,
        warmup,
        sold,
        purchases,
        0,
        0,
        Optional.empty(),
        0,
        Integer.MAX_VALUE,
        0,
        0,
        0,
        wallNanos,
        0,
        Latencies.empty().encoded(),
        new Observations(
            wallNanos, 0, 0, 0, 0, List.of(), List.of(), Optional.empty(), Optional.empty()));
  }

  /**
   * An article that was sold.
   *
   * @param sold units that buyers were told they got
   * @param left units at the end, as the store says
   */
  record Article(long sold, int left) {}

  /**
   * The trial as one: what buyers were told is added up, and held against what is left.
   *
   * @param stock units of each article at the start
   */
  TrialResult joined(int stock, List<Article> articles) {
    TrialResult first = results.getFirst();
    long oversold = 0;
    long lostUpdates = 0;
    long vanished = 0;
    for (Article article : articles) {
      // Not of all together: what is missing from one article may be too much of another.
      long unaccounted = article.sold + article.left - stock;
      oversold += Math.max(0, article.sold - stock);
      lostUpdates += Math.max(0, unaccounted);
      vanished += Math.max(0, -unaccounted);
    }
    int lowest = articles.stream().mapToInt(Article::left).min().orElse(stock);
    Latencies waits = Latencies.empty();
    results.forEach(part -> waits.addAll(Latencies.decode(part.waits())));
    return new TrialResult(
        first.trial(),
        first.warmup(),
        articles.stream().mapToLong(Article::sold).sum(),
        count(TrialResult::purchases),
        count(TrialResult::refused),
        count(TrialResult::failed),
        results.stream().flatMap(part -> part.firstFailure().stream()).findFirst(),
        articles.stream().mapToLong(Article::left).sum(),
        Math.min(lowest, results.stream().mapToInt(TrialResult::lowestStock).min().orElse(lowest)),
        oversold,
        lostUpdates,
        vanished,
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
