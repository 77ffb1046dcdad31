package oversell.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.lab.trial.TrialResult;
import oversell.store.Audit;

/** Holders of locks that are stopped between check and act, until another has bought. */
@Timeout(300)
@Tag("long")
class LeaseIT {
  private static final int TRIALS = 3;
  private static final Stores.Credentials NOBODY = new Stores.Credentials("", "");

  private static Stores stores;

  @TempDir private Path folder;

  @BeforeAll
  static void startStores() {
    stores =
        Stores.start(
            plan("[zookeeper, redis]"), Path.of("target", "postgresql"), NOBODY, () -> "any");
  }

  @AfterAll
  static void stopStores() throws IOException {
    stores.close();
  }

  private static ForkPlan plan(String guard) {
    return StoredSales.plan(
        ("{store: postgresql, processes: 2, fault: stop-jvm, fault-every: 1, stock: 4, units: 3,"
                + " buyers: 2, hold: 0, trials: %d, warmups: 0, variants: %s}")
            .formatted(TRIALS, guard));
  }

  private StoredSales sell(String guard) throws Exception {
    ForkPlan plan = plan(guard);
    if (guard.startsWith("redis")) {
      assumeThat(stores.missing(plan.rows().getFirst().workload())).isEmpty();
    }
    StoredSales sold = StoredSales.of(plan, stores, folder);
    assertThat(sold.outcome()).isInstanceOf(ForkOutcome.Completed.class);
    assertThat(sold.results()).extracting(TrialResult::failed).containsOnly(0);
    return sold;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "session-lock",
        "session-lock-asked",
        "zookeeper",
        "zookeeper-asked",
        "redis",
        "redis-asked"
      })
  void aHolderThatStoodStillSellsWhatAnotherHasSoldAlthoughItAsked(String guard) throws Exception {
    StoredSales sold = sell(guard);

    assertThat(sold.results()).hasSize(TRIALS).allMatch(TrialResult::isOversold);
    assertThat(sold.results()).extracting(TrialResult::finalStock).containsOnly(-2L);
    assertThat(sold.audits()).hasSize(TRIALS).allMatch(Audit::isBroken);
  }

  /** Beside those above, so that the difference is the token, or the transaction. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "session-lock-fenced",
        "zookeeper-fenced",
        "redis-fenced",
        "advisory-lock",
        "select-for-update"
      })
  void oneThatShowsItsTokenOrActsInTheTransactionThatLocksFindsThatItIsTooLate(String guard)
      throws Exception {
    StoredSales sold = sell(guard);

    assertThat(sold.results()).hasSize(TRIALS).noneMatch(TrialResult::isViolation);
    assertThat(sold.results()).extracting(TrialResult::finalStock).containsOnly(1L);
    assertThat(sold.results()).extracting(TrialResult::refused).containsOnly(1);
    assertThat(sold.audits()).hasSize(TRIALS).noneMatch(Audit::isBroken);
  }

  /** So a process that stands still is never left alone: it goes on when its fork ends. */
  @Test
  void aProcessThatWasStoppedGoesOnWhenItIsLetGo() throws Exception {
    Process sleeping = new ProcessBuilder("sleep", "300").start();
    try {
      Stop stop = Stop.of(sleeping);
      assertThat(state(sleeping)).startsWith("T");

      stop.close();

      assertThat(state(sleeping)).doesNotStartWith("T");
    } finally {
      sleeping.destroyForcibly();
    }
  }

  private static String state(Process process) throws IOException {
    Process asking =
        new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(process.pid())).start();
    return new String(asking.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
  }
}
