package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.explored;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import oversell.explorer.Exploration;
import oversell.explorer.Scenario;

/** What is explored may need a monitor that all threads of a JVM share, and others have it. */
class CleanersTest {
  /** Two threads that each make what the JDK's cleaner frees, and free it. */
  static class MakesInflaters implements Scenario<Integer> {
    private volatile int count;

    @Override
    public Integer run() throws InterruptedException {
      Thread beside = Thread.ofVirtual().start(this::make);
      make();
      beside.join();
      return count > 0 ? 1 : 0;
    }

    private void make() {
      for (int i = 0; i < 3; i++) {
        new Inflater().end();
        count++;
      }
    }
  }

  @Test
  void aMonitorThatAThreadOfTheJvmHasForAMomentIsWaitedFor() throws InterruptedException {
    AtomicBoolean isOver = new AtomicBoolean();
    Thread other =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!isOver.get()) {
                    new Inflater().end();
                  }
                });
    Exploration<Integer> explored = explored(MakesInflaters.class);
    isOver.set(true);
    other.join();

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
  }
}
