package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SelfTestTest {
  @Test
  void aVirtualThreadOfAControlledOneArrivesAtTheExplorer() {
    assertThatCode(() -> SelfTest.run(body -> Thread.ofVirtual().start(body)))
        .doesNotThrowAnyException();
  }

  /** The broken twin: a JDK whose threads ran past the explorer would be refused. */
  @Test
  void aThreadThatRunsPastTheExplorerIsNoticed() {
    assertThatThrownBy(() -> SelfTest.run(body -> Thread.ofPlatform().start(body)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("JDK " + Runtime.version());
  }
}
