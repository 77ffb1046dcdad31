package oversell.store;

import java.sql.SQLException;
import java.util.Optional;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * A SELECT and a relative UPDATE, at READ COMMITTED. Promises nothing: each buyer that checks
 * during another's pause takes its units as well. The stock goes below zero, so at least it shows.
 */
final class SelectThenUpdate extends Guard {
  SelectThenUpdate() {
    super("select-then-update");
  }

  @Override
  public boolean isSafe(Product product, int processes) {
    return false;
  }

  @Override
  public Optional<Anomaly> anomaly() {
    return Optional.of(Anomaly.READ_SKEW);
  }

  @Override
  Answer purchase(Purchase purchase, Transactions transactions, Pause pause)
      throws InterruptedException {
    return transactions.run(purchase.key(), sql -> sell(sql, purchase, pause));
  }

  /** Its statements, which another guard may put something in front of. */
  static Optional<Answer> sell(Transaction sql, Purchase purchase, Pause pause)
      throws SQLException, InterruptedException {
    int seen = sql.number("select units from stock where article = ?", purchase.article());
    if (seen < purchase.units()) {
      return Optional.of(Answer.refused(seen));
    }
    pause.pause();
    var unused =
        sql.update(
            "update stock set units = units - ? where article = ?",
            purchase.units(),
            purchase.article());
    sql.record(purchase);
    return Optional.of(new Answer(purchase.units(), seen - purchase.units()));
  }
}
