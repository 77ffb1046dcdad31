package oversell.store;

import java.sql.SQLException;
import java.util.Optional;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/** A technique that people guard a stock in a database with. */
public abstract class Guard {
  static final String TRANSACTION = "transaction";

  private final String name;

  Guard(String name) {
    this.name = name;
  }

  /** Its name in experiments and tables. */
  public final String name() {
    return name;
  }

  /**
   * Whether it claims to be safe.
   *
   * @param processes the JVMs that buy at the same time
   */
  public boolean isSafe(Product product, int processes) {
    return true;
  }

  /**
   * Whether it claims to be safe if its transactions run at another level than its own.
   *
   * @param processes the JVMs that buy at the same time
   */
  public final boolean isSafeAt(Isolation level, Product product, int processes) {
    return anomaly()
        .map(anomaly -> !anomaly.isAllowed(product, level))
        .orElseGet(() -> isSafe(product, processes));
  }

  /** What it oversells by, where nothing but the isolation of its transactions guards it. */
  public Optional<Anomaly> anomaly() {
    return Optional.empty();
  }

  /**
   * Whether the pauses of the buyers that are served follow one another.
   *
   * @param processes the JVMs that buy at the same time
   */
  public boolean isExclusive(int processes) {
    return false;
  }

  /**
   * How long it holds what it locks in the store: {@value #TRANSACTION}, up to the end of the
   * transaction that took it and never less; empty if it locks nothing before it acts.
   */
  public String lockMode() {
    return "";
  }

  /** Why it cannot be used with a product, as a clause; empty if it can. */
  public Optional<String> lacking(Product product) {
    return Optional.empty();
  }

  /** The service beside the store that it locks in; empty if it needs none. */
  public Optional<LockService> lockService() {
    return Optional.empty();
  }

  /**
   * Whether buyers who have a connection can all wait for one more, with none left: no guard is
   * safe from that in a pool of fewer connections than it needs for one buyer and, for each other,
   * one less than that.
   *
   * @param connections that the buyers share
   * @param buyers how many there are
   */
  public final boolean canStarve(int connections, int buyers) {
    return connections < (long) buyers * (connections() - 1) + 1;
  }

  /** The connections that a buyer holds at once, at most. */
  int connections() {
    return 1;
  }

  /** The level that it runs its transactions at. */
  Isolation isolation() {
    return Isolation.READ_COMMITTED;
  }

  /** Makes the rows of an article. */
  void stock(Transaction transaction, long article, int units) throws SQLException {
    var unused =
        transaction.update(
            "insert into stock (article, units, version, checked) values (?, ?, 0, false)",
            article,
            units);
  }

  /** The units left, which only this guard knows how to count. */
  int left(Transaction transaction, long article) throws SQLException {
    return transaction.number("select units from stock where article = ?", article);
  }

  /** Sells, pausing between check and act. */
  abstract Answer purchase(Purchase purchase, Transactions transactions, Pause pause)
      throws InterruptedException;
}
