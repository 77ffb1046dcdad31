package oversell.report.table;

import static oversell.report.table.Column.number;
import static oversell.report.table.Column.text;
import static oversell.report.table.Column.whole;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import oversell.lab.experiment.Deployment;
import oversell.lab.experiment.Workload;
import oversell.lab.fork.Message;
import oversell.lab.trial.TrialResult;
import oversell.store.Anomaly;
import oversell.store.Audit;
import oversell.store.Guards;
import oversell.store.Isolation;
import oversell.store.StoreFacts;

/** The columns of {@code table.csv} about stores, for experiments that have one. */
final class StoreColumns {
  private StoreColumns() {}

  static List<Column<RowResult>> of() {
    return List.of(
        text("store", "store", row -> deployment(row).shown()),
        fact("store_version", "version", StoreFacts::version),
        fact("store_settings", "settings", StoreFacts::settings)
            .means("the store's default isolation level, and whether it waits for its disk"),
        new Column<>(
            "durable",
            "durable",
            "whether what the store has acknowledged survives its crash",
            row ->
                row.stored()
                    .store()
                    .<Cell>map(store -> new Cell.Flag(store.facts().durable()))
                    .orElseGet(Cell.None::new)),
        whole("processes", "JVMs", (RowResult row) -> deployment(row).processes())
            .means("the JVMs that the buyers of each trial are spread over"),
        number(
                "joined",
                "joined",
                (RowResult row) -> row.stored().joined().map(BigDecimal::valueOf))
            .means("JVMs of other machines that sold in a trial beside those, at most"),
        number(
                "lost_jvms",
                "lost JVMs",
                (RowResult row) -> row.stored().lost().map(BigDecimal::valueOf))
            .means(
                "JVMs that took a share of the buyers and never reported, so that another one did"
                    + " their work"),
        text("isolation", "isolation", (RowResult row) -> isolation(deployment(row)))
            .means("the level that transactions run at; own: the level of the guard"),
        whole("connections", "connections", (RowResult row) -> connections(row.row().workload()))
            .means("the connections that the buyers of a JVM share"),
        new Column<>(
            "lock_mode",
            "lock",
            "transaction: what is locked is released with the transaction, and never before it; a"
                + " lock of a service outside of it may end at any time, and its holder acts without"
                + " a look (naive), asks once more before (asked), or shows a token that the UPDATE"
                + " checks (fenced)",
            row -> Cell.text(row.stored().store().map(Message.StoreOpened::lockMode))),
        whole("undersold_trials", "undersold (trials)", StoreColumns::undersold)
            .means("trials at whose end units were left that a buyer who came was refused"),
        books("acked", "acknowledged", Audit::acked)
            .means("purchases that buyers were told they made"),
        books("acked_lost", "acknowledged and lost", Audit::ackedLost)
            .means("acknowledged purchases that the ledger does not have"),
        books("in_doubt", "in doubt", Audit::inDoubt)
            .means("purchases that got no answer from the store, or from their JVM"),
        books("in_doubt_committed", "in doubt, committed", Audit::inDoubtCommitted)
            .means("purchases in doubt that had been made before their buyers tried again"),
        trials(
                "in_doubt_committed_trials",
                "in doubt, committed (trials)",
                audit -> audit.inDoubtCommitted() > 0)
            .means("trials in which purchases in doubt had been made"),
        books("unexplained", "unexplained", Audit::unexplained)
            .means("purchases in the ledger that were neither acknowledged nor in doubt"),
        trials("unbalanced_trials", "unbalanced (trials)", audit -> !audit.addsUp())
            .means(
                "trials after which stock, ledger and open reservations were not what there was at"
                    + " the start"),
        whole("kills", "kills", (RowResult row) -> row.stored().kills())
            .means("how often every process of the database, or a JVM, was killed"),
        trials(
                "acked_lost_trials",
                "acknowledged and lost (trials)",
                audit -> audit.ackedLost() > 0)
            .means("trials in which acknowledged purchases were lost"),
        books("sold_twice", "sold twice", Audit::soldTwice)
            .means(
                "purchases that the ledger has once more: of buyers who got no answer and tried"
                    + " again"),
        trials("sold_twice_trials", "sold twice (trials)", audit -> audit.soldTwice() > 0)
            .means("trials in which purchases were sold twice"),
        new Column<>(
            "idempotency_key",
            "idempotency key",
            "whether a buyer who got no answer said, when it tried again, which purchase that was",
            row ->
                row.row().workload().conduct().fault().kills()
                    ? new Cell.Flag(deployment(row).precautions().idempotencyKey())
                    : new Cell.None()),
        new Column<>(
            "anomaly",
            "anomaly",
            "what the isolation of transactions let happen, by its name in Hermitage",
            row -> Cell.text(anomaly(row))),
        books("serialization_failures", "serialization failures", StoreColumns::rolledBack)
            .means("transactions that the store rolled back for the sake of others"),
        books("connection_timeouts", "connection timeouts", Audit::withoutConnection)
            .means("how often a buyer gave up because no connection was free in time"),
        new Column<>(
            "errors",
            "errors",
            "why transactions were rolled back, by SQLSTATE, or not begun, and how many",
            row -> new Cell.Text(errors(row))));
  }

  private static String isolation(Deployment deployment) {
    return deployment.isolation().map(Isolation::toString).orElse("own");
  }

  private static int connections(Workload workload) {
    return workload.of(workload.buyersOfOneJvm()).pool().connections();
  }

  private static Optional<String> anomaly(RowResult row) {
    Workload workload = row.row().workload();
    return workload.deployment().isInMemory() || row.count(TrialResult::isViolation) == 0
        ? Optional.empty()
        : Guards.of(workload.variant()).anomaly().map(Anomaly::title);
  }

  private static long rolledBack(Audit audit) {
    return audit.errors().values().stream().mapToLong(Long::longValue).sum()
        - audit.withoutConnection();
  }

  private static String errors(RowResult row) {
    Map<String, Long> all = new TreeMap<>();
    for (Audit audit : row.stored().audits().toList()) {
      audit.errors().forEach((error, times) -> all.merge(error, times, Long::sum));
    }
    return all.entrySet().stream()
        .map(error -> "%s × %d".formatted(error.getKey(), error.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static Deployment deployment(RowResult row) {
    return row.row().workload().deployment();
  }

  private static Column<RowResult> fact(
      String name, String heading, Function<StoreFacts, String> fact) {
    return new Column<>(
        name,
        heading,
        "",
        row -> Cell.text(row.stored().store().map(store -> fact.apply(store.facts()))));
  }

  private static Column<RowResult> books(
      String name, String heading, ToLongFunction<Audit> figure) {
    return number(name, heading, row -> row.stored().sum(figure).map(BigDecimal::valueOf));
  }

  private static Column<RowResult> trials(String name, String heading, Predicate<Audit> which) {
    return whole(name, heading, (RowResult row) -> row.stored().count(which));
  }

  private static long undersold(RowResult row) {
    Workload workload = row.row().workload();
    return row.count(trial -> isUndersold(trial, workload));
  }

  private static boolean isUndersold(TrialResult trial, Workload workload) {
    return trial.refused() > 0 && trial.finalStock() >= workload.units();
  }
}
