package oversell.store;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * The statements of {@link SelectThenUpdate}, each a transaction of its own, behind a {@link
 * Lease}. Promises that one buyer at a time is inside as long as none of them stops for longer than
 * its lease; a collection of garbage, a busy machine or a laptop's lid is enough. With a fencing
 * token it promises that without a condition: then the database checks in the UPDATE that nobody
 * has been granted the lock since. Costs a round trip to another service for each purchase, and a
 * token one more UPDATE.
 */
final class LeasedLock extends Guard {
  /** What a holder does so that it acts on nothing that is not its own any more. */
  enum Mode {
    /** Nothing. */
    NAIVE,
    /** It asks the service once more before it acts. */
    ASKED,
    /** It gets a number that is greater than that of each holder before it, and shows it. */
    FENCED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Lease.Service service;
  private final Mode mode;
  private final Optional<LockService> beside;

  /**
   * With what grants its leases.
   *
   * @param beside the store, if it is not the store itself
   */
  LeasedLock(String name, Lease.Service service, Optional<LockService> beside, Mode mode) {
    super(mode == Mode.NAIVE ? name : name + "-" + mode);
    this.service = service;
    this.beside = beside;
    this.mode = mode;
  }

  /** An advisory lock of a session of PostgreSQL's, which ends when it has been idle. */
  static Guard ofSession(Mode mode) {
    return new LeasedLock("session-lock", SessionLease::acquire, Optional.empty(), mode);
  }

  /** A lock of a service beside the store. */
  static Guard of(LockService beside, Mode mode) {
    return new LeasedLock(
        beside.name().toLowerCase(Locale.ROOT),
        (access, article) -> beside.leases().acquire(access, article),
        Optional.of(beside),
        mode);
  }

  @Override
  public Optional<LockService> lockService() {
    return beside;
  }

  @Override
  public boolean isSafe(Product product, int processes) {
    return mode == Mode.FENCED;
  }

  @Override
  public boolean isExclusive(int processes) {
    return true;
  }

  @Override
  public String lockMode() {
    return mode.toString();
  }

  @Override
  public Optional<String> lacking(Product product) {
    return beside.isPresent() || product == Product.POSTGRESQL
        ? Optional.empty()
        : Optional.of(product.title() + " has no advisory locks of a session that is ended");
  }

  @Override
  Answer purchase(Purchase purchase, Transactions transactions, Pause pause)
      throws InterruptedException {
    Optional<Answer> answer = Optional.empty();
    while (answer.isEmpty()) {
      try (Lease lease = service.acquire(transactions.access(), purchase.article())) {
        answer = purchase(purchase, transactions, pause, lease);
      }
    }
    return answer.get();
  }

  /** Buys with a lease; empty if that was lost and another one is to be acquired. */
  private Optional<Answer> purchase(
      Purchase purchase, Transactions transactions, Pause pause, Lease lease)
      throws InterruptedException {
    int token = mode == Mode.FENCED ? token(purchase, transactions) : 0;
    int seen =
        transactions.run(
            purchase.key(),
            sql ->
                Optional.of(
                    sql.number("select units from stock where article = ?", purchase.article())));
    if (seen < purchase.units()) {
      return Optional.of(Answer.refused(seen));
    }
    if (mode == Mode.ASKED && !lease.isMine()) {
      return Optional.empty();
    }
    pause.pause();
    boolean sold =
        transactions.run(
            purchase.key(),
            sql -> {
              boolean isTaken =
                  mode == Mode.FENCED ? take(sql, purchase, token) : take(sql, purchase);
              if (isTaken) {
                sql.record(purchase);
              }
              return Optional.of(isTaken);
            });
    return sold
        ? Optional.of(new Answer(purchase.units(), seen - purchase.units()))
        : Optional.empty();
  }

  /** A number from the store itself, which it does not forget. */
  private static int token(Purchase purchase, Transactions transactions)
      throws InterruptedException {
    return transactions.run(
        purchase.key(),
        sql -> {
          var unused =
              sql.update(
                  "update stock set version = version + 1 where article = ?", purchase.article());
          return Optional.of(
              sql.number("select version from stock where article = ?", purchase.article()));
        });
  }

  private static boolean take(Transaction sql, Purchase purchase) throws SQLException {
    return sql.update(
            "update stock set units = units - ? where article = ?",
            purchase.units(),
            purchase.article())
        > 0;
  }

  private static boolean take(Transaction sql, Purchase purchase, int token) throws SQLException {
    return sql.update(
            "update stock set units = units - ? where article = ? and version = ?",
            purchase.units(),
            purchase.article(),
            token)
        > 0;
  }
}
