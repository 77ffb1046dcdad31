package oversell.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * A row for each unit, and buyers that lock rows which nobody else has locked. Promises that no two
 * buyers get the same unit, and that they do not wait for one another. Costs a row a unit, and
 * refuses buyers for units that others have locked and then do not buy.
 */
final class SkipLocked extends Guard {
  SkipLocked() {
    super("skip-locked");
  }

  @Override
  public String lockMode() {
    return TRANSACTION;
  }

  @Override
  void stock(Transaction transaction, long article, int units) throws SQLException {
    for (int number = 0; number < units; number++) {
      var unused =
          transaction.update(
              "insert into item (article, number, sold) values (?, ?, false)", article, number);
    }
  }

  @Override
  int left(Transaction transaction, long article) throws SQLException {
    return transaction.number(
        "select count(*) from item where article = ? and sold = false", article);
  }

  @Override
  Answer purchase(Purchase purchase, Transactions transactions, Pause pause)
      throws InterruptedException {
    return transactions.run(
        purchase.key(),
        sql -> {
          // Not ordered: H2 would lock every row that it has to sort.
          List<String> mine =
              sql.texts(
                  "select number from item where article = ? and sold = false"
                      + " limit ? for update skip locked",
                  purchase.article(),
                  purchase.units());
          if (mine.size() < purchase.units()) {
            return Optional.of(Answer.refused(mine.size()));
          }
          pause.pause();
          for (String number : mine) {
            var unused =
                sql.update(
                    "update item set sold = true where article = ? and number = ?",
                    purchase.article(),
                    Integer.valueOf(number));
          }
          sql.record(purchase);
          return Optional.of(new Answer(purchase.units(), left(sql, purchase.article())));
        });
  }
}
