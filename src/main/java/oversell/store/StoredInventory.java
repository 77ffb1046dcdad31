package oversell.store;

import java.util.concurrent.atomic.AtomicInteger;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** An article in a store, behind a guard, as buyers of one JVM see it. */
final class StoredInventory implements Inventory {
  private final Store store;
  private final Guard guard;
  private final long article;
  private final String process;
  private final Transactions transactions;
  private final AtomicInteger purchases = new AtomicInteger();
  private final ClientBooks.Open books = new ClientBooks.Open();

  /**
   * An article whose rows exist.
   *
   * @param process tells the JVMs that buy from it apart
   */
  StoredInventory(Store store, Guard guard, long article, String process) {
    this.store = store;
    this.guard = guard;
    this.article = article;
    this.process = process;
    transactions = store.transactions();
  }

  @Override
  public Answer purchase(int units, Pause pause) throws InterruptedException {
    // No formatter: this is done while the clock of the buyers runs.
    String key = article + "-" + process + "-" + purchases.incrementAndGet();
    Purchase purchase = new Purchase(key, article, units);
    Answer answer;
    try {
      answer = guard.purchase(purchase, transactions, pause);
    } catch (StoreFailure.InDoubt unanswered) {
      books.inDoubt(purchase);
      throw unanswered;
    }
    if (!answer.isRefusal()) {
      books.acked(purchase);
    }
    return answer;
  }

  @Override
  public int stock() {
    return store.left(guard, article);
  }

  long article() {
    return article;
  }

  ClientBooks books() {
    return books.close(transactions.retries(), transactions.errors());
  }
}
