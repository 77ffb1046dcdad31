package oversell.lab.trial;

import java.util.function.LongSupplier;

/**
 * The clock readings of one buyer. Not every buyer has one: three readings take about a tenth of a
 * microsecond, which in a sale of many thousands is a part of what is measured.
 */
final class Stopwatch {
  /** The most buyers whose every wait is measured. */
  static final int ALL = 10_000;

  /** About how many have a stopwatch in a larger sale. */
  static final int SAMPLE = 1_000;

  // Multiplied by this, neighbouring numbers differ in their high bits, as in a Fibonacci hash.
  private static final int GOLDEN_RATIO = 0x9E3779B9;
  private static final int LOW_BITS = 7;

  private final LongSupplier nanoTime;
  private long arrivedNanos;
  private long wantedNanos;
  private long insideNanos;
  private long endedNanos;
  private long longestWaitNanos;
  private boolean inside;

  Stopwatch(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Whether a buyer has one: in a large sale one of each group of neighbours, the same one in every
   * trial. Not always the first of its group, since neighbours want different articles.
   *
   * @param buyer its number, from 0
   * @param buyers how many there are
   */
  static boolean isFor(int buyer, int buyers) {
    if (buyers <= ALL) {
      return true;
    }
    int group = buyers / SAMPLE;
    return buyer % group == ((buyer / group * GOLDEN_RATIO) >>> LOW_BITS) % group;
  }

  void arrived() {
    arrivedNanos = nanoTime.getAsLong();
  }

  void wanted() {
    inside = false;
    wantedNanos = nanoTime.getAsLong();
  }

  /** Called each time that the buyer is between check and act; the first time counts. */
  void inside() {
    if (!inside) {
      inside = true;
      insideNanos = nanoTime.getAsLong();
    }
  }

  /** Called at the end of a purchase of a buyer that comes back. */
  void served() {
    if (inside) {
      longestWaitNanos = Math.max(longestWaitNanos, insideNanos - wantedNanos);
    }
  }

  void ended() {
    endedNanos = nanoTime.getAsLong();
  }

  /** When it first was inside, on the trial's clock. */
  long insideNanos() {
    return insideNanos;
  }

  /** When it was done, on the trial's clock. */
  long endedNanos() {
    return endedNanos;
  }

  /** The longest wait of a buyer that comes back. */
  long longestWaitNanos() {
    return longestWaitNanos;
  }

  /**
   * How long a buyer waited for the guard: from wanting until it was inside. One that was refused
   * never paused, so its whole purchase counts, which is the wait and a check.
   */
  long waitNanos(Gate gate) {
    return (inside ? insideNanos : endedNanos) - gate.wantedSinceNanos(arrivedNanos);
  }
}
