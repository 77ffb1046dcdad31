package oversell.lab.trial;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/**
 * One buyer, its purchases, and what it notes of them. Written by its own thread, or by one that it
 * waits for; read after the scope has joined it. It is also the pause of its purchases: so it knows
 * when it is inside the critical section, and the inventory needs no code for that.
 */
final class Buyer implements Callable<Buyer>, Pause {
  private final Inventory inventory;
  private final Plan plan;
  private final Hold hold;
  private final Gate gate;
  private final @Nullable Stopwatch stopwatch;

  private int pauses;
  private int purchases;
  private int sold;
  private int lowestLeft = Integer.MAX_VALUE;
  private boolean begun;
  private boolean ended;
  private boolean answered;
  private boolean refused;
  private @Nullable Throwable failure;

  // Read by the owner while the buyer waits; null unless watched.
  private volatile @Nullable Thread thread;

  /**
   * What a buyer does, the same for all buyers of a sale.
   *
   * @param units how many it wants
   * @param returning whether it comes back until it is refused
   * @param watched whether its thread is asked for
   */
  record Plan(int units, boolean returning, boolean watched) {}

  /**
   * A buyer that has not begun.
   *
   * @param stopwatch its own, or null if its waits are not measured
   */
  Buyer(Inventory inventory, Plan plan, Hold hold, Gate gate, @Nullable Stopwatch stopwatch) {
    this.inventory = inventory;
    this.plan = plan;
    this.hold = hold;
    this.gate = gate;
    this.stopwatch = stopwatch;
  }

  /** Called by the owner just before it forks this buyer. */
  void arrive() {
    if (stopwatch != null) {
      stopwatch.arrived();
    }
  }

  @Override
  public Buyer call() {
    begun = true;
    if (plan.watched()) {
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
    } catch (Throwable thrown) {
      if (hold.isEnd(thrown)) {
        throw thrown;
      }
      // The inventory may be anybody's, and what it throws is a result: the other buyers go on.
      failure = thrown;
    }
    if (stopwatch != null) {
      stopwatch.ended();
    }
    ended = true;
    hold.cancel(failure);
    return this;
  }

  private void buy() throws InterruptedException {
    if (plan.returning()) {
      buyUntilRefused();
    } else {
      purchase();
    }
  }

  private void buyUntilRefused() throws InterruptedException {
    do {
      if (stopwatch != null) {
        stopwatch.wanted();
      }
      purchase();
      if (stopwatch != null) {
        stopwatch.served();
      }
    } while (!refused);
  }

  /**
   * Notes what the answer says, and not the answer: the compiler then makes no object of it, which
   * would take 150 ns, more than all else that is noted here.
   */
  private void purchase() throws InterruptedException {
    Answer answer = inventory.purchase(plan.units(), this);
    if (answer == null) {
      answered = false;
      throw new IllegalStateException("the inventory answered null");
    }
    answered = true;
    refused = answer.isRefusal();
    sold += answer.sold();
    purchases += refused ? 0 : 1;
    lowestLeft = Math.min(lowestLeft, answer.left());
  }

  @Override
  public void pause() throws InterruptedException {
    pauses++;
    if (stopwatch != null) {
      stopwatch.inside();
    }
    gate.inside(this);
    Thread mine = thread;
    hold.of(mine == null ? Thread.currentThread() : mine);
  }

  /** Whether it was answered until the end; false if it threw or never came to buy. */
  boolean isAnswered() {
    return answered && failure == null;
  }

  /** Whether its last answer was a refusal. */
  boolean isRefused() {
    return isAnswered() && refused;
  }

  /** What it threw, if it did. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether a fault is to hit it. */
  boolean isFaulty() {
    return hold.isFaulty();
  }

  /**
   * How long it waited for the guard; empty if that was not measured. Of a buyer that comes back
   * the longest wait counts.
   */
  OptionalLong waitNanos() {
    if (stopwatch == null) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        plan.returning() ? stopwatch.longestWaitNanos() : stopwatch.waitNanos(gate));
  }

  /** When it was done, on the trial's clock; empty if that was not measured. */
  OptionalLong endedNanos() {
    return stopwatch == null ? OptionalLong.empty() : OptionalLong.of(stopwatch.endedNanos());
  }

  /** When it first was inside, on the trial's clock; 0 if it was not, or that was not measured. */
  long insideNanos() {
    return stopwatch == null ? 0 : stopwatch.insideNanos();
  }

  /** Whether it has begun and not ended; only a join makes sure that its owner sees the latest. */
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

  /** The thread it runs on; empty before it has begun, or if unwatched. May be read at any time. */
  Optional<Thread> thread() {
    return Optional.ofNullable(thread);
  }
}
