package oversell.lab.trial;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import oversell.inventory.Inventory;
import oversell.stats.Latencies;

/** Adds up what the buyers of a trial noted, article by article, after the last one has ended. */
final class Tally {
  private final int stock;
  private long sold;
  private int purchases;
  private int refused;
  private int failed;
  private Optional<String> firstFailure = Optional.empty();
  private long finalStock;
  private int lowestStock;
  private long oversold;
  private long lostUpdates;
  private long vanished;
  private boolean measuresAll = true;
  private OptionalLong lastEndNanos = OptionalLong.empty();
  private long longestWaitNanos;
  private final Latencies waits = Latencies.empty();

  private Tally(int stock) {
    this.stock = stock;
    lowestStock = stock;
  }

  /**
   * The sum of a sale.
   *
   * @param stock the units of each article at the start
   * @param inventories the articles; buyer {@code i} bought from inventory {@code i} modulo their
   *     number
   * @param buyers all of them, ended
   * @param faulted which of them a fault hit, so that they did not fail because of the inventory
   */
  static Tally of(
      int stock, List<Inventory> inventories, List<Buyer> buyers, Predicate<Buyer> faulted) {
    Tally tally = new Tally(stock);
    long[] soldOfArticle = new long[inventories.size()];
    for (int i = 0; i < buyers.size(); i++) {
      soldOfArticle[i % soldOfArticle.length] += tally.addBuyer(buyers.get(i), faulted);
    }
    for (int article = 0; article < soldOfArticle.length; article++) {
      tally.addArticle(soldOfArticle[article], inventories.get(article).stock());
    }
    return tally;
  }

  /** Returns the units that it was sold. */
  private int addBuyer(Buyer buyer, Predicate<Buyer> faulted) {
    purchases += buyer.purchases();
    lowestStock = Math.min(lowestStock, buyer.lowestLeft());
    OptionalLong endedNanos = buyer.endedNanos();
    measuresAll &= endedNanos.isPresent();
    if (buyer.isEnded() && endedNanos.isPresent()) {
      long end = endedNanos.getAsLong();
      lastEndNanos =
          OptionalLong.of(lastEndNanos.isPresent() ? later(lastEndNanos.getAsLong(), end) : end);
    }
    if (buyer.isAnswered()) {
      buyer
          .waitNanos()
          .ifPresent(
              nanos -> {
                longestWaitNanos = Math.max(longestWaitNanos, nanos);
                waits.add(nanos);
              });
      refused += buyer.isRefused() ? 1 : 0;
    } else if (!faulted.test(buyer)) {
      failed++;
      firstFailure = firstFailure.or(() -> buyer.failure().map(Exception::toString));
    }
    return buyer.sold();
  }

  /** Clock readings may overflow, so they are compared by their difference. */
  private static long later(long nanos, long otherNanos) {
    return otherNanos - nanos > 0 ? otherNanos : nanos;
  }

  private void addArticle(long soldOfIt, int left) {
    sold += soldOfIt;
    finalStock += left;
    lowestStock = Math.min(lowestStock, left);
    oversold += Math.max(0, soldOfIt - stock);
    long unaccounted = soldOfIt + left - stock;
    lostUpdates += Math.max(0, unaccounted);
    vanished += Math.max(0, -unaccounted);
  }

  /**
   * As a result.
   *
   * @param scopeEndedNanos when all buyers had ended; where not every one noted its own end, this
   *     is the end of the last
   */
  TrialResult result(
      int trial, boolean warmup, long openedNanos, long scopeEndedNanos, Observations seen) {
    OptionalLong ended = measuresAll ? lastEndNanos : OptionalLong.of(scopeEndedNanos);
    return new TrialResult(
        trial,
        warmup,
        sold,
        purchases,
        refused,
        failed,
        firstFailure,
        finalStock,
        lowestStock,
        oversold,
        lostUpdates,
        vanished,
        ended.isPresent() ? ended.getAsLong() - openedNanos : 0,
        longestWaitNanos,
        // Those of a warmup are not used, and they would be most of its line in the raw log.
        (warmup ? Latencies.empty() : waits).encoded(),
        seen);
  }
}
