package oversell.explorer;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import oversell.explorer.control.Engine;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;
import oversell.lab.experiment.Conduct.Fault;
import oversell.lab.experiment.Workload;

/** One buyer of an explored sale: its purchase, its pause in virtual time, and what it was told. */
final class ExploredBuyer implements Callable<@Nullable Void>, Pause {
  private static final int SLOW_HOLDS = 3;

  final int article;
  private final Inventory inventory;
  private final int units;
  private final long holdNanos;
  private final Fault fault;
  private final Engine engine;

  @Nullable Answer answer;
  @Nullable Throwable failure;

  ExploredBuyer(int article, Inventory inventory, Workload workload, Fault fault, Engine engine) {
    this.article = article;
    this.inventory = inventory;
    units = workload.units();
    holdNanos = workload.hold().toNanos();
    this.fault = fault;
    this.engine = engine;
  }

  @Override
  public @Nullable Void call() throws Exception {
    try {
      answer = inventory.purchase(units, this);
      if (answer == null) {
        failure = new IllegalStateException("the inventory answered null");
      }
    } catch (Engine.Dropped dropped) {
      throw dropped;
    } catch (Throwable thrown) {
      // The inventory may be anybody's, and what it throws is a finding.
      failure = thrown;
    }
    if (fault == Fault.CANCEL && failure instanceof Declined declined) {
      // From here on the scope cancels the others.
      engine.touchAnything();
      throw declined;
    }
    return null;
  }

  @Override
  public void pause() throws InterruptedException {
    switch (fault) {
      case NONE -> engine.pause(holdNanos);
      case THROW, CANCEL -> {
        engine.pause(holdNanos);
        throw new Declined();
      }
      case SLOW -> engine.pause(SLOW_HOLDS * holdNanos);
      case INTERRUPT -> {
        Thread.currentThread().interrupt();
        engine.pause(holdNanos);
      }
      case TIMEOUT -> engine.hang();
    }
  }

  /** Whether it got no answer, and not by the doing of a fault. */
  boolean isUnanswered(Subject subject) {
    boolean faulted =
        subject.befalls(fault)
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
