package oversell.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** A buyer and the thread that serves it: who is interrupted, and who ends when. */
@Timeout(60)
class SingleWriterTest {
  private static final Pause NONE = () -> {};

  private final Inventory inventory = new SingleWriterInventory(10);
  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  /** A pause that is over when its thread is interrupted, and leaves it so. */
  private void untilInterrupted() {
    inside.countDown();
    try {
      Thread.sleep(Duration.ofMinutes(1));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aBuyerThatIsInterruptedInTheQueueLeavesAtOnceAndIsNeverServed() throws Exception {
    AtomicBoolean served = new AtomicBoolean();
    Customer first =
        Customer.enter(
            inventory,
            3,
            () -> {
              inside.countDown();
              open.await();
            });
    inside.await();
    Customer second = Customer.queue(inventory, 3, () -> served.set(true));

    second.interrupt();

    // The first is still inside: nobody opened.
    assertThatThrownBy(second::answer).hasCauseInstanceOf(InterruptedException.class);
    open.countDown();
    assertThat(first.answer()).isEqualTo(new Answer(3, 7));
    assertThat(inventory.purchase(3, NONE)).isEqualTo(new Answer(3, 4));
    assertThat(served).isFalse();
  }

  @Test
  void aBuyerThatIsInterruptedInItsPauseIsNotSoldToThoughThePauseEndsWell() throws Exception {
    Customer buyer = Customer.enter(inventory, 3, this::untilInterrupted);
    inside.await();

    buyer.interrupt();

    assertThatThrownBy(buyer::answer).hasCauseInstanceOf(InterruptedException.class);
    assertThat(buyer.leftInterrupted()).isFalse();
    assertThat(inventory.stock()).isEqualTo(10);
  }

  @Test
  void whatThePauseThrowsReachesABuyerThatIsInterruptedAndStaysSo() throws Exception {
    Customer buyer =
        Customer.enter(
            inventory,
            3,
            () -> {
              untilInterrupted();
              throw new IllegalStateException("card declined");
            });
    inside.await();

    buyer.interrupt();

    assertThatThrownBy(buyer::answer).hasRootCauseMessage("card declined");
    assertThat(buyer.leftInterrupted()).isTrue();
  }

  @Test
  void anErrorOfThePauseReachesItsBuyerAndTheNextIsServed() throws InterruptedException {
    assertThatThrownBy(
            () ->
                inventory.purchase(
                    3,
                    () -> {
                      throw new StackOverflowError();
                    }))
        .isInstanceOf(StackOverflowError.class);

    assertThat(inventory.purchase(3, NONE)).isEqualTo(new Answer(3, 7));
  }

  @Test
  void noInterruptLeaksIntoTheNextRequest() throws Exception {
    AtomicReference<Thread> writerOfFirst = new AtomicReference<>();
    CompletableFuture<Thread> writerOfSecond = new CompletableFuture<>();
    AtomicBoolean leaked = new AtomicBoolean();
    Customer first =
        Customer.enter(
            inventory,
            3,
            () -> {
              writerOfFirst.set(Thread.currentThread());
              untilInterrupted();
            });
    inside.await();
    Customer second =
        Customer.queue(
            inventory,
            3,
            () -> {
              leaked.set(Thread.currentThread().isInterrupted());
              writerOfSecond.complete(Thread.currentThread());
            });

    first.interrupt();

    assertThat(second.answer()).isEqualTo(new Answer(3, 7));
    assertThat(leaked).isFalse();
    assertThat(writerOfSecond).isCompletedWithValue(writerOfFirst.get());
  }

  @Test
  void theWriterEndsWhenTheMailboxIsEmpty() throws Exception {
    AtomicReference<Thread> writer = new AtomicReference<>();

    inventory.purchase(3, () -> writer.set(Thread.currentThread()));

    assertThat(writer.get()).isNotEqualTo(Thread.currentThread());
    assertThat(writer.get().join(Duration.ofSeconds(20))).isTrue();
    assertThat(inventory.purchase(3, NONE)).isEqualTo(new Answer(3, 4));
  }
}
