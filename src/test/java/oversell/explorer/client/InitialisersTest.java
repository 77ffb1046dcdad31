package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.FailureKind;
import oversell.explorer.Options;
import oversell.explorer.Scenario;

/** Static initialisers that need one another, as JLS 12.4.2 has them. */
class InitialisersTest {
  private static class Upper {
    static int value;

    static {
      Lower.value = 1;
      value = 1;
    }
  }

  private static class Lower extends Upper {
    static int value;

    static {
      value = 10 + Upper.value;
    }
  }

  /** One thread begins at the superclass, the other makes an object of the subclass. */
  static final class MakesASubclass implements Scenario<Integer> {
    private int seen;

    @Override
    public Integer run() throws InterruptedException {
      Thread upper = Thread.startVirtualThread(() -> Upper.value = 2);
      Thread lower =
          Thread.startVirtualThread(
              () -> {
                new Lower();
                seen = Lower.value;
              });
      upper.join();
      lower.join();
      return seen;
    }
  }

  /**
   * Who finds the subclass initialised need not wait for its superclass, although its constructor
   * calls that of the superclass: so it can see the 10 that the superclass's initialiser
   * overwrites.
   */
  @Test
  void aSubclassThatIsInitialisedCanBeMadeWhileItsSuperclassIsNot() {
    Exploration<Integer> explored = Explorer.explore(MakesASubclass.class, Options.exhaustive());

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.outcomes().keySet()).containsExactlyInAnyOrder(1, 10, 11, 12);
    assertThat(explored.failure().orElseThrow().kind()).isEqualTo(FailureKind.DEADLOCK);
  }
}
