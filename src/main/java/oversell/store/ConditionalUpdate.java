package oversell.store;

import java.sql.SQLException;
import java.util.Optional;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * An UPDATE that checks once more what it takes from, in the same statement. Promises that no unit
 * is sold that is not there, at any isolation level. Costs the pauses of buyers that then find the
 * stock too short; the row is locked from the UPDATE until the commit only.
 */
final class ConditionalUpdate extends Guard {
  ConditionalUpdate() {
    super("conditional-update");
  }

  @Override
  Answer purchase(Purchase purchase, Transactions transactions, Pause pause)
      throws InterruptedException {
    return transactions.run(purchase.key(), sql -> sell(sql, purchase, pause));
  }

  /** Its statements, between which another guard may do something, too. */
  static Optional<Answer> sell(Transaction sql, Purchase purchase, Pause pause)
      throws SQLException, InterruptedException {
    int seen = sql.number("select units from stock where article = ?", purchase.article());
    if (seen < purchase.units()) {
      return Optional.of(Answer.refused(seen));
    }
    pause.pause();
    int taken =
        sql.update(
            "update stock set units = units - ? where article = ? and units >= ?",
            purchase.units(),
            purchase.article(),
            purchase.units());
    int left = sql.number("select units from stock where article = ?", purchase.article());
    if (taken == 0) {
      return Optional.of(Answer.refused(left));
    }
    sql.record(purchase);
    return Optional.of(new Answer(purchase.units(), left));
  }
}
