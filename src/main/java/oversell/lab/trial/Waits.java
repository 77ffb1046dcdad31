package oversell.lab.trial;

import java.util.List;
import java.util.OptionalLong;
import oversell.stats.Latencies;

/** How long the buyers of a sale waited for the guard, and when the last of them was done. */
final class Waits {
  private final Latencies latencies = Latencies.empty();
  private long longestNanos;
  private boolean measuresAll = true;
  private OptionalLong lastEndNanos = OptionalLong.empty();

  private Waits() {}

  /** Those of buyers that have ended. */
  static Waits of(List<Buyer> buyers) {
    Waits waits = new Waits();
    buyers.forEach(waits::add);
    return waits;
  }

  private void add(Buyer buyer) {
    OptionalLong endedNanos = buyer.endedNanos();
    measuresAll &= endedNanos.isPresent();
    if (buyer.isEnded() && endedNanos.isPresent()) {
      long end = endedNanos.getAsLong();
      lastEndNanos =
          OptionalLong.of(lastEndNanos.isPresent() ? later(lastEndNanos.getAsLong(), end) : end);
    }
    if (buyer.isAnswered()) {
      buyer
          .waitNanos()
          .ifPresent(
              nanos -> {
                longestNanos = Math.max(longestNanos, nanos);
                latencies.add(nanos);
              });
    }
  }

  /** Clock readings may overflow, so they are compared by their difference. */
  private static long later(long nanos, long otherNanos) {
    return otherNanos - nanos > 0 ? otherNanos : nanos;
  }

  /**
   * When the last buyer was done; empty if none was.
   *
   * @param scopeEndedNanos stands in for it where not every buyer noted its own end
   */
  OptionalLong endedNanos(long scopeEndedNanos) {
    return measuresAll ? lastEndNanos : OptionalLong.of(scopeEndedNanos);
  }

  long longestNanos() {
    return longestNanos;
  }

  Latencies latencies() {
    return latencies;
  }
}
