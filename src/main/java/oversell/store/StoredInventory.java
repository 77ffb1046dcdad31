package oversell.store;

import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** An article in a store, behind a guard, as buyers of one JVM see it. */
final class StoredInventory implements Inventory {
  // Each connection of a pool whose server was killed fails once, and no pool is as large.
  private static final int MOST_ATTEMPTS = 2_000;

  private final Store store;
  private final Guard guard;
  private final long article;
  private final Customers customers;
  private final Incident incident;
  private final Transactions transactions;
  private final AtomicInteger checked = new AtomicInteger();
  private final AtomicInteger committed = new AtomicInteger();
  private final ClientBooks.Open books;

  /** An article whose rows exist. */
  StoredInventory(Store store, Guard guard, long article, Customers customers, Incident incident) {
    this.store = store;
    this.guard = guard;
    this.article = article;
    this.customers = customers;
    this.incident = incident;
    transactions = store.transactions();
    books = new ClientBooks.Open(customers.told());
  }

  @Override
  public Answer purchase(int units, Pause pause) throws InterruptedException {
    Purchase purchase = new Purchase(customers.nextKey(), article, units);
    boolean again = customers.comeAgain();
    if (again) {
      purchase = incident.unanswered().again(purchase);
    }
    for (int attempt = 1; ; attempt++) {
      try {
        Answer answer = again ? purchaseAgain(purchase, pause) : purchaseOnce(purchase, pause);
        if (!answer.isRefusal()) {
          incident.reached(Incident.Moment.COMMITTED, committed.incrementAndGet());
          books.acked(purchase);
        }
        return answer;
      } catch (StoreFailure.InDoubt unanswered) {
        books.inDoubt(purchase);
        giveUpAfter(attempt, unanswered);
        purchase = incident.unanswered().again(purchase);
        again = true;
      } catch (StoreFailure.Gone nothingBought) {
        giveUpAfter(attempt, nothingBought);
      }
    }
  }

  private void giveUpAfter(int attempt, StoreFailure failure) {
    boolean hasWaited = failure.getCause() instanceof SQLTransientConnectionException;
    if (incident.unanswered() == Incident.Unanswered.GIVES_UP
        || hasWaited
        || attempt == MOST_ATTEMPTS) {
      throw failure;
    }
  }

  private Answer purchaseOnce(Purchase purchase, Pause pause) throws InterruptedException {
    return guard.purchase(
        purchase,
        transactions,
        () -> {
          incident.reached(Incident.Moment.CHECKED, checked.incrementAndGet());
          pause.pause();
        });
  }

  /**
   * The purchase of a buyer who may have bought. The ledger is asked first, since what is sold to
   * it is not there to be sold; and asked by its primary key once more, since the first attempt may
   * be under way still, in a server that has lost its client.
   */
  private Answer purchaseAgain(Purchase purchase, Pause pause) throws InterruptedException {
    Optional<Answer> before = store.sold(guard, purchase);
    if (before.isEmpty()) {
      try {
        return purchaseOnce(purchase, pause);
      } catch (StoreFailure.Repeated meanwhile) {
        before = store.sold(guard, purchase);
        if (before.isEmpty()) {
          throw meanwhile;
        }
      }
    }
    books.found(purchase);
    return before.get();
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
