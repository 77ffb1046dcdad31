package oversell.explorer.control;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Rounds;
import oversell.explorer.schedule.Locations;

/**
 * A clock that passes only while threads sleep, and begins on a day of this century, since code
 * asks whether that is long after 1970. A sleep may end at any moment with respect to what others
 * do, as on a busy machine; then at least its time has passed.
 */
final class VirtualTime {
  private static final long BEGIN_NANOS =
      TimeUnit.SECONDS.toNanos(Instant.parse("2026-01-01T00:00:00Z").getEpochSecond());

  private final Points points;
  private long nowNanos = BEGIN_NANOS;

  VirtualTime(Points points) {
    this.points = points;
  }

  void clear() {
    nowNanos = BEGIN_NANOS;
  }

  void sleep(long nanos, int site) throws InterruptedException {
    Task task = points.announcer();
    if (task == null) {
      return;
    }
    long untilNanos = after(nanos);
    points.scheduler().steps.touch(Locations.CLOCK, 0);
    points.pass(task, Operation.SLEEP, site);
    nowNanos = Math.max(nowNanos, untilNanos);
    if (points.matters().ofClock()) {
      Rounds.changed();
    }
    points
        .scheduler()
        .steps
        .touch(Locations.INTERRUPTS, points.matters().ofClock() ? Locations.CLOCK : 0);
    throwIfInterrupted();
  }

  /** Sleeps until it is interrupted. */
  void hang() throws InterruptedException {
    Task task = points.announcer();
    if (task == null) {
      return;
    }
    task.reads.clear();
    task.reads.add(Locations.INTERRUPTS);
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park();
    }
    throwIfInterrupted();
  }

  long nowNanos() {
    return nowNanos;
  }

  /** What time it is where a wait with a limit begins, as part of the step that comes to it. */
  long beginWait() {
    if (points.matters().ofClock() && points.announcer() != null) {
      points.scheduler().steps.touch(Locations.CLOCK, 0);
    }
    return nowNanos;
  }

  /** The time that it is when a time has passed from now on, or the last one that there is. */
  long after(long nanos) {
    long then = nowNanos + Math.max(0, nanos);
    return then < 0 ? Long.MAX_VALUE : then;
  }

  /** What time it is, as part of the step that a thread takes. */
  long nowInStep() {
    if (points.announcer() != null) {
      points.matters().addClock();
      points.scheduler().steps.touch(Locations.CLOCK, 0);
    }
    return nowNanos;
  }

  /** The time limit is over of a wait that began then. */
  void passSince(long begunNanos, long limitNanos) {
    long untilNanos = begunNanos + Math.max(0, limitNanos);
    nowNanos = Math.max(nowNanos, untilNanos < 0 ? Long.MAX_VALUE : untilNanos);
    if (points.matters().ofClock()) {
      Rounds.changed();
      points.scheduler().steps.touch(0, Locations.CLOCK);
    }
  }

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  long nanoTime(int site) {
    Task task = points.announcer();
    if (task != null) {
      points.matters().addClock();
      points.pass(task, Operation.CLOCK, site);
      points.scheduler().steps.touch(Locations.CLOCK, 0);
    }
    return nowNanos;
  }
}
