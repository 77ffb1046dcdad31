package oversell.store;

import java.sql.SQLException;
import java.util.Optional;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * A SELECT of the sum of what is sold, and an INSERT of one more row: the stock itself is never
 * written. Promises something only where transactions are serializable: at any lower level two
 * buyers read the same sum and insert a row each, and no row is there for them to conflict on.
 */
final class SumThenInsert extends Guard {
  SumThenInsert() {
    super("sum-then-insert");
  }

  @Override
  public boolean isSafe(Product product, int processes) {
    return isSafeAt(isolation(), product, processes);
  }

  @Override
  public Optional<Anomaly> anomaly() {
    return Optional.of(Anomaly.WRITE_SKEW);
  }

  @Override
  int left(Transaction sql, long article) throws SQLException {
    int start = sql.number("select units from stock where article = ?", article);
    return start
        - sql.number("select coalesce(sum(units), 0) from ledger where article = ?", article);
  }

  @Override
  Answer purchase(Purchase purchase, Transactions transactions, Pause pause)
      throws InterruptedException {
    return transactions.run(
        purchase.key(),
        sql -> {
          int seen = left(sql, purchase.article());
          if (seen < purchase.units()) {
            return Optional.of(Answer.refused(seen));
          }
          pause.pause();
          sql.record(purchase);
          return Optional.of(new Answer(purchase.units(), seen - purchase.units()));
        });
  }
}
