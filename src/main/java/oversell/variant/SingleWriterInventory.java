package oversell.variant;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/**
 * A shelf that one thread at a time owns: buyers put requests into its mailbox and wait for their
 * answers. Promises that one buyer's check, pause and act is over before the next begins, in the
 * order in which requests came. The buyer who finds the mailbox empty starts a virtual thread that
 * serves it until it is empty again, so there is nothing to close. Costs that thread, and two
 * thread switches for every purchase; pauses run in the writer's thread.
 */
final class SingleWriterInventory implements Inventory {
  private final Shelf shelf;
  private final Queue<PurchaseRequest> mailbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();

  SingleWriterInventory(int stock) {
    shelf = new Shelf(stock);
  }

  @Override
  public Answer purchase(int units, Pause pause) throws InterruptedException {
    PurchaseRequest request = new PurchaseRequest(units, pause);
    mailbox.add(request);
    if (pending.getAndIncrement() == 0) {
      Thread.ofVirtual().name("single-writer").start(this::serve);
    }
    return request.await();
  }

  /** The life of a writer. What one leaves on the shelf, the counter makes visible to the next. */
  private void serve() {
    do {
      // Counted only after it was put in, so there is one for each count.
      mailbox.remove().serve(shelf);
    } while (pending.decrementAndGet() > 0);
  }

  @Override
  public int stock() {
    return shelf.stock();
  }

  /** The door of this variant. */
  public static final class Provider implements InventoryProvider {
    @Override
    public String name() {
      return "single-writer";
    }

    @Override
    public Inventory create(int stock) {
      return new SingleWriterInventory(stock);
    }
  }
}
