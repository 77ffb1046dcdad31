package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.explored;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import oversell.explorer.Exploration;
import oversell.explorer.Failure;
import oversell.explorer.FailureKind;
import oversell.explorer.Scenario;

/** Threads that wait for a latch without a limit. */
class LatchesTest {
  private static String waitFor(CountDownLatch latch) {
    try {
      latch.await();
      return "open";
    } catch (InterruptedException interrupted) {
      return "interrupted";
    }
  }

  /** So many tests begin: nobody goes on before all have been started. */
  static class StartTogether implements Scenario<Integer> {
    CountDownLatch start = new CountDownLatch(1);
    private final int[] gone = new int[3];

    @Override
    public final Integer run() throws InterruptedException {
      Thread[] threads = new Thread[gone.length];
      for (int i = 0; i < gone.length; i++) {
        int number = i;
        threads[i] =
            Thread.startVirtualThread(
                () -> {
                  waitFor(start);
                  gone[number] = 1;
                });
      }
      start.countDown();
      for (Thread one : threads) {
        one.join();
      }
      return gone[0] + gone[1] + gone[2];
    }
  }

  @Test
  void thoseThatWaitForALatchDoSoInAnyOrder() {
    Exploration<Integer> explored = explored(StartTogether.class);

    assertThat(explored.certificate()).isPresent();
    assertThat(explored.executions()).isEqualTo(1);
    assertThat(explored.outcomes()).containsOnlyKeys(3);
  }

  /** What counts those that come is a class of its own. */
  static final class CountsThoseThatWait implements Scenario<Integer> {
    private static final class Counting extends CountDownLatch {
      private int waiting;

      Counting() {
        super(1);
      }

      @Override
      public void await() throws InterruptedException {
        waiting++;
        super.await();
      }
    }

    @Override
    public Integer run() throws InterruptedException {
      Counting latch = new Counting();
      Thread first = Thread.startVirtualThread(() -> waitFor(latch));
      Thread second = Thread.startVirtualThread(() -> waitFor(latch));
      latch.countDown();
      first.join();
      second.join();
      return latch.waiting;
    }
  }

  @Test
  void aLatchOfTheirOwnClassMayDoMore() {
    assertThat(explored(CountsThoseThatWait.class).outcomes()).containsOnlyKeys(1, 2);
  }

  static final class NobodyOpensIt implements Scenario<String> {
    @Override
    public String run() throws InterruptedException {
      CountDownLatch latch = new CountDownLatch(2);
      Thread.startVirtualThread(latch::countDown);
      return waitFor(latch);
    }
  }

  @Test
  void aLatchThatNobodyOpensIsADeadlock() {
    assertThat(explored(NobodyOpensIt.class).failure())
        .map(Failure::kind)
        .hasValue(FailureKind.DEADLOCK);
  }

  /** The one that waits is interrupted before the latch is open, or after that. */
  static class IsInterrupted implements Scenario<String> {
    private final CountDownLatch latch = new CountDownLatch(1);
    private String seen = "";

    @Override
    public final String run() throws InterruptedException {
      Thread waiting = Thread.startVirtualThread(() -> seen = waitFor(latch));
      Thread opener = Thread.startVirtualThread(latch::countDown);
      waiting.interrupt();
      waiting.join();
      opener.join();
      return seen + " " + latch.getCount();
    }
  }

  @Test
  void anInterruptEndsTheWait() {
    checkAgainstAllSchedules(IsInterrupted.class);
    assertThat(explored(IsInterrupted.class).outcomes())
        .containsOnlyKeys("open 0", "interrupted 0");
  }

  /** How many are left is asked by one that waits for the others later. */
  static final class AsksBeforeItWaits implements Scenario<Long> {
    @Override
    public Long run() throws InterruptedException {
      CountDownLatch latch = new CountDownLatch(2);
      Thread.startVirtualThread(latch::countDown);
      Thread.startVirtualThread(latch::countDown);
      long left = latch.getCount();
      latch.await();
      return left;
    }
  }

  @Test
  void howManyAreLeftDependsOnWhenItIsAsked() {
    checkAgainstAllSchedules(AsksBeforeItWaits.class);
    assertThat(explored(AsksBeforeItWaits.class).outcomes()).containsOnlyKeys(2L, 1L, 0L);
  }
}
