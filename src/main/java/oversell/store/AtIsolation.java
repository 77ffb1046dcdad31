package oversell.store;

import java.util.Optional;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * The statements of {@link SelectThenUpdate} at a higher isolation level, and nothing else: the
 * database notices that the stock has changed since it was read, and rolls back. Promises what the
 * product's level of that name promises, which differs between products. Costs the whole purchase
 * of each buyer that was rolled back.
 */
final class AtIsolation extends Guard {
  private final Guard inside = new SelectThenUpdate();
  private final Isolation isolation;

  private AtIsolation(String name, Isolation isolation) {
    super(name);
    this.isolation = isolation;
  }

  /** The level that is snapshot isolation in PostgreSQL. */
  static Guard repeatableRead() {
    return new AtIsolation("repeatable-read", Isolation.REPEATABLE_READ);
  }

  /** The highest level. */
  static Guard serializable() {
    return new AtIsolation("serializable", Isolation.SERIALIZABLE);
  }

  /** MariaDB's REPEATABLE READ lets an UPDATE see what the SELECT before it could not. */
  @Override
  public boolean isSafe(Product product, int processes) {
    return isSafeAt(isolation, product, processes);
  }

  @Override
  public Optional<Anomaly> anomaly() {
    return inside.anomaly();
  }

  @Override
  Isolation isolation() {
    return isolation;
  }

  @Override
  Answer purchase(Purchase purchase, Transactions transactions, Pause pause)
      throws InterruptedException {
    return inside.purchase(purchase, transactions, pause);
  }
}
