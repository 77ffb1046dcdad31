package oversell.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oversell.inventory.Answer;

/** Buyers who have bought, were not told, and come to another JVM. */
class UnansweredTest {
  private static final String GUARD = "select-for-update";
  private static final Guard ANY = Guards.of(GUARD);

  private static JoinedStore jvm(Store store, int number) {
    return new JoinedStore(store, GUARD, number, key -> {});
  }

  /** The books after a buyer has bought from one JVM and comes to the next. */
  private static Audit comesAgain(Incident.Unanswered unanswered) throws InterruptedException {
    try (Store store = Store.create(StoreAccess.inProcess(), ANY, Pool.of(1))) {
      GuardedStore stock = new GuardedStore(store, GUARD);
      var unused = stock.create(10);
      JoinedStore killed = jvm(store, 1);
      killed.next(stock.articles(), Incident.none());
      assertThat(killed.create(10).purchase(3, () -> {}).sold()).isEqualTo(3);
      List<String> notTold = JoinedStore.keys(stock.articles().getFirst(), 1, 1);
      JoinedStore next = jvm(store, 2);
      next.next(stock.articles(), List.of(notTold), unanswered);

      Answer answer = next.create(10).purchase(3, () -> {});

      assertThat(answer.sold()).isEqualTo(3);
      ClientBooks customers = ClientBooks.heard(List.of(), notTold);
      return stock.audit(List.of(List.of(customers), next.books()));
    }
  }

  @Test
  void whoSaysWhichPurchaseItTriesAgainIsSoldOnce() throws InterruptedException {
    Audit audit = comesAgain(Incident.Unanswered.SAME_KEY);

    assertThat(audit.soldTwice()).isZero();
    assertThat(audit.inDoubtCommitted()).isEqualTo(1);
    assertThat(audit.left()).isEqualTo(7);
    assertThat(audit.isBroken()).isFalse();
  }

  @Test
  void whoDoesNotIsSoldTwice() throws InterruptedException {
    Audit audit = comesAgain(Incident.Unanswered.NEW_KEY);

    assertThat(audit.soldTwice()).isEqualTo(1);
    assertThat(audit.inDoubtCommitted()).isEqualTo(1);
    assertThat(audit.left()).isEqualTo(4);
    assertThat(audit.isBroken()).isTrue();
  }

  /** Its server has lost its client, and commits after the ledger was asked. */
  @Test
  void whoseFirstAttemptIsStillUnderWayIsSoldOnce() throws InterruptedException {
    try (Store store = Store.create(StoreAccess.inProcess(), ANY, Pool.of(2))) {
      GuardedStore stock = new GuardedStore(store, GUARD);
      var unused = stock.create(10);
      List<String> notTold = JoinedStore.keys(stock.articles().getFirst(), 1, 1);
      Purchase first = new Purchase(notTold.getFirst(), stock.articles().getFirst(), 3);
      JoinedStore next = jvm(store, 2);
      next.next(stock.articles(), List.of(notTold), Incident.Unanswered.SAME_KEY);

      Answer answer = next.create(10).purchase(3, () -> commit(store, first));

      assertThat(answer.sold()).isEqualTo(3);
      assertThat(next.books().getFirst().found()).containsExactly(first.key());
      assertThat(store.sold(ANY, first)).isPresent();
    }
  }

  private static void commit(Store store, Purchase purchase) throws InterruptedException {
    var unused =
        store
            .transactions()
            .run(
                "",
                sql -> {
                  sql.record(purchase);
                  return Optional.of(true);
                });
  }
}
