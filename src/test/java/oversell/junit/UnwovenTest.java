package oversell.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import oversell.junit.legacy.Tickets;

/** Classes that a user does not want to be woven, or wants to be woven after all. */
class UnwovenTest {
  /** Tests as users write them; run by the tests below and by nobody else. */
  static class TicketsCase {
    private final Tickets tickets = new Tickets();

    private void takeTwo() throws InterruptedException {
      Thread other = Thread.ofVirtual().start(() -> tickets.next());
      tickets.next();
      other.join();
      Assertions.assertEquals(3, tickets.next());
    }

    @Interleavings
    void ofAll() throws InterruptedException {
      takeTwo();
    }

    @Interleavings(unwoven = "oversell.junit.legacy.*")
    void withoutAPackage() throws InterruptedException {
      takeTwo();
    }

    private void takeOneAndOneLater() throws InterruptedException {
      Thread other = tickets.nextLater();
      int first = tickets.next();
      other.join();
      Assertions.assertEquals(1, first);
    }

    @Interleavings
    void laterOfAll() throws InterruptedException {
      takeOneAndOneLater();
    }

    @Interleavings(unwoven = "oversell.junit.legacy.*")
    void laterWithoutAPackage() throws InterruptedException {
      takeOneAndOneLater();
    }

    @Interleavings(unwoven = "!oversell.junit.legacy.Tickets")
    void withAClassAfterAll() throws InterruptedException {
      takeTwo();
    }

    @Interleavings(unwoven = "!org.junit.*")
    void withJUnit() throws InterruptedException {
      takeTwo();
    }

    @Interleavings(unwoven = "oversell.junit.UnwovenTest")
    void withoutItself() throws InterruptedException {
      takeTwo();
    }

    @Interleavings(unwoven = "*")
    void withoutAnything() {}

    @Interleavings(unwoven = "com acme")
    void withoutAName() {}

    @Interleavings(unwoven = "!java.util.concurrent.*")
    void withTheJdk() {}
  }

  private static EngineExecutionResults run(String method, Map<String, String> parameters) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameters(parameters)
        .selectors(selectMethod(TicketsCase.class, method))
        .execute();
  }

  private static EngineExecutionResults run(String method) {
    return run(method, Map.of());
  }

  private static String failure(EngineExecutionResults results) {
    results.testEvents().assertStatistics(of -> of.failed(1));
    return results
        .testEvents()
        .failed()
        .list()
        .getFirst()
        .getRequiredPayload(TestExecutionResult.class)
        .getThrowable()
        .orElseThrow()
        .getMessage();
  }

  private static String certificate(EngineExecutionResults results) {
    results.testEvents().assertStatistics(of -> of.succeeded(1).failed(0));
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
  void everythingOfAUserIsWovenUnlessHeSaysOtherwise() {
    assertThat(failure(run("ofAll"))).contains("expected: <3> but was: <2>", "Tickets.java:");
  }

  @Test
  void whatIsNotWovenByWishIsNamedInTheCertificateSinceItsInsideIsNotProved() {
    assertThat(certificate(run("withoutAPackage")))
        .contains("not woven: ", "oversell.junit.legacy.*");
  }

  /** What the thread does is announced by nobody, so nothing says what it conflicts with. */
  @Test
  void aThreadThatIsStartedByWhatIsNotWovenIsNotUnderControl() {
    assertThat(failure(run("laterOfAll"))).contains("expected: <1> but was: <2>");
    assertThat(failure(run("laterWithoutAPackage")))
        .contains("not proved: not under control: a thread is started by")
        .contains("oversell.junit.legacy.Tickets, which is not woven");
  }

  @Test
  void aConfigurationParameterSaysItForAllTestsAndTheAnnotationOfOneOverridesIt() {
    Map<String, String> parameters =
        Map.of("oversell.unwoven", "com.acme.*, oversell.junit.legacy.Tickets");

    assertThat(certificate(run("ofAll", parameters)))
        .contains("oversell.junit.legacy.Tickets")
        .doesNotContain("com.acme");
    assertThat(failure(run("withAClassAfterAll", parameters))).contains("but was: <2>");
  }

  @Test
  void whatIsNotWovenByDefaultIsWovenOnWish() {
    assertThat(failure(run("withJUnit"))).contains("AssertionFailureBuilder.java:");
    assertThat(failure(run("ofAll"))).doesNotContain("AssertionFailureBuilder.java:");
  }

  @Test
  void aTestThatIsNotWovenItselfIsRefused() {
    assertThat(failure(run("withoutItself")))
        .contains("UnwovenTest$TicketsCase is not woven, so nothing of it can be explored");
  }

  @ParameterizedTest
  @ValueSource(strings = {"withoutAnything", "withoutAName"})
  void aRuleThatNamesNoClassesIsRefusedWithWhatToWrite(String test) {
    assertThat(failure(run(test))).contains("names no classes: write com.acme.legacy.*");
  }

  @Test
  void theJdkCannotBeWoven() {
    assertThat(failure(run("withTheJdk"))).contains("\"!java.util.concurrent.*\" is of the JDK");
  }
}
