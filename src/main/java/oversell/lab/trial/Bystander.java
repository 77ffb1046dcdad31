package oversell.lab.trial;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;

/**
 * A virtual thread that never touches a guard: it sleeps 1 ms in a loop and counts how often it
 * wakes up. It is late only where other threads are pinned to the carriers, which total times do
 * not show.
 */
final class Bystander {
  private static final Duration NAP = Duration.ofMillis(1);
  private static final int ALONE_BEATS = 50;

  private final LongSupplier nanoTime;
  private final CountDownLatch paceKnown = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean stopped;

  // Written by the bystander alone; the owner reads them when it has stopped
  // watching.
  private volatile long beats;
  private volatile long lastBeatNanos;
  private volatile long worstGapNanos;
  private long paceNanos;

  private Bystander(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    thread = Thread.ofVirtual().name("bystander").unstarted(this::beat);
  }

  /** Starts one, and returns when it has measured its pace. */
  static Bystander start(LongSupplier nanoTime) throws InterruptedException {
    Bystander bystander = new Bystander(nanoTime);
    bystander.thread.start();
    bystander.paceKnown.await();
    return bystander;
  }

  private void beat() {
    try {
      paceNanos = pace();
      lastBeatNanos = nanoTime.getAsLong();
      paceKnown.countDown();
      while (!stopped) {
        Thread.sleep(NAP);
        long now = nanoTime.getAsLong();
        worstGapNanos = Math.max(worstGapNanos, now - lastBeatNanos);
        lastBeatNanos = now;
        // No other thread writes it.
        long seen = beats;
        beats = seen + 1;
      }
    } catch (InterruptedException stoppedEarly) {
      Thread.currentThread().interrupt();
    }
  }

  /** The median of its sleeps before there are buyers. */
  private long pace() throws InterruptedException {
    long[] naps = new long[ALONE_BEATS];
    for (int i = 0; i < naps.length; i++) {
      long before = nanoTime.getAsLong();
      Thread.sleep(NAP);
      naps[i] = nanoTime.getAsLong() - before;
    }
    Arrays.sort(naps);
    return naps[naps.length / 2];
  }

  /** What it has done since {@link #start}, up to now. */
  Observations.Beats watched(long sinceNanos) {
    long now = nanoTime.getAsLong();
    long age = now - lastBeatNanos;
    long expected = (now - sinceNanos) / Math.max(1, paceNanos);
    return new Observations.Beats(beats, expected, Math.max(worstGapNanos, age), age);
  }

  /** Ends it, and returns when it has ended. */
  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
