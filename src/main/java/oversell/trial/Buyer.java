package oversell.trial;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/**
 * One buyer, its purchase, and the slot where it notes what happened to it. Written by its own
 * thread, or by the one that makes its purchase while it waits; read after the scope has joined it.
 * It is the pause of its purchase, too, which tells it when it first got inside the critical
 * section without the inventory knowing that anybody watches.
 */
final class Buyer implements Callable<Buyer>, Pause {
  private final Inventory inventory;
  private final int units;
  private final Pause hold;
  private final Gate gate;
  private final LongSupplier nanoTime;

  private long arrivedNanos;
  private long insideNanos;
  private long endedNanos;
  private boolean inside;
  private @Nullable Answer answer;
  private @Nullable Exception failure;

  Buyer(Inventory inventory, int units, Pause hold, Gate gate, LongSupplier nanoTime) {
    this.inventory = inventory;
    this.units = units;
    this.hold = hold;
    this.gate = gate;
    this.nanoTime = nanoTime;
  }

  /** Called by the owner just before it forks this buyer. */
  void arrive() {
    arrivedNanos = nanoTime.getAsLong();
  }

  @Override
  public Buyer call() {
    try {
      gate.pass();
      answer = inventory.purchase(units, this);
      if (answer == null) {
        failure = new IllegalStateException("the inventory answered null");
      }
    } catch (InterruptedException interrupted) {
      failure = interrupted;
      Thread.currentThread().interrupt();
    } catch (Exception thrown) {
      // The inventory may be anybody's, and what it throws is a finding: the other buyers go on.
      failure = thrown;
    }
    endedNanos = nanoTime.getAsLong();
    return this;
  }

  @Override
  public void pause() throws InterruptedException {
    if (!inside) {
      inside = true;
      insideNanos = nanoTime.getAsLong();
    }
    hold.pause();
  }

  /** What it was told; empty if it threw. */
  Optional<Answer> answer() {
    return Optional.ofNullable(answer);
  }

  /** What it threw, if it did. */
  Optional<Exception> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * How long it waited for the guard: from wanting until it was first inside. One that never paused
   * was refused at its first check, so its whole purchase counts, which is the wait and a check.
   */
  long waitNanos() {
    return inside ? insideNanos - gate.wantedSinceNanos(arrivedNanos) : purchaseNanos();
  }

  /** How long its whole purchase took, from wanting to the answer. */
  long purchaseNanos() {
    return endedNanos - gate.wantedSinceNanos(arrivedNanos);
  }

  /** When it was done, on the trial's clock. */
  long endedNanos() {
    return endedNanos;
  }
}
