package oversell.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each sum catches what the others do not. */
class AuditTest {
  private static final ClientBooks TWO_ACKED =
      new ClientBooks(List.of("a", "b"), List.of(), List.of(), 0, Map.of());

  @Test
  void booksThatAgreeAreWhole() {
    Audit audit = TWO_ACKED.against(Set.of("a", "b"), 10, 4, 6, 0);

    assertThat(audit.isBroken()).isFalse();
  }

  @Test
  void openReservationsAreNotMissing() {
    Audit audit = TWO_ACKED.against(Set.of("a", "b"), 10, 1, 6, 3);

    assertThat(audit.isBroken()).isFalse();
  }

  @Test
  void aStockBelowZeroIsCaughtThoughItAddsUp() {
    Audit audit = TWO_ACKED.against(Set.of("a", "b"), 5, -1, 6, 0);

    assertThat(audit.addsUp()).isTrue();
    assertThat(audit.isBroken()).isTrue();
  }

  @Test
  void aLostUpdateIsCaughtThoughTheStockLooksFine() {
    Audit audit = TWO_ACKED.against(Set.of("a", "b"), 10, 7, 6, 0);

    assertThat(audit.addsUp()).isFalse();
    assertThat(audit.isBroken()).isTrue();
  }

  /** As after a crash without durability: the store forgot the sale and the units it took. */
  @Test
  void aPurchaseThatWasAcknowledgedAndLostIsCaughtThoughStockAndLedgerAddUp() {
    Audit audit = TWO_ACKED.against(Set.of("a"), 10, 7, 3, 0);

    assertThat(audit.addsUp()).isTrue();
    assertThat(audit.ackedLost()).isEqualTo(1);
    assertThat(audit.isBroken()).isTrue();
  }

  @Test
  void aPurchaseThatNobodyKnowsOfIsCaught() {
    Audit audit = TWO_ACKED.against(Set.of("a", "b", "c"), 10, 1, 9, 0);

    assertThat(audit.unexplained()).isEqualTo(1);
    assertThat(audit.isBroken()).isTrue();
  }

  @Test
  void aPurchaseThatWasMadeOnceMoreUnderAnotherKeyIsCaughtThoughItAddsUp() {
    ClientBooks again = new ClientBooks(List.of("a", "b+"), List.of("b"), List.of(), 0, Map.of());

    Audit audit = again.against(Set.of("a", "b", "b+"), 10, 1, 9, 0);

    assertThat(audit.addsUp()).isTrue();
    assertThat(audit.soldTwice()).isEqualTo(1);
    assertThat(audit.inDoubtCommitted()).isEqualTo(1);
    assertThat(audit.isBroken()).isTrue();
  }

  /** Of both the ledger has the key in the end. */
  @Test
  void aPurchaseInDoubtThatWasThereIsToldFromOneThatWasMadeAgain() {
    ClientBooks again =
        new ClientBooks(List.of("a", "b"), List.of("a", "b"), List.of("b"), 0, Map.of());

    Audit audit = again.against(Set.of("a", "b"), 10, 4, 6, 0);

    assertThat(audit.inDoubt()).isEqualTo(2);
    assertThat(audit.inDoubtCommitted()).isEqualTo(1);
    assertThat(audit.soldTwice()).isZero();
    assertThat(audit.isBroken()).isFalse();
  }

  @Test
  void aPurchaseInDoubtMayHaveBeenMadeOrNot() {
    ClientBooks doubtful = new ClientBooks(List.of("a"), List.of("b", "c"), List.of(), 0, Map.of());

    Audit audit = doubtful.against(Set.of("a", "b"), 10, 4, 6, 0);

    assertThat(audit.inDoubt()).isEqualTo(2);
    assertThat(audit.inDoubtCommitted()).isEqualTo(1);
    assertThat(audit.isBroken()).isFalse();
  }
}
