package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import oversell.explorer.Explorer;
import oversell.explorer.Options;
import oversell.explorer.Scenario;

/** Libraries for tests, which are not woven, and are handed code of classes that are. */
public class TestLibrariesTest {
  /** It hands code to them that they run before they return. */
  static class Checks implements Scenario<Integer> {
    final AtomicInteger left = new AtomicInteger(2);

    void check() {
      Assertions.assertEquals(0, left.get(), () -> "left: " + left);
      Assertions.assertTrue(() -> left.get() == 0);
      Assertions.assertAll(() -> Assertions.assertFalse(left.get() > 0, () -> "left: " + left));
      assertThat(List.of(left))
          .withFailMessage(() -> "left: " + left)
          .allMatch(one -> one.get() == 0)
          .allSatisfy(one -> assertThat(one).hasValue(0))
          .extracting(AtomicInteger::get)
          .containsExactly(0);
    }

    @Override
    public Integer run() throws InterruptedException {
      Thread other = Thread.startVirtualThread(left::decrementAndGet);
      left.decrementAndGet();
      other.join();
      check();
      return left.get();
    }
  }

  /** The same, of code that JUnit runs on a thread of its own. */
  static class ChecksOnAnotherThread extends Checks {
    @Override
    void check() {
      Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), left::get);
    }
  }

  @Test
  void whatTheyRunAtOnceIsUnderControl() {
    assertThat(Explorer.explore(Checks.class, Options.exhaustive()).certificate()).isPresent();
    assertThat(Explorer.explore(ChecksOnAnotherThread.class, Options.exhaustive()).uncontrolled())
        .singleElement()
        .asString()
        .startsWith("Assertions.assertTimeoutPreemptively (it runs the code on a thread of JUnit");
  }
}
