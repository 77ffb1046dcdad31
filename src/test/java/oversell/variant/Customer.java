package oversell.variant;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** A buyer in a virtual thread of its own, for tests that must know where it stands. */
final class Customer {
  private static final int SECONDS = 20;

  private final FutureTask<Answer> purchase;
  private final Thread thread;
  private volatile boolean leftInterrupted;

  private Customer(Inventory inventory, int units, Pause pause) {
    purchase =
        new FutureTask<>(
            () -> {
              try {
                return inventory.purchase(units, pause);
              } finally {
                leftInterrupted = Thread.currentThread().isInterrupted();
              }
            });
    thread = Thread.ofVirtual().unstarted(purchase);
  }

  static Customer enter(Inventory inventory, int units, Pause pause) {
    Customer customer = new Customer(inventory, units, pause);
    customer.thread.start();
    return customer;
  }

  /** One that has begun to wait for those before it. */
  static Customer queue(Inventory inventory, int units, Pause pause) {
    Customer customer = enter(inventory, units, pause);
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> customer.thread.getState() == Thread.State.WAITING);
    return customer;
  }

  void interrupt() {
    thread.interrupt();
  }

  /** What it was told; what it threw is the cause of the exception. */
  Answer answer() throws ExecutionException, InterruptedException, TimeoutException {
    return purchase.get(SECONDS, TimeUnit.SECONDS);
  }

  /** Whether it was still marked as interrupted after its purchase. */
  boolean leftInterrupted() {
    return leftInterrupted;
  }
}
