package oversell.store;

import java.util.Optional;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * The statements of {@link ConditionalUpdate}, and before its UPDATE a line in a log that is to
 * stay whatever becomes of the purchase: in a transaction of its own, on a second connection, as
 * REQUIRES_NEW does it. Promises the same of the stock. Costs a second connection while the first
 * is held: when the pool is empty, all who have one wait for one another, until their patience
 * ends. No such standstill is possible in a pool of one connection more than there are buyers.
 */
final class LogOnTheSide extends Guard {
  LogOnTheSide() {
    super("log-on-the-side");
  }

  @Override
  int connections() {
    return 2;
  }

  @Override
  Answer purchase(Purchase purchase, Transactions transactions, Pause pause)
      throws InterruptedException {
    return transactions.run(
        purchase.key(),
        sql ->
            ConditionalUpdate.sell(
                sql,
                purchase,
                () -> {
                  pause.pause();
                  var unused =
                      transactions.run(
                          purchase.key(),
                          ofItsOwn ->
                              Optional.of(
                                  ofItsOwn.update(
                                      "insert into attempt (purchase, article) values (?, ?)",
                                      purchase.key(),
                                      purchase.article())));
                }));
  }
}
