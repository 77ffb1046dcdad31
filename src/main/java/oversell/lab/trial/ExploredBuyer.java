package oversell.lab.trial;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import oversell.explorer.Control;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;
import oversell.lab.experiment.Conduct.Fault;
import oversell.lab.experiment.Workload;

/** One buyer of an explored sale: its purchase, its pause in virtual time, and what it was told. */
final class ExploredBuyer implements Callable<@Nullable Void>, Pause {
  final int article;
  private final Inventory inventory;
  private final int units;
  private final long holdNanos;
  private final Fault fault;
  private final Control control;
  private @Nullable Thread thread;

  @Nullable Answer answer;
  @Nullable Throwable failure;

  ExploredBuyer(int article, Inventory inventory, Workload workload, Fault fault, Control control) {
    this.article = article;
    this.inventory = inventory;
    units = workload.units();
    holdNanos = workload.hold().toNanos();
    this.fault = fault;
    this.control = control;
  }

  @Override
  public @Nullable Void call() throws Exception {
    thread = Thread.currentThread();
    try {
      answer = inventory.purchase(units, this);
      if (answer == null) {
        failure = new IllegalStateException("the inventory answered null");
      }
    } catch (Throwable thrown) {
      if (Control.isEnd(thrown)) {
        throw thrown;
      }
      // The inventory may be anybody's, and what it throws is a finding.
      failure = thrown;
    }
    if (fault == Fault.CANCEL && failure instanceof Declined declined) {
      // From here on the scope cancels the others.
      control.touchAnything();
      throw declined;
    }
    return null;
  }

  @Override
  public void pause() throws InterruptedException {
    switch (fault) {
      case NONE -> control.sleep(holdNanos);
      case THROW, CANCEL -> {
        control.sleep(holdNanos);
        throw new Declined();
      }
      case SLOW -> {
        for (int i = 0; i < Hold.SLOW_HOLDS; i++) {
          control.sleep(holdNanos);
        }
      }
      case INTERRUPT -> {
        interrupt();
        control.sleep(holdNanos);
      }
      case TIMEOUT -> control.hang();
    }
  }

  /** Interrupts its own thread, whichever thread an inventory pauses in. */
  private void interrupt() {
    Thread own = thread;
    if (own != null && own != Thread.currentThread()) {
      control.touchAnything();
      own.interrupt();
    } else {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it got no answer, and not by the doing of a fault. */
  boolean isUnanswered(SaleSubject subject) {
    boolean faulted =
        subject.hits(fault)
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
