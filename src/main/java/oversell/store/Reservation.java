package oversell.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * Two short transactions with the pause between them: the first takes the units off the stock and
 * reserves them, the second turns the reservation into a sale. Promises that buyers pause side by
 * side without a lock or a connection, and that units which nobody claims go back after {@value
 * #LIFE_SECONDS} s by the store's own clock. Costs a second transaction, and refuses buyers for
 * units that others reserve and do not buy.
 */
final class Reservation extends Guard {
  static final int LIFE_SECONDS = 5;

  Reservation() {
    super("reservation");
  }

  @Override
  Answer purchase(Purchase purchase, Transactions transactions, Pause pause)
      throws InterruptedException {
    Answer reserved = transactions.run(purchase.key(), sql -> reserve(sql, purchase));
    if (reserved.isRefusal()) {
      return reserved;
    }
    try {
      pause.pause();
    } catch (Throwable thrown) {
      var unused = transactions.run(purchase.key(), sql -> giveBack(sql, purchase));
      throw thrown;
    }
    return transactions.run(purchase.key(), sql -> claim(sql, purchase));
  }

  private static Optional<Answer> reserve(Transaction sql, Purchase purchase) throws SQLException {
    sweep(sql, purchase.article());
    int taken =
        sql.update(
            "update stock set units = units - ? where article = ? and units >= ?",
            purchase.units(),
            purchase.article(),
            purchase.units());
    int left = sql.number("select units from stock where article = ?", purchase.article());
    if (taken == 0) {
      return Optional.of(Answer.refused(left));
    }
    var unused =
        sql.update(
            "insert into reservation (purchase, article, units, expires)"
                + " values (?, ?, ?, current_timestamp + interval '"
                + LIFE_SECONDS
                + "' second)",
            purchase.key(),
            purchase.article(),
            purchase.units());
    return Optional.of(new Answer(purchase.units(), left));
  }

  /** Late is late, whether another buyer has come by in the meantime or not. */
  private static Optional<Answer> claim(Transaction sql, Purchase purchase) throws SQLException {
    int claimed =
        sql.update(
            "delete from reservation where purchase = ? and expires >= current_timestamp",
            purchase.key());
    int left = sql.number("select units from stock where article = ?", purchase.article());
    if (claimed == 0) {
      return Optional.of(Answer.refused(left));
    }
    sql.record(purchase);
    return Optional.of(new Answer(purchase.units(), left));
  }

  private static Optional<Boolean> giveBack(Transaction sql, Purchase purchase)
      throws SQLException {
    if (sql.update("delete from reservation where purchase = ?", purchase.key()) > 0) {
      putBack(sql, purchase.article(), purchase.units());
    }
    return Optional.of(true);
  }

  /** Puts back what has expired; whoever deletes a reservation is the one that puts it back. */
  private static void sweep(Transaction sql, long article) throws SQLException {
    List<String> expired =
        sql.texts(
            "select purchase from reservation where article = ? and expires < current_timestamp"
                + " for update skip locked",
            article);
    for (String purchase : expired) {
      int units = sql.number("select units from reservation where purchase = ?", purchase);
      if (sql.update("delete from reservation where purchase = ?", purchase) > 0) {
        putBack(sql, article, units);
      }
    }
  }

  private static void putBack(Transaction sql, long article, int units) throws SQLException {
    var unused = sql.update("update stock set units = units + ? where article = ?", units, article);
  }
}
