package oversell.lab.trial;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds up what the buyers of a sale were told, and holds it against what is left, by article. */
final class Tally {
  private final int stock;
  private final long[] soldOfArticle;
  private int purchases;
  private int refused;
  private int failed;
  private @Nullable Throwable firstFailure;
  private long finalStock;
  private int lowestStock;
  private long oversold;
  private long lostUpdates;
  private long vanished;

  /**
   * A tally of no buyer.
   *
   * @param stock the units of each article at the start
   * @param articles how many there are
   */
  Tally(int stock, int articles) {
    this.stock = stock;
    lowestStock = stock;
    soldOfArticle = new long[articles];
  }

  /**
   * Adds what a buyer was told.
   *
   * @param article that it wanted
   * @param faulted whether a fault hit it, so that it did not fail because of the inventory
   */
  void add(int article, Buyer buyer, boolean faulted) {
    soldOfArticle[article] += buyer.sold();
    purchases += buyer.purchases();
    lowestStock = Math.min(lowestStock, buyer.lowestLeft());
    if (buyer.isAnswered()) {
      refused += buyer.isRefused() ? 1 : 0;
    } else if (!faulted) {
      failed++;
      firstFailure = firstFailure == null ? buyer.failure().orElse(null) : firstFailure;
    }
  }

  /** Holds what is left of each article against what was sold of it. */
  void compare(int[] left) {
    for (int article = 0; article < left.length; article++) {
      long soldOfIt = soldOfArticle[article];
      finalStock += left[article];
      lowestStock = Math.min(lowestStock, left[article]);
      oversold += Math.max(0, soldOfIt - stock);
      long unaccounted = soldOfIt + left[article] - stock;
      lostUpdates += Math.max(0, unaccounted);
      vanished += Math.max(0, -unaccounted);
    }
  }

  /** The first of the checks that fails; safe if none does. */
  Outcome.Grade grade() {
    if (lowestStock < 0) {
      return Outcome.Grade.NEGATIVE;
    }
    if (oversold > 0) {
      return Outcome.Grade.OVERSOLD;
    }
    if (lostUpdates > 0) {
      return Outcome.Grade.LOST_UPDATE;
    }
    if (vanished > 0) {
      return Outcome.Grade.VANISHED;
    }
    return failed > 0 ? Outcome.Grade.UNANSWERED : Outcome.Grade.SAFE;
  }

  long sold() {
    long sold = 0;
    for (long one : soldOfArticle) {
      sold += one;
    }
    return sold;
  }

  int purchases() {
    return purchases;
  }

  int refused() {
    return refused;
  }

  int failed() {
    return failed;
  }

  /** What the first buyer threw that failed; empty if none did. */
  Optional<String> firstFailure() {
    return Optional.ofNullable(firstFailure).map(Throwable::toString);
  }

  long finalStock() {
    return finalStock;
  }

  int lowestStock() {
    return lowestStock;
  }

  long oversold() {
    return oversold;
  }

  long lostUpdates() {
    return lostUpdates;
  }

  long vanished() {
    return vanished;
  }
}
