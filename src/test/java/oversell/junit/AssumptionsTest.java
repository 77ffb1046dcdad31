package oversell.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import oversell.explorer.Strategy;

/** Assumptions in tests that are explored: an execution in which one fails proves nothing. */
class AssumptionsTest {
  /** Tests as users write them; run by the tests below and by nobody else. */
  static class CounterCase {
    private int count;

    private void countTwice() throws InterruptedException {
      Thread other = Thread.ofVirtual().start(() -> count++);
      count++;
      other.join();
    }

    @Interleavings
    void losesAnUpdate() throws InterruptedException {
      countTwice();
      assertThat(count).isEqualTo(2);
    }

    @Interleavings
    void assumesThatNoUpdateWasLost() throws InterruptedException {
      countTwice();
      assumeTrue(count == 2, "an update was lost");
      assertThat(count).isEqualTo(2);
    }

    @Interleavings
    void assumesWhatOnlyOtherSchedulesBreak() throws InterruptedException {
      countTwice();
      assumeTrue(count == 1, "no update was lost");
      assertThat(count).isEqualTo(2);
    }

    @Interleavings
    void assumesWhatNeverHolds() throws InterruptedException {
      countTwice();
      Assumptions.assumeThat(count).isEqualTo(3);
    }

    @Interleavings(strategy = Strategy.RANDOM, schedules = 50)
    void drawnAssumesThatNoUpdateWasLost() throws InterruptedException {
      assumesThatNoUpdateWasLost();
    }

    @Interleavings(strategy = Strategy.RANDOM, schedules = 5)
    void drawnAssumesWhatNeverHolds() throws InterruptedException {
      assumesWhatNeverHolds();
    }

    @Interleavings(schedules = 1)
    void assumesWhatNeverHoldsAndIsNotDone() throws InterruptedException {
      assumesWhatNeverHolds();
    }

    @Interleavings
    void assumesAndLeavesAHookBehind() {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> count++));
      assumeTrue(false);
    }

    @Interleavings
    void abortsAfterAThreadFailed() throws InterruptedException {
      Thread.ofVirtual().start(() -> Assertions.fail("of the thread")).join();
      assumeTrue(false);
    }

    @Interleavings
    void assumesInAThread() throws InterruptedException {
      Thread.ofVirtual().start(() -> assumeTrue(false)).join();
    }
  }

  /** Assumptions and failures of what is run before and after each execution. */
  static class AroundCase {
    private boolean isClosed;

    @BeforeEach
    void open() {
      assumeTrue(isClosed);
    }

    @AfterEach
    void close() {
      isClosed = true;
    }

    @Interleavings
    void neverRuns() {
      Assertions.fail("the assumption before it failed");
    }
  }

  /** The one after it fails. */
  static class BrokenAfterwardsCase extends AroundCase {
    @AfterEach
    void fails() {
      Assertions.fail("of the method after");
    }
  }

  private static EngineExecutionResults run(Class<?> type, String method) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectMethod(type, method)).execute();
  }

  private static EngineExecutionResults run(String method) {
    return run(CounterCase.class, method);
  }

  private static String failure(EngineExecutionResults results) {
    results.testEvents().assertStatistics(of -> of.failed(1));
    return message(results.testEvents().failed().list().getFirst());
  }

  private static String message(org.junit.platform.testkit.engine.Event event) {
    return event
        .getRequiredPayload(TestExecutionResult.class)
        .getThrowable()
        .orElseThrow()
        .getMessage();
  }

  private static String reported(EngineExecutionResults results) {
    return results
        .allEvents()
        .reportingEntryPublished()
        .list()
        .getFirst()
        .getRequiredPayload(ReportEntry.class)
        .getKeyValuePairs()
        .get("interleavings");
  }

  @Test
  void whatIsProvedDoesNotCoverSchedulesInWhichAnAssumptionFails() {
    EngineExecutionResults results = run("assumesThatNoUpdateWasLost");

    results.testEvents().assertStatistics(of -> of.succeeded(1).failed(0));
    assertThat(reported(results))
        .contains("that was not aborted ends without a failure")
        .containsPattern(
            "Not covered: \\d+ schedules in \\d+ executions? that (was|were) aborted"
                + " \\(org.opentest4j.TestAbortedException: .*an update was lost\\)");
  }

  /** The broken twin: without the assumption it fails. */
  @Test
  void theSameTestFailsWithoutTheAssumption() {
    assertThat(failure(run("losesAnUpdate"))).contains("writes count = 1");
  }

  @Test
  void anAssumptionThatFailsInOneScheduleHidesNoFailureOfAnother() {
    assertThat(failure(run("assumesWhatOnlyOtherSchedulesBreak")))
        .contains("expected: 2 but was: 1");
  }

  @Test
  void aTestIsAbortedIfAnAssumptionFailsInEachOfItsSchedules() {
    EngineExecutionResults results = run("assumesWhatNeverHolds");

    results.testEvents().assertStatistics(of -> of.aborted(1).succeeded(0).failed(0));
    assertThat(message(results.testEvents().aborted().list().getFirst()))
        .contains("not proved: every schedule was aborted", "but was: 2");
    run("drawnAssumesWhatNeverHolds").testEvents().assertStatistics(of -> of.aborted(1));
  }

  @Test
  void aTestThatIsNotDoneIsNotProvedThoughAllSoFarWasAborted() {
    assertThat(failure(run("assumesWhatNeverHoldsAndIsNotDone")))
        .contains("not proved", "1 was aborted");
  }

  @Test
  void aTestThatDrawsSaysHowManyExecutionsCheckedNothing() {
    EngineExecutionResults results = run("drawnAssumesThatNoUpdateWasLost");

    results.testEvents().assertStatistics(of -> of.succeeded(1).failed(0));
    assertThat(reported(results)).containsPattern("\\d+ of which were aborted and checked nothing");
  }

  @Test
  void whatIsNotUnderControlFailsThoughTheBodyIsAborted() {
    assertThat(failure(run("assumesAndLeavesAHookBehind"))).contains("not proved");
  }

  @Test
  void aThreadThatFailsFailsTheTestThoughTheBodyIsAborted() {
    assertThat(failure(run("abortsAfterAThreadFailed"))).contains("of the thread");
  }

  @Test
  void anAssumptionThatFailsInAThreadIsAFailureSinceJUnitWouldNotSeeIt() {
    assertThat(failure(run("assumesInAThread"))).contains("throws org.opentest4j");
  }

  @Test
  void anAssumptionBeforeEachExecutionAbortsItUnlessSomethingFailsAfterwards() {
    run(AroundCase.class, "neverRuns").testEvents().assertStatistics(of -> of.aborted(1).failed(0));
    assertThat(failure(run(BrokenAfterwardsCase.class, "neverRuns")))
        .contains("of the method after");
  }
}
