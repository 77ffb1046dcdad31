package oversell.store;

import java.sql.SQLException;
import java.util.Optional;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * The statements of {@link SelectThenUpdate}, and a CHECK of the table that refuses a stock below
 * zero. Promises that no program whatever sells what is not there, even one that forgot to ask.
 * Costs the pauses of buyers that are then refused, and guards nothing but this one rule.
 */
final class CheckConstraint extends Guard {
  CheckConstraint() {
    super("check-constraint");
  }

  @Override
  void stock(Transaction transaction, long article, int units) throws SQLException {
    var unused =
        transaction.update(
            "insert into stock (article, units, version, checked) values (?, ?, 0, true)",
            article,
            units);
  }

  @Override
  Answer purchase(Purchase purchase, Transactions transactions, Pause pause)
      throws InterruptedException {
    return transactions.run(
        purchase.key(),
        sql -> {
          int seen = sql.number("select units from stock where article = ?", purchase.article());
          if (seen < purchase.units()) {
            return Optional.of(Answer.refused(seen));
          }
          pause.pause();
          boolean taken =
              sql.updateIfAllowed(
                  "update stock set units = units - ? where article = ?",
                  purchase.units(),
                  purchase.article());
          int left = sql.number("select units from stock where article = ?", purchase.article());
          if (!taken) {
            return Optional.of(Answer.refused(left));
          }
          sql.record(purchase);
          return Optional.of(new Answer(purchase.units(), left));
        });
  }
}
