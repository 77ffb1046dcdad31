package oversell.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GateTest {
  private final AtomicLong clock = new AtomicLong(100);

  @Test
  void opensWhenTheLastBuyerHasCome() throws InterruptedException {
    Gate gate = Gate.shut(2, clock::get);
    Thread first = buyer(gate);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> first.getState() == Thread.State.WAITING);
    Thread owner =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    gate.open();
                  } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                  }
                });
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> owner.getState() == Thread.State.WAITING);
    clock.set(700);

    buyer(gate).join();
    first.join();
    owner.join();

    assertThat(gate.openedNanos()).isEqualTo(700);
  }

  private static Thread buyer(Gate gate) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                gate.pass();
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** A buyer without a carrier asks late; what it waited until then is part of its wait. */
  @Test
  void everyBuyerBehindAGateWantsItsUnitsFromTheOpeningOn() throws InterruptedException {
    Gate gate = Gate.shut(0, clock::get);
    clock.set(700);
    gate.open();

    assertThat(gate.wantedSinceNanos(900)).isEqualTo(700);
  }

  @Test
  void withoutAGateABuyerWantsItsUnitsWhenItArrives() throws InterruptedException {
    Gate gate = Gate.none(clock::get);
    gate.pass();

    assertThat(gate.openedNanos()).isEqualTo(100);
    assertThat(gate.wantedSinceNanos(900)).isEqualTo(900);
  }
}
