package oversell.store;

import java.util.Optional;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * A lock of PostgreSQL's on a number that means the article, held until the commit. Promises that
 * one buyer at a time is inside, as long as every program that sells asks for it. Costs no more
 * than a row lock, and locks what is not a row.
 */
final class AdvisoryLock extends Guard {
  AdvisoryLock() {
    super("advisory-lock");
  }

  @Override
  public boolean isExclusive(int processes) {
    return true;
  }

  @Override
  public String lockMode() {
    return TRANSACTION;
  }

  @Override
  public Optional<String> lacking(Product product) {
    return product == Product.POSTGRESQL
        ? Optional.empty()
        : Optional.of(product.title() + " has no advisory locks of a transaction");
  }

  @Override
  Answer purchase(Purchase purchase, Transactions transactions, Pause pause)
      throws InterruptedException {
    return transactions.run(
        purchase.key(),
        sql -> {
          // In a statement of its own: what a statement reads was true when it began to wait.
          var unused = sql.texts("select pg_advisory_xact_lock(?)", purchase.article());
          int seen = sql.number("select units from stock where article = ?", purchase.article());
          if (seen < purchase.units()) {
            return Optional.of(Answer.refused(seen));
          }
          pause.pause();
          var unusedToo =
              sql.update(
                  "update stock set units = units - ? where article = ?",
                  purchase.units(),
                  purchase.article());
          sql.record(purchase);
          return Optional.of(new Answer(purchase.units(), seen - purchase.units()));
        });
  }
}
