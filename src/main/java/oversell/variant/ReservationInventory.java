package oversell.variant;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/**
 * A lock around each end of a purchase and none around its pause: units are checked and taken off
 * the shelf in one step, and go back if the buyer does not come to claim them. Promises that buyers
 * pause side by side and that no unit is reserved twice. Costs a second step under the lock, and
 * refuses buyers for units that others reserved and then gave back.
 *
 * <p>Reservations may expire, so that a buyer that hangs keeps its units from nobody. Then a buyer
 * that comes too late is refused although it has paused, and where the pause is a payment, that
 * would have to be paid back.
 */
final class ReservationInventory implements Inventory {
  private final LongSupplier nanoTime;
  private final long lifeNanos;
  private final ReentrantLock lock = new ReentrantLock();
  // All live equally long, so the first to come is the first to expire.
  private final SequencedSet<Reservation> open = new LinkedHashSet<>();
  private int stock;

  private ReservationInventory(int stock, LongSupplier nanoTime, long lifeNanos) {
    this.stock = stock;
    this.nanoTime = nanoTime;
    this.lifeNanos = lifeNanos;
  }

  static ReservationInventory lasting(int stock) {
    return new ReservationInventory(stock, () -> 0, Long.MAX_VALUE);
  }

  static ReservationInventory expiring(int stock, LongSupplier nanoTime, Duration life) {
    return new ReservationInventory(stock, nanoTime, life.toNanos());
  }

  @Override
  public Answer purchase(int units, Pause pause) throws InterruptedException {
    Reservation reservation;
    lock.lock();
    try {
      sweep();
      if (stock < units) {
        return Answer.refused(stock);
      }
      stock -= units;
      reservation = new Reservation(units, nanoTime.getAsLong());
      open.add(reservation);
    } finally {
      lock.unlock();
    }
    try {
      pause.pause();
    } catch (Throwable thrown) {
      giveBack(reservation);
      throw thrown;
    }
    return claim(reservation);
  }

  private Answer claim(Reservation reservation) {
    lock.lock();
    try {
      // Late is late, whether another buyer has come by in the meantime or not.
      sweep();
      return open.remove(reservation)
          ? new Answer(reservation.units, stock)
          : Answer.refused(stock);
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(Reservation reservation) {
    lock.lock();
    try {
      if (open.remove(reservation)) {
        stock += reservation.units;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Puts back what has expired. To be called under the lock. */
  private void sweep() {
    long nowNanos = nanoTime.getAsLong();
    while (!open.isEmpty() && nowNanos - open.getFirst().sinceNanos > lifeNanos) {
      stock += open.removeFirst().units;
    }
  }

  /** The units on the shelf: every buyer that has left has claimed what it reserved or lost it. */
  @Override
  public int stock() {
    return stock;
  }

  /** Units off the shelf and not sold yet; no record, since no two of them are the same. */
  private static final class Reservation {
    private final int units;
    private final long sinceNanos;

    Reservation(int units, long sinceNanos) {
      this.units = units;
      this.sinceNanos = sinceNanos;
    }
  }

  /** The door of the variant whose reservations last until they are claimed or given back. */
  public static final class Provider implements InventoryProvider {
    @Override
    public String name() {
      return "reservation";
    }

    @Override
    public boolean exclusive() {
      return false;
    }

    @Override
    public Inventory create(int stock) {
      return lasting(stock);
    }
  }

  /** The door of the variant whose reservations expire. */
  public static final class ExpiringProvider implements InventoryProvider {
    private static final Duration LIFE = Duration.ofMillis(100);

    private final LongSupplier nanoTime;

    /** Measures the age of reservations with the system's clock. */
    public ExpiringProvider() {
      this(System::nanoTime);
    }

    ExpiringProvider(LongSupplier nanoTime) {
      this.nanoTime = nanoTime;
    }

    @Override
    public String name() {
      return "expiring-reservation";
    }

    @Override
    public boolean exclusive() {
      return false;
    }

    @Override
    public Inventory create(int stock) {
      return expiring(stock, nanoTime, LIFE);
    }
  }
}
