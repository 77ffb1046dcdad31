package oversell.store;

import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * A monitor of this JVM around a guard that promises nothing. Promises that one buyer of this JVM
 * at a time is inside, and nothing about the buyers of any other JVM. Costs a queue in front of the
 * database that the database knows nothing of.
 */
final class JvmSynchronized extends Guard {
  private final Guard inside;

  JvmSynchronized(String name, Guard inside) {
    super(name);
    this.inside = inside;
  }

  @Override
  public boolean isSafe(Product product, int processes) {
    return processes == 1;
  }

  @Override
  public boolean isExclusive(int processes) {
    return processes == 1;
  }

  @Override
  synchronized Answer purchase(Purchase purchase, Transactions transactions, Pause pause)
      throws InterruptedException {
    return inside.purchase(purchase, transactions, pause);
  }
}
