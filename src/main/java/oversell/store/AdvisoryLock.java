package oversell.store;

import java.util.Optional;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * The statements of {@link SelectThenUpdate} behind a lock of PostgreSQL's on a number that means
 * the article, held until the commit. Promises that one buyer at a time is inside, as long as every
 * program that sells asks for it. Costs no more than a row lock, and locks what is not a row.
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
          return SelectThenUpdate.sell(sql, purchase, pause);
        });
  }
}
