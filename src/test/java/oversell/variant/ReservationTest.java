package oversell.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** What becomes of reserved units while their buyer pauses: others purchase in its pause. */
@Timeout(60)
class ReservationTest {
  private static final Pause NONE = () -> {};
  private static final Duration LIFE = Duration.ofMillis(100);

  // The next nanosecond is negative, as it may be on System's clock, too.
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE);
  private final Inventory expiring =
      new ReservationInventory.ExpiringProvider(nanoTime::get).create(3);
  private final List<Answer> others = new ArrayList<>();

  private void anotherPurchases(Inventory inventory) throws InterruptedException {
    others.add(inventory.purchase(3, NONE));
  }

  @Test
  void reservedUnitsAreNotSoldToAnother() throws InterruptedException {
    Inventory lasting = new ReservationInventory.Provider().create(3);

    assertThat(lasting.purchase(3, () -> anotherPurchases(lasting))).isEqualTo(new Answer(3, 0));
    assertThat(others).containsExactly(Answer.refused(0));
    assertThat(lasting.stock()).isZero();
  }

  @Test
  void aReservationLivesForAHundredMilliseconds() throws InterruptedException {
    Answer answer =
        expiring.purchase(
            3,
            () -> {
              nanoTime.addAndGet(LIFE.toNanos());
              anotherPurchases(expiring);
            });

    assertThat(answer).isEqualTo(new Answer(3, 0));
    assertThat(others).containsExactly(Answer.refused(0));
    assertThat(expiring.stock()).isZero();
  }

  @Test
  void expiredUnitsAreSoldToAnotherAndTheLateClaimIsRefused() throws InterruptedException {
    Answer late =
        expiring.purchase(
            3,
            () -> {
              nanoTime.addAndGet(LIFE.toNanos() + 1);
              anotherPurchases(expiring);
            });

    assertThat(late).isEqualTo(Answer.refused(0));
    assertThat(others).containsExactly(new Answer(3, 0));
    assertThat(expiring.stock()).isZero();
  }

  @Test
  void aLateClaimIsRefusedThoughNobodyElseCameBy() throws InterruptedException {
    assertThat(expiring.purchase(3, () -> nanoTime.addAndGet(LIFE.toNanos() + 1)))
        .isEqualTo(Answer.refused(3));
    assertThat(expiring.stock()).isEqualTo(3);
  }

  @Test
  void whatExpiredIsNotGivenBackASecondTime() {
    assertThatThrownBy(
            () ->
                expiring.purchase(
                    3,
                    () -> {
                      nanoTime.addAndGet(LIFE.toNanos() + 1);
                      anotherPurchases(expiring);
                      throw new IllegalStateException("card declined");
                    }))
        .hasMessage("card declined");

    assertThat(others).containsExactly(new Answer(3, 0));
    assertThat(expiring.stock()).isZero();
  }

  /**
   * Time flies here: it advances with every look at the clock, so that many claims are too late.
   */
  @Test
  void nothingIsLostOrSoldTwiceWhenReservationsExpire() throws Exception {
    Inventory inventory =
        new ReservationInventory.ExpiringProvider(
                () -> nanoTime.addAndGet(LIFE.dividedBy(20).toNanos()))
            .create(600);

    List<Answer> answers = Crowd.purchase(500, () -> inventory.purchase(2, Thread::yield));

    assertThat(answers).allSatisfy(answer -> assertThat(answer.left()).isNotNegative());
    assertThat(inventory.stock()).isNotNegative();
    assertThat(Crowd.sold(answers) + inventory.stock()).isEqualTo(600);
  }
}
