package oversell.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Tests that JUnit or an extension calls with something. */
class ParametersTest {
  private static void together(Runnable one, Runnable other) throws InterruptedException {
    Thread first = Thread.ofVirtual().start(one);
    other.run();
    first.join();
  }

  /** Something of a user's own, as users write it. */
  @SuppressWarnings("serial")
  static final class Account implements Serializable {
    int balance;
    final List<String> notes = new ArrayList<>();

    Account(int balance) {
      this.balance = balance;
    }
  }

  /** The same, which cannot be copied. */
  static final class Safe {}

  /** Kinds of accounts, one of which has to be the one that the test names. */
  enum Kind {
    PLAIN,
    SPECIAL {
      @Override
      int fee() {
        return 2;
      }
    };

    private int asked;

    int fee() {
      asked++;
      return asked;
    }
  }

  /** Hands in accounts, and safes. */
  static final class Accounts implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Account.class
          || parameter.getParameter().getType() == Safe.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Safe.class ? new Safe() : new Account(100);
    }
  }

  /** Tests as users write them; run by the tests below and by nobody else. */
  @ExtendWith(Accounts.class)
  static class PassingCase {
    private String name = "";

    @BeforeEach
    void open(TestInfo info, Account another) {
      Assertions.assertEquals(100, another.balance++);
      name = info.getTestMethod().orElseThrow().getName();
    }

    @Interleavings
    void isToldOfItself(TestInfo info) throws InterruptedException {
      together(() -> {}, () -> {});
      Assertions.assertEquals("isToldOfItself", name);
      Assertions.assertEquals("isToldOfItself(TestInfo)", info.getDisplayName());
      Assertions.assertEquals(PassingCase.class, info.getTestClass().orElseThrow());
    }

    @Interleavings
    void getsAnAccountOfItsOwn(Account account) throws InterruptedException {
      together(
          () -> {
            synchronized (account) {
              account.balance += 10;
            }
          },
          () -> {
            synchronized (account) {
              account.balance += 10;
            }
          });
      account.notes.add("done");
      Assertions.assertEquals(120, account.balance);
      Assertions.assertEquals(List.of("done"), account.notes);
    }

    static Stream<List<String>> lists() {
      return Stream.of(new ArrayList<>(List.of("one")), new ArrayList<>(List.of("two")));
    }

    @ParameterizedTest
    @MethodSource("lists")
    @Interleavings
    void getsAListOfItsOwn(List<String> list) throws InterruptedException {
      together(() -> {}, () -> list.add("other"));
      Assertions.assertEquals(2, list.size());
    }

    @ParameterizedTest
    @NullSource
    @Interleavings
    void getsNothing(String nothing) throws InterruptedException {
      together(() -> {}, () -> Assertions.assertNull(nothing));
    }

    @ParameterizedTest
    @EnumSource
    @Interleavings
    void getsTheConstantItself(Kind kind) throws InterruptedException {
      together(() -> {}, () -> {});
      Assertions.assertEquals(kind == Kind.SPECIAL ? 2 : 1, kind.fee());
      Assertions.assertSame(kind, Kind.values()[kind.ordinal()]);
    }

    @RepeatedTest(2)
    @Interleavings
    void isRepeated() throws InterruptedException {
      together(() -> {}, () -> {});
    }

    @Nested
    class Inside {
      @Interleavings
      void getsOneInside(Account account) throws InterruptedException {
        together(() -> {}, () -> account.balance++);
        Assertions.assertEquals("getsOneInside", name);
        Assertions.assertEquals(101, account.balance);
      }
    }
  }

  /** The broken twins: what would fail without an account of its own, or fails with it. */
  @ExtendWith(Accounts.class)
  static class FailingCase {
    @Interleavings
    void losesAnUpdate(Account account) throws InterruptedException {
      together(() -> account.balance += 10, () -> account.balance += 10);
      Assertions.assertEquals(120, account.balance);
    }

    @ParameterizedTest
    @EnumSource
    @Interleavings
    void losesAnUpdateOfAConstant(Kind kind) throws InterruptedException {
      together(kind::fee, kind::fee);
      Assertions.assertEquals(kind == Kind.SPECIAL ? 2 : 3, kind.fee());
    }

    @Interleavings
    void getsWhatCannotBeCopied(Safe safe) {
      Assertions.assertNotNull(safe);
    }
  }

  /** A field that an extension sets. */
  static class FieldCase {
    @TempDir Path folder;

    @Interleavings
    void usesAFolder() {
      Assertions.assertNotNull(folder);
    }
  }

  /** Opens what the test needs, for the instance that no execution sees. */
  static final class Opening implements BeforeEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
      OpenedCase.isOpen = true;
    }
  }

  /** Passes only since nobody opened anything. */
  @ExtendWith(Opening.class)
  static class OpenedCase {
    static boolean isOpen;
    private int count;

    @Interleavings
    void countsOnlyWhatIsOpen() throws InterruptedException {
      together(
          () -> {
            count += isOpen ? 1 : 0;
          },
          () -> {
            count += isOpen ? 1 : 0;
          });
      Assertions.assertEquals(isOpen ? 2 : 0, count);
    }
  }

  private static EngineExecutionResults run(Class<?> type) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(type)).execute();
  }

  /** Failures by the id of the test. */
  private static Map<String, String> failures(Class<?> type) {
    Map<String, String> failures = new TreeMap<>();
    for (Event event : run(type).testEvents().failed().list()) {
      failures.put(
          event.getTestDescriptor().getUniqueId().toString(),
          event
              .getRequiredPayload(TestExecutionResult.class)
              .getThrowable()
              .orElseThrow()
              .getMessage());
    }
    return failures;
  }

  private static String failure(Map<String, String> failures, String method) {
    return failures.entrySet().stream()
        .filter(entry -> entry.getKey().contains(":" + method + "("))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  @Test
  void eachExecutionGetsACopyOfWhatJUnitAndExtensionsHandIn() {
    assertThat(failures(PassingCase.class)).isEmpty();
    run(PassingCase.class).testEvents().assertStatistics(of -> of.started(10).succeeded(10));
  }

  @Test
  void threadsThatShareACopyAreExplored() {
    Map<String, String> failures = failures(FailingCase.class);

    assertThat(failure(failures, "losesAnUpdate"))
        .contains("expected: <120> but was: <110>", "reads balance = 100");
    assertThat(failure(failures, "losesAnUpdateOfAConstant")).contains("but was: <2>");
  }

  @Test
  void whatCannotBeCopiedIsRefusedWithWhatToDo() {
    assertThat(failure(failures(FailingCase.class), "getsWhatCannotBeCopied"))
        .contains("class oversell.junit.ParametersTest$Safe cannot be copied", "be Serializable");
  }

  @Test
  void aFieldThatAnExtensionSetsIsRefusedSinceItWouldBeNull() {
    assertThat(failure(failures(FieldCase.class), "usesAFolder"))
        .contains("FieldCase.folder is set by an extension", "@BeforeEach");
  }

  @Test
  void whatIsProvedNamesTheExtensionsOfWhichNoExecutionSawAnything() {
    assertThat(
            run(OpenedCase.class)
                .allEvents()
                .reportingEntryPublished()
                .list()
                .getFirst()
                .getRequiredPayload(ReportEntry.class)
                .getKeyValuePairs()
                .get("interleavings"))
        .contains("No execution has seen anything of what these extensions do")
        .contains("ParametersTest$Opening");
  }

  @Test
  void eachSetOfArgumentsHasItsOwnFiles() throws Exception {
    var unused = run(PassingCase.class);
    for (int set = 1; set <= 2; set++) {
      assertThat(
              Files.readString(
                  Path.of(
                      "target/interleavings/ParametersTest$PassingCase.getsAListOfItsOwn-%d.json"
                          .formatted(set))))
          .contains("\"verdict\": \"proved\"", "\"set\": " + set);
    }
  }
}
