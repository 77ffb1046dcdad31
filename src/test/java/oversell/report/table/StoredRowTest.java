package oversell.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oversell.lab.experiment.Expectation;
import oversell.lab.experiment.Key;
import oversell.lab.fork.Fork;
import oversell.lab.fork.Message;
import oversell.store.Audit;
import oversell.store.StoreFacts;

class StoredRowTest {
  private static final Message.StoreOpened OPENED =
      new Message.StoreOpened(
          0, new StoreFacts("PostgreSQL 18.3", "read committed, fsync on", true), "transaction");
  private static final Audit WHOLE = new Audit(10, 1, 9, 0, 3, 0, 0, 0, 0, 0, 6, Map.of());

  private static Results results(Audit... audits) {
    Message[] messages = new Message[audits.length * 2 + 2];
    messages[0] = Runs.fork(0, Fork.Purpose.TRIALS);
    messages[1] = OPENED;
    for (int i = 0; i < audits.length; i++) {
      messages[2 * i + 2] = Runs.trial(0, 0, 0);
      messages[2 * i + 3] = new Message.StoreAudited(0, false, 0, audits[i]);
    }
    return Runs.results(
        Map.of(Key.STORE, "postgresql", Key.VARIANTS, "select-for-update"), messages);
  }

  @Test
  void aRowWhoseBooksAgreeIsSafe() {
    Results results = results(WHOLE, WHOLE);

    assertThat(results.rows().getFirst().observed()).isEqualTo(Optional.of(Expectation.SAFE));
    assertThat(results.rows().getFirst().verdict()).isEqualTo(Optional.of(Verdict.PASS));
  }

  /** The broken twin: buyers and stock say the same, and only the books differ. */
  @Test
  void aRowThatLostAnAcknowledgedPurchaseFails() {
    Audit lost = new Audit(10, 1, 9, 0, 3, 1, 0, 0, 0, 0, 0, Map.of());
    Results results = results(WHOLE, lost);

    assertThat(results.rows().getFirst().observed()).isEqualTo(Optional.of(Expectation.OVERSELLS));
    assertThat(results.rows().getFirst().verdict()).isEqualTo(Optional.of(Verdict.FAIL));
    assertThat(Table.of(results).text(0, "acked_lost")).isEqualTo("1");
  }

  @Test
  void aRowTellsHowManyJvmsNeverReportedAndHowManyHadJoined() {
    Results results =
        Runs.results(
            Map.of(Key.STORE, "postgresql", Key.VARIANTS, "select-for-update"),
            Runs.fork(0, Fork.Purpose.TRIALS),
            OPENED,
            new Message.SaleShared(0, true, List.of(share("1", "2"))),
            new Message.SaleShared(0, false, List.of(share("1", "joined-a"), share("2", "1"))),
            new Message.SaleShared(0, false, List.of(share("joined-a", "3"), share("joined-b"))));

    assertThat(Table.of(results).text(0, "lost_jvms")).isEqualTo("3");
    assertThat(Table.of(results).text(0, "joined")).isEqualTo("2");
  }

  private static Message.Share share(String... jvms) {
    return new Message.Share(10, List.of(jvms));
  }

  @Test
  void warmupsAreNotCounted() {
    Results results =
        Runs.results(
            Map.of(Key.STORE, "postgresql", Key.VARIANTS, "select-for-update"),
            Runs.fork(0, Fork.Purpose.TRIALS),
            OPENED,
            new Message.StoreAudited(0, true, 0, WHOLE));

    assertThat(Table.of(results).text(0, "acked")).isEmpty();
  }

  @Test
  void aRowWhoseBuyersGotNoConnectionStarves() {
    Audit starved = new Audit(10, 1, 9, 0, 3, 0, 0, 0, 0, 0, 0, Map.of("no connection", 2L));
    Results results = results(WHOLE, starved);

    assertThat(results.rows().getFirst().observed()).isEqualTo(Optional.of(Expectation.STARVES));
    assertThat(results.rows().getFirst().verdict()).isEqualTo(Optional.of(Verdict.FAIL));
    assertThat(Table.of(results).text(0, "connection_timeouts")).isEqualTo("2");
  }

  /** Its broken twin in the other direction: what is oversold is not hidden by a timeout. */
  @Test
  void aRowThatOversellsDoesSoAlsoIfItsBuyersGotNoConnection() {
    Audit both = new Audit(10, -2, 12, 0, 4, 0, 0, 0, 0, 0, 0, Map.of("no connection", 2L));

    assertThat(results(both).rows().getFirst().observed())
        .isEqualTo(Optional.of(Expectation.OVERSELLS));
  }

  @Test
  void aTableCountsWhatWasRolledBackAndSaysWhy() {
    Audit one = new Audit(10, 1, 9, 0, 3, 0, 0, 0, 0, 0, 3, Map.of("40001", 2L, "40P01", 1L));
    Audit other = new Audit(10, 1, 9, 0, 3, 0, 0, 0, 0, 0, 1, Map.of("40001", 1L));
    Table table = Table.of(results(one, other));

    assertThat(table.text(0, "serialization_failures")).isEqualTo("4");
    assertThat(table.text(0, "connection_timeouts")).isEqualTo("0");
    assertThat(table.text(0, "errors")).isEqualTo("40001 × 3, 40P01 × 1");
    assertThat(table.text(0, "isolation")).isEqualTo("own");
    assertThat(table.text(0, "connections")).isEqualTo("5");
    assertThat(table.text(0, "anomaly")).isEmpty();
  }

  @Test
  void aTableSaysWhatTheStoreIsAndWhatItsBooksAre() {
    Table table = Table.of(results(WHOLE, WHOLE));

    assertThat(table.text(0, "store")).isEqualTo("postgresql");
    assertThat(table.text(0, "store_version")).isEqualTo("PostgreSQL 18.3");
    assertThat(table.text(0, "store_settings")).isEqualTo("read committed, fsync on");
    assertThat(table.text(0, "durable")).isEqualTo("true");
    assertThat(table.text(0, "processes")).isEqualTo("1");
    assertThat(table.text(0, "lock_mode")).isEqualTo("transaction");
    assertThat(table.text(0, "acked")).isEqualTo("6");
    assertThat(table.text(0, "retries_mean")).isEqualTo("2.00");
    assertThat(table.text(0, "unbalanced_trials")).isEqualTo("0");
  }

  @Test
  void aTableOfStocksInMemoryHasNoColumnsOfStores() {
    Results results =
        Runs.results(Map.of(), Runs.fork(0, Fork.Purpose.TRIALS), Runs.trial(0, 0, 0));

    assertThat(Table.of(results).columns())
        .extracting(Column::name)
        .contains("retries_mean")
        .doesNotContain("store", "acked", "undersold_trials");
  }
}
