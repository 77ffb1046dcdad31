package oversell.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oversell.lab.cluster.Meeting;
import oversell.lab.trial.Scopes;
import oversell.lab.trial.TrialResult;
import oversell.store.Audit;
import oversell.store.LocalServer;
import oversell.store.StoreAccess;
import oversell.store.StoreFailure;

/**
 * Sales that JVMs of several machines share. The machines are this one, and what they know of one
 * another is in a PostgreSQL that is given by its URL.
 */
@Timeout(300)
@Tag("long")
class ClusterIT {
  private static final String VERSION = "sources 1";
  private static final int TRIALS = 2;

  private LocalServer server;
  private StoreAccess database;

  @TempDir private Path folder;
  private final ExecutorService machines = Executors.newCachedThreadPool();
  private final List<TrialResult> results = new ArrayList<>();
  private final List<Audit> audits = new ArrayList<>();
  private final List<Message.SaleShared> shared = new ArrayList<>();
  private final Queue<String> said = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void startServer() throws IOException {
    server = LocalServer.start(Path.of("target", "postgresql"), true);
    database = server.access("");
  }

  @AfterEach
  void stopServer() throws IOException {
    machines.shutdownNow();
    server.close();
  }

  /**
   * A plan of one row.
   *
   * @param more settings, instead of those that most tests have
   */
  private ForkPlan plan(String guard, String... more) {
    Map<String, String> settings =
        new TreeMap<>(
            Map.of(
                "store", "'" + database.url() + "'",
                "variants", guard,
                "connections", "4",
                "stock", "60",
                "buyers", "120",
                "hold", "1ms",
                "trials", Integer.toString(TRIALS),
                "warmups", "0"));
    for (String one : more) {
      String[] sides = one.split(": ", 2);
      settings.put(sides[0], sides[1]);
    }
    return StoredSales.plan(
        settings.entrySet().stream()
            .map(one -> one.getKey() + ": " + one.getValue())
            .collect(Collectors.joining(", ", "{", "}")));
  }

  private Stores host(ForkPlan plan) {
    return Stores.start(
        plan,
        Path.of("nowhere"),
        new Stores.Credentials(database.user(), database.password()),
        () -> VERSION);
  }

  private ForkOutcome run(ForkPlan plan, Stores stores, ForkRunner.Listener listener)
      throws Exception {
    try (ForkRunner runner =
        new ForkRunner(
            Scopes.compiler(),
            System.getProperty("java.class.path"),
            folder,
            System::nanoTime,
            stores)) {
      return runner.run(
          plan.forks().getFirst(),
          message -> {
            switch (message) {
              case Message.TrialEnded trial -> results.add(trial.result());
              case Message.StoreAudited audited -> audits.add(audited.audit());
              case Message.SaleShared sale -> shared.add(sale);
              default -> {}
            }
            listener.received(message);
          });
    }
  }

  private Joiner joiner(StoreAccess access, String version) {
    Joiner.Machine machine =
        new Joiner.Machine(
            Plans.installed(),
            Scopes.compiler(),
            System.getProperty("java.class.path"),
            folder.resolve("joined"));
    return new Joiner(access, version, machine, said::add, System::nanoTime);
  }

  private Future<Joiner.Ending> join(String version) {
    return machines.submit(() -> joiner(database, version).run());
  }

  private void awaitSaid(String part) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> said.stream().anyMatch(sentence -> sentence.contains(part)));
  }

  /** Processes that this test, or a fork of it, has started and that run {@link ShareMain}. */
  private static Stream<ProcessHandle> children(ProcessHandle parent) {
    return parent
        .children()
        .filter(process -> process.info().command().orElse("").endsWith("java"));
  }

  private void assertThatNothingIsLost(int sales, int units) {
    assertThat(audits).hasSize(sales).noneMatch(Audit::isBroken);
    assertThat(audits).extracting(Audit::left).containsOnly(0L);
    assertThat(results).hasSize(sales).noneMatch(TrialResult::isViolation);
    assertThat(results).extracting(TrialResult::failed).containsOnly(0);
    assertThat(results)
        .allMatch(trial -> trial.purchases() == units)
        .allMatch(trial -> trial.refused() == units);
  }

  @Test
  void whatAKilledJvmHasNotDoneIsDoneByAnotherAndNothingIsLost() throws Exception {
    ForkPlan plan = plan("conditional-update", "processes: 4", "fault: kill-jvm", "fault-every: 3");
    try (Stores stores = host(plan)) {
      assertThat(run(plan, stores, message -> {})).isInstanceOf(ForkOutcome.Completed.class);
    }

    assertThatNothingIsLost(TRIALS, 60);
    assertThat(shared).hasSize(TRIALS).allMatch(sale -> sale.lost() >= 1);
    assertThat(audits).allMatch(audit -> audit.inDoubtCommitted() > 0);
    assertThat(audits).allMatch(audit -> audit.inDoubt() >= audit.inDoubtCommitted());
  }

  /** The broken twins of the sale above: nothing is locked, or nobody says what it tries again. */
  @Test
  void withAMonitorOfEachJvmTheyOversell() throws Exception {
    ForkPlan plan =
        plan("jvm-synchronized", "hold: 20ms", "processes: 4", "fault: kill-jvm", "fault-every: 3");
    try (Stores stores = host(plan)) {
      run(plan, stores, message -> {});
    }

    assertThat(results).hasSize(TRIALS).allMatch(TrialResult::isOversold);
    assertThat(audits).allMatch(Audit::isBroken);
  }

  @Test
  void whoTriesAgainWithoutItsKeyIsSoldTwice() throws Exception {
    ForkPlan plan =
        plan(
            "conditional-update",
            "idempotency-key: false",
            "stock: 200",
            "processes: 4",
            "fault: kill-jvm",
            "fault-every: 3");
    try (Stores stores = host(plan)) {
      run(plan, stores, message -> {});
    }

    assertThat(audits).hasSize(TRIALS).allMatch(audit -> audit.soldTwice() > 0);
    assertThat(audits).allMatch(audit -> audit.ackedLost() == 0);
  }

  @Test
  void severalArticlesAreSoldToTheBuyersOfEach() throws Exception {
    ForkPlan plan = plan("conditional-update", "stock: 6", "articles: 10", "processes: 3");
    try (Stores stores = host(plan)) {
      run(plan, stores, message -> {});
    }

    assertThatNothingIsLost(TRIALS, 60);
    assertThat(shared).extracting(Message.SaleShared::lost).containsOnly(0);
  }

  @Test
  void aJvmOfAnotherMachineTakesAPartAndEndsWithTheRun() throws Exception {
    ForkPlan plan = plan("conditional-update", "processes: 2", "trials: 40");
    Future<Joiner.Ending> joining = join(VERSION);
    awaitSaid("no experiment runs there");
    try (Stores stores = host(plan)) {
      awaitSaid("joined the run");
      run(plan, stores, message -> {});
    }

    assertThat(joining.get(60, TimeUnit.SECONDS)).isEqualTo(new Joiner.Ending.RunEnded(1));
    assertThatNothingIsLost(40, 60);
    assertThat(shared.getLast().joined()).isEqualTo(1);
    assertThat(shared.getLast().shares()).hasSize(3);
  }

  /** It is the same to others whether its program ends, or its machine. */
  @Test
  void whatAJoinedJvmHadWhenItWasKilledIsDoneByAnother() throws Exception {
    ForkPlan plan =
        plan(
            "conditional-update",
            "connections: 8",
            "stock: 12",
            "buyers: 24",
            "hold: 3s",
            "processes: 2",
            "trials: 6");
    Future<Joiner.Ending> joining;
    try (Stores stores = host(plan)) {
      joining = join(VERSION);
      awaitSaid("joined the run");
      run(
          plan,
          stores,
          message -> {
            if (message instanceof Message.SaleShared sale && sale.joined() == 1) {
              // Its next sale is under way for three seconds.
              machines.execute(this::killWhoHasJoined);
            }
          });
    }

    joining.get(60, TimeUnit.SECONDS);
    assertThatNothingIsLost(6, 12);
    assertThat(shared.stream().mapToInt(Message.SaleShared::lost).sum()).isEqualTo(1);
    assertThat(said).anyMatch(sentence -> sentence.contains("has ended with status 137"));
  }

  private void killWhoHasJoined() {
    try {
      Thread.sleep(Duration.ofSeconds(2));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    children(ProcessHandle.current())
        .filter(process -> children(process).findAny().isEmpty())
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void aRunOfAnotherVersionIsRefused() throws Exception {
    try (Stores stores = host(plan("conditional-update", "processes: 2"))) {
      assertThat(stores).isNotNull();
      assertThat(joiner(database, "sources 2").run())
          .isInstanceOfSatisfying(
              Joiner.Ending.Refused.class,
              refused -> assertThat(refused.reason()).contains("sources 1", "sources 2"));
    }
  }

  @Test
  void whoHasJoinedNoticesThatTheHostIsGone() throws Exception {
    Meeting host = Meeting.open(database, "0a1b2c3d", VERSION);
    Future<Joiner.Ending> joining = join(VERSION);
    awaitSaid("joined the run 0a1b2c3d");

    // As a kill does it: nothing is taken away.
    host.close();

    assertThat(joining.get(60, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            Joiner.Ending.Lost.class,
            lost -> assertThat(lost.reason()).contains("nothing was heard of the host"));
  }

  @Test
  void whoHasJoinedNoticesThatTheDatabaseIsGone() throws Exception {
    Meeting host = Meeting.open(database, "0a1b2c3d", VERSION);
    Future<Joiner.Ending> joining = join(VERSION);
    awaitSaid("joined the run 0a1b2c3d");

    server.close();
    awaitSaid("asks again for 30 s");

    assertThat(joining.get(90, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            Joiner.Ending.Lost.class,
            lost ->
                assertThat(lost.reason())
                    .contains("has asked for 30 s in vain: the database does not answer"));
    host.close();
  }

  @Test
  void aRunWhoseDatabaseGoesAwaySaysSo() throws Exception {
    ForkPlan plan = plan("conditional-update", "processes: 2", "trials: 100");
    Stores stores = host(plan);
    List<ProcessHandle> selling = new ArrayList<>();

    ForkOutcome outcome =
        run(
            plan,
            stores,
            message -> {
              if (message instanceof Message.SaleShared && selling.isEmpty()) {
                ProcessHandle.current().descendants().forEach(selling::add);
                server.close();
              }
            });

    assertThat(outcome)
        .isInstanceOfSatisfying(
            ForkOutcome.Crashed.class,
            crashed -> assertThat(crashed.lastWords()).contains("the database does not answer: "));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> selling.stream().noneMatch(ProcessHandle::isAlive));
    stores.close();
  }

  @Test
  void aWrongPasswordAndAUrlOfNobodyAreSentences() {
    StoreAccess wrong = new StoreAccess(database.url(), database.user(), "guess", "");
    StoreAccess nobody =
        new StoreAccess("jdbc:postgresql://localhost:1/shop", database.user(), "guess", "");

    assertThatThrownBy(() -> joiner(wrong, VERSION).run())
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("is not let in with this password");
    assertThatThrownBy(() -> joiner(nobody, VERSION).run())
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("cannot connect to jdbc:postgresql://localhost:1/shop");
  }
}
