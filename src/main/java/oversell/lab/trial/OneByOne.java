package oversell.lab.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A gate that makes a queue: the first buyer stays inside the guard until all others have come, and
 * each of those is forked when the one before it waits. So the order of arrival is known, and the
 * order of service can be compared with it.
 */
final class OneByOne extends Gate {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK_AGAIN = Duration.ofNanos(200_000);
  private static final Set<Thread.State> AT_REST =
      EnumSet.of(
          Thread.State.BLOCKED,
          Thread.State.WAITING,
          Thread.State.TIMED_WAITING,
          Thread.State.TERMINATED);

  private final CountDownLatch allHaveCome = new CountDownLatch(1);
  private final CountDownLatch firstIsInside = new CountDownLatch(1);
  private @Nullable Buyer first;
  private @Nullable Buyer latest;

  OneByOne(LongSupplier nanoTime) {
    super(nanoTime);
  }

  @Override
  void beforeFork(Buyer buyer) throws InterruptedException {
    awaitInLine();
    if (first == null) {
      first = buyer;
    }
    latest = buyer;
  }

  @Override
  void pass() {}

  @Override
  void inside(Buyer buyer) throws InterruptedException {
    if (buyer == first) {
      firstIsInside.countDown();
      allHaveCome.await();
    }
  }

  @Override
  void open() throws InterruptedException {
    awaitInLine();
    openNow();
    allHaveCome.countDown();
  }

  /** Waits until the latest buyer waits for the guard, or has ended. */
  private void awaitInLine() throws InterruptedException {
    Buyer awaited = latest;
    if (awaited == null) {
      return;
    }
    if (awaited == first) {
      firstIsInside.await();
      return;
    }
    long begun = nanoTime.getAsLong();
    while (!awaited.thread().map(Thread::getState).filter(AT_REST::contains).isPresent()) {
      if (nanoTime.getAsLong() - begun > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "a buyer neither waits nor ends: where buyers pin their carriers, there must be more carriers than buyers");
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  /**
   * The order of service: the numbers of the buyers, which count from 1 in the order of arrival, in
   * the order in which they got inside. Without the first buyer, which held the guard, and without
   * those that never got inside.
   */
  static List<Integer> served(List<Buyer> buyers) {
    return new ArrayList<>(
        IntStream.range(1, buyers.size())
            .filter(i -> buyers.get(i).pauses() > 0)
            .boxed()
            .sorted(Comparator.comparingLong(i -> buyers.get(i).insideNanos()))
            .toList());
  }
}
