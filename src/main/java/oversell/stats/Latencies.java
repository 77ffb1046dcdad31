package oversell.stats;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Durations of many buyers, as a histogram from 1 µs to 24 h with 3 significant digits, which can
 * be written down, read back and added up without loss.
 */
public final class Latencies {
  private static final long LOWEST_NANOS = 1_000;
  private static final long HIGHEST_NANOS = 24L * 60 * 60 * 1_000_000_000;

  /** How many digits of a quantile mean something. */
  public static final int DIGITS = 3;

  private static final double NANOS_PER_MILLI = 1e6;

  private final Histogram histogram;

  private Latencies(Histogram histogram) {
    this.histogram = histogram;
  }

  /** None yet. */
  public static Latencies empty() {
    // Grows with what it holds: most trials are short, and clearing the full range would cost more
    // than they do.
    Histogram histogram = new Histogram(LOWEST_NANOS, 2 * LOWEST_NANOS, DIGITS);
    histogram.setAutoResize(true);
    return new Latencies(histogram);
  }

  /**
   * What {@link #encoded()} wrote.
   *
   * @throws IllegalArgumentException if it did not write this
   */
  public static Latencies decode(String encoded) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
      return new Latencies(Histogram.decodeFromCompressedByteBuffer(bytes, HIGHEST_NANOS));
    } catch (DataFormatException | RuntimeException broken) {
      throw new IllegalArgumentException("no histogram: " + encoded, broken);
    }
  }

  /** Adds one duration; longer ones than the range count as its end. */
  public void add(long nanos) {
    histogram.recordValue(Math.clamp(nanos, 0, HIGHEST_NANOS));
  }

  /** Adds all of another's. */
  public void addAll(Latencies other) {
    histogram.add(other.histogram);
  }

  /** How many there are. */
  public long count() {
    return histogram.getTotalCount();
  }

  /**
   * The duration that a share of all does not exceed, in milliseconds; 0 if there are none.
   *
   * @param share from 0 to 1
   */
  public double quantileMillis(double share) {
    return histogram.getValueAtPercentile(share * 100) / NANOS_PER_MILLI;
  }

  /** As text: HdrHistogram's compressed form in Base64. */
  public String encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(bytes);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
  }
}
