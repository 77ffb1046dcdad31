package oversell.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import oversell.explorer.Strategy;

/** The annotation, as JUnit runs it. */
class InterleavingsTest {
  /** Tests as users write them; run by the tests below and by nobody else. */
  static class AccountCase {
    private static int executions;
    private int balance;
    private final ReentrantLock lock = new ReentrantLock();

    @BeforeEach
    void open() {
      balance = 100;
      executions++;
    }

    @AfterEach
    void close() {
      Assertions.assertThat(executions).isEqualTo(1);
    }

    private void both(Runnable deposit) throws InterruptedException {
      Thread one = Thread.ofVirtual().name("one").start(deposit);
      Thread other = Thread.ofVirtual().name("other").start(deposit);
      one.join();
      other.join();
    }

    @Interleavings
    void depositsWithoutALock() throws InterruptedException {
      both(() -> balance += 10);
      Assertions.assertThat(balance).isEqualTo(120);
    }

    @Interleavings
    void depositsWithALock() throws InterruptedException {
      both(
          () -> {
            lock.lock();
            try {
              balance += 10;
            } finally {
              lock.unlock();
            }
          });
      Assertions.assertThat(balance).isEqualTo(120);
    }

    @Interleavings(schedules = 1)
    void tooFewSchedules() throws InterruptedException {
      both(() -> balance = 120);
      Assertions.assertThat(balance).isEqualTo(120);
    }

    @Interleavings(atLeast = 2)
    void enoughSchedules() throws InterruptedException {
      both(() -> balance = balance < 120 ? 120 : balance);
    }

    @Interleavings(strategy = Strategy.RANDOM, schedules = 50)
    void drawn() throws InterruptedException {
      both(() -> balance = 120);
    }

    @Interleavings(strategy = Strategy.RANDOM)
    void drawnWithoutANumber() {}

    @Interleavings(within = "soon")
    void noDuration() {}

    @Interleavings(replay = "last time")
    void noSchedule() {}

    @Interleavings
    void leavesAHookBehind() throws InterruptedException {
      both(() -> Runtime.getRuntime().addShutdownHook(new Thread(() -> balance++)));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20})
    @Interleavings
    void depositsOfAnyAmount(int amount) throws InterruptedException {
      both(() -> balance += amount);
      Assertions.assertThat(balance).isEqualTo(100 + 2 * amount);
    }

    @Nested
    class OfAClosedAccount {
      private int fee;

      @BeforeEach
      void charge() {
        fee = balance / 10;
      }

      @Interleavings
      void hasAFee() throws InterruptedException {
        both(() -> {});
        Assertions.assertThat(fee).isEqualTo(10);
      }
    }
  }

  /** Its test would pass, since nobody sets the fee that it depends on. */
  static class PreparedOnceCase {
    private static int fee;
    private int balance;

    @BeforeAll
    static void agree() {
      fee = 1;
    }

    @Interleavings
    void charges() throws InterruptedException {
      Thread other = Thread.ofVirtual().start(() -> balance -= fee);
      balance -= fee;
      other.join();
      Assertions.assertThat(balance).isEqualTo(-2 * fee);
    }
  }

  /** JUnit resolves what its constructor wants, for the instance that no execution sees. */
  static class ConstructedCase {
    private final String name;

    ConstructedCase(TestInfo info) {
      name = info.getDisplayName();
    }

    @Interleavings
    void isNamed() {
      Assertions.assertThat(name).isNotEmpty();
    }
  }

  private static EngineExecutionResults run(Class<?> type, String method) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectMethod(type, method)).execute();
  }

  private static EngineExecutionResults run(String method) {
    return run(AccountCase.class, method);
  }

  private static String failure(String method) {
    return failure(AccountCase.class, method);
  }

  private static String failure(Class<?> type, String method) {
    List<Event> failed = run(type, method).testEvents().failed().list();
    assertThat(failed).hasSize(1);
    return failed
        .getFirst()
        .getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
        .getThrowable()
        .orElseThrow()
        .getMessage();
  }

  @Test
  void aTestThatLosesAnUpdateFailsWithTheStoryTheIdAndThePicture() throws Exception {
    String message = failure("depositsWithoutALock");

    assertThat(message)
        .contains("InterleavingsTest$AccountCase.depositsWithoutALock throws")
        .contains("one", "other", "reads balance = 100", "writes balance = 110", "is preempted")
        .contains("@Interleavings(replay = \"");
    Path svg =
        Path.of("target/interleavings/InterleavingsTest$AccountCase.depositsWithoutALock.svg");
    assertThat(message).contains(svg.toString());
    assertThat(Files.readString(svg)).startsWith("<svg");
    assertThat(Files.readString(Path.of(svg.toString().replace(".svg", ".json"))))
        .contains("\"verdict\": \"failed\"");
  }

  @Test
  void aTestThatIsRightPassesAndReportsItsCertificate() {
    EngineExecutionResults results = run("depositsWithALock");

    results.testEvents().assertStatistics(of -> of.succeeded(1).failed(0));
    assertThat(
            results
                .allEvents()
                .reportingEntryPublished()
                .list()
                .getFirst()
                .getRequiredPayload(org.junit.platform.engine.reporting.ReportEntry.class)
                .getKeyValuePairs()
                .get("interleavings"))
        .contains("ends without a failure");
  }

  @Test
  void aTestThatIsNotDoneFailsAsNotProvedUnlessSomeNumberIsEnough() {
    assertThat(failure("tooFewSchedules")).contains("not proved");
    run("enoughSchedules").testEvents().assertStatistics(of -> of.succeeded(1).failed(0));
    run("drawn").testEvents().assertStatistics(of -> of.succeeded(1).failed(0));
  }

  @Test
  void whatIsNotUnderControlFailsTheTestWithItsPlace() {
    assertThat(failure("leavesAHookBehind"))
        .contains("not proved", "addShutdownHook", "InterleavingsTest.java:");
  }

  @Test
  void anAnnotationThatMakesNoSenseIsRefusedWithWhatToWrite() {
    assertThat(failure("drawnWithoutANumber")).contains("add schedules = 10_000");
    assertThat(failure("noDuration")).contains("\"30s\"");
    assertThat(failure("noSchedule"))
        .contains("\"last time\", which is not made of", "copy the id that a failure shows");
  }

  @Test
  void aClassThatIsPreparedOnceForAllTestsIsRefusedSinceNoExecutionSeesThat() {
    assertThat(failure(PreparedOnceCase.class, "charges"))
        .startsWith("PreparedOnceCase.agree would not be run")
        .contains("make it @BeforeEach");
  }

  @Test
  void aConstructorWithParametersIsRefusedBeforeAnythingIsRun() {
    assertThat(failure(ConstructedCase.class, "isNamed"))
        .startsWith("ConstructedCase has a constructor with parameters")
        .contains("@BeforeEach");
  }

  @Test
  void eachSetOfParametersIsExploredByItself() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectMethod(AccountCase.class, "depositsOfAnyAmount", "int"))
        .execute()
        .testEvents()
        .assertStatistics(of -> of.started(2).failed(2));
  }

  @Test
  void aNestedClassHasItsOuterInstance() {
    run(AccountCase.OfAClosedAccount.class, "hasAFee")
        .testEvents()
        .assertStatistics(of -> of.succeeded(1).failed(0));
  }
}
