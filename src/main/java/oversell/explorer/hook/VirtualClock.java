package oversell.explorer.hook;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/** The virtual clock as one of {@code java.time}. */
final class VirtualClock extends Clock {
  private final ZoneId zone;
  private final int site;

  /**
   * A clock in a zone.
   *
   * @param site where it was asked for
   */
  VirtualClock(ZoneId zone, int site) {
    this.zone = zone;
    this.site = site;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new VirtualClock(other, site);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(0, Hooks.controller.nanoTime(site));
  }

  @Override
  public long millis() {
    return TimeUnit.NANOSECONDS.toMillis(Hooks.controller.nanoTime(site));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VirtualClock clock && clock.zone.equals(zone);
  }

  @Override
  public int hashCode() {
    return zone.hashCode();
  }

  @Override
  public String toString() {
    return "VirtualClock[" + zone + "]";
  }
}
