package oversell.lab.trial;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/**
 * One buyer, its purchases, and the slots where it notes what happened to it. Written by its own
 * thread, or by one that it waits for; read after the scope has joined it. It is the pause of its
 * purchases, too, which tells it when it got inside the critical section without the inventory
 * knowing that anybody watches.
 */
final class Buyer implements Callable<Buyer>, Pause {
  private final Inventory inventory;
  private final Errand errand;
  private final Hold hold;
  private final Gate gate;
  private final LongSupplier nanoTime;

  private long arrivedNanos;
  private long wantedNanos;
  private long insideNanos;
  private long endedNanos;
  private long longestWaitNanos;
  private int pauses;
  private int purchases;
  private int sold;
  private int lowestLeft = Integer.MAX_VALUE;
  private boolean inside;
  private boolean begun;
  private boolean ended;
  private @Nullable Answer answer;
  private @Nullable Exception failure;

  // Read by the owner while the buyer waits; null unless watched.
  private volatile @Nullable Thread thread;

  /**
   * What a buyer is out for.
   *
   * @param units how many it wants
   * @param returning whether it comes back until it is refused
   * @param failsAloud whether what it throws is the scope's business, too, and cancels the others
   * @param watched whether anybody asks which thread it has
   */
  record Errand(int units, boolean returning, boolean failsAloud, boolean watched) {}

  Buyer(Inventory inventory, Errand errand, Hold hold, Gate gate, LongSupplier nanoTime) {
    this.inventory = inventory;
    this.errand = errand;
    this.hold = hold;
    this.gate = gate;
    this.nanoTime = nanoTime;
  }

  /** Called by the owner just before it forks this buyer. */
  void arrive() {
    arrivedNanos = nanoTime.getAsLong();
  }

  @Override
  public Buyer call() throws Exception {
    begun = true;
    if (errand.watched()) {
      // Not in every sale: a million threads that have ended would fill the heap, and each write
      // that others may read is a fence that a bare loop has not.
      thread = Thread.currentThread();
    }
    try {
      gate.pass();
      buy();
    } catch (InterruptedException interrupted) {
      failure = interrupted;
      Thread.currentThread().interrupt();
    } catch (Exception thrown) {
      // The inventory may be anybody's, and what it throws is a finding: the other buyers go on.
      failure = thrown;
    }
    endedNanos = nanoTime.getAsLong();
    ended = true;
    if (errand.failsAloud() && failure != null) {
      throw failure;
    }
    return this;
  }

  private void buy() throws InterruptedException {
    Answer latest;
    do {
      inside = false;
      wantedNanos = errand.returning() ? nanoTime.getAsLong() : 0;
      latest = inventory.purchase(errand.units(), this);
      answer = latest;
      if (latest == null) {
        throw new IllegalStateException("the inventory answered null");
      }
      sold += latest.sold();
      purchases += latest.isRefusal() ? 0 : 1;
      lowestLeft = Math.min(lowestLeft, latest.left());
      if (errand.returning() && inside) {
        longestWaitNanos = Math.max(longestWaitNanos, insideNanos - wantedNanos);
      }
    } while (errand.returning() && !latest.isRefusal());
  }

  @Override
  public void pause() throws InterruptedException {
    pauses++;
    if (!inside) {
      inside = true;
      insideNanos = nanoTime.getAsLong();
    }
    gate.inside(this);
    Thread mine = thread;
    hold.of(mine == null ? Thread.currentThread() : mine);
  }

  /** What it was told last; empty if it threw or never came to buy. */
  Optional<Answer> answer() {
    return failure == null ? Optional.ofNullable(answer) : Optional.empty();
  }

  /** What it threw, if it did. */
  Optional<Exception> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * How long it waited for the guard: from wanting until it was inside. One that was refused never
   * paused, so its whole purchase counts, which is the wait and a check. Of one that comes back the
   * longest counts.
   */
  long waitNanos() {
    if (errand.returning()) {
      return longestWaitNanos;
    }
    return inside ? insideNanos - gate.wantedSinceNanos(arrivedNanos) : purchaseNanos();
  }

  /** How long its whole errand took, from wanting to the last answer. */
  private long purchaseNanos() {
    return endedNanos - gate.wantedSinceNanos(arrivedNanos);
  }

  /** When it was done, on the trial's clock. */
  long endedNanos() {
    return endedNanos;
  }

  /** When it first was inside, on the trial's clock. */
  long insideNanos() {
    return insideNanos;
  }

  /** Whether it has begun and not ended; as far as its owner knows, if that has not joined it. */
  boolean isLeftBehind() {
    return begun && !ended;
  }

  /** Whether it was done. */
  boolean isEnded() {
    return ended;
  }

  int pauses() {
    return pauses;
  }

  int purchases() {
    return purchases;
  }

  int sold() {
    return sold;
  }

  /** The least that it saw left; the greatest int if it saw nothing. */
  int lowestLeft() {
    return lowestLeft;
  }

  /** What it runs on; empty until it has begun, or if unwatched. To be asked at any time. */
  Optional<Thread> thread() {
    return Optional.ofNullable(thread);
  }
}
