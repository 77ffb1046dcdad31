package oversell.store;

import java.util.Optional;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * SELECT … FOR UPDATE: the row is locked from the check until the commit. Promises that one buyer
 * at a time is between the two, in whichever JVM. Costs a connection for each buyer that waits.
 */
final class SelectForUpdate extends Guard {
  SelectForUpdate() {
    super("select-for-update");
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
  Answer purchase(Purchase purchase, Transactions transactions, Pause pause)
      throws InterruptedException {
    return transactions.run(
        purchase.key(),
        sql -> {
          int seen =
              sql.number(
                  "select units from stock where article = ? for update", purchase.article());
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
        });
  }
}
