package oversell.explorer.hook;

import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.TransferQueue;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes call for waits with a time limit for a partner, who takes what a thread gives,
 * or for others who come to the same barrier or phase. These may wait with a limit, too, so it is
 * not enough to look whether one is there when the limit passes, as {@link TimedHooks} do: all have
 * to wait. The JDK has the same waits without a limit, and lets an interrupt end them as a limit
 * does: the thread is no partner from then on, or the barrier is broken. So those are made, and
 * when the explorer chooses a thread that is still parked in one, its limit has passed, and it is
 * interrupted.
 */
public final class PartnerHooks {
  private PartnerHooks() {}

  /** A wait of the JDK's. */
  interface Wait<T, X extends Exception> {
    @Nullable T make() throws InterruptedException, TimeoutException, X;
  }

  /** Of a queue that is known by its class, or by a type that any blocking queue has. */
  public static boolean offer(Object queue, Object element, long time, TimeUnit unit, int site)
      throws InterruptedException {
    BlockingQueue<Object> asked = blocking(queue);
    if (Overrides.has(asked, "offer", Object.class, long.class, TimeUnit.class)) {
      return asked.offer(element, time, unit);
    }
    if (asked instanceof SynchronousQueue) {
      refuseUnless(asked.getClass() == SynchronousQueue.class, site);
      return given(
          within(
              asked,
              unit.toNanos(time),
              () -> asked.offer(element, time, unit),
              () -> {
                asked.put(element);
                return true;
              },
              site));
    }
    return given(
        withRoom(
            asked, time, unit, () -> asked.offer(element, 0, unit) ? true : null, site, element));
  }

  /** As {@link #offer}. */
  public static @Nullable Object poll(Object queue, long time, TimeUnit unit, int site)
      throws InterruptedException {
    BlockingQueue<Object> asked = blocking(queue);
    if (Overrides.has(asked, "poll", long.class, TimeUnit.class)) {
      return asked.poll(time, unit);
    }
    if (asked instanceof SynchronousQueue || asked instanceof LinkedTransferQueue) {
      refuseUnless(
          asked.getClass() == SynchronousQueue.class
              || asked.getClass() == LinkedTransferQueue.class,
          site);
      // Others may have seen that it waits, even where it takes nothing.
      Rounds.changed();
      return within(asked, unit.toNanos(time), () -> asked.poll(time, unit), asked::take, site);
    }
    return withRoom(asked, time, unit, () -> asked.poll(0, unit), site);
  }

  @SuppressWarnings("unchecked")
  private static BlockingQueue<Object> blocking(Object queue) {
    return (BlockingQueue<Object>) Objects.requireNonNull(queue);
  }

  static boolean given(@Nullable Boolean given) {
    return given != null && given;
  }

  /** Of a queue in which elements wait for whoever takes them: see {@link TimedHooks}. */
  private static <T> @Nullable T withRoom(
      BlockingQueue<Object> queue,
      long time,
      TimeUnit unit,
      Wait<T, RuntimeException> attempt,
      int site,
      Object... arguments)
      throws InterruptedException {
    TimedHooks.wait(site);
    boolean unused = Hooks.controller.dispatch(queue, arguments, site);
    try {
      T got = attempt.make();
      TimedHooks.ended(got, time, unit);
      return got;
    } catch (TimeoutException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      Hooks.controller.leftDispatched();
    }
  }

  public static boolean tryTransfer(
      Object queue, Object element, long time, TimeUnit unit, int site)
      throws InterruptedException {
    TransferQueue<Object> asked = transferring(queue);
    if (Overrides.has(asked, "tryTransfer", Object.class, long.class, TimeUnit.class)) {
      return asked.tryTransfer(element, time, unit);
    }
    refuseUnless(asked.getClass() == LinkedTransferQueue.class, site);
    return given(
        within(
            asked,
            unit.toNanos(time),
            () -> asked.tryTransfer(element, time, unit),
            () -> {
              asked.transfer(element);
              return true;
            },
            site));
  }

  @SuppressWarnings("unchecked")
  private static TransferQueue<Object> transferring(Object queue) {
    return (TransferQueue<Object>) Objects.requireNonNull(queue);
  }

  public static @Nullable Object exchange(
      Object exchanger, @Nullable Object element, long time, TimeUnit unit, int site)
      throws InterruptedException, TimeoutException {
    @SuppressWarnings("unchecked")
    Exchanger<@Nullable Object> asked =
        (Exchanger<@Nullable Object>) Objects.requireNonNull(exchanger);
    if (Overrides.has(asked, "exchange", Object.class, long.class, TimeUnit.class)) {
      return asked.exchange(element, time, unit);
    }
    refuseUnless(asked.getClass() == Exchanger.class, site);
    // What a partner gives may be null.
    Object[] given =
        within(
            asked,
            unit.toNanos(time),
            () -> new Object[] {asked.exchange(element, time, unit)},
            () -> new Object[] {asked.exchange(element)},
            site);
    return inTime(given)[0];
  }

  public static int awaitOthers(Object barrier, long time, TimeUnit unit, int site)
      throws InterruptedException, BrokenBarrierException, TimeoutException {
    CyclicBarrier asked = (CyclicBarrier) Objects.requireNonNull(barrier);
    if (Overrides.has(asked, "await", long.class, TimeUnit.class)) {
      return asked.await(time, unit);
    }
    refuseUnless(Overrides.inherits(asked, CyclicBarrier.class, "await"), site);
    return inTime(
        PartnerHooks.<Integer, BrokenBarrierException>within(
            asked, unit.toNanos(time), () -> asked.await(time, unit), asked::await, site));
  }

  public static int awaitAdvance(Object phaser, int phase, long time, TimeUnit unit, int site)
      throws InterruptedException, TimeoutException {
    Phaser asked = (Phaser) Objects.requireNonNull(phaser);
    String method = "awaitAdvanceInterruptibly";
    if (Overrides.has(asked, method, int.class, long.class, TimeUnit.class)) {
      return asked.awaitAdvanceInterruptibly(phase, time, unit);
    }
    refuseUnless(Overrides.inherits(asked, Phaser.class, method, int.class), site);
    return inTime(
        within(
            asked.getRoot(),
            unit.toNanos(time),
            () -> asked.awaitAdvanceInterruptibly(phase, time, unit),
            () -> asked.awaitAdvanceInterruptibly(phase),
            site));
  }

  /** A class of the user's may wait in another way where it has no limit. */
  static void refuseUnless(boolean isOfJdk, int site) {
    if (!isOfJdk) {
      Hooks.controller.escapeCall(
          site,
          " with a limit in time of a class of the program's, which may wait in another way where it"
              + " has none (use the class of the JDK as it is, or call it without a limit)");
    }
  }

  private static <T> T inTime(@Nullable T got) throws TimeoutException {
    if (got == null) {
      throw new TimeoutException();
    }
    return got;
  }

  /**
   * Waits for a partner.
   *
   * @param shared by which alone other threads can tell whether the limit has passed
   * @param limited what is called, which a timer of the JVM would end
   * @param unlimited the same without a limit
   * @return null if the limit has passed
   */
  static <T, X extends Exception> @Nullable T within(
      Object shared, long limitNanos, Wait<T, X> limited, Wait<T, X> unlimited, int site)
      throws InterruptedException, X {
    boolean hasNoLimit = Hooks.controller.beginLimit(shared, limitNanos, site) && limitNanos > 0;
    boolean hasPassed = false;
    try {
      return hasNoLimit ? unlimited.make() : limited.make();
    } catch (TimeoutException passed) {
      return null;
    } catch (InterruptedException ended) {
      hasPassed = Hooks.controller.hasLimitPassed();
      if (!hasPassed) {
        throw ended;
      }
      return null;
    } finally {
      Hooks.controller.endLimit(hasPassed);
      if (hasPassed) {
        TimedHooks.passTime(limitNanos);
      }
    }
  }
}
