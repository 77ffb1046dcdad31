package oversell.explorer.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import oversell.explorer.Explorer;
import oversell.explorer.Options;
import oversell.explorer.Scenario;
import oversell.explorer.hook.Treatment;

/** What is not under control is named with a reason, and with what to do about it. */
class RefusalsTest {
  @Test
  void eachRowOfTheTableThatIsNotUnderControlSaysWhatToDo() {
    List<JdkCalls.Row> refused =
        JdkCalls.standard().table().stream()
            .filter(row -> row.meaning().treatment() == Treatment.UNCONTROLLED)
            .filter(row -> !row.meaning().isOfTheInside())
            .toList();

    assertThat(refused)
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.advice()).as(row.toString()).isNotEmpty());
  }

  /** It asks for what no execution can repeat, on a thread of its own. */
  static final class AsksForMemory implements Scenario<Long> {
    private long free;

    @Override
    public Long run() throws InterruptedException {
      Thread asking = new Thread(() -> free = Runtime.getRuntime().freeMemory(), "asking");
      asking.start();
      asking.join();
      return free;
    }
  }

  @Test
  void aRefusalNamesTheCallTheReasonTheAdviceThePlaceAndTheThread() {
    assertThat(Explorer.explore(AsksForMemory.class, Options.exhaustive()).uncontrolled())
        .singleElement()
        .asString()
        .matches(
            "Runtime.freeMemory \\(it is the outside: .*; leave it out, .*\\), in"
                + " AsksForMemory\\.\\S+ \\(RefusalsTest\\.java:\\d+\\), on thread \"asking\"");
  }
}
