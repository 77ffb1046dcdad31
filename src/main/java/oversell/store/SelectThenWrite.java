package oversell.store;

import java.util.Optional;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * A SELECT, and an UPDATE with the number that the program has worked out, as an object mapper
 * writes it. Promises nothing, and hides it: the last buyer's number overwrites all others', so the
 * stock looks fine and the ledger does not agree with it.
 */
final class SelectThenWrite extends Guard {
  SelectThenWrite() {
    super("select-then-write");
  }

  @Override
  public boolean isSafe(Product product, int processes) {
    return false;
  }

  @Override
  public Optional<Anomaly> anomaly() {
    return Optional.of(Anomaly.LOST_UPDATE);
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
          int left = seen - purchase.units();
          var unused =
              sql.update("update stock set units = ? where article = ?", left, purchase.article());
          sql.record(purchase);
          return Optional.of(new Answer(purchase.units(), left));
        });
  }
}
