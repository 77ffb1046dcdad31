package oversell.explore;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import oversell.experiment.Conduct.Fault;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** One buyer of an explored sale: its purchase, its pause in virtual time, and what it was told. */
final class ExploredBuyer implements Callable<@Nullable Void>, Pause {
  final int article;
  private final Inventory inventory;
  private final int units;
  private final long holdNanos;
  private final Fault fault;
  private final Announcements clock;
  private final Engine engine;

  @Nullable Answer answer;
  @Nullable Throwable failure;

  ExploredBuyer(
      int article, Inventory inventory, SaleToExplore sale, Fault fault, Machinery machinery) {
    this.article = article;
    this.inventory = inventory;
    units = sale.workload().units();
    holdNanos = sale.workload().hold().toNanos();
    this.fault = fault;
    clock = machinery.announcements();
    engine = machinery.engine();
  }

  @Override
  public @Nullable Void call() throws Exception {
    try {
      answer = inventory.purchase(units, this);
      if (answer == null) {
        failure = new IllegalStateException("the inventory answered null");
      }
    } catch (Dropped dropped) {
      throw dropped;
    } catch (Throwable thrown) {
      // The inventory may be anybody's, and what it throws is a finding.
      failure = thrown;
    }
    if (fault == Fault.CANCEL && failure instanceof Declined declined) {
      // From here on the scope cancels the others.
      engine.touch(Locations.ANYTHING, Locations.ANYTHING);
      throw declined;
    }
    return null;
  }

  @Override
  public void pause() throws InterruptedException {
    switch (fault) {
      case NONE -> clock.sleep(holdNanos, Engine.PAUSE);
      case THROW, CANCEL -> {
        clock.sleep(holdNanos, Engine.PAUSE);
        throw new Declined();
      }
      case SLOW -> clock.sleep(3 * holdNanos, Engine.PAUSE);
      case INTERRUPT -> {
        Thread.currentThread().interrupt();
        clock.sleep(holdNanos, Engine.PAUSE);
      }
      case TIMEOUT -> clock.hang(Engine.PAUSE);
    }
  }

  /** Whether it got no answer, and not by the doing of a fault. */
  boolean isUnanswered(SaleToExplore sale) {
    boolean faulted =
        sale.befalls(fault)
            && (failure == null
                || failure instanceof Declined
                || failure instanceof InterruptedException);
    return answer == null && !faulted;
  }

  /** What a fault throws. */
  static final class Declined extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Declined() {
      super("the payment was declined", null, false, false);
    }
  }
}
