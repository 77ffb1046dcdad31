package oversell.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oversell.lab.trial.TrialResult;
import oversell.store.Audit;

/** Databases and JVMs that are killed in the middle of a sale, each beside its broken twin. */
@Timeout(300)
@Tag("long")
class CrashIT {
  private static final int TRIALS = 4;
  private static final Stores.Credentials NOBODY = new Stores.Credentials("", "");

  private static Stores stores;

  @TempDir private Path folder;

  @BeforeAll
  static void startStores() {
    stores =
        Stores.start(
            plan("kill-database", "[true, false]", "true"),
            Path.of("target", "postgresql"),
            NOBODY,
            () -> "any");
  }

  @AfterAll
  static void stopStores() throws IOException {
    stores.close();
  }

  private static ForkPlan plan(String fault, String durable, String idempotencyKey) {
    return StoredSales.plan(
        ("{store: postgresql, fault: %s, fault-every: 30, durable: %s, idempotency-key: %s,"
                + " stock: 500, units: 2, buyers: 80, hold: 0, trials: %d, warmups: 0,"
                + " variants: skip-locked}")
            .formatted(fault, durable, idempotencyKey, TRIALS));
  }

  private StoredSales sell(String fault, boolean durable, boolean idempotencyKey) throws Exception {
    ForkPlan plan = plan(fault, Boolean.toString(durable), Boolean.toString(idempotencyKey));
    StoredSales sold = StoredSales.of(plan, stores, folder);
    assertThat(sold.outcome()).isInstanceOf(ForkOutcome.Completed.class);
    assertThat(sold.kills()).isEqualTo(TRIALS);
    assertThat(sold.results()).extracting(TrialResult::failed).containsOnly(0);
    assertThat(sold.results()).extracting(TrialResult::purchases).containsOnly(80);
    return sold;
  }

  @Test
  void aDurableDatabaseThatIsKilledLosesNothingItHasAcknowledged() throws Exception {
    StoredSales sold = sell("kill-database", true, true);

    assertThat(sold.audits()).hasSize(TRIALS).noneMatch(Audit::isBroken);
    assertThat(sold.audits()).extracting(Audit::acked).containsOnly(80);
    assertThat(sold.audits()).extracting(Audit::left).containsOnly(500L - 160);
    assertThat(sold.results()).noneMatch(TrialResult::isViolation);
  }

  /** Stock and ledger add up all the same: only what buyers know shows what is lost. */
  @Test
  void oneThatDoesNotWaitForItsDiskLosesSomeInEveryKill() throws Exception {
    StoredSales sold = sell("kill-database", false, true);

    assertThat(sold.audits()).hasSize(TRIALS).allMatch(audit -> audit.ackedLost() > 0);
    assertThat(sold.audits()).allMatch(Audit::addsUp);
    assertThat(sold.results()).allMatch(trial -> trial.lostUpdates() > 0);
  }

  /** The server itself says that a commit is on its disk, and is killed before it answers. */
  @Test
  void aBuyerWhoseAnswerIsLostIsSoldOnceIfItSaysWhichPurchaseItTriesAgain() throws Exception {
    StoredSales sold = sell("lose-answer", true, true);

    assertThat(sold.audits()).hasSize(TRIALS).allMatch(audit -> audit.inDoubtCommitted() > 0);
    assertThat(sold.audits()).noneMatch(Audit::isBroken);
    assertThat(sold.audits()).extracting(Audit::acked).containsOnly(80);
    assertThat(sold.results()).noneMatch(TrialResult::isViolation);
  }

  /** The broken twin of the one above. */
  @Test
  void andIsSoldTwiceIfItTriesAgainAsIfItHadNeverBeenThere() throws Exception {
    StoredSales sold = sell("lose-answer", true, false);

    assertThat(sold.audits())
        .hasSize(TRIALS)
        .allMatch(audit -> audit.soldTwice() > 0)
        .allMatch(audit -> audit.soldTwice() == audit.inDoubtCommitted())
        .allMatch(audit -> audit.ackedLost() == 0);
  }

  /** Each kill leaves a purchase that was made and that its buyer was not told of. */
  @Test
  void aBuyerWhoseJvmIsKilledIsSoldOnceIfItSaysWhichPurchaseItTriesAgain() throws Exception {
    StoredSales sold = sell("kill-jvm", true, true);

    assertThat(sold.audits()).hasSize(TRIALS).allMatch(audit -> audit.inDoubtCommitted() > 0);
    assertThat(sold.audits()).noneMatch(Audit::isBroken);
    assertThat(sold.results()).noneMatch(TrialResult::isViolation);
  }

  @Test
  void andTwiceIfItDoesNot() throws Exception {
    StoredSales sold = sell("kill-jvm", true, false);

    assertThat(sold.audits())
        .hasSize(TRIALS)
        .allMatch(audit -> audit.soldTwice() > 0)
        .allMatch(audit -> audit.soldTwice() == audit.inDoubtCommitted())
        .allMatch(audit -> audit.ackedLost() == 0);
    assertThat(sold.results()).allMatch(trial -> trial.vanished() > 0);
  }
}
