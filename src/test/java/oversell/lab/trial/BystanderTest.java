package oversell.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BystanderTest {
  private static final long HOUR = Duration.ofHours(1).toNanos();

  private final AtomicLong ahead = new AtomicLong();
  private final LongSupplier clock = () -> System.nanoTime() + ahead.get();

  @Test
  void beatsWhileNobodyKeepsTheCarriers() throws InterruptedException {
    Bystander bystander = Bystander.start(clock);
    long since = clock.getAsLong();

    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> bystander.watched(since).seen() > 2 && bystander.watched(since).expected() > 0);

    bystander.stop();
  }

  /** The broken twin: one that gets no carrier any more, as after a standstill. */
  @Test
  void oneThatBeatsNoMoreIsSeen() throws InterruptedException {
    Bystander bystander = Bystander.start(clock);
    long since = clock.getAsLong();
    bystander.stop();

    ahead.set(HOUR);
    Observations.Beats beats = bystander.watched(since);

    assertThat(beats.lastBeatAgeNanos()).isGreaterThanOrEqualTo(HOUR);
    assertThat(beats.worstGapNanos()).isGreaterThanOrEqualTo(HOUR);
    assertThat(beats.seen()).isLessThan(beats.expected());
  }
}
