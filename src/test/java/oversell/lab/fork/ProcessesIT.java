package oversell.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.lab.experiment.Deployment;
import oversell.lab.trial.Scopes;
import oversell.lab.trial.TrialResult;
import oversell.store.Audit;
import oversell.store.Guards;
import oversell.store.Pool;
import oversell.store.Store;
import oversell.store.StoreAccess;

/**
 * Sales from a PostgreSQL that the host starts and forks are told of. Buyers hold for much longer
 * than a JVM on a busy machine may lag behind another.
 */
@Timeout(300)
@Tag("long")
class ProcessesIT {
  private static final int TRIALS = 3;
  private static final Stores.Credentials NOBODY = new Stores.Credentials("", "");

  private static Stores stores;

  @TempDir private Path folder;
  private final List<TrialResult> results = new ArrayList<>();
  private final List<Audit> audits = new ArrayList<>();
  private final List<Message> all = new ArrayList<>();

  @BeforeAll
  static void startStores() {
    ForkPlan any = plan("select-for-update", "postgresql", 2);
    stores = Stores.start(any, Path.of("target", "postgresql"), NOBODY, () -> "any");
  }

  @AfterAll
  static void stopStores() throws IOException {
    stores.close();
  }

  private static ForkPlan plan(String guard, String store, int processes) {
    String text =
        "{store: %s, processes: %d, stock: 10, units: 3, buyers: 10, hold: 200ms, trials: %d, warmups: 1, variants: %s}"
            .formatted(store, processes, TRIALS, guard);
    return StoredSales.plan(text);
  }

  private ForkOutcome run(ForkPlan plan, Stores reached) throws Exception {
    ForkRunner runner =
        new ForkRunner(
            Scopes.compiler(),
            System.getProperty("java.class.path"),
            folder,
            System::nanoTime,
            reached);
    return runner.run(plan.forks().getFirst(), this::receive);
  }

  private void receive(Message.OfFork message) {
    all.add(message);
    if (message instanceof Message.TrialEnded trial && !trial.result().warmup()) {
      results.add(trial.result());
    } else if (message instanceof Message.StoreAudited audited && !audited.warmup()) {
      audits.add(audited.audit());
    }
  }

  @Test
  void withTwoJvmsSynchronizedOversellsInEveryTrial() throws Exception {
    ForkOutcome outcome = run(plan("jvm-synchronized", "postgresql", 2), stores);

    assertThat(outcome).isInstanceOf(ForkOutcome.Completed.class);
    assertThat(results).hasSize(TRIALS).allMatch(TrialResult::isOversold);
    assertThat(audits).hasSize(TRIALS).allMatch(Audit::isBroken);
  }

  @Test
  void withAbsoluteWritesTheStockLooksFineMeanwhile() throws Exception {
    run(plan("jvm-synchronized-write", "postgresql", 2), stores);

    assertThat(results)
        .hasSize(TRIALS)
        .allMatch(trial -> trial.oversold() > 0)
        .allMatch(trial -> trial.finalStock() >= 0)
        .allMatch(trial -> trial.lostUpdates() > 0);
    assertThat(audits).noneMatch(Audit::addsUp);
  }

  /** Beside the two above, so that the difference is the guard, or the number of JVMs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jvm-synchronized, 1",
        "select-for-update, 2",
        "serializable, 2",
        "reservation, 2"
      })
  void aGuardThatTheJvmsShareOversellsInNone(String guardAndProcesses) throws Exception {
    String[] sides = guardAndProcesses.split(", ");

    run(plan(sides[0], "postgresql", Integer.parseInt(sides[1])), stores);

    assertThat(results).hasSize(TRIALS).noneMatch(TrialResult::isViolation);
    assertThat(results).extracting(TrialResult::sold).containsOnly(9L);
    assertThat(results).extracting(TrialResult::refused).containsOnly(7);
    assertThat(audits).hasSize(TRIALS).noneMatch(Audit::isBroken);
    assertThat(audits).extracting(Audit::acked).containsOnly(3);
  }

  @Test
  void theWorkOfAJvmThatDiesIsDoneByAnother() throws Exception {
    ForkPlan plan = plan("select-for-update", "postgresql", 2);
    ForkRunner runner =
        new ForkRunner(
            Scopes.compiler(),
            System.getProperty("java.class.path"),
            folder,
            System::nanoTime,
            stores);

    List<ProcessHandle> members = new ArrayList<>();
    ForkOutcome outcome =
        runner.run(
            plan.forks().getFirst(),
            message -> {
              receive(message);
              if (message instanceof Message.TrialEnded && members.isEmpty()) {
                // Now: when the fork has ended, they are nobody's children.
                members.addAll(members().toList());
                members.getFirst().destroyForcibly();
              }
            });

    assertThat(outcome).isInstanceOf(ForkOutcome.Completed.class);
    assertThat(results).hasSize(TRIALS).noneMatch(TrialResult::isViolation);
    assertThat(audits).hasSize(TRIALS).noneMatch(Audit::isBroken);
    assertThat(members).hasSize(2);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> members.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** The JVMs that the fork has started: its command line is too long to be asked for. */
  private static Stream<ProcessHandle> members() {
    return ProcessHandle.current()
        .children()
        .flatMap(ProcessHandle::children)
        .filter(process -> process.info().command().orElse("").endsWith("java"));
  }

  @Test
  void whatAForkSaysNeverHoldsThePassword() throws Exception {
    ForkPlan plan = plan("select-for-update", "postgresql", 1);
    String password =
        stores.access(plan.rows().getFirst().workload().deployment(), 0).orElseThrow().password();

    run(plan, stores);

    assertThat(all).isNotEmpty().noneMatch(message -> Wire.line(message).contains(password));
  }

  @Test
  void aDatabaseByItsUrlIsSoldFromAndLeftAsItWas() throws Exception {
    StoreAccess access =
        stores
            .access(
                plan("select-for-update", "postgresql", 1)
                    .rows()
                    .getFirst()
                    .workload()
                    .deployment(),
                0)
            .orElseThrow();
    ForkPlan byUrl = plan("select-for-update", "'" + access.url() + "'", 2);
    Stores.Credentials user = new Stores.Credentials(access.user(), access.password());
    Stores.check(byUrl, user);

    try (Stores theirs = Stores.start(byUrl, Path.of("nowhere"), user, () -> "any")) {
      // As a fork that was killed would leave it.
      Deployment deployment = byUrl.rows().getFirst().workload().deployment();
      Store.create(
          theirs.access(deployment, 99).orElseThrow(), Guards.of("select-for-update"), Pool.of(1));

      assertThat(run(byUrl, theirs)).isInstanceOf(ForkOutcome.Completed.class);
    }

    assertThat(results).hasSize(TRIALS).noneMatch(TrialResult::isViolation);
    assertThat(schemas(access)).noneMatch(name -> name.startsWith("oversell_"));
  }

  private static List<String> schemas(StoreAccess access) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(access.url(), access.user(), access.password());
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery("select schema_name from information_schema.schemata")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  @Test
  void withoutPostgresqlItsRowsSayWhyAndThoseOfH2AreRun() throws Exception {
    ForkOutcome withoutServer = run(plan("select-for-update", "postgresql", 1), Stores.none());

    assertThat(withoutServer).isEqualTo(new ForkOutcome.Unavailable("no PostgreSQL was started"));
    assertThat(run(plan("select-for-update", "h2", 1), Stores.none()))
        .isInstanceOf(ForkOutcome.Completed.class);
    assertThat(results).hasSize(TRIALS).noneMatch(TrialResult::isViolation);
  }
}
