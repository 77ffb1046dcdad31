package oversell.store;

import java.util.Map;

/**
 * What the books of a store say after a sale, beside what its buyers were told. Four sums, and not
 * one: a store that loses what it has acknowledged loses it from stock and ledger alike, so that
 * the two still add up.
 *
 * @param start units at the start, over all articles
 * @param left units left
 * @param ledger units in the ledger
 * @param reserved units of reservations that nobody has claimed
 * @param acked purchases that buyers were told they made
 * @param ackedLost those of them that the ledger does not have
 * @param inDoubt purchases whose commit had no answer
 * @param inDoubtCommitted those of them that the ledger has
 * @param unexplained purchases in the ledger that were neither acknowledged nor in doubt
 * @param soldTwice purchases that the ledger has once more: of buyers who got no answer, tried
 *     again and were not known
 * @param retries transactions that were run again
 * @param errors why transactions were rolled back or not begun, and how many, as in {@link
 *     ClientBooks}
 */
public record Audit(
    long start,
    long left,
    long ledger,
    long reserved,
    int acked,
    int ackedLost,
    int inDoubt,
    int inDoubtCommitted,
    int unexplained,
    int soldTwice,
    long retries,
    Map<String, Long> errors) {
  /** Copies its map. */
  public Audit {
    errors = Map.copyOf(errors);
  }

  /** The books of nothing. */
  public static Audit none() {
    return new Audit(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());
  }

  /** The books of two articles in one. */
  public Audit plus(Audit other) {
    return new Audit(
        start + other.start,
        left + other.left,
        ledger + other.ledger,
        reserved + other.reserved,
        acked + other.acked,
        ackedLost + other.ackedLost,
        inDoubt + other.inDoubt,
        inDoubtCommitted + other.inDoubtCommitted,
        unexplained + other.unexplained,
        soldTwice + other.soldTwice,
        retries + other.retries,
        ClientBooks.sum(errors, other.errors));
  }

  /** How often a buyer gave up because no connection was free in time. */
  public long withoutConnection() {
    return errors.getOrDefault(ClientBooks.NO_CONNECTION, 0L);
  }

  /** Whether stock, ledger and open reservations are what there was at the start. */
  public boolean addsUp() {
    return left + ledger + reserved == start;
  }

  /** Whether one of the four sums is wrong, or something was sold twice. */
  public boolean isBroken() {
    return left < 0 || !addsUp() || ackedLost > 0 || unexplained > 0 || soldTwice > 0;
  }
}
