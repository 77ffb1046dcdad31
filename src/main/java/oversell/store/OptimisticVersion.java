package oversell.store;

import java.util.Optional;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * A version number that every sale increments, and an UPDATE that changes nothing if it is not the
 * one that was read. Promises that nobody acts on a stock that has changed since. Costs the whole
 * purchase of each buyer that was not the first, and all of them try again.
 */
final class OptimisticVersion extends Guard {
  OptimisticVersion() {
    super("optimistic-version");
  }

  @Override
  Answer purchase(Purchase purchase, Transactions transactions, Pause pause)
      throws InterruptedException {
    return transactions.run(
        purchase.key(),
        sql -> {
          // The version first: a stock that is newer than it fails the UPDATE, and is no harm.
          int version =
              sql.number("select version from stock where article = ?", purchase.article());
          int seen = sql.number("select units from stock where article = ?", purchase.article());
          if (seen < purchase.units()) {
            return Optional.of(Answer.refused(seen));
          }
          pause.pause();
          int left = seen - purchase.units();
          int written =
              sql.update(
                  "update stock set units = ?, version = version + 1 where article = ? and version = ?",
                  left,
                  purchase.article(),
                  version);
          if (written == 0) {
            return Optional.empty();
          }
          sql.record(purchase);
          return Optional.of(new Answer(purchase.units(), left));
        });
  }
}
