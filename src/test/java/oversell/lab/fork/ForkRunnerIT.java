package oversell.lab.fork;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.boot.Jdk;
import oversell.lab.experiment.Key;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Scopes;
import oversell.lab.trial.TrialResult;

@Timeout(300)
class ForkRunnerIT {
  @TempDir private Path folder;
  private ForkRunner runner;
  private final List<TrialResult> results = new ArrayList<>();
  private final List<Message.PinningCounted> pinned = new ArrayList<>();
  private final List<Message.MemoryMeasured> memory = new ArrayList<>();
  private final List<Message.CounterexampleFound> counterexamples = new ArrayList<>();
  private final List<Explored> explorations = new ArrayList<>();

  @BeforeEach
  void makeRunner() {
    runner =
        new ForkRunner(
            Scopes.compiler(), System.getProperty("java.class.path"), folder, System::nanoTime);
  }

  static Collection<Jdk> everyJdk() {
    return Plans.installed();
  }

  private ForkOutcome run(Fork fork) throws IOException, InterruptedException {
    return runner.run(fork, this::hear);
  }

  private void hear(Message.OfFork message) {
    switch (message) {
      case Message.TrialEnded trial -> results.add(trial.result());
      case Message.StoreOpened ignored -> {}
      case Message.StoreAudited ignored -> {}
      case Message.SaleShared ignored -> {}
      case Message.PinningCounted counted -> pinned.add(counted);
      case Message.MemoryMeasured measured -> memory.add(measured);
      case Message.CounterexampleFound found -> counterexamples.add(found);
      case Message.SaleExplored sale -> explorations.add(sale.explored());
      case Message.ExplorationProgressed ignored -> {}
      case Message.Replayed ignored -> {}
    }
  }

  private static Fork fork(String variant) {
    return Plans.fork(Map.of(Key.VARIANTS, variant));
  }

  private List<String> remains() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("everyJdk")
  void theSeedHasTheSameOutcomeOnEveryJdk(Jdk jdk) throws Exception {
    String feature = Integer.toString(jdk.feature());
    for (String variant : List.of("synchronized", "reentrant-lock")) {
      results.clear();

      ForkOutcome outcome = run(Plans.fork(Map.of(Key.VARIANTS, variant, Key.JDKS, feature)));

      assertThat(outcome)
          .as("%s on %s", variant, jdk.build())
          .isInstanceOf(ForkOutcome.Completed.class);
      assertThat(results).extracting(TrialResult::finalStock).containsOnly(1L);
      assertThat(results).extracting(TrialResult::sold).containsOnly(9L);
      assertThat(results).noneMatch(TrialResult::isViolation);
    }
    results.clear();

    run(Plans.fork(Map.of(Key.VARIANTS, "unlocked", Key.JDKS, feature, Key.HOLD, "200ms")));

    assertThat(results).allMatch(TrialResult::isOversold);
    assertThat(remains()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("everyJdk")
  void thousandsOfBuyersAreSoldJustWhatThereIsOnEveryJdk(Jdk jdk) throws Exception {
    for (String variant : List.of("synchronized", "reentrant-lock")) {
      results.clear();

      ForkOutcome outcome =
          run(
              Plans.fork(
                  Map.of(
                      Key.VARIANTS, variant,
                      Key.JDKS, Integer.toString(jdk.feature()),
                      Key.BUYERS, "3000",
                      Key.STOCK, "500",
                      Key.UNITS, "1",
                      Key.HOLD, "100us",
                      Key.TRIALS, "1",
                      Key.WARMUPS, "0")));

      assertThat(outcome)
          .as("%s on %s", variant, jdk.build())
          .isInstanceOf(ForkOutcome.Completed.class);
      assertThat(results)
          .singleElement()
          .satisfies(
              result -> {
                assertThat(result.isViolation()).isFalse();
                assertThat(result.sold()).isEqualTo(500);
                assertThat(result.refused()).isEqualTo(2500);
              });
    }
  }

  /** JEP 491, in JDK 24, made monitors such that a virtual thread leaves its carrier in them. */
  @ParameterizedTest
  @MethodSource("everyJdk")
  void pinnedThreadsAreCountedOnEveryJdk(Jdk jdk) throws Exception {
    boolean pins = jdk.feature() < 24;

    run(pinningFork("synchronized", jdk));
    run(pinningFork("reentrant-lock", jdk));

    assertThat(pinned).hasSize(2);
    assertThat(isPinnedInAHold(pinned.getFirst())).as("%s", pinned).isEqualTo(pins);
    assertThat(isPinnedInAHold(pinned.getLast())).as("%s", pinned).isFalse();
    assertThat(results).extracting(TrialResult::warmup).containsExactly(false, false);
  }

  /**
   * Whether threads were pinned for as long as they sleep inside of a guard, on average. Whatever
   * the guard, classes that are initialised meanwhile pin some for a hundredth of that.
   */
  private static boolean isPinnedInAHold(Message.PinningCounted counted) {
    return counted.events() > 0
        && counted.nanos() / counted.events() > TimeUnit.MILLISECONDS.toNanos(5);
  }

  private static Fork pinningFork(String variant, Jdk jdk) {
    return Plans.seed(
            Map.of(
                Key.VARIANTS,
                variant,
                Key.JDKS,
                Integer.toString(jdk.feature()),
                Key.PINNING,
                "true"))
        .forks()
        .stream()
        .filter(fork -> fork.purpose() == Fork.Purpose.PINNING)
        .findAny()
        .orElseThrow();
  }

  private static Fork standstill(String variant, Jdk jdk) {
    return Plans.fork(
        Map.of(
            Key.VARIANTS, variant,
            Key.JDKS, Integer.toString(jdk.feature()),
            Key.MODE, "standstill",
            Key.CARRIERS, "2",
            Key.ARTICLES, "4",
            Key.BUYERS, "4",
            Key.TRIALS, "1",
            Key.WARMUPS, "0",
            Key.BYSTANDER, "true",
            Key.DEADLINE, "20s"));
  }

  @ParameterizedTest
  @MethodSource("everyJdk")
  void buyersThatLeaveTheirCarriersDoNotStandStillOnAnyJdk(Jdk jdk) throws Exception {
    assertThat(run(standstill("reentrant-lock", jdk))).isInstanceOf(ForkOutcome.Completed.class);
    assertThat(results).extracting(TrialResult::sold).containsExactly(12L);
  }

  /** The broken twin of the test above where monitors pin; elsewhere it goes on as that does. */
  @ParameterizedTest
  @MethodSource("everyJdk")
  void buyersThatKeepEveryCarrierStandStill(Jdk jdk) throws Exception {
    Fork fork = standstill("synchronized", jdk);
    boolean pins = jdk.feature() < 24;

    ForkOutcome outcome = run(pins ? Plans.within(Duration.ofSeconds(6), fork) : fork);

    assertThat(outcome)
        .isInstanceOf(pins ? ForkOutcome.TimedOut.class : ForkOutcome.Completed.class);
    assertThat(results).hasSize(pins ? 0 : 1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aForkSaysWhatMemoryItHad() throws Exception {
    run(fork("reentrant-lock"));

    assertThat(memory)
        .singleElement()
        .satisfies(
            measured -> {
              assertThat(measured.idleRssBytes()).isPositive();
              assertThat(measured.peakRssBytes()).isGreaterThanOrEqualTo(measured.idleRssBytes());
            });
  }

  @Test
  void aForkHasNoMoreHeapThanItIsGiven() throws Exception {
    ForkOutcome outcome = run(Plans.fork(Map.of(Key.VARIANTS, "reentrant-lock", Key.HEAP, "32")));

    assertThat(outcome).isInstanceOf(ForkOutcome.Completed.class);
  }

  @Test
  void trialsAreHeardInOrderWarmupsFirst() throws Exception {
    run(fork("synchronized"));

    assertThat(results).extracting(TrialResult::trial).containsExactly(0, 1, 2);
    assertThat(results).extracting(TrialResult::warmup).containsExactly(true, false, false);
  }

  @Test
  void carriersAreSetForTheForkAlone() throws Exception {
    Fork one = Plans.fork(Map.of(Key.CARRIERS, "1"));

    assertThat(one.flags())
        .contains(
            "-Djdk.virtualThreadScheduler.parallelism=1",
            "-Djdk.virtualThreadScheduler.maxPoolSize=1");
    assertThat(run(one)).isInstanceOf(ForkOutcome.Completed.class);
  }

  @Test
  void aForkThatHangsIsKilledAtItsDeadlineAndLeavesAThreadDump() throws Exception {
    ForkOutcome outcome = run(Plans.within(Duration.ofSeconds(5), fork("hanging")));

    assertThat(outcome)
        .isEqualTo(new ForkOutcome.TimedOut(Duration.ofSeconds(5), "fork-0-threads.json"));
    assertThat(Files.readString(folder.resolve("fork-0-threads.json")))
        .contains("buyer-", "CountDownLatch");
    assertThat(results).isEmpty();
    assertNoForkIsLeft();
  }

  @Test
  void aForkThatExitsHasCrashedAndItsLastWordsAreKept() throws Exception {
    assertThat(run(fork("exiting")))
        .isEqualTo(new ForkOutcome.Crashed(7, lastWords(5), "fork-0.log"));
    assertThat(remains()).containsExactly("fork-0.log");
  }

  /** Each of the buyers may have had time for its last words, or only the first. */
  private String lastWords(int most) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("fork-0.log"));
    assertThat(lines).hasSizeBetween(1, most).containsOnly("the last words of this fork");
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
  }

  @Test
  void aForkThatIsKilledHasCrashed() throws Exception {
    assertThat(run(fork("killed"))).isEqualTo(new ForkOutcome.Crashed(137, "", "fork-0.log"));
  }

  @Test
  void aForkOutOfMemoryHasCrashedAndSaysSo() throws Exception {
    assertThat(run(fork("out-of-memory")))
        .isInstanceOfSatisfying(
            ForkOutcome.Crashed.class,
            crashed -> assertThat(crashed.lastWords()).contains("OutOfMemoryError"));
  }

  @Test
  void buyersThatThrowAreCountedAndTheForkCompletes() throws Exception {
    assertThat(run(fork("thrower"))).isInstanceOf(ForkOutcome.Completed.class);

    assertThat(results).allSatisfy(result -> assertThat(result.failed()).isEqualTo(5));
  }

  @Test
  void whatAForkPrintsIsNoResult() throws Exception {
    assertThat(run(fork("noisy"))).isInstanceOf(ForkOutcome.Completed.class);

    assertThat(results).hasSize(3);
  }

  @Test
  void aForkDoesNotLiveOnForTheThreadsOfAnInventory() throws Exception {
    assertThat(run(fork("lingering"))).isInstanceOf(ForkOutcome.Completed.class);
    assertNoForkIsLeft();
  }

  @Test
  void aJdkThatIsNotInstalledIsAnOutcome() throws Exception {
    Fork fork = Plans.fork(Map.of(Key.JDKS, "999"));

    assertThat(run(fork)).isEqualTo(new ForkOutcome.Unavailable("JDK 999 is not installed"));
  }

  @Test
  void aJdkThatCannotCompileTheScopeIsAnOutcome() throws Exception {
    runner =
        new ForkRunner(
            new ScopeCompiler(folder.resolve("scopes"), "nowhere"),
            "nowhere",
            folder,
            System::nanoTime);

    assertThat(run(fork("synchronized")))
        .isInstanceOfSatisfying(
            ForkOutcome.Unavailable.class,
            outcome -> assertThat(outcome.reason()).contains("its compiler refused the scope"));
    assertThat(folder.resolve("scopes")).isEmptyDirectory();
  }

  @Test
  void aListenerThatFailsEndsTheFork() {
    Fork fork = Plans.fork(Map.of(Key.TRIALS, "1000"));

    assertThatThrownBy(
            () ->
                runner.run(
                    fork,
                    message -> {
                      throw new IOException("No space left on device");
                    }))
        .hasMessage("No space left on device");
    assertNoForkIsLeft();
  }

  @Test
  void closingEndsTheForkThatRuns() throws Exception {
    Fork fork = Plans.fork(Map.of(Key.TRIALS, "1000"));

    assertThatThrownBy(
            () ->
                runner.run(
                    fork,
                    message -> {
                      hear(message);
                      if (results.size() == 3) {
                        runner.close();
                      }
                    }))
        .isInstanceOf(InterruptedException.class);

    assertThat(results.size()).isBetween(3, 20);
    assertNoForkIsLeft();
  }

  /** Before this was so, whoever connected first had the assignment and answered for the fork. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void anImpostorThatConnectsBeforeTheForkGetsNothingAndAnswersNothing() throws Exception {
    try (Impostor impostor = Impostor.start()) {
      ForkOutcome outcome = run(fork("synchronized"));

      assertThat(outcome).isInstanceOf(ForkOutcome.Completed.class);
      assertThat(results).extracting(TrialResult::trial).containsExactly(0, 1, 2);
      assertThat(results).extracting(TrialResult::sold).containsOnly(9L);
      assertThat(impostor.connections()).isPositive();
      assertThat(impostor.heard()).isEmpty();
    }
  }

  @Test
  void aForkThatFindsAnImpostorInPlaceOfTheHostEndsAndSaysSo() throws Exception {
    try (ServerSocket impostor = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process fork =
          new ProcessBuilder(
                  Plans.host().program("java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  ForkMain.class.getName())
              .redirectErrorStream(true)
              .start();
      Invitation.to(impostor.getLocalPort()).write(fork.getOutputStream());
      try (Socket caller = impostor.accept()) {
        Token.random().send(caller.getOutputStream());
        caller
            .getOutputStream()
            .write(
                (Wire.line(fork("exiting").assignment(Optional.empty())) + '\n').getBytes(UTF_8));

        String output = new String(fork.getInputStream().readAllBytes(), UTF_8);

        assertThat(fork.waitFor()).isEqualTo(1);
        assertThat(output).contains("what listens at port " + impostor.getLocalPort());
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theTokensOfAForkStandOnNoCommandLineAndInNoEnvironment() throws Exception {
    List<String> visible = new ArrayList<>();

    runner.run(
        fork("synchronized"),
        message -> {
          for (ProcessHandle fork : forks()) {
            Path process = Path.of("/proc", Long.toString(fork.pid()));
            try {
              visible.add(
                  Files.readString(process.resolve("environ"))
                      + Files.readString(process.resolve("cmdline")));
            } catch (FileSystemException ended) {
              continue; // a process of the trial before, which has nothing to show any more
            }
          }
        });

    assertThat(visible).anyMatch(text -> text.endsWith(ForkMain.class.getName() + '\0'));
    assertThat(visible).noneMatch(text -> text.matches("(?s).*[0-9a-f]{64}.*"));
  }

  private static void assertNoForkIsLeft() {
    await().atMost(Duration.ofSeconds(10)).until(() -> forks().isEmpty());
  }

  // Not by their command lines: those are longer than what a ProcessHandle shows.
  private static List<ProcessHandle> forks() {
    return ProcessHandle.current().descendants().toList();
  }
}
