package oversell.variant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;

/** The variants that promise an order. */
@Timeout(60)
class ArrivalTest {
  private static final int LAST = 10;

  private final List<Integer> served = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  /** The first comes back as soon as it is served: an unfair lock would most often let it in. */
  @ParameterizedTest
  @ValueSource(strings = {"fair-reentrant-lock", "single-writer"})
  void sellsInArrivalOrder(String variant) throws Exception {
    Inventory inventory = BuiltIn.get(variant).create(20);
    FutureTask<Answer> comingBack = new FutureTask<>(() -> comeBack(inventory));
    Thread.ofVirtual().start(comingBack);
    inside.await();
    List<Customer> queue = new ArrayList<>();
    for (int i = 1; i < LAST; i++) {
      int number = i;
      queue.add(Customer.queue(inventory, 1, () -> served.add(number)));
    }

    open.countDown();

    for (Customer customer : queue) {
      assertThat(customer.answer().sold()).isEqualTo(1);
    }
    assertThat(comingBack.get(20, TimeUnit.SECONDS).sold()).isEqualTo(1);
    assertThat(served).isEqualTo(IntStream.rangeClosed(0, LAST).boxed().toList());
  }

  private Answer comeBack(Inventory inventory) throws InterruptedException {
    inventory.purchase(
        1,
        () -> {
          served.add(0);
          inside.countDown();
          open.await();
        });
    return inventory.purchase(1, () -> served.add(LAST));
  }
}
